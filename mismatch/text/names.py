"""Tells names apart from their spellings: one key per name, other known names, likely typing errors."""

from __future__ import annotations

from functools import lru_cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

LONGEST = 200  # longer texts are prose and not worth remembering
KEPT = frozenset("+#<>=!%&$")
"""Signs that make a name another one: C++ and C#, “<=50K” and “>50K”."""

ALIASES = (
    # tools
    ("scikit-learn", "sklearn", "scikits.learn", "sci-kit learn"),
    ("TensorFlow", "TF", "tensor flow"),
    (
        "Huggingface",
        "HF",
        "Hugging Face",
        "Hugging Face Transformers",
        "HF Transformers",
        "Transformers",
        "🤗",
    ),
    ("Spark ML", "Spark MLlib", "Apache Spark ML", "Apache Spark MLlib", "pyspark.ml"),
    ("XGBoost", "XGB", "eXtreme Gradient Boosting"),
    ("LightGBM", "LGBM"),
    ("Azure ML", "Azure Machine Learning", "AzureML"),
    ("Amazon SageMaker", "SageMaker", "AWS SageMaker"),
    ("IBM Watson Studio", "Watson Studio"),
    ("ONNX Runtime", "onnxruntime", "ORT"),
    ("OpenCV", "cv2", "opencv-python"),
    ("Tibco Data Science", "TIBCO Spotfire Data Science"),
    # languages
    ("Javascript", "JS", "ECMAScript", "Java Script"),
    ("TypeScript", "TS"),
    ("Go", "golang", "Go language"),
    ("C++", "cpp", "CPlusPlus", "C plus plus"),
    ("C#", "csharp", "C Sharp"),
    ("F#", "fsharp", "F Sharp"),
    ("Python", "CPython", "Py"),
    ("R", "R language", "GNU R", "Rlang"),
    ("Matlab", "MathWorks Matlab"),
    ("Mathematica", "Wolfram Mathematica", "Wolfram Language"),
    # statistics
    ("Standard Deviation", "SD", "Std", "Std Dev", "StdDev", "St. Dev."),
    ("Mean", "Average", "Avg", "Arithmetic Mean"),
    ("First Quartile", "Q1", "Lower Quartile", "25th Percentile", "P25"),
    ("Third Quartile", "Q3", "Upper Quartile", "75th Percentile", "P75"),
    ("Median", "Q2", "50th Percentile", "P50", "Second Quartile"),
    ("IQR", "Interquartile Range", "Inter-Quartile Range"),
    ("Gini Coefficient", "Gini", "Gini Index"),
    ("Skew", "Skewness"),
    ("Minimum", "Min"),
    ("Maximum", "Max"),
    ("Variance", "Var"),
    # metrics
    ("Precision", "PPV", "Positive Predictive Value"),
    ("Recall", "TPR", "Sensitivity", "True Positive Rate"),
    ("Specificity", "TNR", "True Negative Rate"),
    ("NPV", "Negative Predictive Value"),
    ("FPR", "False Positive Rate", "Fall-out"),
    ("FNR", "False Negative Rate", "Miss Rate"),
    ("F1 Score", "F1", "F-measure", "F-score", "F1-measure"),
    ("AUC", "ROC AUC", "AUROC", "AUC ROC", "Area under the ROC curve", "ROC"),
    ("Error Rate", "Misclassification Rate", "Classification Error"),
    ("MAE", "Mean Absolute Error"),
    ("MSE", "Mean Squared Error", "Mean Square Error"),
    ("RMSE", "Root Mean Squared Error", "Root Mean Square Error"),
    ("MAPE", "Mean Absolute Percentage Error"),
    ("R2", "R squared", "R²", "Coefficient of Determination"),
    ("MCC", "Matthews Correlation Coefficient", "Phi Coefficient"),
    ("IoU", "Intersection over Union", "Jaccard", "Jaccard Index"),
    ("mAP", "Mean Average Precision"),
    ("Log Loss", "Cross Entropy", "Cross-Entropy Loss", "Logistic Loss"),
)
"""Groups of names for one thing, the usual one first."""

