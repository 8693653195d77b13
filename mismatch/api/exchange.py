"""What people decided, as a file that the command line reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse, HttpResponseBase
from rest_framework.renderers import BaseRenderer

from mismatch.ignoring.export import MEDIA_TYPE, ignore_file
from tec.api.operations import operation
from tec.projects.access import Right
from tec.projects.api.base import ProjectView

if TYPE_CHECKING:
    from rest_framework.request import Request


class YamlRenderer(BaseRenderer):
    """Names the media type; the view writes the file."""

    media_type = MEDIA_TYPE
    format = "yaml"
    charset = "utf-8"


class IgnoreExportView(ProjectView):
    group = "Import and export"
    renderer_classes = (YamlRenderer,)

    @operation(
        right=Right.SEE,
        answers={(200, MEDIA_TYPE): {"type": "object", "description": "tec-ignore.yaml"}},
    )
    def get(self, request: Request, slug: str) -> HttpResponseBase:
        """Export the decisions that hold.

        The file goes beside the descriptors, where “tec check” applies it. Each entry names its finding
        and the values it was decided about, and ends there when it ends here.
        """
        return HttpResponse(ignore_file(self.project), content_type=f"{MEDIA_TYPE}; charset=utf-8")
