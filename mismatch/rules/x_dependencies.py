"""What the model depends on, against itself and against what the environments have."""

from __future__ import annotations

from functools import cache

from mismatch.declaration import CANNOT_TELL, NOT_APPLICABLE, hit, rule
from mismatch.reading import NOTHING, group, number, rows, texts
from mismatch.rules.x_environments import DEVELOPMENT, HAS, MODEL, NEEDS, PRODUCTION
from mismatch.text.names import known_as, words, wordset
from mismatch.text.versions import disjoint, requirement, split_version
from mismatch.wording import quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from mismatch.declaration import At, Found
    from mismatch.reading import Doc
    from mismatch.text.versions import Bound, Requirement

GPU = wordset("cuda cudnn nccl tensorrt rocm cupy nvidia gpu gpus cublas")
OPTIONAL = wordset("no not without optional optionally cpu either never none")


@rule(
    "gpu-needed-but-not-provided",
    code="X603",
    severity="major",
    pack="x",
    risk="Low to medium: the GPU may be optional.",
    source="0 GPUs needed and 0 GPUs there compare well, whatever the software says.",
)
def gpu_needed_but_not_provided(trained_model: Doc, production_environment: Doc = NOTHING) -> Found:
    """The software of the model needs a GPU, but no GPU is asked for.

    A build for GPUs does not load without one, or falls back to the processor and becomes far too slow.

    Remedy: State the GPUs that the model needs and provide them, or use the builds for processors.

    Example: The dependencies name CUDA 12, and neither the model nor production states a GPU. It is silent if
    the model states one, where what production lacks is reported as an insufficient resource.

    Decision: It is minor while production has a GPU or says nothing about its resources. An entry with “no”,
    “optional”, “CPU” or the like does not count.
    """
    entry = next(_for_gpus(trained_model), None)
    if entry is None:
        yield CANNOT_TELL if not texts(trained_model, "system_dependencies") else NOT_APPLICABLE
    elif not number(group(trained_model, NEEDS), "gpu"):
        at, said = entry
        has = group(production_environment, HAS)
        none = any(number(has, field) for field in ("cpu", "memory", "storage")) and not number(has, "gpu")
        yield hit(
            f"{quote(said)} needs a GPU, but the model asks for none"
            f"{' and production has none' if none else ''}.",
            *([(PRODUCTION, HAS, "gpu")] if none else []),
            (MODEL, NEEDS, "gpu"),
            at,
            key=(),
            severity="" if none else "minor",
        )


def _for_gpus(model: Doc) -> Iterator[tuple[At, str]]:
    """The entries that name software for GPUs."""
    for field in ("system_dependencies", "ml_frameworks"):
        for place, said in enumerate(texts(model, field)):
            parts = set(words(said))
            named = parts & GPU or any(_is_build(part) for part in parts)
            if said and named and not parts & OPTIONAL:
                yield (MODEL, field, place), said


def _is_build(word: str) -> bool:
    """Is it the mark of a build for CUDA, such as cu118 or cuda12?"""
    digits = word.removeprefix("cuda") if word.startswith("cuda") else word.removeprefix("cu")
    return word.startswith("cu") and digits != word and digits.isdigit() and len(digits) in {2, 3}


WELL_KNOWN = {
    "ml_frameworks": (
        "PyTorch, TensorFlow, Keras, scikit-learn, XGBoost, LightGBM, CatBoost, JAX, Flax, MXNet, Caffe, "
        "Huggingface, Spark ML, H2O, ONNX Runtime, fastai, Theano, Weka, PaddlePaddle, spaCy, statsmodels"
    ),
    "programming_languages": (
        "Python, R, Julia, Java, Scala, Javascript, C#, Go, Rust, Ruby, PHP, Perl, Matlab, SAS, SPSS, "
        "Mathematica"
    ),
}
"""List of the development environment → what belongs there and is known by its name."""
MOST = 16  # bounds of one package that are looked at together


