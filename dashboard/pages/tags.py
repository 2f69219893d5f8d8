"""The partner's own labels on customers."""

from dashboard.pages.page import Page

PAGE = Page(path="/tags", title="Tags", order=200, icon="tags", group="Customers", panel="tags")
