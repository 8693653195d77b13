"""Replaces files in one step, so that a power cut or a full disk leaves the old one or the new one."""

from __future__ import annotations

import os
import tempfile


def replace(path: str, content: bytes) -> None:
    """Give *path* this content. Its permissions stay, and a symbolic link stays one. Raises OSError."""
    target = os.path.realpath(path)
    number, temporary = tempfile.mkstemp(dir=os.path.dirname(target), prefix=".tec-", suffix=".part")
    try:
        with os.fdopen(number, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, _permissions(target))
        os.replace(temporary, target)
    except OSError as error:
        os.unlink(temporary)
        error.filename = path
        raise


def _permissions(path: str) -> int:
    try:
        return os.stat(path).st_mode & 0o777
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
