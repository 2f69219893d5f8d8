"""Who calls how much, with which features, and who stopped."""

from dashboard.pages.page import Page
from dashboard.sections import SECTIONS

PAGE = Page(
    path="/calling/usage",
    title="Calling usage",
    order=110,
    icon="calling_usage",
    group="Calling",
    sections=(SECTIONS["call_usage"], SECTIONS["feature_usage"]),
)
