"""Who assigned fewer licenses than similar customers, and what would clear it."""

from dashboard.pages.page import Page
from dashboard.sections import SECTIONS

PAGE = Page(
    path="/subscriptions/low-assignment",
    title="Low assignment",
    order=50,
    icon="low_assignment",
    group="Subscriptions",
    sections=(SECTIONS["low_assignment"],),
)
