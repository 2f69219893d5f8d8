"""The tags page: every tag with its customers, and for editors the means to change it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import dash_mantine_components as dmc
from dash import dcc, html

from dashboard.state.tag_names import LONGEST

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboard.i18n import Language
    from dashboard.state.tags import TagCount


def part(name: str) -> dict[str, str]:
    """Identify one part of the page."""
    return {"part": name, "section": "tags"}


def action(name: str, tag: Any) -> dict[str, Any]:
    """Identify the button of a tag's row that renames or removes it."""
    return {"part": f"tag-{name}", "tag": tag}


def tags_shell(language: Language, *, edits: bool) -> Component:
    """Lay out the page; the list arrives as a part."""
    meaning = language.text(
        "Labels of your own organization on its customers. Everybody who signs in sees them; "
        "partner administrators edit them."
    )
    return html.Div(
        [
            html.H1(language.text("Tags")),
            html.P(meaning, className="pl-meaning"),
            *([_form(language), _dialog(language)] if edits else []),
            html.P(id=part("status"), role="status", className="pl-tags-status"),
            dmc.Card(html.Div(id=part("list")), withBorder=True, className="pl-card"),
        ],
        className="pl-page",
    )


def tags_list(
    tags: Sequence[TagCount], language: Language, prefix: str, *, edits: bool
) -> Component:
    """Return the table of tags; a link opens the document anew, which then knows every tag."""
    if not tags:
        return html.P(language.text("There are no tags yet."), className="pl-empty")
    heads = [language.text("Tag"), language.text("Customers in all regions")]
    classes = ("", "pl-number")
    head = [html.Th(h, scope="col", className=c) for h, c in zip(heads, classes, strict=True)]
    if edits:
        hidden = html.Span(language.text("Change"), className="pl-hidden")
        head.append(html.Th(hidden, scope="col"))
    body = [_row(tag, language, prefix, edits=edits) for tag in tags]
    table = html.Table([html.Thead(html.Tr(head)), html.Tbody(body)])
    return html.Div(table, className="pl-tags-table")


def removal(tag: TagCount, language: Language) -> str:
    """Ask whether to remove a tag, naming how many customers lose it."""
    words = language.plural(
        "{n} customer loses “{{tag}}”, for everybody. This cannot be undone.",
        "{n} customers lose “{{tag}}”, for everybody. This cannot be undone.",
        tag.customers,
    )
    return words.replace("{tag}", tag.name)


def _row(tag: TagCount, language: Language, prefix: str, *, edits: bool) -> Component:
    link = html.A(tag.name, href=f"{prefix.rstrip('/')}/customers?tag={tag.id}")
    cells = [
        html.Th(link, scope="row"),
        html.Td(language.number(tag.customers), className="pl-number"),
    ]
    if edits:
        words = {"rename": language.text("Rename"), "remove": language.text("Remove")}
        buttons = [
            dmc.Button(
                word,
                id=action(name, tag.id),
                variant="subtle",
                size="compact-sm",
                className=f"pl-tags-{name}",
                **{"aria-label": f"{word}: {tag.name}"},
            )
            for name, word in words.items()
        ]
        cells.append(html.Td(html.Div(buttons, className="pl-tags-buttons")))
    return html.Tr(cells)


def _form(language: Language) -> Component:
    return html.Div(
        [
            dmc.TextInput(
                id=part("new"),
                label=language.text("New tag"),
                description=language.text("At most {n} characters", n=LONGEST),
                value="",
                className="pl-tags-new",
            ),
            dmc.Button(language.text("Create"), id=part("create"), className="pl-filled"),
        ],
        className="pl-tags-form",
    )


def _dialog(language: Language) -> Component:
    """Return what asks before a tag changes; it says about which tag once it is opened."""
    buttons = [
        dmc.Button(language.text("Cancel"), id=part("cancel"), variant="default"),
        dmc.Button(language.text("Save"), id=part("confirm"), className="pl-filled"),
    ]
    return dmc.Modal(
        [
            dcc.Store(id=part("edit")),
            html.P(id=part("question")),
            dmc.TextInput(
                id=part("rename"),
                label=language.text("Name"),
                description=language.text("At most {n} characters", n=LONGEST),
                value="",
                **{"data-autofocus": True},
            ),
            html.P(id=part("problem"), role="alert", className="pl-tags-problem"),
            dmc.Group(buttons, justify="flex-end"),
        ],
        id=part("dialog"),
        opened=False,
        closeButtonProps={"aria-label": language.text("Close")},
    )
