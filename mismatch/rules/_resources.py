"""What the rules share that compare the resources the model needs with those an environment has."""

from __future__ import annotations

from mismatch.declaration import CANNOT_TELL, hit
from mismatch.reading import group, number
from mismatch.wording import plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mismatch.declaration import Found
    from mismatch.reading import Doc

RESOURCES = {
    "gpu": ("GPU", "GPUs"),
    "cpu": ("CPU", "CPUs"),
    "memory": ("GB of memory", "GB of memory"),
    "storage": ("GB of storage", "GB of storage"),
}
"""Field → its unit, for one and for many. Memory and storage are in GB, the others are counted."""


def shortages(model: Doc, environment: Doc, descriptor: str, said: str) -> Found:
    """A hit for each resource of which the model needs more than the environment *said* has."""
    needs = group(model, "computing_resource_reqs")
    has = group(environment, "computing_resources")
    needed = [number(needs, field) or 0 for field in RESOURCES]
    if not any(needed):
        yield CANNOT_TELL
        return
    available = [number(has, field) or 0 for field in RESOURCES]
    for field, need, have in zip(RESOURCES, needed, available, strict=True):
        if need > have:
            one, many = RESOURCES[field]
            doubt = ""
            if not any(available):
                doubt = "; all its figures are 0, so they may not be filled in yet"
            elif have == 0:
                doubt = "; the 0 may mean that nobody has filled it in"
            yield hit(
                f"The model needs {plain(need)} {one if need == 1 else many}, "
                f"{said} has {plain(have)}{doubt}.",
                (descriptor, "computing_resources", field),
                ("trained_model", "computing_resource_reqs", field),
                key=(field,),
            )
