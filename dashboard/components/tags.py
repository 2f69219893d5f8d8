"""Tags: chips on a customer, the bar that tags several, and why a change was refused.

A page that lists customers places `bulk_bar(name, …)` above its list, and keeps the ids of the
chosen rows in the store `bulk("chosen", name)`; after a change `bulk("changed", name)` counts up,
which is when the list reads its tags again. A page about one customer passes that one as `chosen`
and draws `chips`. `dashboard.callbacks.tags` answers the bar wherever it stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import dash_mantine_components as dmc
from dash import dcc, html

from dashboard.errors import NotAllowedError, NotFoundError
from dashboard.state.tag_names import LONGEST, TagError, TagProblem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dash.development.base_component import Component

    from dashboard.errors import PartnerlensError
    from dashboard.i18n import Language


class TagLike(Protocol):
    """What is shown of a tag."""

    @property
    def id(self) -> Any:
        """Return its id."""

    @property
    def name(self) -> Any:
        """Return its name, which is text and nothing else."""


def bulk(part: str, name: Any) -> dict[str, Any]:
    """Identify one part of the bar of a list: chosen, changed, count, tag, add, remove, told."""
    return {"part": f"bulk-{part}", "list": name}


def chips(tags: Iterable[TagLike], language: Language) -> Component:
    """Return the tags of a customer, as a list to whoever listens to it."""
    drawn = [html.Span(tag.name, className="pl-tag-chip", role="listitem") for tag in tags]
    listing = {"role": "list", "aria-label": language.text("Tags")} if drawn else {}
    return html.Div(drawn, className="pl-tag-chips", **listing)


def bulk_bar(
    name: str, tags: Sequence[TagLike], language: Language, chosen: Sequence[str] = ()
) -> Component:
    """Return “Tag n customers: [select] [Add] [Remove]”; only for who edits tags."""
    return html.Div(
        [
            dcc.Store(id=bulk("chosen", name), data=list(chosen)),
            dcc.Store(id=bulk("changed", name), data=0),
            html.Span(tag_how_many(len(chosen), language), id=bulk("count", name)),
            dmc.Select(
                id=bulk("tag", name),
                data=options(tags),
                placeholder=language.text("Choose a tag"),
                searchable=True,
                nothingFoundMessage=language.text("No such tag"),
                className="pl-tag",
                **{"aria-label": language.text("Tag")},
            ),
            dmc.Button(
                language.text("Add"),
                id=bulk("add", name),
                className="pl-filled",
                disabled=not chosen,
            ),
            dmc.Button(
                language.text("Remove"),
                id=bulk("remove", name),
                variant="default",
                disabled=not chosen,
            ),
            html.Span(id=bulk("told", name), role="status"),
        ],
        className="pl-bulk",
        role="group",
        **{"aria-label": language.text("Tag the chosen customers")},
    )


def options(tags: Iterable[TagLike]) -> list[dict[str, str]]:
    """Return tags as a select offers them."""
    return [{"value": tag.id, "label": tag.name} for tag in tags]


def tag_how_many(n: int, language: Language) -> str:
    """Say how many customers a change is about."""
    return language.plural("Tag {n} customer:", "Tag {n} customers:", n)


def tagged(tag: str, n: int, language: Language) -> str:
    """Say what was done to how many customers."""
    words = language.plural("{n} customer got “{{tag}}”.", "{n} customers got “{{tag}}”.", n)
    return words.replace("{tag}", tag)


def untagged(tag: str, n: int, language: Language) -> str:
    """Say what was undone for how many customers."""
    one, many = "{n} customer lost “{{tag}}”.", "{n} customers lost “{{tag}}”."
    return language.plural(one, many, n).replace("{tag}", tag)


def refusal(error: PartnerlensError, language: Language) -> str:
    """Say in the viewer's language why a tag was not changed, and what to do."""
    if isinstance(error, TagError):
        return _problems(language)[error.problem]
    if isinstance(error, NotAllowedError):
        return language.text(
            "Your role shows tags and does not edit them: ask a partner administrator."
        )
    if isinstance(error, NotFoundError):
        return language.text("This tag or customer is not there any more. Please look again.")
    raise error


def _problems(language: Language) -> dict[TagProblem, str]:
    return {
        TagProblem.EMPTY: language.text("A tag needs a name: type one."),
        TagProblem.LONG: language.text(
            "A tag has at most {n} characters: choose a shorter name.", n=LONGEST
        ),
        TagProblem.CHARACTER: language.text(
            "A tag has no invisible characters: type its name anew."
        ),
        TagProblem.TAKEN: language.text(
            "There is a tag of this name already: use it, or choose another name."
        ),
        TagProblem.OVERTAKEN: language.text(
            "Somebody else changed this tag meanwhile. Please look at it again."
        ),
        TagProblem.SHARED: language.text(
            "This tag is also on customers of others: ask a full administrator."
        ),
    }
