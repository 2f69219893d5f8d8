"""The partner's own labels on customers."""

from dashboard.pages.page import Page

PAGE = Page(path="/tags", title="Tags", order=15, icon="tags", panel="tags")
