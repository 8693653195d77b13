"""Reads the bodies of requests: JSON through the one door, archives as they are."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any

from rest_framework.parsers import BaseParser

from tec import strictjson
from tec.api.problems import Fault
from tec.api.refused import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_ARCHIVE = 25_000_000


class StrictJSONParser(BaseParser):
    """Takes what TEC can keep, and says where the rest is wrong."""

    media_type = "application/json"

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        try:
            return strictjson.loads(stream.read(strictjson.MAX_BYTES + 1))
        except strictjson.StrictJSONError as error:
            if error.code == "too_large":
                raise Refused(
                    413, f"The body is larger than {strictjson.MAX_BYTES:,} bytes. {error.remedy}"
                ) from error
            raise Refused(
                400, f"The body is refused: {error.place or 'as a whole'}: {error.what}. {error.remedy}",
                [Fault(f"{error.what}. {error.remedy}", error.pointer or "")], code=error.code,
            ) from error  # fmt: skip


class YamlParser(BaseParser):
    """YAML as the whole body; whoever asks for it reads it."""

    media_type = "application/yaml"

    def parse(  # type: ignore[override]
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        data: bytes = stream.read(strictjson.MAX_BYTES + 1)
        if len(data) > strictjson.MAX_BYTES:
            raise Refused(413, f"The file has more than {strictjson.MAX_BYTES:,} bytes, which is the limit.")
        return data


class ZipParser(BaseParser):
    """A zip archive as the whole body; whoever asks for it looks into it."""

    media_type = "application/zip"

    def parse(  # type: ignore[override]
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        data: bytes = stream.read(MAX_ARCHIVE + 1)
        if len(data) > MAX_ARCHIVE:
            raise Refused(413, f"The archive has more than {MAX_ARCHIVE:,} bytes, which is the limit.")
        return data
