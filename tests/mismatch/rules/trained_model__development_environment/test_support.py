"""Languages, frameworks and resources the model needs, against what the development environment has."""

from __future__ import annotations

from typing import Any

import pytest

from tests.mismatch.rules.documents import environment
from tests.mismatch.rules.tables import firing, messages, silent

Documents = dict[str, Any]


def languages(*components: Any) -> Documents:
    """A Trained Model whose components are written in these languages."""
    rows = [{"programming_languages": each} for each in components]
    return {"trained_model": {"version": "1.2", "model_components": rows}}


def frameworks(*names: Any) -> Documents:
    return {"trained_model": {"version": "1.2", "ml_frameworks": list(names)}}


def needs(**resources: Any) -> Documents:
    return {"trained_model": {"version": "1.2", "computing_resource_reqs": resources}}


def has(**resources: Any) -> Documents:
    return environment(computing_resources=resources)


COMPONENTS = "trained_model/model_components"
ENVIRONMENT = "development_environment"
PYTHON = environment(programming_languages=["Python", "C"])
TORCH = environment(ml_frameworks=["PyTorch"])

test_silent_language = silent(
    "language-unsupported",
    {
        "supported": ("pass", languages(["Python"], ["C", "Python"]) | PYTHON),
        "one language written without its list": (
            "pass",
            languages("Python") | environment(programming_languages="Python"),
        ),
        "a blank entry": ("cannot-tell", languages(["Python", " "]) | PYTHON),
        "no languages": ("cannot-tell", languages([], None) | PYTHON),
        "no components": ("cannot-tell", languages() | PYTHON),
        "no model": ("cannot-tell", PYTHON),
        "nothing waits for the environment": ("cannot-tell", languages([])),
    },
)

test_firing_language = firing(
    "language-unsupported",
    {
        "not supported": (
            [f"major {ENVIRONMENT}/programming_languages {COMPONENTS}/0/programming_languages/1"],
            languages(["Python", "Julia"]) | PYTHON,
        ),
        "once, though two components use it": (
            [
                f"major {ENVIRONMENT}/programming_languages {COMPONENTS}/0/programming_languages/0",
                f"major {ENVIRONMENT}/programming_languages {COMPONENTS}/2/programming_languages/1",
            ],
            languages(["Go"], ["Go"], ["Go", "Julia"]) | PYTHON,
        ),
        "supported but for case": (
            [f"minor {ENVIRONMENT}/programming_languages/0 {COMPONENTS}/0/programming_languages/0"],
            languages(["python"]) | PYTHON,
        ),
        "supported, and once written otherwise": (
            [f"minor {ENVIRONMENT}/programming_languages/0 {COMPONENTS}/1/programming_languages/0"],
            languages(["Python"], ["python"]) | PYTHON,
        ),
        "supported in another form of its letters": (
            [f"minor {ENVIRONMENT}/programming_languages/0 {COMPONENTS}/0/programming_languages/0"],
            languages(["Caf\u00e9"]) | environment(programming_languages=["Cafe\u0301"]),
        ),
        "C is not C++": (
            [f"major {ENVIRONMENT}/programming_languages {COMPONENTS}/0/programming_languages/0"],
            languages(["C++"]) | PYTHON,
        ),
        "nothing is supported": (
            [f"major {ENVIRONMENT}/programming_languages {COMPONENTS}/0/programming_languages/0"],
            languages(["Python"]) | environment(programming_languages=[None, 3.5]),
        ),
        "no environment": (
            [f"info {COMPONENTS}/0/programming_languages/0 {COMPONENTS}/1/programming_languages/1"],
            languages(["R"], ["R", "C"]),
        ),
    },
)

test_silent_framework = silent(
    "framework-unavailable",
    {
        "available": ("pass", frameworks("PyTorch", "PyTorch") | TORCH),
        "a blank entry": ("cannot-tell", frameworks("PyTorch", "") | TORCH),
        "no frameworks": ("cannot-tell", frameworks() | TORCH),
        "no frameworks and no environment": ("cannot-tell", frameworks()),
    },
)

