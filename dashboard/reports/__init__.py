"""Reports: what partners take away about their customers, template by template."""

from dashboard.reports.calling_usage import CALLING_USAGE_DETAILS
from dashboard.reports.inventory import DEVICES_REPORT, PHONE_NUMBERS_REPORT

TEMPLATES = {t.name: t for t in (CALLING_USAGE_DETAILS, DEVICES_REPORT, PHONE_NUMBERS_REPORT)}

__all__ = ["TEMPLATES"]
