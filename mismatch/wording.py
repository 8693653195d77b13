"""Words for people: quotes values, cuts long ones, lists names, writes numbers as people write them."""

from __future__ import annotations

from functools import lru_cache
from itertools import islice

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection

LONGEST = 120  # characters of a value in a message; the place keeps all of it
MOST = 5  # names in a list before the rest is only counted


def quote(text: str) -> str:
    """*text* in quotation marks on one line, cut if it is long; spaces at its ends are shown as “␣”.

    The password of a link is not shown.
    """
    if len(text) > LONGEST:
        text = without_password(text)[: LONGEST - 1].rstrip() + "…"
    return _quoted(text)


@lru_cache(maxsize=4096)  # one project says the same names again and again, check after check
def _quoted(text: str) -> str:
    text = without_password(text)
    if text.isprintable() and text == text.strip() and "  " not in text:
        return f"“{text}”"
    core = " ".join(text.split())
    if core != text:
        core = "␣" * (text[:1].isspace()) + core + "␣" * (text[-1:].isspace())
    if not core.isprintable():
        core = "".join([letter if letter.isprintable() else "�" for letter in core])
    return f"“{core}”"


def without_password(text: str) -> str:
    """*text* with the password of a link replaced by “***”."""
    if "://" not in text or ("@" not in text and "?" not in text):
        return text
    from mismatch.text.uris import masked

    return masked(text)


def listing(names: Collection[str], last: str = "and") -> str:
    """The names quoted and listed: “a”, “b” and “c”; beyond five only their number."""
    quoted = [quote(name) for name in islice(names, MOST if len(names) > MOST + 1 else None)]
    if len(quoted) < len(names):
        quoted.append(f"{len(names) - len(quoted)} more")
    return " ".join([", ".join(quoted[:-1]), last, quoted[-1]]) if len(quoted) > 1 else "".join(quoted)


def plain(number: float) -> str:
    """A number as people write it: 8 for 8.0, 0.25, 1e+20; long ones are rounded to ten digits."""
    if isinstance(number, int) and abs(number) < 10**15:
        return str(number)
    return f"{float(number):.10g}"
