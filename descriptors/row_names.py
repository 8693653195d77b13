"""By which of its words a row is called, wherever rows are named: in forms and at findings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

OTHER = "Other"
"""What is chosen where nothing fits; what it is then stands in a field beside it."""


def texts_of(row: Mapping[str, Any]) -> dict[str, str]:
    """The texts of *row* by key, blank ones left out; for “Other” stands what the field beside it says.

    That field is called “other_” and the last word of the choice, as `other_source` of `data_source`, and has
    no text of its own then.
    """
    texts = {key: value for key, value in row.items() if isinstance(value, str) and value.strip()}
    for key in [key for key, text in texts.items() if text.strip() == OTHER]:
        if said := texts.pop(f"other_{key.rpartition('_')[2]}", ""):
            texts[key] = said
    return texts
