"""Who assigned more licenses than were bought, and by how many."""

from dashboard.pages.page import Page
from dashboard.sections import SECTIONS

PAGE = Page(
    path="/subscriptions/over-limit",
    title="Over limit",
    order=60,
    icon="over_limit",
    group="Subscriptions",
    sections=(SECTIONS["over_limit"],),
)
