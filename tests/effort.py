"""Measures effort without a clock: how many function calls something takes, the same on every machine."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from mismatch.recall import MEMORY


def calls(action: Callable[[], Any]) -> int:
    """How often *action* calls a function, whether written in Python or in C."""
    count = 0

    def note(frame: Any, event: str, argument: Any) -> None:
        nonlocal count
        if event in {"call", "c_call"}:
            count += 1

    MEMORY.forget()  # what has been looked at already takes no effort
    before = sys.getprofile()
    sys.setprofile(note)
    try:
        action()
    finally:
        sys.setprofile(before)
    return count
