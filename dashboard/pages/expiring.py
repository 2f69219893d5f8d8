"""What ends soon and does not renew by itself."""

from dashboard.pages.page import Page
from dashboard.sections import SECTIONS

PAGE = Page(
    path="/subscriptions/expiring",
    title="Expiring",
    order=30,
    icon="expiring",
    group="Subscriptions",
    sections=(SECTIONS["expiring"],),
)
