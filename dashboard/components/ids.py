"""Component ids: the only module where an id of the shell is spelled."""

from __future__ import annotations

from typing import Any

URL = "url"
VIEW = "view"  # what is looked at: path and filters, as the browser understood the URL
MOUNTED = "mounted"  # the path whose page is on screen
PARTS = "parts"  # new values for the parts of that page: [[id, props], …]
PAGE = "page"
MAIN = "main"
NOTICE = "notice"
BURGER = "burger"
SHELL = "shell"
LANGUAGE = "language"
SCHEME = "scheme"


def control(name: Any) -> dict[str, Any]:
    """Identify the control of one URL key, or given ALL every control on screen."""
    return {"part": "control", "name": name}


def link(path: Any) -> dict[str, Any]:
    """Identify the navigation link to a page."""
    return {"part": "link", "path": path}


def slot(section: str, name: str) -> dict[str, str]:
    """Identify a place in a section's card that values are put into."""
    return {"part": "slot", "section": section, "name": name}


def resource(part: str) -> dict[str, str]:
    """Identify a part of the list of resources: search, kind, topic, list, nothing."""
    return {"part": f"resource-{part}"}


def chart(part: str, section: Any) -> dict[str, Any]:
    """Identify one part of a section's chart: figure, box, as_table, table."""
    return {"part": f"chart-{part}", "section": section}


def admin(name: str) -> dict[str, str]:
    """Identify a field, button or answer of the administration and audit pages."""
    return {"part": "admin", "name": name}
