"""What is kept of the documents of a deleted project: how many there were, and digests of all of them."""

from __future__ import annotations

from typing import Any

from descriptors.models import Revision
from tec import strictjson
from tec.projects.models import Project


def last_words(*, project: Project, **kwargs: Any) -> dict[str, Any]:
    """The newest revision of every document, and one digest over all revisions in their order."""
    heads = Revision.objects.filter(head_of__project=project).order_by("document__descriptor")
    every = Revision.objects.of(project).order_by("document__descriptor", "number")
    listed = [list(row) for row in every.values_list("document__descriptor", "number", "digest")]
    return {
        "documents": {
            descriptor: {"revision": number, "digest": digest}
            for descriptor, number, digest in heads.values_list("document__descriptor", "number", "digest")
        },
        "revisions": {"number": len(listed), "digest": strictjson.digest(listed)},
    }
