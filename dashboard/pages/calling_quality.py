"""Whose calls are poor, since when, and on which kind of device."""

from dashboard.pages.page import Page
from dashboard.sections import SECTIONS

PAGE = Page(
    path="/calling/quality",
    title="Call quality",
    order=120,
    icon="calling_quality",
    group="Calling",
    sections=(SECTIONS["call_quality"], SECTIONS["call_quality_by_endpoint"]),
)
