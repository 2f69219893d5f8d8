"""What partners take away about their customers."""

from dashboard.pages.page import Page

PAGE = Page(
    path="/reports", title="Reports", order=300, icon="reports", group="Reports", panel="reports"
)
