"""Writes the calls of an invented portfolio into a folder."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from dashboard.data.demo.calling.delivery import Delivery
from dashboard.data.demo.calling.queue_files import QueueFiles
from dashboard.data.demo.calling.shapes import lone_queues, record_shapes, regional_usage
from dashboard.data.demo.calling.stories import NOBODY
from dashboard.data.demo.calling.tally import Tally
from dashboard.data.demo.calling.usage import usage_rows
from dashboard.data.demo.calling.weeks import plan_weeks
from dashboard.data.demo.calling.world import draw_world
from dashboard.data.demo.customers import REGIONS
from dashboard.data.demo.directory import draw_directory
from dashboard.data.demo.draws import stream
from dashboard.data.demo.files import write_file
from dashboard.data.demo.portfolio import NEWEST_WEEK, draw_portfolio
from dashboard.data.demo.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    import polars as pl

    from dashboard.data.demo.portfolio import Portfolio

LEGS_PER_CALL = 1.7  # about: only the number of users depends on it


def write_calls(
    folder: Path,
    *,
    customers: int = 400,
    legs: int = 300_000,
    weeks: int = 10,
    last_week: date = NEWEST_WEEK,
    seed: int = 2026,
) -> list[Path]:
    """Write call records, media quality, queue statistics, usage; return their paths.

    The customers are those that `write_portfolio` draws from the same seed, as far as they
    have Webex Calling; `legs` is met to about one percent. The last path is `import.toml`,
    which says what some files do not. The same arguments give the same bytes; what is held in
    memory does not grow with the legs.
    """
    _check(customers, legs)
    span = Span(last_week=last_week, weeks=weeks)
    portfolio = draw_portfolio(customers, span, seed)
    world = draw_world(portfolio, _names(portfolio), legs / weeks / LEGS_PER_CALL)
    folder.mkdir(parents=True, exist_ok=True)
    tally = Tally(world, weeks)
    delivery = Delivery(folder=folder, seed=seed, world=world, tally=tally)
    shapes = record_shapes(weeks)
    for week, shape in zip(plan_weeks(world, span, legs), shapes, strict=True):
        delivery.write_week(week, shape)
    queues = QueueFiles(folder=folder, world=world, span=span, sums=tally.queues)
    usage = _write_usage(delivery, span)
    return [*delivery.paths, *queues.write(), *usage, _write_import(delivery, queues)]


def _check(customers: int, legs: int) -> None:
    """Refuse to write calls of nobody, or none."""
    if customers < 1 or legs < 1:
        message = f"customers and legs must be at least 1, not {customers} and {legs}"
        raise ValueError(message)


def _names(portfolio: Portfolio) -> pl.Series:
    """Name the customers as the customer list does."""
    directory = draw_directory(
        stream(portfolio.seed, "directory"),
        portfolio.customers,
        portfolio.organizations,
        portfolio.terms,
        portfolio.span.as_of,
    )
    return directory["name"]


def _write_usage(delivery: Delivery, span: Span) -> Iterator[Path]:
    """Write the usage report of every region for the newest week."""
    for number, region in enumerate(REGIONS):
        rows = usage_rows(delivery.world, delivery.tally.sites, number)
        yield write_file(delivery.folder, regional_usage(region, span.week_endings[-1]), [rows])


def _write_import(delivery: Delivery, queues: QueueFiles) -> Path:
    """Write down whose the files are and of when, where they do not say it themselves."""
    ending = queues.span.week_endings[-1]
    files = [(regional_usage(region, ending), f'region = "{region}"') for region in REGIONS]
    if queues.lone != NOBODY:
        owner = delivery.world.organizations[queues.lone]
        files.append((lone_queues(ending), f'organization_id = "{owner}"'))
    last = queues.span.last_week
    period = f'from = "{last - timedelta(days=6)}"\nto = "{last}"\n'
    entries = (f'[[file]]\npath = "{shape.name}"\n{owner}\n{period}' for shape, owner in files)
    path = delivery.folder / "import.toml"
    path.write_bytes("\n".join(entries).encode())
    return path
