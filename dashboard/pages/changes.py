"""What changed between two dates: who came, went and moved, and whose licenses did."""

from dashboard.pages.page import Page

PAGE = Page(path="/changes", title="What changed", order=15, icon="changes", panel="changes")
