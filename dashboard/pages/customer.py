"""One customer: why it needs attention, what it bought, and how it is used."""

from dashboard.pages.page import Page

PAGE = Page(path="/customers/*", title="Customer", order=6, icon="customers", panel="customer")
