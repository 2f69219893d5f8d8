"""The customer list: who needs attention, and how to find somebody."""

from dashboard.pages.page import Page

PAGE = Page(path="/customers", title="Customers", order=5, icon="customers", panel="customers")
