"""How long callers wait in call queues, and who loses them."""

from dashboard.pages.page import Page
from dashboard.sections import SECTIONS

PAGE = Page(
    path="/calling/queues",
    title="Call queues",
    order=130,
    icon="calling_queues",
    group="Calling",
    sections=(SECTIONS["queue"],),
)
