"""Cases of files that are no export at all, of archives, and of files out of all measure."""

from __future__ import annotations

import gzip
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable

from bad_files.bases import Export, as_csv, rendered
from bad_files.cases import text_cell
from bad_files.outcomes import BLANK, GOOD, ONE_BAD, Build, Case, refusing

NOT_KNOWN = refusing("not a known export")
REFUSED = refusing()

SIGN_IN = """<!DOCTYPE html>
<html lang="en"><head><title>Sign in, please; again</title></head>
<body><form action="/idb/UI/Login"><input name="email"></form></body></html>
"""
ERROR = {"message": "Unauthorized", "errors": [{"description": "expired"}], "trackingId": "T_1"}


def fixed(content: bytes) -> Build:
    return lambda _: content


def good(export: Export) -> bytes:
    return as_csv(export).encode()


def zipped(*members: tuple[str, Callable[[Export], bytes]]) -> Build:
    def build(export: Export) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in members:
                archive.writestr(name, content(export))
        return out.getvalue()

    return build


def gzipped(inner: Build) -> Build:
    return lambda export: gzip.compress(inner(export), mtime=0)


def shortened(inner: Build, lost: int) -> Build:
    return lambda export: inner(export)[:-lost]


def damaged_sum(export: Export) -> bytes:
    """A gzip whose check sum does not fit its content."""
    packed = bytearray(gzipped(good)(export))
    packed[-8] ^= 0xFF
    return bytes(packed)


def encrypted(export: Export) -> bytes:
    """A zip whose only member says, in both its headers, that it is encrypted."""
    packed = bytearray(zipped(("export.csv", good))(export))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = packed.index(signature) + flags
        packed[at : at + 2] = struct.pack("<H", struct.unpack_from("<H", packed, at)[0] | 1)
    return bytes(packed)


def png() -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + body))
        return struct.pack(">I", len(body)) + kind + body + check

    size = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    pixels = chunk(b"IDAT", zlib.compress(b"\0\xff\0\0"))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + pixels + chunk(b"IEND", b"")


def wide(columns: int) -> Build:
    """The good file followed by that many columns nobody knows."""

    def build(export: Export) -> bytes:
        names = [f"c{number}" for number in range(columns)]
        blank = [""] * columns
        rows = [[*export.header, *names], *([*row, *blank] for row in export.rows)]
        return rendered(rows).encode()

    return build


def with_nul(export: Export) -> bytes:
    return text_cell("one@two")(export).replace(b"@two", b"\0two")


