"""Regions: where a customer organization's data is stored (W-055)."""

from collections.abc import Iterable

REGIONS = {
    "US": "United States",
    "CA": "Canada",
    "EU": "European Union",
    "UAE": "United Arab Emirates",
}


def in_order(present: Iterable[str]) -> list[str]:
    """Return regions in our order; those the vendor added since come last, alphabetically."""
    known = list(REGIONS)
    return sorted(
        present, key=lambda code: (known.index(code) if code in known else len(known), code)
    )
