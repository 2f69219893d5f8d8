"""Who is new, and whether their licenses are being given out."""

from dashboard.pages.page import Page
from dashboard.sections import SECTIONS

PAGE = Page(
    path="/subscriptions/recently-added",
    title="Recently added",
    order=20,
    icon="recently_added",
    group="Subscriptions",
    sections=(SECTIONS["recently_added"],),
)
