"""Containers: from a file as it was delivered to the text inside, or why there is none."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from typing import TYPE_CHECKING, Protocol

from dashboard.errors import SourceError

if TYPE_CHECKING:
    from pathlib import Path

UNPACK_LIMIT = 4 * 1024**3  # bytes: more than any export has
RATIO_LIMIT = 1_000  # unpacked to packed: real exports reach a few dozen
RATIO_FREE = 16 * 1024**2  # bytes below which no ratio is suspicious
CHUNK = 1024**2
GZIP = b"\x1f\x8b"
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
ARCHIVES = (GZIP, *ZIP, b"BZh", b"\xfd7zXZ\x00", b"7z\xbc\xaf", b"Rar!", b"\x28\xb5\x2f\xfd")
UTF8_MARK = b"\xef\xbb\xbf"
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


def unpack(path: Path) -> bytes:
    """Return the bytes of the one data file in `path`; SourceError if there is not exactly one."""
    try:
        if path.stat().st_size > UNPACK_LIMIT:
            raise _too_large(path)
        content = path.read_bytes()
    except OSError as error:
        msg = f"{path.name} cannot be read: {error.strerror}."
        raise SourceError(msg) from error
    try:
        return _inside(path, content)
    except NotImplementedError as error:
        msg = f"{path.name} is packed in a way that is not supported: pack it as plain zip."
        raise SourceError(msg) from error
    except (EOFError, OSError, RuntimeError, ValueError, zipfile.BadZipFile, zlib.error) as error:
        msg = f"{path.name} is a damaged or truncated archive: deliver it again."
        raise SourceError(msg) from error


def decode(name: str, content: bytes) -> bytes:
    """Return text as UTF-8 with line ends LF and without mark; SourceError if it is no text."""
    try:
        if content.startswith(UTF16_MARKS):
            text = content.decode("utf-16").encode()
        else:
            text = content.removeprefix(UTF8_MARK)
            if not text.isascii():
                text.decode()
    except UnicodeDecodeError as error:
        offset = error.start + (len(UTF8_MARK) if content.startswith(UTF8_MARK) else 0)
        raise _not_text(name, offset) from error
    if (offset := text.find(b"\0")) >= 0:
        raise _not_text(name, content.find(b"\0") if b"\0" in content else offset)
    return text.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in text else text


def _inside(path: Path, content: bytes) -> bytes:
    if content.startswith(GZIP):
        packed = io.BytesIO(content)
        with gzip.GzipFile(fileobj=packed) as stream:
            inner = _read(path, stream, packed)
    elif content.startswith(ZIP):
        inner = _single_member(path, content)
    else:
        return content
    if inner.startswith(ARCHIVES):
        msg = f"{path.name} holds another archive: unpack it first."
        raise SourceError(msg)
    return inner


def _single_member(path: Path, content: bytes) -> bytes:
    packed = io.BytesIO(content)
    with zipfile.ZipFile(packed) as archive:
        members = [m for m in archive.infolist() if _is_data(m)]
        if len(members) != 1:
            msg = f"{path.name} holds {len(members)} data files: an archive must hold exactly one."
            raise SourceError(msg)
        if members[0].flag_bits & 1:
            msg = f"{path.name} is encrypted: deliver it without a password."
            raise SourceError(msg)
        with archive.open(members[0]) as stream:
            return _read(path, stream, packed)


def _is_data(member: zipfile.ZipInfo) -> bool:
    """Tell data from folders, macOS companions and hidden files."""
    parts = member.filename.split("/")
    return not member.is_dir() and "__MACOSX" not in parts and not parts[-1].startswith(".")


def _read(path: Path, stream: _Readable, packed: io.BytesIO) -> bytes:
    """Unpack piece by piece, so that a bomb is refused before it is large."""
    pieces, size, start = [], 0, packed.tell()
    while piece := stream.read(CHUNK):
        size += len(piece)
        so_far = packed.tell() - start
        if size > min(UNPACK_LIMIT, max(RATIO_FREE, so_far * RATIO_LIMIT)):
            raise _too_large(path)
        pieces.append(piece)
    return b"".join(pieces)


def _too_large(path: Path) -> SourceError:
    return SourceError(f"{path.name} is over the limit of {UNPACK_LIMIT // 1024**3} GiB unpacked.")


def _not_text(name: str, offset: int) -> SourceError:
    return SourceError(
        f"{name} is neither UTF-8 nor UTF-16 with a byte-order mark (byte {offset})."
    )
