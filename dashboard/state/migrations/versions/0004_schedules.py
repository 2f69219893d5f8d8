"""Schedules, their slots, what became of each, and who may send to others."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import text as sql

from dashboard.state.models import Utc

revision = "0004"
down_revision = "0003"

SENDERS = ("full_admin", "admin")


def upgrade() -> None:
    """Make the tables, and let administrators choose whom they send to."""
    none = sql("0" if op.get_bind().dialect.name == "sqlite" else "false")
    column: sa.Column[bool] = sa.Column(
        "sends_to_others", sa.Boolean(), nullable=False, server_default=none
    )
    op.add_column("roles", column)  # in place: users refer to the table, so it can't be made anew
    table = sa.table("roles", sa.column("name"), sa.column("sends_to_others"))
    op.execute(table.update().where(table.c.name.in_(SENDERS)).values(sends_to_others=True))
    _schedules()
    _recipients()
    _slots()
    _deliveries()
    op.create_table(
        "heartbeats",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("at", Utc(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_heartbeats"),
    )


def _to(table: str, column: str, of: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{of}_{column}"
    return sa.ForeignKeyConstraint([column], [f"{table}.id"], name=name, ondelete="CASCADE")


def _text(name: str, length: int, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=length), nullable=nullable)


def _schedules() -> None:
    op.create_table(
        "schedules",
        _text("id", 32),
        _text("owner_id", 32),
        _text("name", 80),
        _text("template", 40),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.Column("filters", sa.Text(), nullable=False),
        _text("region", 200, nullable=True),
        _text("path", 200),
        _text("search", 2000),
        _text("form", 4),
        _text("language", 8),
        _text("every", 10),
        sa.Column("weekday", sa.Integer(), nullable=True),
        sa.Column("day", sa.Integer(), nullable=True),
        _text("at", 5),
        _text("zone", 60),
        _text("delivery", 10),
        _text("paused", 10, nullable=True),
        sa.Column("created", Utc(), nullable=False),
        sa.Column("planned", Utc(), nullable=False),
        sa.Column("used", Utc(), nullable=False),
        _to("users", "owner_id", "schedules"),
        sa.PrimaryKeyConstraint("id", name="pk_schedules"),
    )
    op.create_index("ix_schedules_owner_id", "schedules", ["owner_id"])


def _recipients() -> None:
    op.create_table(
        "schedule_recipients",
        _text("schedule_id", 32),
        _text("user_id", 32),
        _to("schedules", "schedule_id", "schedule_recipients"),
        _to("users", "user_id", "schedule_recipients"),
        sa.PrimaryKeyConstraint("schedule_id", "user_id", name="pk_schedule_recipients"),
    )


def _slots() -> None:
    op.create_table(
        "slots",
        _text("id", 32),
        _text("schedule_id", 32),
        sa.Column("due", Utc(), nullable=False),
        _text("state", 10),
        _text("reason", 20, nullable=True),
        _text("token", 32, nullable=True),
        sa.Column("lease", Utc(), nullable=True),
        sa.Column("finished", Utc(), nullable=True),
        _to("schedules", "schedule_id", "slots"),
        sa.PrimaryKeyConstraint("id", name="pk_slots"),
        sa.UniqueConstraint("schedule_id", "due", name="uq_slots_schedule_id_due"),
    )
    op.create_index("ix_slots_state", "slots", ["state"])


def _deliveries() -> None:
    op.create_table(
        "deliveries",
        _text("slot_id", 32),
        _text("user_id", 32),
        _text("state", 10),
        _text("reason", 20, nullable=True),
        _text("report_id", 32, nullable=True),
        _text("sha256", 64, nullable=True),
        sa.Column("at", Utc(), nullable=False),
        _to("slots", "slot_id", "deliveries"),
        _to("users", "user_id", "deliveries"),
        sa.PrimaryKeyConstraint("slot_id", "user_id", name="pk_deliveries"),
    )
    op.create_index("ix_deliveries_report_id", "deliveries", ["report_id"])
