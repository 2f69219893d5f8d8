"""Report templates of users' own: a name, columns in their order, filters and a region."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from dashboard.errors import NotAllowedError, NotFoundError
from dashboard.state.models import Report, ReportTemplate, User
from dashboard.state.report_names import ReportError, ReportProblem, template_name

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from dashboard.access import Viewer
    from dashboard.state.schedule_models import Schedule

MOST = 100  # of one user


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What a template or a report is of, checked by whoever knows the columns."""

    template: str
    columns: tuple[str, ...]
    filters: tuple[tuple[str, str], ...] = ()
    region: str | None = None

    @classmethod
    def of(cls, row: ReportTemplate | Report | Schedule) -> Choice:
        """Read what is stored."""
        return cls(
            template=row.template,
            columns=tuple(json.loads(row.columns)),
            filters=tuple((column, text) for column, text in json.loads(row.filters)),
            region=row.region,
        )

    def written(self) -> dict[str, str | None]:
        """Return the columns of the tables that hold it."""
        return {
            "template": self.template,
            "columns": json.dumps(self.columns),
            "filters": json.dumps(self.filters, ensure_ascii=False),
            "region": self.region,
        }


def list_templates(session: Session, viewer: Viewer) -> list[ReportTemplate]:
    """Return the viewer's own templates by name."""
    own = select(ReportTemplate).where(ReportTemplate.user_id == viewer.user_id)
    return sorted(session.scalars(own), key=lambda t: (t.name.casefold(), t.name))


def own_template(session: Session, viewer: Viewer, template_id: str) -> ReportTemplate:
    """Return a template of the viewer's own. Raises `NotFoundError` for any other."""
    template = session.get(ReportTemplate, template_id)
    if template is None or template.user_id != viewer.user_id:
        msg = "There is no such template."
        raise NotFoundError(msg)
    return template


def save_template(
    session: Session, viewer: Viewer, name: str, choice: Choice, template_id: str = ""
) -> ReportTemplate:
    """Keep a choice under a name, as a new template or instead of one of the viewer's own.

    Raises `ReportError` for a name that is none or is taken and for one template too many, and
    `NotFoundError` for a template that is not the viewer's.
    """
    _lock(session, viewer)
    name = template_name(name)
    kept = list_templates(session, viewer)
    if template_id:
        template = own_template(session, viewer, template_id)
    elif len(kept) >= MOST:
        msg = f"You have {MOST} templates, which is all there is room for: delete one first."
        raise ReportError(ReportProblem.MANY, msg)
    else:
        template = ReportTemplate(id=uuid.uuid4().hex, user_id=viewer.user_id)
    try:
        with session.begin_nested():
            template.name = name
            for column, value in choice.written().items():
                setattr(template, column, value)
            session.add(template)
    except IntegrityError as error:
        msg = f"You have a template “{name}” already: choose another name."
        raise ReportError(ReportProblem.TAKEN, msg) from error
    return template


def remove_template(session: Session, viewer: Viewer, template_id: str) -> None:
    """Remove a template of the viewer's own. Raises `NotFoundError` for any other."""
    session.delete(own_template(session, viewer, template_id))
    session.flush()


def _lock(session: Session, viewer: Viewer) -> None:
    """Let one user's templates change one after the other: nothing is counted twice."""
    user = session.get(User, viewer.user_id, with_for_update=True) if viewer.user_id else None
    if user is None:
        msg = "Only a signed-in user keeps templates: sign in first."
        raise NotAllowedError(msg)
