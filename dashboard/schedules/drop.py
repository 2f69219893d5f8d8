"""Drop: puts a copy into a folder, whole and once: new beside, then renamed."""

from __future__ import annotations

import os
import re
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

UNSAFE = re.compile(r"[^A-Za-z0-9@+_.-]")


def put(content: bytes, folder: Path, email: str, file_name: str) -> Path:
    """Write a file below its recipient's address; one of the same name is replaced."""
    home = folder / own_folder(email)
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=home, prefix=".", suffix=".part", delete=False) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    target = home / file_name
    os.replace(file.name, target)  # noqa: PTH105 - the name is a text
    _sync(home)
    return target


def own_folder(email: str) -> str:
    """Return the name of a user's folder: the address, without what leads out of the folder."""
    return UNSAFE.sub("_", email).strip(".") or "_"


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
