"""Day field: a day chosen from a calendar, written as the language writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import dash_mantine_components as dmc

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.i18n import Language


def day_field(
    name: Any, value: str | None, clearing: str, language: Language, **rest: Any
) -> Component:
    """Return the field; `clearing` says what its cross does, empty for none; `rest` is its own."""
    return dmc.DatesProvider(
        dmc.DateInput(
            id=name,
            value=value,
            valueFormat="MMM D, YYYY" if language.code == "en" else "D MMM YYYY",
            clearable=bool(clearing),
            weekendDays=[],  # days off are days like others here, and red is hard to read
            ariaLabels={
                "previousMonth": language.text("Previous month"),
                "nextMonth": language.text("Next month"),
                "previousYear": language.text("Previous year"),
                "nextYear": language.text("Next year"),
                "previousDecade": language.text("Previous decade"),
                "nextDecade": language.text("Next decade"),
            },
            clearButtonProps={"aria-label": clearing},
            **rest,
        ),
        settings={"locale": language.code.lower(), "firstDayOfWeek": 0},
    )
