"""The landing page: what needs attention, then how much of everything there is."""

from dashboard.pages.page import Page
from dashboard.sections import SECTIONS

PAGE = Page(
    path="/",
    title="Overview",
    order=10,
    icon="overview",
    review=True,
    sections=(SECTIONS["overview"], SECTIONS["license_trend"]),
    shortlists=(SECTIONS["expiring"], SECTIONS["low_assignment"]),
)
