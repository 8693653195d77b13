"""Tools in other versions."""

from __future__ import annotations

from mismatch.engine import check
from tests.mismatch.rules.tables import firing, messages, silent
from tests.mismatch.rules.test_x_naming import NEED, OFFER, needs, offers

test_silent = silent(
    "tool-version-differs",
    {
        "the same name and version": ("pass", needs("TensorFlow 2.4") | offers("TensorFlow 2.4")),
        "near miss: no versions, another name": ("pass", needs("TF") | offers("TensorFlow")),
        "near miss: digits that belong to the name": (
            "pass",
            needs("H2O", languages=("C99",)) | offers("H3O", languages=("C11",)),
        ),
        "near miss: the year of a product": ("pass", needs("Studio 2019") | offers("Studio 2022")),
        "near miss: another tool of that version": ("pass", needs("Keras 2.4") | offers("TensorFlow 2.4")),
        "near miss: the same version in another spelling": ("pass", needs("keras 2.4") | offers("Keras 2.4")),
        "nothing is offered": ("cannot-tell", needs("Keras 2.4") | offers()),
        "nothing is needed": ("not-applicable", needs() | offers()),
        "no environment": ("cannot-tell", needs("Keras 2.4")),
    },
)

LANGUAGES = (
    "trained_model/model_components/0/programming_languages/0 development_environment/programming_languages/0"
)

test_firing = firing(
    "tool-version-differs",
    {
        "another first number": (
            [f"major {NEED} {OFFER}0"],
            needs("TensorFlow 1.15") | offers("TensorFlow 2.4"),
        ),
        "another second number": ([f"minor {NEED} {OFFER}0"], needs("torch==2.1") | offers("torch 2.3.1")),
        "a version on one side only": ([f"minor {NEED} {OFFER}0"], needs("Keras") | offers("Keras v3.0")),
        "another name as well": (
            [f"major {NEED} {OFFER}0"],
            needs("sklearn 0.24") | offers("scikit-learn 1.3"),
        ),
        "a language": (
            [f"major {LANGUAGES}"],
            needs(languages=("Python2.7",)) | offers(languages=("Python 3.11",)),
        ),
        "a language with its number attached": (
            [f"minor {LANGUAGES}"],
            needs(languages=("Python3",)) | offers(languages=("Python",)),
        ),
        "versions that agree as far as stated": (
            [f"info {NEED} {OFFER}0"],
            needs("Keras 3") | offers("Keras 3.1"),
        ),
        "the entry that fits best counts": (
            [f"minor {NEED} {OFFER}1"],
            needs("Keras 2.4") | offers("Keras 1.2", "Keras 2.9", "Keras 3.0"),
        ),
    },
)


def test_the_message_shows_both_versions_and_explains_the_missing_tool():
    documents = needs("TensorFlow 1.15") | offers("TensorFlow 2.4")
    report = check(documents, rules=["TEC-8", "X204"])
    missing, version = report.findings

    assert messages("tool-version-differs", documents) == [
        "Trained Model says “TensorFlow 1.15”, Development Environment “TensorFlow 2.4”: one tool in versions that "
        "do not go together."
    ]
    assert version.explains == (missing.fingerprint,)
