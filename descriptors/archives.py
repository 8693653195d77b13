"""Opens zip archives from outside in memory: nothing is extracted, names are data, every size is counted."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib

from tec.plain import quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

MAX_PACKED = 25_000_000
MAX_UNPACKED = 100_000_000
MAX_FILES = 500
MAX_RATIO = 100
MAX_NAME = 255

_NESTED = (".zip", ".jar", ".gz", ".tgz", ".bz2", ".xz", ".7z", ".rar", ".tar", ".zst")
_ENTRY_SIGNATURE = b"PK\x01\x02"
_MARKS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_CHUNK = 65_536

REPACK = "Pack the descriptor files anew as an ordinary zip."


class ArchiveProblem(ValueError):
    """An archive that is refused: `entry` (may be empty), `message` and `remedy` are for people."""

    def __init__(self, message: str, remedy: str = REPACK, *, entry: str = "") -> None:
        super().__init__(f"{message}. {remedy}")
        self.entry = entry
        self.message = message
        self.remedy = remedy


def is_zip(data: bytes) -> bool:
    """Whether *data* starts as a zip archive does, an empty one included."""
    return data.startswith(_MARKS)


def members(data: bytes, wanted: Callable[[str], bool], limit: int) -> tuple[list[str], dict[str, bytes]]:
    """The names of all files in the archive, and the content of those whose name is *wanted*.

    Raises ArchiveProblem for what is damaged, dangerous, or larger than the limits of this module; one
    wanted file may have *limit* bytes.
    """
    _check_size(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            _check_entries(entries, len(data))
            return [entry.filename for entry in entries], _contents(
                archive, entries, wanted, limit, len(data)
            )
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        struct.error,
        OSError,
        OverflowError,
        RuntimeError,
    ) as error:
        raise ArchiveProblem("the archive is damaged", "Send or download it again.") from error
    except NotImplementedError as error:
        raise ArchiveProblem("the archive uses a feature of zip that TEC does not read") from error


def _check_size(data: bytes) -> None:
    if len(data) > MAX_PACKED:
        raise ArchiveProblem(
            f"the archive has {len(data):,} bytes, and {MAX_PACKED:,} is the limit",
            "Pack only the descriptor files.",
        )
    # Counted in the raw bytes, because opening an archive of a million entries already takes seconds.
    if data.count(_ENTRY_SIGNATURE) > MAX_FILES:
        raise ArchiveProblem(
            f"the archive holds more than {MAX_FILES} files", "Pack only the descriptor files."
        )


def _check_entries(entries: list[zipfile.ZipInfo], packed: int) -> None:
    if not entries:
        raise ArchiveProblem("the archive holds no files", "Pack the descriptor files into it.")
    seen: set[str] = set()
    for entry in entries:
        _check_entry(entry)
        if entry.filename in seen:
            raise ArchiveProblem("two files in the archive have this name", entry=entry.filename)
        seen.add(entry.filename)
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise ArchiveProblem(
            f"unpacked, the archive would have more than {MAX_UNPACKED:,} bytes",
            "Pack only the descriptor files.",
        )
    starts = sorted((entry.header_offset, entry.compress_size) for entry in entries)
    for (start, size), (following, _) in zip(starts, [*starts[1:], (packed, 0)], strict=True):
        if start + size > following:
            raise ArchiveProblem("files in the archive overlap, as only a forged archive has them")


def _check_entry(entry: zipfile.ZipInfo) -> None:
    """Refuse what no honest archive of descriptors contains; every case in its own words."""
    name = entry.filename
    # zipfile has turned backslashes into slashes where they part folders; the original name still has them.
    written = entry.orig_filename
    if len(written) > MAX_NAME:
        raise ArchiveProblem(f"a file name in the archive is longer than {MAX_NAME} characters", entry=name)
    if not quoted(written, MAX_NAME + 1)[1:-1] == written.replace("“", "‘").replace("”", "’"):
        raise ArchiveProblem("a file name in the archive contains invisible characters", entry=name)
    if written.startswith(("/", "\\")) or written[1:2] == ":":
        raise ArchiveProblem("a file name in the archive starts at the root of a disk", entry=name)
    if "\\" in written:
        raise ArchiveProblem("a file name in the archive contains a backslash", entry=name)
    if ".." in name.split("/"):
        raise ArchiveProblem("a file name in the archive leads out of the archive", entry=name)
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise ArchiveProblem("the archive contains a symbolic link", entry=name)
    if entry.flag_bits & 0x1:
        raise ArchiveProblem(
            "the archive is encrypted", "Pack the descriptor files anew without a password.", entry=name
        )
    if name.lower().endswith(_NESTED):
        raise ArchiveProblem(
            "the archive contains another archive", "Give each archive on its own.", entry=name
        )
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise ArchiveProblem("the archive is compressed by a method that TEC does not read", entry=name)


def _contents(
    archive: zipfile.ZipFile,
    entries: list[zipfile.ZipInfo],
    wanted: Callable[[str], bool],
    limit: int,
    packed: int,
) -> dict[str, bytes]:
    """The wanted files; stops as soon as more bytes come out than the limits allow, whatever was declared."""
    contents: dict[str, bytes] = {}
    total = 0
    for entry in entries:
        if not wanted(entry.filename):
            continue
        pieces = []
        size = 0
        with archive.open(entry) as file:
            while piece := file.read(_CHUNK):
                pieces.append(piece)
                size += len(piece)
                total += len(piece)
                if total > MAX_RATIO * packed:
                    raise ArchiveProblem(
                        f"the archive unpacks to more than {MAX_RATIO} times its size",
                        "It looks like a zip bomb; pack the descriptor files anew.",
                        entry=entry.filename,
                    )
                if size > limit:
                    raise ArchiveProblem(
                        f"the file has more than {limit:,} bytes, which is the limit",
                        "Move long texts into documents of their own and link to them.",
                        entry=entry.filename,
                    )
        contents[entry.filename] = b"".join(pieces)
    return contents