MISTAKABLE = (("Torch", "PyTorch"),)
"""Pairs that people mistake for one another, although each is a thing of its own."""


def key(text: str) -> str:
    """What identifies a name however it is spelled: "scikit-learn", " Scikit_Learn" → "scikitlearn".

    Case, spacing, punctuation, invisible characters and the Unicode form are gone; letters, marks and
    digits of any script stay, and signs that tell names apart: "C++", "C#", "<=50K", "A-", "-1". What parts
    two digits becomes a point: "x_1_2" → "x1.2", which is not "x12". A text of nothing else than
    punctuation is its own key; "" only for blank text. key(key(t)) == key(t).
    """
    return _key(text) if len(text) <= LONGEST else _key.__wrapped__(text)


@lru_cache(maxsize=32768)
def _key(text: str) -> str:
    if text.isascii():
        folded = text.lower()
        if folded.isalnum():
            return folded
        bare = "".join([sign if sign.isalnum() or sign in KEPT else " " for sign in folded])
    else:
        folded = _folded(text)
        bare = "".join([sign if _telling(sign) else " " for sign in folded])
    folded = folded.strip()
    parts = bare.split()
    if not parts:
        return folded
    found = parts[0]
    for part in parts[1:]:
        found += f".{part}" if found[-1].isdigit() and part[0].isdigit() else part
    if folded[0] in "-−" and folded[1:2].isdigit():
        found = f"-{found}"
    if folded[-1] == "-" and len(folded) > 1 and (folded[-2].isalnum() or folded[-2] in KEPT):
        found += "-"
    return found if found.isascii() else _folded(found)  # a mark may have met a letter it joins


_DROPPED = str.maketrans("", "", " \t\"'()*,-./:;?@[\\]^_`{|}~")


def crowded(lists: Sequence[list[str]]) -> list[int]:
    """The numbers of those lists in which two names may have the same key; a quick look at all of them.

    Names in other scripts, line breaks and blank names make a list suspicious that is not.
    """
    whole = "\n".join(["\n".join(names) for names in lists])
    cores = whole.lower().translate(_DROPPED).split("\n") if whole.isascii() else []
    if len(cores) != sum([len(names) or 1 for names in lists]):
        return [
            number for number, names in enumerate(lists) if len({key(name) for name in names}) < len(names)
        ]
    found, begin = [], 0
    for number, names in enumerate(lists):
        size = len(names)
        if size > 1 and len(set(cores[begin : begin + size])) < size:
            found.append(number)
        begin += size or 1
    return found


def _folded(text: str) -> str:
    from unicodedata import category, normalize  # most names are ASCII

    seen = "".join([sign for sign in text if category(sign) != "Cf"])
    for _ in range(3):
        seen, last = normalize("NFKC", normalize("NFKC", seen).casefold()), seen
        if seen == last:
            break
    return seen


def _telling(sign: str) -> bool:
    """Does *sign* belong to the key: letters, marks, digits, currencies, pictures, mathematical signs?"""
    if sign.isalnum() or sign in KEPT:
        return True
    from unicodedata import category

    return category(sign) in {"Mn", "Mc", "Me", "Sc", "So", "Sm"} and sign not in "|~−°®©"


def wordset(text: str) -> frozenset[str]:
    """The words of a constant, parted by spaces."""
    return frozenset(text.split())


@lru_cache(maxsize=8192)
def words(text: str) -> tuple[str, ...]:
    """The words of a text in lower case, parted at all but letters and digits: "Hit-rate (top 5)" → hit rate
    top 5. Camel case is not split."""
    folded = text.lower() if text.isascii() else _folded(text)
    return tuple("".join([sign if sign.isalnum() else " " for sign in folded]).split())


def known_as(text: str) -> str:
    """The key of the usual name of what *text* names: "sklearn" → "scikitlearn"; its own key otherwise."""
    own = key(text)
    return _usual().get(own, own)