test_firing_framework = firing(
    "framework-unavailable",
    {
        "not available": (
            [f"major {ENVIRONMENT}/ml_frameworks trained_model/ml_frameworks/1"],
            frameworks("PyTorch", "Keras") | TORCH,
        ),
        "once, though listed twice": (
            [f"major {ENVIRONMENT}/ml_frameworks trained_model/ml_frameworks/0"],
            frameworks("Keras", "Keras") | TORCH,
        ),
        "available but for spacing and case": (
            [f"minor {ENVIRONMENT}/ml_frameworks/0 trained_model/ml_frameworks/0"],
            frameworks("Py Torch ") | TORCH,
        ),
        "the environment lists none": (
            [f"major {ENVIRONMENT}/ml_frameworks trained_model/ml_frameworks/0"],
            frameworks("PyTorch") | environment(),
        ),
        "no environment": (["info trained_model/ml_frameworks/0"], frameworks("PyTorch")),
    },
)

NEEDED, AVAILABLE = "trained_model/computing_resource_reqs", f"{ENVIRONMENT}/computing_resources"

test_silent_resources = silent(
    "dev-resources-insufficient",
    {
        "enough": ("pass", needs(gpu=1, cpu=4, memory=8, storage=1.5) | has(gpu=1, cpu=8, memory=8, storage=2)),
        "enough, written as text": ("pass", needs(cpu="4") | has(cpu=" 4.0 ")),
        "a stated need among blank ones": ("pass", needs(gpu=None, cpu=4, memory="", storage={}) | has(cpu=4)),
        "needs nothing": ("cannot-tell", needs(gpu=0, cpu=0, memory=0, storage=0) | has()),
        "says nothing": ("cannot-tell", needs() | has(cpu=1)),
        "needs nothing of an environment that is absent": ("cannot-tell", needs(gpu=0)),
        "no model": ("cannot-tell", has(cpu=1)),
    },
)  # fmt: skip

test_firing_resources = firing(
    "dev-resources-insufficient",
    {
        "too little": (
            [f"major {AVAILABLE}/memory {NEEDED}/memory", f"major {AVAILABLE}/storage {NEEDED}/storage"],
            needs(gpu=1, cpu=4, memory=8.5, storage=100) | has(gpu=1, cpu=4, memory=8, storage=50),
        ),
        "0 available": ([f"major {AVAILABLE}/gpu {NEEDED}/gpu"], needs(gpu=1, cpu=2) | has(gpu=0, cpu=2)),
        "nothing filled in": (
            [f"major {AVAILABLE}/cpu {NEEDED}/cpu", f"major {AVAILABLE}/memory {NEEDED}/memory"],
            needs(cpu=2, memory=4) | has(gpu=0, cpu=0, memory=0, storage=0),
        ),
        "a cleared number box": ([f"major {AVAILABLE}/cpu {NEEDED}/cpu"], needs(cpu=2) | has(cpu="", gpu=1)),
        "no figures at all": ([f"major {AVAILABLE}/cpu {NEEDED}/cpu"], needs(cpu=2) | environment()),
        "no environment": ([f"info {NEEDED}/gpu {NEEDED}/memory"], needs(gpu=2, cpu=0, memory=16)),
    },
)


@pytest.mark.parametrize(
    ("slug", "documents", "message"),
    [
        (
            "language-unsupported",
            languages(["Julia"]) | PYTHON,
            "The model needs “Julia”, which the development environment does not support.",
        ),
        (
            "language-unsupported",
            languages(["python"]) | PYTHON,
            "The model needs “python”, which the development environment does not support; it has “Python”, which "
            "differs only in case, spacing or the form of letters.",
        ),
        (
            "framework-unavailable",
            frameworks("Keras") | TORCH,
            "The model needs the framework “Keras”, which the development environment does not have.",
        ),
        (
            "dev-resources-insufficient",
            needs(memory=8.5) | has(memory=8, cpu=1),
            "The model needs 8.5 GB of memory, the development environment has 8.",
        ),
        (
            "dev-resources-insufficient",
            needs(gpu=1) | has(gpu=0, cpu=1),
            "The model needs 1 GPU, the development environment has 0; the 0 may mean that nobody has filled it in.",
        ),
        (
            "dev-resources-insufficient",
            needs(cpu=2) | has(gpu=0, cpu=0, memory=0, storage=0),
            "The model needs 2 CPUs, the development environment has 0; all its figures are 0, so they may not be "
            "filled in yet.",
        ),
        (
            "dev-resources-insufficient",
            needs(gpu=2, memory=16),
            "2 resource requirements cannot be compared without a Development Environment descriptor: “gpu” and "
            "“memory”. Usually written by: software engineer.",
        ),
    ],
)
def test_the_message_names_both_sides(slug, documents, message):
    assert messages(slug, documents) == [message]
