"""Where to read on, and whom to ask."""

from dashboard.pages.page import Page

PAGE = Page(
    path="/resources",
    title="Resources & Help",
    order=950,
    icon="resources",
    group="Help",
    panel="resources",
)
