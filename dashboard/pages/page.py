"""What a page is: a path, a title and the sections it stacks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dashboard.sections import Section


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Page:
    """A page, as data; `components.page` lays it out.

    `sections` are shown whole; `shortlists` as their first rows, linked to their own page.
    `group` is the heading in the navigation, `icon` a name in 03-icons.css. A page of another
    kind names its `panel` (`dashboard.callbacks.panels`) instead of sections. A path that ends in
    `/*` takes what follows as its argument, and has no place in the navigation. One with `review`
    offers the quarterly review as slides.
    """

    path: str
    title: str
    order: int
    icon: str
    group: str = ""
    panel: str = ""
    review: bool = False
    sections: tuple[Section, ...] = ()
    shortlists: tuple[Section, ...] = ()

    @property
    def messages(self) -> tuple[str, ...]:
        """Return the words of this declaration that are translated."""
        return (self.title, self.group)
