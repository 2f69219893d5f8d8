"""What every number means."""

from dashboard.pages.page import Page

PAGE = Page(
    path="/definitions",
    title="Definitions",
    order=960,
    icon="definitions",
    group="Help",
    panel="definitions",
)
