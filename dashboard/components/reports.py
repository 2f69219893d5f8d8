"""The list of reports: how far each is, how large, whose and of when, and what can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

import dash_mantine_components as dmc
from dash import html

from dashboard.components.report_parts import action, moment_words, size_words, state_words
from dashboard.i18n import NOTHING
from dashboard.reports import TEMPLATES
from dashboard.state.reports import DONE, UNFINISHED
from dashboard.wording.caption import region as region_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboard.i18n import Language
    from dashboard.state.models import Report

N = "pl-number"  # a cell that is aligned as a number


def is_unfinished(listed: Sequence[tuple[Report, str]]) -> bool:
    """Tell whether the list will change by itself."""
    return any(report.state in UNFINISHED for report, _ in listed)


def title_of(report: Report, language: Language) -> str:
    """Name a report: by the user's own template, or the default one."""
    return report.custom_name or language.text(TEMPLATES[report.template].title)


def reports_list(
    listed: Sequence[tuple[Report, str]], language: Language, prefix: str
) -> Component:
    """Return the table of reports, the newest first."""
    if not listed:
        return html.P(language.text("There are no reports yet."), className="pl-empty")
    heads = {
        language.text("Report"): "",
        language.text("Status"): "",
        language.text("Rows"): N,
        language.text("Size"): N,
        language.text("Requested"): "",
        language.text("Downloads"): N,
    }
    head = [html.Th(words, scope="col", className=c) for words, c in heads.items()]
    head.append(html.Th(html.Span(language.text("Actions"), className="pl-hidden"), scope="col"))
    body = [_row(report, whose, language, prefix) for report, whose in listed]
    table = html.Table([html.Thead(html.Tr(head)), html.Tbody(body)])
    return html.Div(table, className="pl-tags-table pl-reports-table", tabIndex=0)


def _row(report: Report, whose: str, language: Language, prefix: str) -> Component:
    about = [region_name(report.region, language), report.form.upper()]
    if report.period_start and report.period_end:
        days = (language.date(report.period_start), language.date(report.period_end))
        about.insert(0, " – ".join(days))
    state = state_words(report.state, report.reason, language)
    done = report.state == DONE
    return html.Tr(
        [
            html.Th(
                [title_of(report, language), html.Span(" · ".join(about), className="pl-about")],
                scope="row",
            ),
            html.Td(html.Span(state, className=f"pl-report-state {report.state}")),
            html.Td(language.number(report.rows) if report.rows or done else NOTHING, className=N),
            html.Td(size_words(report.bytes, language) if done else NOTHING, className=N),
            html.Td(
                [
                    moment_words(report.requested, language),
                    html.Span(whose or language.text("at the terminal"), className="pl-about"),
                ]
            ),
            html.Td(language.number(report.downloads), className=N),
            html.Td(_buttons(report, language, prefix)),
        ]
    )


def _buttons(report: Report, language: Language, prefix: str) -> Component:
    title = f"{title_of(report, language)}, {moment_words(report.requested, language)}"
    buttons = []
    if report.state == DONE:
        word = language.text("Download")
        buttons.append(
            html.A(
                word,
                href=f"{prefix.rstrip('/')}/reports/{report.id}",
                className="pl-more",
                **{"aria-label": f"{word}: {title}"},
            )
        )
    word = language.text("Delete")
    buttons.append(
        dmc.Button(
            word,
            id=action("delete", report.id),
            variant="subtle",
            size="compact-sm",
            className="pl-tags-remove",
            **{"aria-label": f"{word}: {title}"},
        )
    )
    return html.Div(buttons, className="pl-tags-buttons pl-report-buttons")