FOREIGN = (
    Case("html-sign-in", fixed(SIGN_IN.encode()), (NOT_KNOWN,)),
    Case(
        "html-one-line", fixed(b"<html><body>503 Service Unavailable</body></html>"), (NOT_KNOWN,)
    ),
    Case("json-error", fixed(json.dumps(ERROR).encode()), (NOT_KNOWN,)),
    Case("json-error-lines", fixed(json.dumps(ERROR, indent=2).encode()), (NOT_KNOWN,)),
    Case("json-broken", fixed(b'{"items": [{"Start time": '), (NOT_KNOWN,)),
    Case("json-deep", fixed(b"[" * 100_000), (REFUSED,)),
    Case("empty", fixed(b""), (NOT_KNOWN,)),
    Case("bom-only", fixed(b"\xef\xbb\xbf"), (NOT_KNOWN,)),
    Case("whitespace", fixed(b"  \n\t\n \r\n"), (NOT_KNOWN,)),
    Case("one-word", fixed(b"hello"), (NOT_KNOWN,)),
    Case("unknown-header", fixed(b"Alpha,Beta,Gamma\n1,2,3\n"), (NOT_KNOWN,)),
    Case("rows-without-header", lambda e: rendered(e.rows).encode(), (NOT_KNOWN,)),
    Case("png", fixed(png()), (REFUSED,)),
    Case("parquet-magic", fixed(b"PAR1" + bytes(range(256)) * 8 + b"PAR1"), (REFUSED,)),
    Case("pdf", fixed(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"), (REFUSED,)),
    Case("nul-bytes-only", fixed(b"\0" * 4_096), (REFUSED,)),
    # A NUL is valid UTF-8 and no text: refusing the file or its row is safe, keeping is not.
    Case("nul-in-cell", with_nul, (REFUSED, ONE_BAD)),
)

ARCHIVES = (
    Case("gzip", gzipped(good), (GOOD,), suffix=".csv.gz"),
    Case(
        "gzip-header-only",
        gzipped(lambda e: ",".join(e.header).encode()),
        (BLANK,),
        suffix=".csv.gz",
    ),
    Case("gzip-truncated", shortened(gzipped(good), 12), (REFUSED,), suffix=".csv.gz"),
    Case("gzip-damaged", damaged_sum, (REFUSED,), suffix=".csv.gz"),
    Case("gzip-in-gzip", gzipped(gzipped(good)), (REFUSED,), suffix=".csv.gz.gz"),
    Case("zip-in-gzip", gzipped(zipped(("a.csv", good))), (REFUSED,), suffix=".zip.gz"),
    Case("gzip-of-html", gzipped(fixed(SIGN_IN.encode())), (NOT_KNOWN,), suffix=".csv.gz"),
    Case("gzip-empty", gzipped(fixed(b"")), (NOT_KNOWN,), suffix=".csv.gz"),
    # DATA §1 names the container by its suffix and does not say what a false one means.
    Case("gzip-name-only", good, (GOOD, REFUSED), suffix=".csv.gz"),
    Case("zip-name-only", good, (GOOD, REFUSED), suffix=".zip"),
    Case("zip", zipped(("export.csv", good)), (GOOD,), suffix=".zip"),
    Case("zip-without-name", zipped(("export.csv", good)), (GOOD,), suffix=""),
    Case("zip-called-csv", zipped(("export.csv", good)), (GOOD,)),
    Case("zip-member-climbs", zipped(("../../climbed.csv", good)), (GOOD, REFUSED), suffix=".zip"),
    # A folder entry holds no data, so one data member is left; refusing it is strict.
    Case(
        "zip-with-folder",
        zipped(("a/", fixed(b"")), ("a/export.csv", good)),
        (GOOD, REFUSED),
        suffix=".zip",
    ),
    Case("zip-two-members", zipped(("a.csv", good), ("b.csv", good)), (REFUSED,), suffix=".zip"),
    Case("zip-empty", zipped(), (REFUSED,), suffix=".zip"),
    Case("zip-in-zip", zipped(("a.zip", zipped(("a.csv", good)))), (REFUSED,), suffix=".zip"),
    Case(
        "zip-in-zip-called-csv",
        zipped(("a.csv", zipped(("a.csv", good)))),
        (REFUSED,),
        suffix=".zip",
    ),
    Case("gzip-in-zip", zipped(("a.csv.gz", gzipped(good))), (REFUSED,), suffix=".zip"),
    Case("zip-encrypted", encrypted, (REFUSED,), suffix=".zip"),
    Case("zip-truncated", shortened(zipped(("a.csv", good)), 40), (REFUSED,), suffix=".zip"),
    Case("zip-of-empty-file", zipped(("a.csv", fixed(b""))), (REFUSED,), suffix=".zip"),
)

OUT_OF_MEASURE = (
    Case(
        "columns-100000-unknown",
        fixed(",".join(f"c{n}" for n in range(100_000)).encode()),
        (REFUSED,),
        where=lambda export: export.id == "webex_customers",
    ),
    # TRUST T-16: "Limits on size, ratio, entries, rows, columns, cells before parsing".
    Case(
        "columns-100000-beside",
        wide(100_000),
        (REFUSED,),
        where=lambda export: export.id == "webex_licenses",
    ),
    # The same limits do not say whether a huge cell costs its row or its file.
    Case(
        "cell-10-mb",
        text_cell("x" * 10_000_000),
        (REFUSED, ONE_BAD),
        where=lambda export: export.id in ("webex_customers", "webex_orders"),
    ),
    Case(
        "cell-10-mb-quoted",
        text_cell("x, " * 3_300_000),
        (REFUSED, ONE_BAD),
        where=lambda export: export.id == "webex_customers",
    ),
    # A huge cell of this kind makes a careless search for numbers and addresses quadratic.
    *(
        Case(
            f"cell-1-mb-{name}",
            text_cell(unit * (1_000_000 // len(unit))),
            (REFUSED, ONE_BAD),
            where=lambda export: export.id == "webex_customers",
        )
        for name, unit in {"digits": "9", "phones": "9 ", "mail": "a@", "dots": "a."}.items()
    ),
)

CASES = (*FOREIGN, *ARCHIVES, *OUT_OF_MEASURE)
