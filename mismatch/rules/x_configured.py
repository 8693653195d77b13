"""What the network is configured for, against its classes and against what the pipeline makes."""

from __future__ import annotations

from functools import cache, lru_cache

from mismatch.declaration import CANNOT_TELL, NOT_APPLICABLE, hit, rule
from mismatch.reading import NOTHING, number_of, rows, text
from mismatch.rules._pairs import MODEL, NUMERIC, TRAINING, sides
from mismatch.rules._taught import label_fields, problem_type
from mismatch.rules.x_answers import prepared_sizes
from mismatch.text.names import key, words, wordset
from mismatch.text.ranges import Choices, values
from mismatch.text.types import family
from mismatch.text.units import NUMBER_WORDS
from mismatch.wording import plain, quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from mismatch.declaration import At, Found, Memo
    from mismatch.reading import Doc

HEADS = wordset(
    "numlabels numclasses nclasses nlabels numclass nclass numberofclasses numberoflabels classes "
    "outputclasses"
)
GENERIC = wordset("class classes category categories label labels klassen kategorien catégories")
REST = wordset(
    "other others none normal healthy background unknown rest sonstige autre autres ok negative no"
)
MOST = 500


def _parameters(model: Doc) -> Iterator[tuple[At, str, str]]:
    """The hyperparameters: where the value is, the name, the value."""
    for place, component in enumerate(rows(model, "model_components")):
        for row, parameter in enumerate(rows(component, "hyper_parameters")):
            name, value = text(parameter, "parameter_name"), text(parameter, "parameter_value")
            if name and value:
                yield (
                    (MODEL, "model_components", place, "hyper_parameters", row, "parameter_value"),
                    name,
                    value,
                )


@rule(
    "classes-counted-otherwise",
    code="X327",
    severity="minor",
    pack="x",
    risk="Low: only the size of the head, and “one of 12 classes” and the like.",
    source="Experience: a class is added to the data, and the text or the network stays as it was.",
)
def classes_counted_otherwise(
    training_data: Doc, system_context: Doc = NOTHING, trained_model: Doc = NOTHING, *, memo: Memo
) -> Found:
    """The network or a description has another number of classes than the training data.

    A head that is too small cannot answer with the last classes, one that is too large answers with classes
    that do not exist; and who reads the task expects other answers.

    Remedy: Correct the number, or the list of the labels.

    Example: The network has the parameter “num_labels” of 12, and training has 14 labels. It is silent for
    14, and for 13 if one of the labels is “other”.

    Decision: The labels of the distribution and the values of a label field count, and either may be right. A
    head may have one output more, for the background, and one for two classes.

    Decision: In prose only “one of”, “into” and “among”, followed by a number and “classes”, “categories”,
    “labels” or the name of the label field, count.
    """
    heads = [
        (at, name, given)
        for at, name, value in _parameters(trained_model)
        if key(name) in HEADS and (given := number_of(value)) is not None
    ]
    spoken = [
        (at, said, found)
        for at, said in _told(training_data, system_context, trained_model)
        if (found := _named(said))
    ]
    if not heads and not spoken:
        yield CANNOT_TELL
        return
    counts = _counts(training_data, memo)
    if not counts:
        yield NOT_APPLICABLE
        return
    there, count = next(iter(counts.items()))
    for at, name, given in heads:
        if not _fits_head(given, counts):
            said = f"The network is for {plain(given)} classes, but training has {count}."
            yield hit(said, at, there, key=(name,))
    names = {
        _singular(words(side.name)[-1]) for side in label_fields(training_data, memo) if words(side.name)
    }
    right = _right(counts, training_data)
    for at, said, found in spoken:
        wrong = [each for each, nouns in found if nouns & GENERIC or set(map(_singular, nouns)) & names]
        wrong = [each for each in wrong if each not in right]
        if wrong:
            what = f"{quote(said)} speaks of {wrong[0]} classes, but training has {count}."
            yield hit(what, at, there, key=(str(at[0]), str(at[-1])))


def _counts(training: Doc, memo: Memo) -> dict[At, int]:
    """How many classes there are, by the place that says so."""
    found: dict[At, int] = {}
    labels = {key(side.name) for side in sides(training, TRAINING, "distribution", "label")}
    if len(labels) > 1:
        found[TRAINING, "distribution"] = len(labels)
    for side in label_fields(training, memo):
        stated = values(text(side.row, "expected_values"), family(side.type) in NUMERIC)
        if isinstance(stated, Choices) and len(stated.members) > 1:
            found[side.place("expected_values")] = len(stated.members)
    return found


def _right(counts: dict[At, int], training: Doc) -> set[int]:
    """The numbers of classes that a text may speak of."""
    right = set(counts.values())
    for side in sides(training, TRAINING, "distribution", "label"):
        if not REST.isdisjoint(words(side.name)):
            return right | {count - 1 for count in right}
    return right


def _fits_head(given: float, counts: dict[At, int]) -> bool:
    return any(given in {count, count + 1, count - 1 if count == 2 else count} for count in counts.values())


def _told(training: Doc, context: Doc, model: Doc) -> Iterator[tuple[At, str]]:
    yield ("system_context", "task"), text(context, "task")
    yield (MODEL, "model_description"), text(model, "model_description")
    yield (TRAINING, "dataset_description"), text(training, "dataset_description")


