"""About: what a workbook says on its second sheet of the report on its first.

In English, as the vendor's headings are; a CSV file has exactly the vendor's columns, and its
name alone says the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.i18n import DEFAULT, Language
from dashboard.wording.caption import region

if TYPE_CHECKING:
    from dashboard.exports.receipt import Receipt
    from dashboard.reports.order import Order

ENGLISH = Language(DEFAULT)


def about(order: Order, release: str, receipt: Receipt) -> list[tuple[str, ...]]:
    """Return what was chosen, who made it of which release, and what each column means."""
    template, period = order.template, order.period
    found: list[tuple[str, ...]] = [
        ("Report", template.title),
        ("Region", region(order.region, ENGLISH)),
    ]
    if period:
        found.append(("Period", f"{period.start} – {period.end} UTC"))
    for name, value in order.filters:
        found.append(("Filter", f"{template.column(name).heading} = {value}"))
    found += [("Release", release), *receipt.as_words(ENGLISH), ()]
    found += [("Definition", template.definition), *(("Note", note) for note in template.notes)]
    columns = [template.column(name) for name in order.columns]
    return [*found, (), *((column.heading, column.definition) for column in columns)]
