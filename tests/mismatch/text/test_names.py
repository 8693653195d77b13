"""One key per name, other known names, typing errors, what nobody sees."""

from __future__ import annotations

from itertools import combinations
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mismatch.text.names import (
    ALIASES,
    Names,
    key,
    known_as,
    mixed_scripts,
    signature,
    typo,
    unseen,
    words,
)

relaxed = settings(max_examples=200, deadline=None)
TEXT = st.text(max_size=40) | st.text(alphabet="aAbB12 .-_+#<>=", max_size=12)

VOCABULARIES = (
    "Caffe, Huggingface, Keras, MLflow, PyTorch, scikit-learn, Spark ML, TensorFlow, Torch, Weka, DataRobot, "
    "BayesiaLab, Statistica, KNIME, RapidMiner, DataBricks, H2O, Dataiku, Tibco Data Science, IBM Watson Studio, "
    "Azure ML, Amazon SageMaker",
    "C, C++, C#, Java, Javascript, Julia, Matlab, PHP, Python, R, Ruby, Scala, Perl, Mathematica, SPSS, SQL, SAS",
    "Mean, Distribution Type, Median, Trimean, Standard Deviation, First Quartile, Third Quartile, IQR, Skew, "
    "Kurtosis, Gini Coefficient, Entropy",
    "Accuracy, Precision, Recall, Specificity, Sensitivity, F1 Score, AUC, PPV, NPV, FPR, FNR, TPR, TNR, MAE, MSE, "
    "RMSE, MAPE, R2, MCC, Kappa, IoU, mAP, Log Loss, Error Rate, False Positive Rate, False Negative Rate",
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("scikit-learn", " Scikit_Learn "),
        ("PyTorch", "pytorch"),
        ("F1 Score", "f1-score"),
        ("Straße", "STRASSE"),
        ("ﬁeld", "field"),
        ("A\u030angstrom", "\u00e5ngstrom"),
        ("ｆｕｌｌ　ｗｉｄｔｈ", "full width"),
        ("zero\u200bwidth", "zerowidth"),
        ("1,5", "1.5"),
        ("日本 語", "日本語"),
    ],
)
def test_spellings_of_one_name_have_one_key(one, other):
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("C", "C++"),
        ("C++", "C#"),
        ("F", "F#"),
        ("<=50K", ">50K"),
        ("A+", "A-"),
        ("A", "A-"),
        ("-1", "1"),
        ("1.5", "15"),
        ("x_1_2", "x_12"),
        ("sensor1", "sensor2"),
        ("spam", "!spam"),
        ("price €", "price $"),
        ("हिन्दी", "हनद"),
        ("?", "…"),
    ],
)
def test_different_names_have_different_keys(one, other):
    assert key(one) != key(other)


@pytest.mark.parametrize("names", VOCABULARIES)
def test_no_two_usual_names_share_a_key_or_look_like_typing_errors(names):
    pairs = list(combinations(names.split(", "), 2))

    assert [pair for pair in pairs if key(pair[0]) == key(pair[1])] == []
    assert [pair for pair in pairs if typo(*pair)] == []


@relaxed
@given(TEXT)
def test_the_key_of_a_key_is_the_key(text):
    assert key(key(text)) == key(text)


@relaxed
@given(TEXT)
def test_case_and_spaces_around_do_not_change_the_key(text):
    assert key(f"  {text}\t") == key(text)
    if text.isascii():
        assert key(text.upper()) == key(text.lower()) == key(text)


@relaxed
@given(TEXT)
def test_only_blank_text_has_an_empty_key(text):
    visible = any(not sign.isspace() for sign in text)

    assert bool(key(text)) <= visible
    if text.isascii():
        assert bool(key(text)) == visible


def test_long_texts_have_keys_too():
    assert key("A b" * 500) == "ab" * 500


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Pyhton", "Python"),
        ("Acuracy", "Accuracy"),
        ("scikit-lern", "scikit-learn"),
        ("tensroflow", "TensorFlow"),
        ("Standrad Devition", "Standard Deviation"),
        ("weekly sales", "weekday sales"),
        ("Inspection finding", "Inspection findings"),
    ],
)
def test_a_slip_or_two_is_a_typing_error(one, other):
    assert typo(one, other)
    assert typo(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("sensor1", "sensor2"),
        ("temp_in", "temp_out"),
        ("min_temp", "max_temp"),
        ("min_temperature", "max_temperature"),
        ("minimum_load", "maximum_load"),
        ("pressure_hi", "pressure_lo"),
        ("position_x", "position_y"),
        ("precision@1", "precision@5"),
        ("left_wheel_speed", "right_wheel_speed"),
        ("internal_rate", "external_rate"),
        ("Torch", "PyTorch"),
        ("Scala", "Scalar"[:4]),
        ("Java", "Javascript"),
        ("Python", "python"),
        ("False Positive Rate", "False Negative Rate"),
        ("", ""),
        ("", "Python"),
    ],
)
def test_names_that_differ_on_purpose_are_no_typing_errors(one, other):
    assert not typo(one, other)


