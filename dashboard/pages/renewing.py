"""What renews by itself soon, at the right size or at too much."""

from dashboard.pages.page import Page
from dashboard.sections import SECTIONS

PAGE = Page(
    path="/subscriptions/renewing",
    title="Renewing",
    order=40,
    icon="renewing",
    group="Subscriptions",
    sections=(SECTIONS["renewing"],),
)