@lru_cache(maxsize=1)
def _usual() -> dict[str, str]:
    return {key(name): key(group[0]) for group in ALIASES for name in group}


@lru_cache(maxsize=1)
def _mistakable() -> dict[str, str]:
    """What something is known as → what it is often taken for."""
    pairs = [(known_as(one), known_as(other)) for one, other in MISTAKABLE]
    return dict(pairs) | {other: one for one, other in pairs}


_OPPOSITES = (
    "minimum/maximum lower/upper lowest/highest low/high left/right first/last start/stop open/close "
    "opened/closed input/output inputs/outputs inside/outside increase/decrease positive/negative "
    "before/after north/south east/west male/female gross/net sent/received today/yesterday true/false "
    "weekday/weekend with/without internal/external import/export encoder/decoder training/testing "
    "planned/unplanned known/unknown valid/invalid normal/abnormal"
)
OPPOSITES = frozenset(frozenset(pair.split("/")) for pair in _OPPOSITES.split())
"""Words that look alike and say the contrary."""


def typo(a: str, b: str) -> bool:
    """Is one probably a typing error of the other? False for equal keys, which are one name.

    Same first letter, same digits and signs, five characters or more in the shorter key, and one slip
    (letter missing, added, wrong, or two swapped), or two if both have nine characters or more. Words that
    differ on purpose are no slips: opposites, and words of up to three letters, as in min_temperature and
    max_temperature.
    """
    return slipped(key(a), key(b)) and not _on_purpose(words(a), words(b))


