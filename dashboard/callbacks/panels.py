"""Panels: every page of its own kind, by the name its declaration gives it."""

from dashboard.callbacks import tags
from dashboard.callbacks.panel import Panel

PANELS: dict[str, Panel] = {"tags": tags.PANEL}
