"""What the model needs to run at all: languages, frameworks and resources of the development environment."""

from __future__ import annotations

from mismatch.declaration import rule
from mismatch.reading import rows, texts
from mismatch.rules._offers import unmet
from mismatch.rules._resources import shortages

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mismatch.declaration import At, Found
    from mismatch.reading import Doc


@rule(
    "language-unsupported",
    code="TEC-2",
    severity="major",
    waits_for="development_environment",
    waiting=("programming language", "programming languages"),
    risk="Low: names are compared as they are written; another spelling of one language is minor.",
    source="Rule 2 of the original TEC. A component is built where it can be built.",
)
def language_unsupported(trained_model: Doc, development_environment: Doc) -> Found:
    """A model component is written in a language that the development environment does not support.

    Code that the environment cannot run has to be rewritten, or cannot be integrated at all. The later this
    is noticed, the more of it there is.

    Remedy: Install or allow the language in the development environment, or port the component to a language
    it supports.

    Example: A component is written in Julia, the environment supports C# and Python. It is silent once Julia
    is on the list.

    Decision: Each language is reported once, at the first component that uses it; the original TEC repeated
    it for every component.

    Decision: Names are compared exactly. If only case, spacing or the form of letters differs, the support is
    there and the spelling hides it: minor.

    Decision: Blank entries are skipped.
    """
    places: list[At] = []
    needed: list[str] = []
    for number, component in enumerate(rows(trained_model, "model_components")):
        for place, language in enumerate(texts(component, "programming_languages")):
            places.append(("trained_model", "model_components", number, "programming_languages", place))
            needed.append(language)
    return unmet(
        needed,
        places.__getitem__,
        texts(development_environment, "programming_languages"),
        ("development_environment", "programming_languages"),
        "The model needs {name}, which the development environment does not support",
    )


@rule(
    "dev-resources-insufficient",
    code="TEC-6",
    severity="major",
    waits_for="development_environment",
    waiting=("resource requirement", "resource requirements"),
    risk="Low: figures are compared as they stand, in the units of the schema.",
    source="Rule 6 of the original TEC. Sizing: need against what is there.",
)
def dev_resources_insufficient(trained_model: Doc, development_environment: Doc) -> Found:
    """The development environment has less of a resource than the model needs.

    With less capacity than the model needs, it can neither be integrated nor tested the way it will run.

    Remedy: Enlarge the environment, or reduce what the model needs; correct the figure if it is a blank 0.

    Example: The model needs 48 GB of memory, the environment has 16. It is silent from 48 GB on.

    Decision: A resource the model needs 0 of never counts, so an absent environment is only waited for if
    the model needs something.

    Decision: 0 is also what an untouched form holds. It is compared as 0, because a needed resource that
    nobody promises is not there, and the message says that the figure may not be filled in.

    Decision: No figure at all, or text that is no number, reads as 0.
    """
    return shortages(
        trained_model, development_environment, "development_environment", "the development environment"
    )


@rule(
    "framework-unavailable",
    code="TEC-8",
    severity="major",
    waits_for="development_environment",
    waiting=("ML framework", "ML frameworks"),
    risk="Low: names are compared as they are written; a framework that is part of another one is reported.",
    source="Rule 8 of the original TEC. A model runs where its framework does.",
)
def framework_unavailable(trained_model: Doc, development_environment: Doc) -> Found:
    """A framework of the model is not available in the development environment.

    Without its framework the trained model cannot be loaded, so it can be neither integrated nor tested.

    Remedy: Install the framework in the development environment, or convert the model to one that is there.

    Example: The model needs Flux, the environment lists scikit-learn only. It is silent once Flux is listed.

    Decision: A framework that is listed twice is reported once.

    Decision: Names are compared exactly; a difference of only case, spacing or the form of letters is minor.

    Decision: Blank entries are skipped.
    """
    return unmet(
        texts(trained_model, "ml_frameworks"),
        lambda number: ("trained_model", "ml_frameworks", number),
        texts(development_environment, "ml_frameworks"),
        ("development_environment", "ml_frameworks"),
        "The model needs the framework {name}, which the development environment does not have",
    )
