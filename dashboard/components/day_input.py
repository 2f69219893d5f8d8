"""Day input: a date of the URL, chosen in a calendar of the page's language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import dash_mantine_components as dmc
from dash import html

from dashboard.components import ids

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.i18n import Language


def day_input(
    key: str, label: str, back: str, language: Language, *, room: int, **more: Any
) -> Component:
    """Return the control of a key; `back` names the cross that returns to the default.

    `room` is the width of the label within the field, in pixels.
    """
    return dmc.DatesProvider(
        dmc.DateInput(
            id=ids.control(key),
            valueFormat="MMM D, YYYY" if language.code == "en" else "D MMM YYYY",
            clearable=True,
            weekendDays=[],  # days off are days like others here, and red is hard to read
            ariaLabels={
                "previousMonth": language.text("Previous month"),
                "nextMonth": language.text("Next month"),
                "previousYear": language.text("Previous year"),
                "nextYear": language.text("Next year"),
                "previousDecade": language.text("Previous decade"),
                "nextDecade": language.text("Next decade"),
            },
            leftSection=html.Span(label, className="pl-label"),
            leftSectionWidth=room,
            clearButtonProps={"aria-label": back},
            **{"aria-label": label},
            **more,
        ),
        settings={"locale": language.code.lower(), "firstDayOfWeek": 0},
    )
