"""Panels: every page of its own kind, by the name its declaration gives it."""

from dashboard.callbacks import customer, customers, tags
from dashboard.callbacks import help as help_pages
from dashboard.callbacks.panel import Panel

PANELS: dict[str, Panel] = {
    "customer": customer.PANEL,
    "customers": customers.PANEL,
    "resources": help_pages.RESOURCES,
    "definitions": help_pages.DEFINITIONS,
    "tags": tags.PANEL,
}
