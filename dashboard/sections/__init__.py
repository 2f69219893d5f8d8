"""Sections: every one there is, by name, in the order of SPEC §7."""

from dashboard.sections.calling import (
    CALL_QUALITY,
    CALL_QUALITY_BY_ENDPOINT,
    CALL_USAGE,
    FEATURE_USAGE,
    QUEUE,
)
from dashboard.sections.overview import LICENSE_TREND, OVERVIEW
from dashboard.sections.section import Column, Section, View
from dashboard.sections.subscriptions import (
    EXPIRING,
    LOW_ASSIGNMENT,
    OVER_LIMIT,
    RECENTLY_ADDED,
    RENEWING,
)

SECTIONS = {
    section.name: section
    for section in (
        OVERVIEW,
        LICENSE_TREND,
        RECENTLY_ADDED,
        EXPIRING,
        RENEWING,
        LOW_ASSIGNMENT,
        OVER_LIMIT,
        CALL_USAGE,
        CALL_QUALITY,
        CALL_QUALITY_BY_ENDPOINT,
        FEATURE_USAGE,
        QUEUE,
    )
}

__all__ = ["SECTIONS", "Column", "Section", "View"]
