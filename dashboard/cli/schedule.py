"""`partnerlens schedule`: lists, adds, pauses and removes schedules, as the operator."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from dashboard import settings as knobs
from dashboard.access import OPERATOR
from dashboard.callbacks.schedule_wishes import deliveries
from dashboard.cli.state import reading
from dashboard.components.schedule_words import (
    delivery_words,
    paused_words,
    state_words,
    times_words,
    utc_words,
)
from dashboard.data.store import open_store
from dashboard.errors import NotFoundError, PartnerlensError
from dashboard.i18n import DEFAULT, LANGUAGES, NOTHING, Language
from dashboard.reports.order import FORMATS, region_of, regions_of, template_named
from dashboard.schedules.cadence import check, next_due, times_of
from dashboard.state import schedules
from dashboard.state.database import open_database
from dashboard.state.report_templates import Choice
from dashboard.state.schedules import DAILY, FOLDER, MAIL, MONTHLY, WEEKLY, Plan, Times
from dashboard.state.slots import newest_of
from dashboard.state.users import find_user, viewer_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from dashboard.access import Viewer
    from dashboard.state.schedule_models import Slot

ENGLISH = Language(DEFAULT)
ID = 32  # characters of an id, which is copied from the list


@click.group
def schedule() -> None:
    """List, add, pause and remove schedules; views are scheduled on their pages."""


@schedule.command("list")
def show() -> None:
    """List all schedules: what, when, to whom, the next time, and how the last one ended."""
    now = datetime.now(UTC)
    table = Table(box=None, header_style="dim", pad_edge=False)
    for heading in ("Id", "What", "When", "Delivery", "Owner", "Recipients", "Next", "Last"):
        table.add_column(heading, min_width=ID if heading == "Id" else None)
    with reading() as session:
        found = schedules.list_schedules(session, OPERATOR)
        wanted = [one.id for one, _ in found]
        recipients, slots = schedules.recipients_of(session, wanted), newest_of(session, wanted)
        for one, owner in found:
            last = slots[one.id][0] if slots[one.id] else None
            coming = utc_words(next_due(times_of(one), now), ENGLISH)
            cells = (
                one.id,
                one.name,
                times_words(times_of(one), ENGLISH),
                delivery_words(one.delivery, ENGLISH),
                owner,
                ", ".join(recipients[one.id]),
                paused_words(one.paused, ENGLISH) if one.paused else coming,
                _ended(last) if last else NOTHING,
            )
            table.add_row(*map(escape, cells))
    Console(soft_wrap=True, highlight=False).print(table)


def _ended(slot: Slot) -> str:
    again = utc_words(slot.lease, ENGLISH) if slot.lease else NOTHING
    return state_words(slot.state, slot.reason, ENGLISH, again)


@schedule.command("add")
@click.argument("template")
@click.argument("recipients", nargs=-1, required=True, metavar="EMAIL…")
@click.option("--owner", help="On whose behalf it is sent; the first recipient by default.")
@click.option(
    "--every", type=click.Choice([DAILY, WEEKLY, MONTHLY]), default=WEEKLY, show_default=True
)
@click.option("--weekday", type=click.IntRange(1, 7), default=1, help="Of weekly ones: 1, Monday.")
@click.option("--day", type=click.IntRange(1, 31), default=1, help="Of monthly ones.")
@click.option("--at", default="08:00", show_default=True, help="The time, as HH:MM.")
@click.option("--zone", default="UTC", show_default=True, help="Such as Europe/Kyiv.")
@click.option("--region", help="A region with data; needed where there are several.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="csv", show_default=True)
@click.option("--delivery", type=click.Choice([MAIL, FOLDER]), default=MAIL, show_default=True)
@click.option("--lang", type=click.Choice(list(LANGUAGES)), default=DEFAULT, show_default=True)
def add(  # noqa: PLR0913 - one parameter per option
    *,
    template: str,
    recipients: tuple[str, ...],
    owner: str | None,
    every: str,
    weekday: int,
    day: int,
    at: str,
    zone: str,
    region: str | None,
    form: str,
    delivery: str,
    lang: str,
) -> None:
    """Schedule the report TEMPLATE for users, each with a copy of what they may see."""
    times = _times(every, at, zone, weekday, day)
    _refuse_unless_set_up(delivery)
    found = template_named(template)
    store = open_store(knobs.load().data_dir, verify=False)
    home = region_of(region, regions_of(found, store))
    plan = Plan(
        name=found.title,
        choice=Choice(template=found.name, columns=found.default, region=home),
        times=times,
        form=form,
        delivery=delivery,
        language=lang,
    )
    now = datetime.now(UTC)
    with _changing() as session:
        whom = [_user(session, email).user_id for email in recipients]
        on_behalf = _user(session, owner or recipients[0])
        made = schedules.add_schedule(session, on_behalf, plan, whom, now)
    words = times_words(times, ENGLISH)
    click.echo(
        f"{made.id}: {found.title}, {words}; next {next_due(times, now):%Y-%m-%d %H:%M} UTC."
    )


@schedule.command("pause")
@click.argument("schedule_id", metavar="ID")
def pause(*, schedule_id: str) -> None:
    """Let a schedule rest."""
    with _changing() as session:
        schedules.pause_schedule(session, OPERATOR, schedule_id, datetime.now(UTC))
    click.echo("It is paused.")


@schedule.command("resume")
@click.argument("schedule_id", metavar="ID")
def resume(*, schedule_id: str) -> None:
    """Set a schedule going again, from its next time on."""
    with _changing() as session:
        schedules.resume_schedule(session, OPERATOR, schedule_id, datetime.now(UTC))
    click.echo("It goes on.")


@schedule.command("remove")
@click.argument("schedule_id", metavar="ID")
def remove(*, schedule_id: str) -> None:
    """Remove a schedule; what it sent stays."""
    with _changing() as session:
        schedules.remove_schedule(session, OPERATOR, schedule_id, datetime.now(UTC))
    click.echo("It was removed.")


def _times(every: str, at: str, zone: str, weekday: int, day: int) -> Times:
    """Return when it is due; a weekday or a day of the month only where one is meant."""
    times = Times(
        every=every,
        at=at,
        zone=zone,
        weekday=weekday - 1 if every == WEEKLY else None,
        day=day if every == MONTHLY else None,
    )
    check(times)
    return times


def _refuse_unless_set_up(delivery: str) -> None:
    if delivery not in deliveries(knobs.load()):
        msg = "Nothing is set up to send by: PARTNERLENS_SMTP_HOST or PARTNERLENS_SCHEDULE_FOLDER."
        raise PartnerlensError(msg)


@contextmanager
def _changing() -> Iterator[Session]:
    database = open_database(knobs.load().state_url)
    try:
        with database.begin() as session:
            yield session
    finally:
        database.engine.dispose()


def _user(session: Session, email: str) -> Viewer:
    user = find_user(session, email)
    viewer = viewer_of(session, user.id) if user else None
    if viewer is None:
        msg = f"There is no active user {email}: `partnerlens user list` shows all."
        raise NotFoundError(msg)
    return viewer
