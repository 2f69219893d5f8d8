"""Panels: every page of its own kind, by the name its declaration gives it."""

from dashboard.callbacks.administration_panels import ADMINISTERED, ADMINISTRATION
from dashboard.callbacks.audit_panel import AUDIT
from dashboard.callbacks.panel import Panel

PANELS: dict[str, Panel] = {
    "administration": ADMINISTRATION,
    "administered": ADMINISTERED,
    "audit": AUDIT,
}
