"""The audit log: what was done, by whom, and whether the log is whole."""

from dashboard.pages.page import Page

PAGE = Page(
    path="/audit",
    title="Audit log",
    order=910,
    icon="audit",
    group="Administration",
    panel="audit",
)
