"""One user: role, right to sign in, and the customers assigned."""

from dashboard.pages.page import Page

PAGE = Page(
    path="/administration/*",
    title="User",
    order=901,
    icon="administration",
    group="Administration",
    panel="administered",
)
