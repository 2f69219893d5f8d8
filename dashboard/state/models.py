"""Models: the tables of the state database, in one place; a change of one is a migration."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import (
    BigInteger,
    Connection,
    DateTime,
    ForeignKey,
    Index,
    MetaData,
    String,
    Text,
    UniqueConstraint,
    delete,
    event,
    inspect,
)
from sqlalchemy import text as sql
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

if TYPE_CHECKING:
    from sqlalchemy import Dialect

ID = String(32)  # a random UUID in hexadecimal: ids are checked, and unguessable besides
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Utc(TypeDecorator[datetime]):
    """An instant, always aware and in UTC, also where the database forgets zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Refuse an instant without a zone."""
        if value is not None and value.tzinfo is None:
            msg = "an instant needs its zone"
            raise ValueError(msg)
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Return the instant with its zone."""
        return value and (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC)


class Base(DeclarativeBase):
    """Everything in the state database."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {datetime: Utc}  # noqa: RUF012 - as SQLAlchemy wants it


class Role(Base):
    """What a user may see and do (SPEC §4): data, so that a further role is a row.

    `sees` is all, assigned or nothing; anything else reads as nothing.
    """

    __tablename__ = "roles"
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    sees: Mapped[str] = mapped_column(String(20))
    edits_tags: Mapped[bool]
    administers: Mapped[bool]
    whole_numbers: Mapped[bool]  # phone numbers of inventories in full (SPEC §3)
    sends_to_others: Mapped[bool] = mapped_column(default=False)  # schedules for other users


class User(Base):
    """Somebody who may sign in. Names repeat; the e-mail address, in lower case, does not."""

    __tablename__ = "users"
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(200), default="")
    role: Mapped[str] = mapped_column(ForeignKey("roles.name"))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    identity: Mapped[str | None] = mapped_column(String(500), unique=True)  # OIDC: issuer|subject
    active: Mapped[bool] = mapped_column(default=True)
    created: Mapped[datetime]


class Assignment(Base):
    """One customer that one user may see."""

    __tablename__ = "assignments"
    user_id: Mapped[str] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    customer_id: Mapped[str] = mapped_column(String(100), primary_key=True)


class SignIn(Base):
    """A session of the browser, held here so that it can be ended; only the id's hash is kept."""

    __tablename__ = "sign_ins"
    id_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    created: Mapped[datetime]
    last_seen: Mapped[datetime]


@event.listens_for(User, "after_update")
def _end_sign_ins(_: object, connection: Connection, user: User) -> None:
    """End a user's sign-ins with the password or the right they began with, whoever takes it."""
    now = inspect(user).attrs
    if now.password_hash.history.has_changes() or now.active.history.has_changes():
        connection.execute(delete(SignIn).where(SignIn.user_id == user.id))


class Attempt(Base):
    """One try to sign in, counted against its account and its address (TRUST T-11)."""

    __tablename__ = "attempts"
    id: Mapped[int] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(String(64), index=True)
    address: Mapped[str] = mapped_column(String(64), index=True)
    at: Mapped[datetime] = mapped_column(index=True)


class Tag(Base):
    """A label of the partner's own. `folded` is the name as compared; `version` counts edits."""

    __tablename__ = "tags"
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    name: Mapped[str] = mapped_column(String(100))  # 25 characters of up to several code points
    folded: Mapped[str] = mapped_column(String(300), unique=True)
    version: Mapped[int] = mapped_column(default=1)


class CustomerTag(Base):
    """One tag on one customer."""

    __tablename__ = "customer_tags"
    tag_id: Mapped[str] = mapped_column(
        ForeignKey("tags.id", ondelete="CASCADE"), primary_key=True
    )
    customer_id: Mapped[str] = mapped_column(String(100), primary_key=True, index=True)


class SavedView(Base):
    """A choice of filters under a name, its user's own: a path and a query string."""

    __tablename__ = "saved_views"
    __table_args__ = (UniqueConstraint("user_id", "name"),)
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(80))
    path: Mapped[str] = mapped_column(String(200))
    search: Mapped[str] = mapped_column(String(2000))


class ReportTemplate(Base):
    """A report template of a user's own: another name, columns, filters or region (W-180)."""

    __tablename__ = "report_templates"
    __table_args__ = (UniqueConstraint("user_id", "name"),)
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(80))
    template: Mapped[str] = mapped_column(String(40))  # the default one it is made from
    columns: Mapped[str] = mapped_column(Text)  # JSON: names in their order
    filters: Mapped[str] = mapped_column(Text)  # JSON: pairs of column and text
    region: Mapped[str | None] = mapped_column(String(200))


UNFINISHED = sql("state IN ('queued', 'running')")


class Report(Base):
    """One report that somebody asked for; its file lies under the id, its name is made up of it.

    Nobody has two unfinished ones. A running one whose `lease` is over was interrupted.
    """

    __tablename__ = "reports"
    __table_args__ = (
        Index(
            "ix_reports_unfinished",
            "user_id",
            unique=True,
            sqlite_where=UNFINISHED,
            postgresql_where=UNFINISHED,
        ),
    )
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    template: Mapped[str] = mapped_column(String(40))
    custom_name: Mapped[str | None] = mapped_column(String(80))
    columns: Mapped[str] = mapped_column(Text)
    filters: Mapped[str] = mapped_column(Text)
    region: Mapped[str] = mapped_column(String(200))
    period_start: Mapped[date | None]
    period_end: Mapped[date | None]
    form: Mapped[str] = mapped_column(String(4))
    suffix: Mapped[str] = mapped_column(String(12))  # letters and digits of the file's name
    state: Mapped[str] = mapped_column(String(10))  # queued, running, done, failed
    reason: Mapped[str | None] = mapped_column(String(20))  # why it failed, as `WhyFailed`
    requested: Mapped[datetime]
    finished: Mapped[datetime | None]
    lease: Mapped[datetime | None]
    rows: Mapped[int] = mapped_column(default=0)  # so far, while it is running
    bytes: Mapped[int] = mapped_column(BigInteger, default=0)
    whole: Mapped[bool] = mapped_column(default=False)  # it holds numbers of persons in full
    downloads: Mapped[int] = mapped_column(default=0)
    last_download: Mapped[datetime | None]


class AuditEntry(Base):
    """One thing that somebody did, chained to the entry before it by its hash (TRUST T-21)."""

    __tablename__ = "audit"
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(254))  # an e-mail address, or "terminal"
    action: Mapped[str] = mapped_column(String(40), index=True)
    subject: Mapped[str] = mapped_column(String(200))
    detail: Mapped[str] = mapped_column(Text)  # canonical JSON without sensitive values
    hash: Mapped[str] = mapped_column(String(64))
