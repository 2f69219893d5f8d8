"""Properties: the claim of an Office file, in custom properties that programs keep."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from lxml import etree

from dashboard.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAME = "Partnerlens receipt"
LONGEST = 255  # characters of a property, in Excel
PART = "docProps/custom.xml"
NAMESPACE = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
KIND = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # of every custom property


def properties(claim: str) -> Iterator[tuple[str, str]]:
    """Yield names and values that hold a claim, none longer than a property may be."""
    for place, start in enumerate(range(0, len(claim), LONGEST), start=1):
        yield f"{NAME} {place}", claim[start : start + LONGEST]


def custom_xml(claim: str) -> bytes:
    """Return the part of a package that holds a claim."""
    root = etree.Element(f"{{{NAMESPACE}}}Properties", nsmap={None: NAMESPACE, "vt": VALUES})
    for pid, (name, value) in enumerate(properties(claim), start=2):
        known = etree.SubElement(root, f"{{{NAMESPACE}}}property", fmtid=KIND)
        known.set("pid", str(pid))
        known.set("name", name)
        etree.SubElement(known, f"{{{VALUES}}}lpwstr").text = value
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def claim_in(path: Path) -> str:
    """Return the claim of an Office file. Raises `SourceError` where there is none."""
    try:
        with ZipFile(path) as archive:
            root = etree.fromstring(archive.read(PART))
    except KeyError as error:
        raise _without(path) from error
    except (BadZipFile, etree.XMLSyntaxError) as error:
        msg = f"{path} cannot be read: it is no whole Office file."
        raise SourceError(msg) from error
    found = {str(one.get("name")): "".join(one.itertext()) for one in root}
    own = [name for name in found if name.startswith(NAME)]
    if not own:
        raise _without(path)
    in_order = sorted(own, key=lambda name: int(name.removeprefix(NAME)))
    return "".join(found[name] for name in in_order)


def _without(path: Path) -> SourceError:
    msg = f"{path} has no receipt of Partnerlens, so it is not known what it holds."
    return SourceError(msg)
