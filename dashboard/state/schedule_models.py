"""Schedule models: what is sent regularly, to whom, and what became of it each time."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - SQLAlchemy reads the annotations

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from dashboard.state.models import ID, Base


class Schedule(Base):
    """A report or a view that is made at certain times, in a zone, for some users.

    A view has a path and a query string, a report a template with its columns, filters and region.
    `planned` is the moment until which its slots are there.
    """

    __tablename__ = "schedules"
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    owner_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    template: Mapped[str] = mapped_column(String(40))  # a default one, or `VIEW`
    columns: Mapped[str] = mapped_column(Text)
    filters: Mapped[str] = mapped_column(Text)
    region: Mapped[str | None] = mapped_column(String(200))
    path: Mapped[str] = mapped_column(String(200))
    search: Mapped[str] = mapped_column(String(2000))
    form: Mapped[str] = mapped_column(String(4))
    language: Mapped[str] = mapped_column(String(8))
    every: Mapped[str] = mapped_column(String(10))  # daily, weekly, monthly
    weekday: Mapped[int | None]  # from Monday, 0
    day: Mapped[int | None]  # of the month; the last one where it is shorter
    at: Mapped[str] = mapped_column(String(5))  # HH:MM on the clocks of the zone
    zone: Mapped[str] = mapped_column(String(60))
    delivery: Mapped[str] = mapped_column(String(10))  # mail, folder
    paused: Mapped[str | None] = mapped_column(String(10))  # why, as `Paused`
    created: Mapped[datetime]
    planned: Mapped[datetime]
    used: Mapped[datetime]  # when somebody last downloaded a copy, or it was last set going


class ScheduleRecipient(Base):
    """One user who gets a copy."""

    __tablename__ = "schedule_recipients"
    schedule_id: Mapped[str] = mapped_column(
        ForeignKey("schedules.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[str] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )


class Slot(Base):
    """One time at which a schedule was due: there is one row of it, whoever makes it.

    Who runs it holds a `lease` under a `token` of its own; one that is over may be taken. While it
    waits, the lease is until it is tried again.
    """

    __tablename__ = "slots"
    __table_args__ = (UniqueConstraint("schedule_id", "due"),)
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    schedule_id: Mapped[str] = mapped_column(ForeignKey("schedules.id", ondelete="CASCADE"))
    due: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(10), index=True)  # as `dashboard.state.slots` says
    reason: Mapped[str | None] = mapped_column(String(20))
    token: Mapped[str | None] = mapped_column(String(32))
    lease: Mapped[datetime | None]
    finished: Mapped[datetime | None]


class Delivery(Base):
    """What one user got of one slot; the row is there before anything leaves.

    `tries` are those that were refused for a reason that may pass; it waits until `again`.
    """

    __tablename__ = "deliveries"
    slot_id: Mapped[str] = mapped_column(
        ForeignKey("slots.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[str] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    state: Mapped[str] = mapped_column(String(10))  # rendered, sending, waiting, or final
    reason: Mapped[str | None] = mapped_column(String(20))
    report_id: Mapped[str | None] = mapped_column(String(32), index=True)  # it may be gone
    sha256: Mapped[str | None] = mapped_column(String(64))
    at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    again: Mapped[datetime | None]


class Heartbeat(Base):
    """When a process last said that it works."""

    __tablename__ = "heartbeats"
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    at: Mapped[datetime]