def _singular(word: str) -> str:
    return word[:-3] + "y" if word.endswith("ies") else word.removesuffix("s")


@lru_cache(maxsize=256)
def _named(said: str) -> tuple[tuple[int, frozenset[str]], ...]:
    """The numbers of which a text has one, each with the words behind it."""
    found = []
    for digits, *nouns in _one_of().findall(said[:MOST].lower()) if len(said) > 8 else ():
        count = int(NUMBER_WORDS[digits]) if digits in NUMBER_WORDS else int(digits)
        if count > 1:
            found.append((count, frozenset(filter(None, nouns))))
    return tuple(found)


@cache
def _one_of() -> re.Pattern[str]:
    import re

    return re.compile(
        r"\b(?:one of|into|among|between|eine[mnrs]? (?:der|von)|une? (?:des?|parmi))(?: the)? "
        rf"(\d{{1,3}}|{'|'.join(NUMBER_WORDS)}) ([^\W\d]+)(?: ([^\W\d]+))?",
    )


TOKENS = wordset(
    "maxlength maxseqlength maxseqlen maxlen maxtokens maxinputlength maxinputtokens contextlength "
    "contextsize sequencelength maxsequencelength seqlen nctx inputlength inputtokens"
)
SIZES = wordset(
    "inputsize imagesize imgsize inputshape inputresolution imageresolution resolution inputdimensions "
    "imagedimensions inputimagesize imageinputsize picturesize"
)
GENERATING = frozenset({"content generation", "summarization"})


@rule(
    "network-configured-otherwise",
    code="X417",
    severity="minor",
    pack="x",
    risk="Medium: the network may resize or cut once more.",
    source="Training-serving skew: the two ways of preparing the data differ (Breck et al., Monitor 3).",
)
def network_configured_otherwise(
    trained_model: Doc, data_pipeline: Doc, system_context: Doc = NOTHING
) -> Found:
    """The network takes pictures of another size, or fewer tokens, than the pipeline makes.

    Somebody resizes or cuts without a word in between, or the network fails on long texts. What the pipeline
    was tested with is not what the model sees.

    Remedy: Use one size on both sides, or describe the step that changes it.

    Example: The parameter “max_length” is 256, and the pipeline keeps 512 tokens. It is silent for 512, and
    if the pipeline keeps fewer.

    Decision: Only one size or number of tokens in all steps of the pipeline is compared. A parameter with a
    single figure means a square. The lengths of models that write texts may be those of what they write.
    """
    seen = False
    tokens: dict[int, At] | None = None
    sizes: dict[tuple[int, int], At] | None = None
    for at, name, value in _parameters(trained_model):
        core = key(name)
        if core in TOKENS and problem_type(system_context) not in GENERATING:
            tokens = _tokens(data_pipeline) if tokens is None else tokens
            limit = _figures(value)
            if len(limit) == 1 and len(tokens) == 1:
                seen = True
                ((kept, there),) = tokens.items()
                if kept > limit[0]:
                    yield hit(
                        f"The network takes {limit[0]} tokens ({quote(name)}), but the pipeline keeps "
                        f"{kept}.",
                        at,
                        there,
                        key=(str(at[2]), name),
                    )
        elif core in SIZES:
            sizes = prepared_sizes(data_pipeline, "pipeline_steps") if sizes is None else sizes
            sides_of = _figures(value)
            if len(sizes) == 1 and len(sides_of) in (1, 2):
                seen = True
                ((size, there),) = sizes.items()
                wanted = (sides_of[0], sides_of[-1])
                if wanted not in (size, size[::-1]):
                    yield hit(
                        f"The network takes pictures of {wanted[0]} by {wanted[1]} ({quote(name)}), but the "
                        f"pipeline makes {size[0]} by {size[1]}.",
                        at,
                        there,
                        key=(str(at[2]), name),
                    )
    if not seen:
        yield CANNOT_TELL


def _tokens(pipeline: Doc) -> dict[int, At]:
    """The numbers of tokens that the steps of the pipeline name, each with its first place."""
    found: dict[int, At] = {}
    for place, row in enumerate(rows(pipeline, "pipeline_steps")):
        said = text(row, "data_processing_detail")
        for digits in _of_tokens().findall(said[:MOST]) if "oken" in said else ():
            at: At = ("data_pipeline", "pipeline_steps", place, "data_processing_detail")
            found.setdefault(int("".join(filter(str.isdigit, digits))), at)
    return found


@cache
def _of_tokens() -> re.Pattern[str]:
    import re

    return re.compile(r"(?<![\w.,])(\d{1,3}(?:[ ,'’]\d{3})|\d{2,6}) tokens?\b", re.ASCII | re.IGNORECASE)


@lru_cache(maxsize=1024)
def _figures(value: str) -> tuple[int, ...]:
    """The figures of a size from 16 on, so without channels and batches: "(1, 1024, 1024)" → twice 1024."""
    parts = [side for part in words(value)[:12] for side in part.split("x")]
    return tuple([int(part) for part in parts if part.isdecimal() and len(part) < 7 and int(part) >= 16])