def _on_purpose(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Does one of the words in which two names differ look chosen rather than mistyped?"""
    if len(a) != len(b):
        return False
    pairs = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
    if any(frozenset(pair) in OPPOSITES for pair in pairs):
        return True
    return len(a) > 1 and any(len(x) <= 3 and len(y) <= 3 and sorted(x) != sorted(y) for x, y in pairs)


def slipped(a: str, b: str) -> bool:
    """Do two keys differ by no more slips than a typing error has?"""
    shorter = min(len(a), len(b))
    if a == b or shorter < 5 or abs(len(a) - len(b)) > 2 or a[0] != b[0] or len(a) + len(b) > 2 * LONGEST:
        return False
    most = 2 if shorter >= 9 else 1
    return signature(a) == signature(b) and _distance(a, b, most) <= most


def signature(key: str) -> str:
    """The digits and signs of a key: names that differ there differ on purpose."""
    return "" if key.isalpha() else "".join([sign for sign in key if not sign.isalpha()])


def _distance(a: str, b: str, most: int) -> int:
    """Slips between *a* and *b*, a swap of neighbours counted once; above *most* if there are more."""
    before: list[int] = []
    last = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            best = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and y == a[i - 2]:
                best = min(best, before[j - 2] + 1)
            row.append(best)
        if min(row) > most:
            return most + 1
        before, last = last, row
    return last[-1]


CROWD = 64  # so many names of one length and first letter: a slip among them proves nothing


class Names:
    """The names of one side, to look up those of the other side in; linear in their number.

    Of several rows with one name the first counts; blank names are left out. *known* gives what a name is
    known as; names that are known as the same are names of one thing.
    """

    def __init__(self, names: Iterable[str], known: Callable[[str], str] = known_as) -> None:
        self._known_as = known
        self.exact: dict[str, int] = {}
        """Name as written → number of its first row."""
        for number, name in enumerate(names):
            if name and name not in self.exact:
                self.exact[name] = number
        self._keys: dict[str, list[str]] | None = None
        self._known: dict[str, list[str]] | None = None
        self._alike: dict[tuple[str, str, int], list[str]] | None = None

    def __contains__(self, name: str) -> bool:
        """Is it there, in whatever spelling?"""
        return name in self.exact or key(name) in self._by_key()

    def spelled(self, name: str) -> str:
        """The only one that is the same name in another spelling, "" if none or several are."""
        return _only(self._by_key().get(key(name), []), name)

    def also_called(self, name: str) -> str:
        """The only one that is another known name of the same thing, "" if none or several are."""
        return _only(self._by_known().get(self._known_as(name), []), name)

    def confused_with(self, name: str) -> str:
        """The only one that is another thing, but often taken for what *name* means, such as Torch and
        PyTorch; "" otherwise."""
        other = _mistakable().get(known_as(name))
        return _only(self._by_known().get(other, []), name) if other else ""

    def mistyped(self, name: str) -> str:
        """The only one that *name* is probably a typing error of, or the other way round; "" otherwise."""
        own = key(name)
        if len(own) < 5 or len(own) > LONGEST:
            return ""
        if self._alike is None:
            self._alike = {}
            for other in self.exact:
                core = key(other)
                if core:
                    self._alike.setdefault((core[0], signature(core), len(core)), []).append(other)
        head, sign, size = own[0], signature(own), len(own)
        found = [
            other
            for length in range(size - 2, size + 3)
            for other in self._crowd((head, sign, length))
            if slipped(own, key(other)) and not _on_purpose(words(name), words(other))
        ]
        return _only(found, name)

    def _by_key(self) -> dict[str, list[str]]:
        if self._keys is None:
            self._keys = _grouped(self.exact, key)
        return self._keys

    def _by_known(self) -> dict[str, list[str]]:
        if self._known is None:
            self._known = _grouped(self.exact, self._known_as)
        return self._known

    def _crowd(self, alike: tuple[str, str, int]) -> list[str]:
        found = (self._alike or {}).get(alike, [])
        return found if len(found) <= CROWD else []


def _grouped(names: Iterable[str], by: Callable[[str], str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(by(name), []).append(name)
    return found


def _only(found: list[str], name: str) -> str:
    others = [other for other in found if other != name]
    return others[0] if len(others) == 1 else ""


def all_plain(names: Iterable[str]) -> bool:
    """Is there certainly nothing in *names* that `unseen` would tell? A quick look, for ASCII only."""
    whole = "|".join(names)
    if not whole.isascii() or not whole.isprintable() or whole[:1] == " " or whole[-1:] == " ":
        return False
    return " |" not in whole and "| " not in whole


@lru_cache(maxsize=4096)
def unseen(text: str) -> str:
    """What of *text* the eye does not see, in words for people, "" if nothing: spaces at its ends, invisible
    characters, look-alike letters of another script within one word."""
    if text.isascii() and text.isprintable() and text[:1] != " " and text[-1:] != " ":
        return ""
    said = []
    if text != text.strip():
        said.append("a space at its end" if text[:1].strip() else "a space in front")
    core = text.strip()
    if not core.isascii():
        from unicodedata import category

        # A joiner inside a word of Persian or Hindi, or an emoji, is spelling, not an accident.
        bad = [s for s in core if s in "\u200b\u2060\ufeff\u00ad" or category(s) in {"Cc", "Co", "Cn"}]
        if bad:
            said.append(f"an invisible character (U+{ord(bad[0]):04X})")
        if mixed_scripts(core):
            said.append("letters of two scripts that look alike")
    elif not core.isprintable():
        said.append("a control character")
    return " and ".join(said)


def mixed_scripts(text: str) -> bool:
    """Does one word mix Latin letters with Cyrillic or Greek ones that look like Latin?"""
    if text.isascii():
        return False
    return any(
        any(s in LOOKALIKES for s in word)
        and any("a" <= s <= "z" or "A" <= s <= "Z" for s in word)
        and not any(s.isalpha() and not s.isascii() and s not in LOOKALIKES for s in word)
        for word in text.split()
    )


LOOKALIKES = frozenset("АВЕЅІЈКМНОРСТХаеорсухѕіјΑΒΕΖΗΙΚΜΝΟΡΤΥΧο")
"""Cyrillic and Greek letters that nobody can tell from Latin ones. Not among them: α, β, µ and other signs
that stand in names on purpose."""
