"""States: what a page says when it has nothing to show, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import html

from dashboard.components import ids

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.exports.limits import TooLargeError
    from dashboard.i18n import Language

COMMANDS = ("partnerlens ingest PATH…", "partnerlens demo")


def no_data(problem: str, language: Language) -> Component:
    """Say that there is no data yet and which command brings some."""
    return html.Div(
        [
            html.H1(language.text("There is no data to show yet")),
            *([html.P(problem)] if problem else []),
            html.P(language.text("At the terminal, import your exports, or look at the demo:")),
            html.Div([html.Code(command) for command in COMMANDS], className="pl-commands"),
            html.P(language.text("Then reload this page.")),
        ],
        className="pl-state",
    )


def no_customers(language: Language) -> Component:
    """Say that the viewer's scope holds no customer yet, and who can change that."""
    return html.Div(
        [
            html.H1(language.text("No customers are assigned to you yet")),
            html.P(
                language.text(
                    "Ask an administrator of your organization to assign customers to you; they "
                    "appear here as soon as that is done."
                )
            ),
        ],
        className="pl-state",
    )


def not_found(language: Language) -> Component:
    """Say that an address leads nowhere."""
    return html.Div(
        [
            html.H1(language.text("Page not found")),
            html.P(language.text("The address may be old. The navigation lists every page.")),
        ],
        className="pl-state",
    )


def notice(sentence: str) -> tuple[str, dict[str, object]]:
    """Return the part of an answer that says a sentence about this look above the page."""
    return (ids.NOTICE, {"children": [html.P(sentence)]})


def failure(reference: str, language: Language) -> Component:
    """Say that an answer could not be computed; the reference finds it in the log."""
    return html.P(
        language.text(
            "This could not be computed, and what you see is from before. Please try again; if it "
            "stays, give your administrator the reference {reference}.",
            reference=reference,
        )
    )


def export_refused(language: Language) -> Component:
    """Say that nothing leaves without an entry in the audit log."""
    return html.P(
        language.text(
            "Nothing was exported, since the audit log cannot be written. Please try again; if it "
            "stays, tell your administrator."
        )
    )


def export_too_large(error: TooLargeError, language: Language) -> Component:
    """Say how many rows a file may have, and what to do where there are more."""
    return html.P(
        language.text(
            "Nothing was exported: these are {rows} rows, and a file of these columns holds "
            "{most}. Narrow them by search and filters, hide columns, or make a report.",
            rows=language.number(error.rows),
            most=language.number(error.most),
        )
    )


def exports_busy(language: Language) -> Component:
    """Say that files are made in turn."""
    return html.P(
        language.text(
            "Nothing was exported, since a file of yours, or several of others, are being made. "
            "Please try again in a moment."
        )
    )


def not_exported(language: Language) -> Component:
    """Say that the release an address names is gone, so that no file can hold its numbers."""
    return html.P(
        language.text(
            "Nothing was exported, since the release this address names is not kept any more. Go "
            "back to the newest release to export its numbers."
        )
    )
