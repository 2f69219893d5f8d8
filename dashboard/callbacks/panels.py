"""Panels: every page of its own kind, by the name its declaration gives it."""

from dashboard.callbacks import changes, customer, customers, reports, tags
from dashboard.callbacks import help as help_pages
from dashboard.callbacks.administration_panels import ADMINISTERED, ADMINISTRATION
from dashboard.callbacks.audit_panel import AUDIT
from dashboard.callbacks.panel import Panel

PANELS: dict[str, Panel] = {
    "changes": changes.PANEL,
    "customers": customers.PANEL,
    "customer": customer.PANEL,
    "tags": tags.PANEL,
    "reports": reports.PANEL,
    "administration": ADMINISTRATION,
    "administered": ADMINISTERED,
    "audit": AUDIT,
    "resources": help_pages.RESOURCES,
    "definitions": help_pages.DEFINITIONS,
}
