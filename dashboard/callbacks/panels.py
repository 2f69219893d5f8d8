"""Panels: every page of its own kind, by the name its declaration gives it."""

from dashboard.callbacks import customers, tags
from dashboard.callbacks.panel import Panel

PANELS: dict[str, Panel] = {"customers": customers.PANEL, "tags": tags.PANEL}