@relaxed
@given(TEXT, TEXT)
def test_typing_errors_are_mutual_and_keep_digits_and_signs(one, other):
    assert typo(one, other) == typo(other, one)
    if typo(one, other):
        assert signature(key(one)) == signature(key(other))
        assert key(one) != key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("sklearn", "scikit-learn"),
        ("TF", "TensorFlow"),
        ("HF", "Hugging Face"),
        ("JS", "Javascript"),
        ("golang", "Go"),
        ("PPV", "Precision"),
        ("TPR", "Sensitivity"),
        ("TNR", "specificity"),
        ("F-measure", "F1 Score"),
    ],
)
def test_other_names_of_one_thing_are_known_as_the_same(one, other):
    assert known_as(one) == known_as(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Torch", "PyTorch"), ("Java", "Javascript"), ("C", "C++"), ("R", "R2")]
)
def test_different_things_are_not_known_as_the_same(one, other):
    assert known_as(one) != known_as(other)


def test_no_name_is_an_alias_of_two_things():
    owners: dict[str, str] = {}
    for group in ALIASES:
        for name in group:
            assert owners.setdefault(key(name), group[0]) == group[0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("plain", ""),
        ("", ""),
        ("größe", ""),
        ("α-Wert", ""),
        ("ΔT", ""),
        ("Привет мир", ""),
        ("می\u200cشود", ""),
        ("👩\u200d💻", ""),
        ("a b", ""),
        ("price ", "a space at its end"),
        (" price", "a space in front"),
        ("pri\u200bce", "an invisible character (U+200B)"),
        ("pri\x07ce", "a control character"),
        ("l\u0435vel", "letters of two scripts that look alike"),
    ],
)
def test_it_says_what_nobody_sees(text, said):
    assert unseen(text) == said


def test_a_word_of_one_script_is_not_mixed():
    assert not mixed_scripts("СОК juice")
    assert mixed_scripts("jui\u0441e")


def test_words_are_parted_at_signs():
    assert words("Hit-rate (top 5)") == ("hit", "rate", "top", "5")


class TestNames:
    def test_finds_the_only_other_spelling(self):
        names = Names(["PyTorch", "Keras", "keras", ""])

        assert names.spelled("pytorch") == "PyTorch"
        assert names.spelled("KERAS") == ""  # two of them
        assert names.spelled("Caffe") == ""
        assert "py-torch" in names
        assert "Caffe" not in names

    def test_the_first_of_equal_names_counts(self):
        assert Names(["a", "b", "a"]).exact == {"a": 0, "b": 1}

    def test_finds_the_only_other_name(self):
        assert Names(["Keras", "scikit-learn"]).also_called("sklearn") == "scikit-learn"
        assert Names(["Keras"], known=lambda name: name[0]).also_called("Kafka") == "Keras"

    def test_torch_and_pytorch_are_taken_for_one_another(self):
        assert Names(["Keras", "PyTorch"]).confused_with("torch") == "PyTorch"
        assert Names(["Torch"]).confused_with("PyTorch") == "Torch"
        assert Names(["PyTorch"]).confused_with("Keras") == ""

    def test_finds_the_only_typing_error(self):
        names = Names(["Python", "Perl"])

        assert names.mistyped("Pyhton") == "Python"
        assert names.mistyped("python") == ""
        assert Names(["Python", "Pythen"]).mistyped("Pythn") == ""

    def test_among_many_names_that_look_alike_none_is_a_typing_error(self):
        crowd = [f"feature_{a}{b}x" for a in "abcdefghijk" for b in "abcdefghijk"]

        assert Names(crowd).mistyped("feature_ax") == ""

    def test_its_effort_grows_with_the_number_of_names(self):
        letters = "abcdefghijklmnopqrstuvwxyz"
        names = [f"field {a}{b}{c}" for a in letters for b in letters for c in letters][:10_000]
        known = Names(names)

        begin = perf_counter()
        for name in names:
            assert known.spelled(name) == ""
            known.mistyped(name + "q")
        assert perf_counter() - begin < 5


@relaxed
@given(TEXT, st.lists(TEXT, max_size=6))
def test_no_text_makes_it_raise(text, others):
    names = Names(others)

    for found in (
        names.spelled(text),
        names.also_called(text),
        names.mistyped(text),
        names.confused_with(text),
    ):
        assert found == "" or found in others
    assert isinstance(unseen(text), str)
    assert isinstance(known_as(text), str)


@pytest.mark.parametrize("text", ["\ud800", "\x00", "\u0130", "ß" * 500, "x" * 100_000])
def test_strange_texts_have_keys(text):
    assert key(key(text)) == key(text)
    assert isinstance(unseen(text), str)
