"""Size, channels and format of images on the two sides of an interface."""

from __future__ import annotations

from mismatch.declaration import CANNOT_TELL, NOT_APPLICABLE, hit, rule
from mismatch.reading import NOTHING, number, text
from mismatch.rules._items import CHANNELS, IMAGE, fault_hit, items
from mismatch.rules._pairs import arriving, delivered, handed_on
from mismatch.text.pictures import picture
from mismatch.text.types import family
from mismatch.wording import plain, quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from mismatch.declaration import Found, Hit, Memo
    from mismatch.reading import Doc
    from mismatch.rules._pairs import Side


@rule(
    "image-conflict",
    code="X403",
    severity="major",
    pack="x",
    risk="Low: only sizes, channels and formats that are written out count.",
    source="Images are resized and reordered without a word, and the accuracy drops.",
)
def image_conflict(
    data_pipeline: Doc = NOTHING,
    trained_model: Doc = NOTHING,
    development_environment: Doc = NOTHING,
    production_data: Doc = NOTHING,
    *,
    memo: Memo,
) -> Found:
    """An image has another size, number of channels or format on the two sides of an interface.

    Libraries resize, repeat channels and decode whatever comes. Nothing fails, and the model sees images
    unlike those it was trained on.

    Remedy: Agree on size, channels and format, and add the step that converts.

    Example: The camera delivers “640 x 480 RGB”, and the input takes 2448 by 2048 with one channel. It is
    silent for equal figures, and for what one side leaves open.

    Decision: Width and height exchanged are minor: some write the height first. Numbers of channels other
    than 1, 3 and 4, and JPG with 4 channels, contradict themselves.
    """
    found = items(data_pipeline, trained_model, memo)
    if "image" not in found.families:
        yield NOT_APPLICABLE if data_pipeline and trained_model else CANNOT_TELL
        return
    for side, fault in found.of(IMAGE):
        yield fault_hit(side, fault)
    said: set[tuple[str | int, ...]] = set()
    pairs = [(ours, theirs) for theirs, ours in delivered(data_pipeline, development_environment, memo)]
    pairs += handed_on(trained_model, development_environment, memo)
    pairs += [(ours, theirs) for theirs, ours in arriving(production_data, data_pipeline, memo)]
    for ours, theirs in pairs:
        if family(ours.type) == "image" and ours.at not in said:
            for conflict in _differing(ours, theirs):
                said.add(ours.at)
                yield conflict


def _differing(ours: Side, theirs: Side) -> Iterator[Hit]:
    """Where the words of the other side contradict the specification of an image."""
    seen = picture(text(theirs.row, "expected_values"))
    given = ours.specification
    width, height = number(given, "resolution_x"), number(given, "resolution_y")
    where = f"{quote(theirs.name)} is {quote(text(theirs.row, 'expected_values'))}"
    if seen.width and width and height and (seen.width, seen.height) != (width, height):
        swapped = (seen.height, seen.width) == (width, height)
        said = f"is {plain(width)} by {plain(height)}, but {where}"
        yield _hit(
            ours,
            said + ("; width and height may be exchanged" if swapped else ""),
            "resolution_x",
            "resolution_y",
            theirs=theirs,
            severity="minor" if swapped else "",
        )
    channels = number(given, "channels")
    if seen.channels and channels and channels in CHANNELS and seen.channels != channels:
        yield _hit(ours, f"has {plain(channels)} channels, but {where}", "channels", theirs=theirs)
    picked = text(given, "image_format").strip().upper()
    if seen.formats and picked and picked.replace("JPEG", "JPG") not in seen.formats:
        yield _hit(ours, f"is a {picked}, but {where}", "image_format", theirs=theirs)


def _hit(side: Side, said: str, *fields: str, theirs: Side, severity: str = "") -> Hit:
    places = [side.place("item_specification", field) for field in fields]
    places.append(theirs.place("expected_values"))
    key = (str(side.at[1]), side.name, *fields, "expected")
    return hit(f"{quote(side.name)} {said}.", *places, key=key, severity=severity)