@rule(
    "dependencies-conflict",
    code="X607",
    severity="major",
    pack="x",
    risk="Low: only entries written as a name with versions are compared.",
    source="Hidden configuration debt (Sculley et al.); dependencies are pinned and agreed.",
)
def dependencies_conflict(trained_model: Doc, development_environment: Doc = NOTHING) -> Found:
    """No environment can satisfy all the dependencies of the model.

    Two versions of one package cannot be installed side by side, and what development does not support
    cannot be integrated.

    Remedy: Keep one list of pinned versions, and agree with the integrators on tools and versions.

    Example: “numpy>=2” and “numpy==1.26” are both required. It is silent for “numpy>=1.20” and “numpy==1.26”.

    Decision: “torch 2.1” means any 2.1.x, and “CUDA 12.2 runtime” is CUDA 12.2. Prose, as in “the run time of
    the decision engine”, is no requirement. The language of a component is compared with the dependencies.

    Decision: A well-known framework or language among the dependencies that development does not list is
    minor, unless the model lists it among its frameworks or languages, where other rules compare it.
    """
    first: dict[str, tuple[At, str, list[Bound]]] = {}
    for at, said, needed in _requirements(trained_model):
        name, bounds = known_as(needed.name), _series(needed.bounds)
        other = first.get(name)
        if other is None or not other[2]:
            first[name] = (at, said, bounds)
        elif disjoint([*other[2], *bounds]):
            yield hit(
                f"{quote(said)} and {quote(other[1])} cannot be installed together.",
                at,
                other[0],
                key=(name, said.strip()),
            )
        elif len(other[2]) < MOST:
            other[2].extend(bounds)
    for at, said, needed in _languages(trained_model):
        other = first.get(known_as(needed.name))
        if other and disjoint([*other[2], *_series(needed.bounds)]):
            yield hit(
                f"The model is written in {quote(said)}, but depends on {quote(other[1])}.",
                at,
                other[0],
                key=("language", said.strip()),
            )
    if not first:
        yield CANNOT_TELL
        return
    declared: set[str] | None = None
    for field, known in _well_known().items():
        if known.isdisjoint(first):
            continue
        declared = set(_declared(trained_model)) if declared is None else declared
        offered = {known_as(split_version(name)[0]) for name in texts(development_environment, field) if name}
        for name, (at, said, _) in first.items():
            if offered and name in known and name not in offered and name not in declared:
                yield hit(
                    f"The model depends on {quote(said)}, which development does not list.",
                    (DEVELOPMENT, field),
                    at,
                    key=(name,),
                    severity="minor",
                )


@cache
def _well_known() -> dict[str, frozenset[str]]:
    return {field: frozenset(map(known_as, names.split(", "))) for field, names in WELL_KNOWN.items()}


def _requirements(model: Doc) -> Iterator[tuple[At, str, Requirement]]:
    for field in ("system_dependencies", "ml_frameworks"):
        for place, said in enumerate(texts(model, field)):
            needed = requirement(said) if said else None
            if needed:
                yield (MODEL, field, place), said, needed


def _languages(model: Doc) -> Iterator[tuple[At, str, Requirement]]:
    """The languages that are given with a version."""
    for row, component in enumerate(rows(model, "model_components")):
        for place, said in enumerate(texts(component, "programming_languages")):
            needed = requirement(said) if said else None
            if needed and needed.bounds:
                yield (MODEL, "model_components", row, "programming_languages", place), said, needed


def _declared(model: Doc) -> Iterator[str]:
    """The frameworks and languages that the model lists."""
    for said in texts(model, "ml_frameworks"):
        yield known_as(split_version(said)[0])
    for component in rows(model, "model_components"):
        for said in texts(component, "programming_languages"):
            yield known_as(split_version(said)[0])


def _series(bounds: tuple[Bound, ...]) -> list[Bound]:
    """Exact pins of at most two numbers as the series they mean: 2.1 as any 2.1.x."""
    return [
        ("~=", (*version, 0)) if sign == "==" and len(version) <= 2 else (sign, version)
        for sign, version in bounds
    ]
