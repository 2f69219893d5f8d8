"""The editor of report templates: a name, columns in their order, a filter and a region."""

from __future__ import annotations

from typing import TYPE_CHECKING

import dash_mantine_components as dmc
from dash import html

from dashboard.components.report_parts import part
from dashboard.data.regions import REGIONS
from dashboard.reports import TEMPLATES
from dashboard.wording.caption import region as region_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboard.i18n import Language
    from dashboard.reports.template import Template
    from dashboard.state.models import ReportTemplate

NEW = "new"


def editor(
    own: Sequence[ReportTemplate], language: Language, template: Template
) -> list[Component]:
    """Return the editor, set to make a new template."""
    meaning = language.text(
        "Keep the columns, a filter and a region of a report under a name of your own. Columns "
        "appear in the order in which you choose them."
    )
    buttons = [
        dmc.Button(language.text("Save"), id=part("save"), className="pl-filled"),
        dmc.Button(
            language.text("Delete"),
            id=part("remove"),
            variant="subtle",
            className="pl-tags-remove",
            disabled=True,
        ),
    ]
    return [
        html.H2(language.text("My templates"), className="pl-card-title"),
        html.P(meaning, className="pl-meaning"),
        html.Div(_what(own, language, template), className="pl-report-form"),
        dmc.MultiSelect(
            id=part("columns"),
            label=language.text("Columns"),
            data=column_options(template, language),
            value=list(template.default),
            searchable=True,
            clearable=False,
        ),
        html.Div(_narrowed(language, template), className="pl-report-form"),
        dmc.Group(buttons, mt="md"),
        html.P(id=part("told"), role="status", className="pl-tags-status"),
    ]


def own_options(own: Sequence[ReportTemplate], language: Language) -> list[dict[str, str]]:
    """Return what can be edited: a new template, and those there are."""
    new = {"value": NEW, "label": language.text("New template")}
    return [new, *({"value": t.id, "label": t.name} for t in own)]


def column_options(template: Template, language: Language) -> list[dict[str, str]]:
    """Return every column a template of one's own may have."""
    return [{"value": c.name, "label": language.text(c.heading)} for c in template.columns]


def _what(
    own: Sequence[ReportTemplate], language: Language, template: Template
) -> list[Component]:
    return [
        dmc.Select(
            id=part("edited"),
            label=language.text("Template"),
            data=own_options(own, language),
            value=NEW,
            allowDeselect=False,
        ),
        dmc.TextInput(id=part("name"), label=language.text("Name"), value=""),
        dmc.Select(
            id=part("base"),
            label=language.text("Made from"),
            data=[{"value": t.name, "label": language.text(t.title)} for t in TEMPLATES.values()],
            value=template.name,
            allowDeselect=False,
        ),
    ]


def _narrowed(language: Language, template: Template) -> list[Component]:
    return [
        dmc.Select(
            id=part("filtered"),
            label=language.text("Only rows whose"),
            data=column_options(template, language),
            value=None,
            clearable=True,
            placeholder=language.text("All"),
            clearButtonProps={"aria-label": language.text("Remove the filter")},
        ),
        dmc.TextInput(id=part("text"), label=language.text("is"), value=""),
        dmc.Select(
            id=part("home"),
            label=language.text("Region"),
            data=[{"value": code, "label": region_name(code, language)} for code in REGIONS],
            value=None,
            clearable=True,
            placeholder=language.text("Chosen each time"),
            clearButtonProps={"aria-label": language.text("Choose the region each time")},
        ),
    ]
