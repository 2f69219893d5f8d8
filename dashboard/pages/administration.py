"""Administration: everybody who may sign in, and what each may see."""

from dashboard.pages.page import Page

PAGE = Page(
    path="/administration",
    title="Users",
    order=900,
    icon="administration",
    group="Administration",
    panel="administration",
)
