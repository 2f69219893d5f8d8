"""Cases of encoding, delimiters, quotes, headers, footers and damage to the text."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

from bad_files.bases import Export, Rows, as_csv, rendered, with_cell, with_rows
from bad_files.outcomes import (
    BLANK,
    GOOD,
    OFFSET,
    ONE_BAD,
    Build,
    Case,
    Outcome,
    ignoring,
    refusing,
)

UKRAINIAN = {
    "Customer Name": "Ім’я клієнта",
    "Organization ID": "Ідентифікатор організації",
    "Subscription ID": "Ідентифікатор підписки",
}
TOTALS = ("Total", "Разом", "Всього", "Усього")


def encoded(encoding: str, mark: bytes = b"") -> Build:
    return lambda export: mark + as_csv(export).encode(encoding)


def named(name: str, encoding: str) -> Build:
    return lambda export: cells(export, export.text, name).encode(encoding)


def cells(export: Export, column: str, value: str) -> str:
    return with_rows(export, with_cell(export, column, value))


def headed(change: Callable[[str], str]) -> Build:
    """The good rows under a header in other words."""
    return lambda export: rendered([list(map(change, export.header)), *export.rows]).encode()


def edited(change: Callable[[list[str]], list[str]]) -> Build:
    """The good file, its lines (header first, no line ends) edited."""
    return lambda export: "".join(
        f"{line}\n" for line in change(as_csv(export).splitlines())
    ).encode()


def row_edited(change: Callable[[str], str]) -> Build:
    """The good file with the second data line edited."""
    return edited(lambda lines: [*lines[:2], change(lines[2]), *lines[3:]])


def separated(delimiter: str = ",", newline: str = "\n") -> Build:
    return lambda export: as_csv(export, delimiter, newline).encode()


def all_quoted(export: Export) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([export.header, *export.rows])
    return out.getvalue().encode()


def mixed_line_ends(export: Export) -> bytes:
    first, *rest = as_csv(export).splitlines()
    ends = ("\r\n", "\n", "\r", "\r\n")
    return f"{first}\n{''.join(map(str.__add__, rest, ends))}".encode()


def text_cell(value: str) -> Build:
    return lambda export: cells(export, export.text, value).encode()


def raw_text_cell(value: str) -> Build:
    """A value written as it is, whatever quotes it holds."""
    return lambda export: cells(export, export.text, "@@").replace("@@", value).encode()


def with_footer(word: str, width: int | None = None) -> Build:
    def build(export: Export) -> bytes:
        footer = [word, *("" for _ in export.header[1:])]
        if export.count:
            footer[export.at(export.count)] = "360"
        return rendered([export.header, *export.rows, footer[:width]]).encode()

    return build


def total_in_the_middle(export: Export) -> bytes:
    rows = export.table()
    rows.insert(2, ["Total", *("" for _ in export.header[1:])])
    return with_rows(export, rows).encode()


def renamed_row(row: int, value: str) -> Build:
    """A complete row whose first text says the word of a footer."""
    return lambda export: with_rows(export, with_cell(export, export.text, value, row)).encode()


def cut(after_cells: int, quote: str = "") -> Build:
    """The file ends in the third data row."""

    def build(export: Export) -> bytes:
        head = rendered([export.header, *export.rows[:2]])
        kept = ",".join(export.rows[2][:after_cells])
        return f"{head}{kept},{quote}{export.rows[2][after_cells][:2]}".encode()

    return build


def unclosed_then_quotes(export: Export) -> bytes:
    """An unclosed quote in the second row, honest quotes in the third and fourth."""
    rows: Rows = export.table()
    for row in rows[2:]:
        row[export.at(export.text)] = 'the "best", so far'
    lines = with_rows(export, rows).splitlines()
    lines[2] = '"' + lines[2]
    return "\n".join(lines).encode()


def header_quoted(export: Export) -> bytes:
    quoted = ",".join(f'"{column}"' for column in export.header)
    return f"{quoted}\n{rendered(export.rows)}".encode()


TEXT = (
    Case("utf8", encoded("utf-8"), (GOOD,)),
    Case("utf8-bom", encoded("utf-8", b"\xef\xbb\xbf"), (GOOD,)),
    Case("utf16-le-bom", encoded("utf-16-le", b"\xff\xfe"), (GOOD,)),
    Case("utf16-be-bom", encoded("utf-16-be", b"\xfe\xff"), (GOOD,)),
    Case("utf16-le-no-bom", encoded("utf-16-le"), (refusing(),)),
    Case("utf16-be-no-bom", encoded("utf-16-be"), (refusing(),)),
    Case("utf16-odd-bytes", lambda e: encoded("utf-16")(e)[:-1], (refusing(),)),
    Case("utf32-bom", encoded("utf-32"), (refusing(),)),
    Case("cp1251", named("Київ", "cp1251"), (refusing("byte", OFFSET),)),
    Case("latin1", named("Café", "latin-1"), (refusing("byte", OFFSET),)),
    Case("utf8-ukrainian", named("Київ і Львів", "utf-8"), (GOOD,)),
    Case("line-end-cr", separated(newline="\r"), (GOOD,)),
    Case("line-end-crlf", separated(newline="\r\n"), (GOOD,)),
    Case("line-ends-mixed", mixed_line_ends, (GOOD,)),
    Case("no-last-line-end", lambda e: as_csv(e).encode().rstrip(), (GOOD,)),
    Case("semicolons", separated(";"), (GOOD,)),
    Case("tabs", separated("\t"), (GOOD,)),
    Case("pipes", separated("|"), (refusing("not a known export"),)),
    Case("all-quoted", all_quoted, (GOOD,)),
    Case("quoted-delimiter", text_cell("one, two; three\tfour"), (GOOD,)),
    Case("quoted-line-break", text_cell("one\ntwo\n\nthree"), (GOOD,)),
    Case("quoted-quotes", text_cell('the "best" one'), (GOOD,)),
    # Only CR, LF and CRLF end a line; a separator of Unicode is text. A control character
    # may be judged bad, but it must not break its row in two.
    Case("line-separator", text_cell("one\u2028two\u2029three"), (GOOD,)),
    Case("control-separators", text_cell("one\x0btwo\x0cthree\x85four\x1c"), (GOOD, ONE_BAD)),
    Case("formula", text_cell("=1+1"), (GOOD,)),
    Case("long-name", text_cell("x" * 5_000), (GOOD,)),
)

BROKEN_ROWS = (
    Case("cut-mid-row", cut(2), (Outcome(kept=2, quarantined=1),)),
    Case("cut-mid-quote", cut(2, '"'), (Outcome(kept=2, quarantined=1),)),
    Case("short-row", row_edited(lambda line: line.rpartition(",")[0]), (ONE_BAD,)),
    Case("long-row", row_edited(lambda line: line + ",more"), (ONE_BAD,)),
    Case("one-word-row", row_edited(lambda _: "oops"), (ONE_BAD,)),
    Case("unescaped-comma", raw_text_cell("Bolt, Inc"), (ONE_BAD,)),
    # DATA §1 does not say whether a lone quote inside an unquoted field is text or damage;
    # both lose nothing.
    Case("stray-quote", raw_text_cell('5" disk'), (GOOD, ONE_BAD)),
    Case("text-after-quote", raw_text_cell('"Bolt" Inc'), (GOOD, ONE_BAD)),
    Case("unclosed-quote", row_edited(lambda line: '"' + line), (ONE_BAD,)),
    Case(
        "unclosed-quote-at-end",
        lambda e: as_csv(e).rstrip().encode() + b'\n"',
        (Outcome(kept=4, quarantined=1),),
    ),
    Case("unclosed-then-quotes", unclosed_then_quotes, (ONE_BAD,)),
    Case("null-in-required", lambda e: cells(e, e.required[-1], "").encode(), (ONE_BAD,)),
)

IGNORED = (
    *(Case(f"footer-{word}", with_footer(word), (ignoring(1),)) for word in TOTALS),
    Case("footer-short", with_footer("Total", 1), (ignoring(1),)),
    Case("footer-then-blank", lambda e: with_footer("Total")(e) + b"\n", (ignoring(2),)),
    # DATA §1 ignores a trailing total row only; one in the middle is no row to keep.
    Case(
        "total-in-the-middle",
        total_in_the_middle,
        (
            ignoring(1),
            Outcome(kept=4, quarantined=1),
        ),
    ),
    Case("named-total", renamed_row(1, "Total"), (GOOD,)),
    Case("last-named-total", renamed_row(3, "Total"), (GOOD,)),
    Case("last-named-total-energies", renamed_row(3, "Total Energies"), (GOOD,)),
    Case(
        "header-repeated", edited(lambda lines: [*lines[:3], lines[0], *lines[3:]]), (ignoring(1),)
    ),
    Case("header-repeated-loud", edited(lambda lines: [*lines, lines[0].upper()]), (ignoring(1),)),
    Case("header-twice-at-top", edited(lambda lines: [lines[0], *lines]), (ignoring(1),)),
    # A blank line above the header is a blank line (counted), but no data row either.
    Case("blank-leading", edited(lambda lines: ["", *lines]), (ignoring(1), GOOD)),
    Case("blank-middle", edited(lambda lines: [*lines[:2], "", *lines[2:]]), (ignoring(1),)),
    Case("blank-trailing", edited(lambda lines: [*lines, "", ""]), (ignoring(2),)),
    Case("blank-after-header", edited(lambda lines: [lines[0], "", *lines[1:]]), (ignoring(1),)),
    # A line of spaces or of delimiters only looks blank to a person and is a row to a parser.
    Case(
        "spaces-only-line",
        edited(lambda lines: [*lines[:2], "   ", *lines[2:]]),
        (
            ignoring(1),
            Outcome(kept=4, quarantined=1),
        ),
    ),
    Case(
        "empty-cells-row",
        edited(lambda lines: [*lines[:2], "," * lines[0].count(","), *lines[2:]]),
        (ignoring(1), Outcome(kept=4, quarantined=1)),
    ),
    Case("header-only", edited(lambda lines: lines[:1]), (BLANK,)),
    Case("header-only-no-line-end", lambda e: ",".join(e.header).encode(), (BLANK,)),
    Case("header-and-blanks", edited(lambda lines: [lines[0], "", ""]), (Outcome(ignored=2),)),
    Case(
        "header-and-footer",
        edited(lambda lines: [lines[0], "Total" + "," * lines[0].count(",")]),
        (Outcome(ignored=1),),
    ),
)

HEADERS = (
    Case("nbsp-in-header", headed(lambda c: c.replace(" ", "\u00a0") + "\u00a0"), (GOOD,)),
    Case("header-upper", headed(str.upper), (GOOD,)),
    Case("header-lower", headed(str.lower), (GOOD,)),
    Case("header-underscores", headed(lambda c: c.replace(" ", "_").lower()), (GOOD,)),
    Case("header-dashes", headed(lambda c: c.replace(" ", "-")), (GOOD,)),
    Case("header-dots", headed(lambda c: c.replace(" ", ".")), (GOOD,)),
    Case("header-camel", headed(lambda c: c.replace(" ", "").replace("-", "")), (GOOD,)),
    Case("header-spaced", headed(lambda c: f"  {c.replace(' ', '  ')} "), (GOOD,)),
    Case("header-quoted", headed(lambda c: f"{c}"), (GOOD,)),
    Case("header-ukrainian", headed(lambda c: UKRAINIAN.get(c, c)), (GOOD,)),
    Case(
        "header-ukrainian-loud",
        headed(lambda c: UKRAINIAN.get(c, c).upper()),
        (GOOD,),
    ),
)

CASES = (*TEXT, *BROKEN_ROWS, *IGNORED, *HEADERS)
