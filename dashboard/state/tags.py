"""Tags: the partner's own labels on customers, shared by everybody who may see these."""

from __future__ import annotations

import uuid
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from dashboard.errors import NotAllowedError, NotFoundError
from dashboard.state import audit
from dashboard.state.models import CustomerTag, Tag
from dashboard.state.tag_names import TagError, TagProblem, folded, tag_name

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from dashboard.access import Scope, Viewer

FEW = 500  # ids that go into a query; of more, the whole table is read
INSERT = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


@dataclass(frozen=True, slots=True, kw_only=True)
class TagCount:
    """A tag, as of some `version`, and how many customers of a viewer carry it."""

    id: str
    name: str
    version: int
    customers: int


def all_tags(session: Session) -> list[Tag]:
    """Return every tag by name."""
    return list(session.scalars(select(Tag).order_by(Tag.folded)))


def list_tags(session: Session, scope: Scope) -> list[TagCount]:
    """Return every tag by name, each with the number of customers within a scope."""
    counts: dict[str, int] = defaultdict(int)
    for tag_id, customer in session.execute(select(CustomerTag.tag_id, CustomerTag.customer_id)):
        counts[tag_id] += scope.allows(customer)
    return [
        TagCount(id=tag.id, name=tag.name, version=tag.version, customers=counts[tag.id])
        for tag in all_tags(session)
    ]


def tags_of(session: Session, customers: Collection[str]) -> dict[str, list[Tag]]:
    """Return the tags of each customer that has any; the caller has checked the scope."""
    wanted = frozenset(customers)
    pairs = select(CustomerTag.customer_id, Tag).join(Tag, Tag.id == CustomerTag.tag_id)
    if len(wanted) <= FEW:
        pairs = pairs.where(CustomerTag.customer_id.in_(wanted))
    found: dict[str, list[Tag]] = defaultdict(list)
    for customer, tag in session.execute(pairs.order_by(Tag.folded)):
        if customer in wanted:
            found[customer].append(tag)
    return dict(found)


def customers_with(session: Session, tag_ids: Collection[str]) -> frozenset[str]:
    """Return who carries at least one of some tags, for `Scope.narrowed`: nobody may see more."""
    carrying = select(CustomerTag.customer_id).where(CustomerTag.tag_id.in_(tag_ids))
    return frozenset(session.scalars(carrying))


def create(session: Session, viewer: Viewer, written: str, now: datetime) -> Tag:
    """Make a tag. Raises `TagError` for a name that is no name, or that is taken."""
    _refuse_unless_editor(viewer)
    name = tag_name(written)
    tag = Tag(id=uuid.uuid4().hex, version=1)
    _name(session, tag, name)
    audit.record(
        session, actor=viewer.email, action="tag.created", now=now, subject=tag.id, tag=name
    )
    return tag


def rename(
    session: Session, viewer: Viewer, tag_id: str, seen: int, written: str, now: datetime
) -> Tag:
    """Give a tag another name. Raises `TagError` if it is not as `seen` any more.

    Who sees some customers only renames no tag that others carry, since that changes these, too.
    """
    _refuse_unless_editor(viewer)
    name = tag_name(written)
    tag = _changeable(session, viewer, tag_id, seen)
    names = {"tag": name, "before": tag.name}
    tag.version += 1
    _name(session, tag, name)
    audit.record(
        session, actor=viewer.email, action="tag.renamed", now=now, subject=tag_id, **names
    )
    return tag


def remove(session: Session, viewer: Viewer, tag_id: str, seen: int, now: datetime) -> int:
    """Remove a tag from its customers and for good; return how many carried it."""
    _refuse_unless_editor(viewer)
    tag = _changeable(session, viewer, tag_id, seen)
    carrying = sorted(customers_with(session, [tag_id]))
    session.execute(delete(CustomerTag).where(CustomerTag.tag_id == tag_id))
    session.delete(tag)
    session.flush()
    detail = {"tag": tag.name, "customers": " ".join(carrying)}
    audit.record(
        session, actor=viewer.email, action="tag.removed", now=now, subject=tag_id, **detail
    )
    return len(carrying)


def assign(
    session: Session, viewer: Viewer, tag_id: str, customers: Collection[str], now: datetime
) -> int:
    """Put a tag on customers, all or none; return how many had not carried it.

    Raises `NotFoundError` for a tag or a customer that is not there, or not the viewer's.
    """
    tag = _editable(session, viewer, tag_id, customers)
    insert: Any = INSERT[session.get_bind().dialect.name]  # both know “on conflict do nothing”
    new = sorted(set(customers) - customers_with(session, [tag_id]))
    for customer in new:  # in one order: two who tag the same customers do not block each other
        row = insert(CustomerTag).values(tag_id=tag_id, customer_id=customer)
        session.execute(row.on_conflict_do_nothing())
    _record_customers(session, viewer, "tag.assigned", tag, new, now)
    return len(new)


def unassign(
    session: Session, viewer: Viewer, tag_id: str, customers: Collection[str], now: datetime
) -> int:
    """Take a tag off customers, all or none; return how many had carried it. As `assign`."""
    tag = _editable(session, viewer, tag_id, customers)
    gone = sorted(set(customers) & customers_with(session, [tag_id]))
    for customer in gone:
        held = (CustomerTag.tag_id == tag_id) & (CustomerTag.customer_id == customer)
        session.execute(delete(CustomerTag).where(held))
    _record_customers(session, viewer, "tag.unassigned", tag, gone, now)
    return len(gone)


def _refuse_unless_editor(viewer: Viewer) -> None:
    if not viewer.edits_tags:
        msg = "Your role shows tags and does not edit them: ask a partner administrator."
        raise NotAllowedError(msg)


def _locked(session: Session, tag_id: str) -> Tag:
    """Return a tag that nobody else changes before this transaction ends."""
    tag = session.get(Tag, tag_id, with_for_update=True)
    if tag is None:
        msg = "There is no such tag."
        raise NotFoundError(msg)
    return tag


def _changeable(session: Session, viewer: Viewer, tag_id: str, seen: int) -> Tag:
    tag = _locked(session, tag_id)
    if tag.version != seen:
        msg = f"Somebody else changed this tag meanwhile; it is “{tag.name}” now. Look again."
        raise TagError(TagProblem.OVERTAKEN, msg)
    if not all(map(viewer.scope.allows, customers_with(session, [tag_id]))):
        msg = f"“{tag.name}” is also on customers of others: ask a full administrator."
        raise TagError(TagProblem.SHARED, msg)
    return tag


def _editable(session: Session, viewer: Viewer, tag_id: str, customers: Iterable[str]) -> Tag:
    _refuse_unless_editor(viewer)
    if not all(map(viewer.scope.allows, customers)):
        msg = "There is no such customer."
        raise NotFoundError(msg)
    return _locked(session, tag_id)


def _name(session: Session, tag: Tag, name: str) -> None:
    """Write a tag, or say that its name is taken; who came first is up to the database."""
    try:
        with session.begin_nested():
            tag.name, tag.folded = name, folded(name)
            session.add(tag)
    except IntegrityError as error:
        msg = f"There is a tag “{name}” already: use it, or choose another name."
        raise TagError(TagProblem.TAKEN, msg) from error


def _record_customers(
    session: Session, viewer: Viewer, action: str, tag: Tag, ids: list[str], now: datetime
) -> None:
    """Audit a change of some customers; one that changed nothing is none."""
    if ids:
        detail: dict[str, Any] = {"tag": tag.name, "customers": " ".join(ids)}
        audit.record(session, actor=viewer.email, action=action, now=now, subject=tag.id, **detail)
