"""The page of the audit log: its proof, and the entries somebody wants."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.callbacks.administration_panels import administers
from dashboard.callbacks.panel import Look, Panel
from dashboard.components import ids
from dashboard.components.audit_log import (
    audit_shell,
    entry_values,
    filter_values,
    proof_values,
)
from dashboard.state.anchors import check_chain, read_anchors
from dashboard.state.audit_pages import PAGE, Wanted, actions, count, page_of
from dashboard.state.database import StateError

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.components.page import Parts
    from dashboard.i18n import Language
    from dashboard.state.database import Database

EVERYTHING = Wanted()


def page_values(database: Database, wanted: Wanted, page: int, language: Language) -> Parts:
    """Return one page of the entries wanted."""
    with database.read() as session:
        found = page_of(session, wanted, page)
        return entry_values(found, page * PAGE, count(session, wanted), language)


def _shell(look: Look) -> Component:
    return audit_shell(look.language)


def _values(look: Look) -> Parts:
    with look.database.read() as session:
        known = actions(session)
    return [
        *_proof(look),
        *filter_values(known, look.language),
        *page_values(look.database, EVERYTHING, 0, look.language),
        (ids.admin("page"), {"data": 0}),
    ]


def _proof(look: Look) -> Parts:
    """Follow the whole chain; a file of anchors that cannot be read proves nothing."""
    path = look.settings.anchors
    try:
        with look.database.read() as session:
            verdict = check_chain(session, path)
        anchored = max((anchor.number for anchor in read_anchors(path)), default=0)
    except StateError:
        return proof_values(None, 0, look.language)
    return proof_values(verdict, anchored, look.language)


AUDIT = Panel(shell=_shell, values=_values, allowed=administers)
