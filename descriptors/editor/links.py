"""Follows the links between documents on behalf of a form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from descriptors.editor.numbering import NUMBERED
from descriptors.links import links, texts_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any


def referred_ids(descriptor: str, documents: Mapping[str, Any]) -> Iterator[str]:
    """The ids of *descriptor*'s numbered rows that other documents refer to, whether they exist or not."""
    paths = {f"{path}[].{key}" for (owner, path), (key, _) in NUMBERED.items() if owner == descriptor}
    for link in links():
        if link.source == descriptor and link.source_path in paths:
            yield from (text for _, text in texts_at(documents.get(link.descriptor), link.path))
