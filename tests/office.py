"""Office: what is in a workbook, read from its XML as any program would."""

from io import BytesIO
from zipfile import ZipFile

from lxml import etree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def sheets(content):
    """Return each sheet's rows; a number comes as a float, a text as a string, nothing as None."""
    with ZipFile(BytesIO(content)) as archive:
        names = archive.namelist()
        shared = []
        if "xl/sharedStrings.xml" in names:
            root = etree.fromstring(archive.read("xl/sharedStrings.xml"))
            shared = ["".join(item.itertext()) for item in root.iter(f"{MAIN}si")]
        paths = sorted(n for n in names if n.startswith("xl/worksheets/sheet"))
        return [_rows(etree.fromstring(archive.read(path)), shared) for path in paths]


def formulas(content):
    """Return every formula and every link of a workbook."""
    with ZipFile(BytesIO(content)) as archive:
        paths = [n for n in archive.namelist() if n.startswith("xl/worksheets/")]
        roots = [etree.fromstring(archive.read(path)) for path in paths if path.endswith(".xml")]
    return [node for root in roots for tag in ("f", "hyperlink") for node in root.iter(MAIN + tag)]


def _rows(root, shared):
    return [[_value(cell, shared) for cell in row] for row in root.iter(f"{MAIN}row")]


def _value(cell, shared):
    if cell.get("t") == "inlineStr":
        return _unescaped("".join(cell.find(f"{MAIN}is").itertext()))
    value = cell.find(f"{MAIN}v")
    if value is None:
        return None
    if cell.get("t") == "s":
        return _unescaped(shared[int(value.text)])
    return float(value.text)


def _unescaped(text):
    """Read the escapes of characters that XML cannot hold, such as _x0000_."""
    for code in (*range(9), 11, 12, *range(14, 32), 13):
        text = text.replace(f"_x{code:04X}_", chr(code))
    return text
