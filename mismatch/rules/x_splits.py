"""Whether the data the model was evaluated and tested on can prove anything."""

from __future__ import annotations

from mismatch.declaration import CANNOT_TELL, NOT_APPLICABLE, Param, hit, rule
from mismatch.reading import NOTHING, group, number, text
from mismatch.text.names import key, words
from mismatch.text.placeholders import placeholder, says_nothing
from mismatch.text.uris import masked, normal
from mismatch.wording import plain, quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mismatch.declaration import Found, Hit
    from mismatch.reading import Doc

MODEL = "trained_model"
DATASETS = {
    "evaluation_dataset": "the evaluation",
    "test_dataset": "the test",
    "integration_test_dataset": "the integration test",
}


@rule(
    "data-reused-for-test",
    code="X506",
    severity="critical",
    pack="x",
    risk="Low: a folder may hold both parts of the data.",
    source="The test set is used once, at the end; benchmarks need data of their own.",
)
def data_reused_for_test(trained_model: Doc, training_data: Doc = NOTHING) -> Found:
    """The test was made with data that the model was trained or tuned on.

    A test with known data proves nothing about new data, however good its result.

    Remedy: Test with data that took no part in training and evaluation, and name them.

    Example: Evaluation and test name the same file. It is silent if they are two files with two names.

    Decision: The same file is critical, the same name major. A folder (with a slash at its end) may hold
    both parts, so it is minor; so is an integration test with known data, since it does not judge the model.

    Decision: The evaluation may bear the name of the training data if a share of it was held out.

    Decision: Names such as “not applicable” say that there is no such data.
    """
    groups = {name: group(trained_model, name) for name in DATASETS}
    given = {
        name: found
        for name, found in groups.items()
        if not says_nothing(text(found, "name")) and (text(found, "name") or text(found, "file"))
    }
    if "test_dataset" not in given or not (len(given) > 1 or text(training_data, "dataset_name")):
        yield CANNOT_TELL
    order = list(given)
    for number_, later in enumerate(order):
        for earlier in order[:number_]:
            yield from _shared(earlier, given[earlier], later, given[later])
        yield from _trained_on(later, given[later], training_data)


def _shared(earlier: str, first: Doc, later: str, second: Doc) -> Found:
    """A hit if two of the data sets are the same."""
    if _same_file(text(first, "file"), text(second, "file")):
        folder = text(second, "file").strip().endswith("/")
        said, field = f"name the same {'folder' if folder else 'file'}", "file"
        severity = "minor" if folder or later != "test_dataset" else ""
    elif _same_name(text(first, "name"), text(second, "name")):
        said, field = "are called the same", "name"
        severity = "major" if later == "test_dataset" else "minor"
    else:
        return
    yield hit(
        f"The data of {DATASETS[earlier]} and of {DATASETS[later]} {said}, "
        f"{quote(masked(text(second, field)))}.",
        (MODEL, later, field),
        (MODEL, earlier, field),
        key=(later, earlier),
        severity=severity,
    )


def _trained_on(name: str, dataset: Doc, training: Doc) -> Found:
    """A hit if a data set bears the name of the training data."""
    held_out = name == "evaluation_dataset" and (number(dataset, "holdout_percentage") or 0) > 0
    if not held_out and _same_name(text(dataset, "name"), text(training, "dataset_name")):
        yield hit(
            f"The data of {DATASETS[name]} and the training data are called the same, "
            f"{quote(text(dataset, 'name'))}.",
            (MODEL, name, "name"),
            ("training_data", "dataset_name"),
            key=(name, "training_data"),
            severity="minor" if name == "integration_test_dataset" else "major",
        )


def _same_name(a: str, b: str) -> bool:
    return bool(key(a)) and key(a) == key(b) and not placeholder(a) and not says_nothing(a)


def _same_file(a: str, b: str) -> bool:
    if not a or not b or placeholder(a) or says_nothing(a) or normal(a) != normal(b):
        return False
    return a.partition("#")[2] == b.partition("#")[2]


DRAWN = ("random", "shuffle", "stratif", "bootstrap", "monte carlo")
MANY = ("fold", "cross", "leave", "jackknife")


@rule(
    "holdout-implausible",
    code="X507",
    severity="minor",
    pack="x",
    params={
        "least": Param(5.0, "per cent below which a hold-out is small", 0, 50),
        "most": Param(50.0, "per cent above which a hold-out is large", 1, 99),
        "enough": Param(10000, "rows from which a small share is enough", 0, 1e9),
    },
    risk="Low: very large data needs only a small share.",
    source="Rules of thumb for splitting data; a split has to be repeatable (Breck et al., Infra 1).",
)
def holdout_implausible(
    trained_model: Doc, raw_data: Doc = NOTHING, *, least: float, most: float, enough: int
) -> Found:
    """The share of data held out for the evaluation is implausible, or its split cannot be repeated.

    With too little held out the result is chance, with too much there is nothing to learn from, and without
    the seed of a random split nobody gets the same figures again.

    Remedy: Correct the share, in per cent, and record the seed.

    Example: 0.2 is held out, which is probably meant as 20 %. It is silent from 5 to 50 %, and below if that
    is 10 000 instances or more.

    Decision: Nothing left to train on (100 %) and impossible shares are major; a random split with a seed of
    0 is worth knowing, since 0 may be meant.

    Decision: A share of 0 counts as blank, and so the required fields report it. Cross-validation leaves out
    little at a time, so no lower limit holds for it.
    """
    dataset = group(trained_model, "evaluation_dataset")
    share, method = number(dataset, "holdout_percentage"), text(dataset, "algorithm").lower()
    if not share:
        yield CANNOT_TELL if dataset else NOT_APPLICABLE
    elif share < 0 or share >= 100:
        yield _implausible(
            share, "nothing is left to train on" if share == 100 else "no share can be that", "major"
        )
    elif share > most:
        yield _implausible(share, "more than what is left to train on")
    elif share < least and not any(word in method for word in MANY):
        instances = number(raw_data, "number_of_instances") or 0
        if instances * share / 100 < enough:
            meant = f"; is {plain(100 * share)} % meant?" if share < 1 else ""
            yield _implausible(share, f"too little for a result that holds{meant}")
    drawn = next((word for word in DRAWN if word in method), "")
    if drawn and not number(dataset, "seed") and not {"no", "not", "without"} & set(words(method)):
        yield hit(
            f"The data were split by {quote(text(dataset, 'algorithm'))}, but the seed is "
            f"{'0, which may be a blank' if number(dataset, 'seed') == 0 else 'not given'}.",
            (MODEL, "evaluation_dataset", "seed"),
            (MODEL, "evaluation_dataset", "algorithm"),
            key=("seed",),
            severity="info",
        )


def _implausible(share: float, said: str, severity: str = "") -> Hit:
    return hit(
        f"{plain(share)} % of the data are held out for the evaluation: {said}"
        f"{'' if said.endswith('?') else '.'}",
        (MODEL, "evaluation_dataset", "holdout_percentage"),
        key=("holdout_percentage",),
        severity=severity,
    )
