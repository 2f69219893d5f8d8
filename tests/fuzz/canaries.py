"""Canaries: words that say whose they are and from which field, and where they turned up."""

from __future__ import annotations

import base64
import io
import json
import re
import zipfile
from typing import Any

# A name that was cut short still says whose it is.
CANARY = re.compile(r"zq(\d{4})(?:([a-z]{2})qz)?", re.IGNORECASE)
ARCHIVE = re.compile(r"UEsD[A-Za-z0-9+/]{100,}={0,2}")  # in base 64, as Dash sends files
PACKED = b"PK"  # how an archive begins


def canary(number: int, field: str) -> str:
    """Return the canary of one field of one customer; two letters name the field."""
    return f"zq{number:04d}{field}qz"


def canaries(text: str) -> set[tuple[int, str]]:
    """Return every canary in a text as (customer, field)."""
    return {(int(m[1]), (m[2] or "").lower()) for m in CANARY.finditer(text)}


def owners(found: set[tuple[int, str]]) -> set[int]:
    """Return whose canaries they are."""
    return {number for number, _ in found}


def sung(body: bytes, headers: Any = ()) -> set[tuple[int, str]]:
    """Return every canary of an answer: in its headers, its text, and the files it carries.

    A file's packed bytes are no text: sooner or later they spell whatever is looked for.
    """
    found = canaries(json.dumps(list(headers)))
    if body.startswith(PACKED):
        return found | _within(body)
    text = body.decode("utf-8", errors="replace")
    text = text.replace("\\u002f", "/").replace("\\u002b", "+")
    for encoded in ARCHIVE.findall(text):
        found |= _within(base64.b64decode(encoded))
    return found | canaries(ARCHIVE.sub("", text))


def _within(content: bytes) -> set[tuple[int, str]]:
    """Look into an archive, and into the workbooks that a deck's charts carry."""
    found: set[tuple[int, str]] = set()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            inner = archive.read(name)
            found |= canaries(name) | sung(inner)
    return found
