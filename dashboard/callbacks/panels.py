"""Panels: every page of its own kind, by the name its declaration gives it."""

from dashboard.callbacks import help as help_pages
from dashboard.callbacks import reports, tags
from dashboard.callbacks.panel import Panel

PANELS: dict[str, Panel] = {
    "tags": tags.PANEL,
    "reports": reports.PANEL,
    "resources": help_pages.RESOURCES,
    "definitions": help_pages.DEFINITIONS,
}
