"""Recompute: what a file claims to be of, computed anew from the release it names."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard.access import OPERATOR, Scope, Viewer
from dashboard.callbacks.customer_query import find
from dashboard.callbacks.customers import tags_of
from dashboard.callbacks.log_query import read_log_query
from dashboard.data.logs import MOST_ROWS, read_log
from dashboard.data.store import open_kept
from dashboard.errors import NotFoundError, PartnerlensError, SourceError
from dashboard.exports.claim import CUSTOMERS, DECK, LOG
from dashboard.exports.customers import customers_csv
from dashboard.exports.deck.brief import Brief
from dashboard.exports.log import log_csv
from dashboard.i18n import Language
from dashboard.metrics.rules import Rules
from dashboard.sections import SECTIONS
from dashboard.sections.compared import COMPARED, compare
from dashboard.sections.evaluate import evaluate
from dashboard.sections.portfolio import Portfolio
from dashboard.settings import definition_version
from dashboard.state.tags import all_tags, customers_with
from dashboard.state.users import find_user, viewer_of

if TYPE_CHECKING:
    from dashboard.data.logs import LogQuery
    from dashboard.exports.claim import Claim
    from dashboard.sections import View
    from dashboard.settings import Settings
    from dashboard.state.database import Database


def release_of(claim: Claim, data_dir: str, settings: Settings) -> Portfolio:
    """Open the release of a claim; what it said then can only be said by the same rules."""
    version = definition_version(settings)
    if claim.receipt.definitions != version:
        msg = (
            f"The file cannot be checked: it was made by definitions {claim.receipt.definitions}, "
            f"and these settings are definitions {version}."
        )
        raise PartnerlensError(msg)
    store = open_kept(data_dir, claim.release)
    return Portfolio(store=store, rules=Rules.of(settings, store.release.quality_rule))


def viewer_of_claim(claim: Claim, database: Database) -> Viewer:
    """Return who made a file, seeing what it is about, if that is still what it was."""
    viewer = OPERATOR
    tags = claim.filters.tags if claim.filters else ()
    if claim.receipt.by != OPERATOR.email or tags:
        with database.read() as session:
            if claim.receipt.by != OPERATOR.email:
                user = find_user(session, claim.receipt.by)
                viewer = (user and viewer_of(session, user.id)) or replace(
                    OPERATOR, scope=Scope(customers=frozenset())
                )
            if tags:
                own = [tag.id for tag in all_tags(session) if tag.name in tags]
                narrowed = viewer.scope.narrowed(customers_with(session, own))
                viewer = replace(viewer, scope=narrowed)
    if claim.receipt.customer:
        viewer = replace(viewer, scope=viewer.scope.narrowed({claim.receipt.customer}))
    if viewer.scope.fingerprint != claim.receipt.scope:
        msg = (
            f"The file cannot be checked: what {claim.receipt.by} may see, or who carries its "
            "tags, is not what it was when the file was made."
        )
        raise PartnerlensError(msg)
    return viewer


def view_of(claim: Claim, portfolio: Portfolio, viewer: Viewer) -> View:
    """Return the view of a section."""
    if claim.of in COMPARED and claim.filters is not None:
        return compare(portfolio, claim.filters, viewer.scope).views[claim.of]
    if claim.of not in SECTIONS or claim.filters is None:
        msg = f"The file cannot be checked: there is no section {claim.of!r} any more."
        raise NotFoundError(msg)
    return evaluate(SECTIONS[claim.of], portfolio, claim.filters, viewer.scope)


def brief_of(claim: Claim, portfolio: Portfolio, viewer: Viewer) -> Brief:
    """Return what the slides of a review read."""
    filters = claim.filters
    if claim.of != DECK or filters is None or filters.as_of is None:
        msg = "The file cannot be checked: its receipt is not one of a review."
        raise SourceError(msg)
    return Brief(
        portfolio=portfolio,
        filters=filters,
        as_of=filters.as_of,
        scope=viewer.scope,
        subject="",
        language=Language(claim.language),
        receipt=claim.receipt,
    )


def text_of(claim: Claim, portfolio: Portfolio, viewer: Viewer, database: Database) -> str | None:
    """Write the customer list or a log anew as CSV; None for a claim about a section."""
    params = dict(claim.params)
    if claim.of == CUSTOMERS:
        page = find(params, portfolio, database, viewer, limit=None)
        carried = tags_of(database, page.rows["customer_id"].to_list())
        return customers_csv(page, {c: [t.name for t in own] for c, own in carried.items()})
    if claim.of == LOG:
        whose, product = params.get("whose", ""), params.get("product", "")
        query = read_log_query(params, portfolio, whose, product, limit=MOST_ROWS)
        return _log(query, portfolio, viewer)
    return None


def _log(query: LogQuery, portfolio: Portfolio, viewer: Viewer) -> str:
    pages = [read_log(portfolio.store, viewer.scope, query)]
    while query.offset + MOST_ROWS < pages[0].total:
        query = replace(query, offset=query.offset + MOST_ROWS)
        pages.append(read_log(portfolio.store, viewer.scope, query))
    return log_csv([page.rows for page in pages], query, portfolio.store.release.id)
