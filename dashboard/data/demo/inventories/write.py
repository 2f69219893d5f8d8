"""Writes the inventories of an invented portfolio into a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.data.demo.calling.users import TYPE_SHARES
from dashboard.data.demo.calling.world import CALLS_EACH, draw_world
from dashboard.data.demo.directory import draw_directory
from dashboard.data.demo.draws import stream
from dashboard.data.demo.files import Shape, write_file
from dashboard.data.demo.inventories import devices, numbers
from dashboard.data.demo.inventories.people import people_of
from dashboard.data.demo.oddities import BLANK, STRANGER
from dashboard.data.demo.portfolio import NEWEST_WEEK, draw_portfolio
from dashboard.data.demo.span import Span

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

WEEKS = 10
ROWS_PER_USER = 1 + TYPE_SHARES[0]  # an extension each, and for people a number

DEVICES = Shape(
    name="webex_devices.csv", header=devices.HEADER, encoding="utf-8-sig", terminator="\r\n"
)
NUMBERS = Shape(name="webex_phone_numbers.csv.gz", header=numbers.HEADER, container="gzip")
# A device that does not say whose it is, and a number of an organization nobody knows.
NOBODYS_DEVICE = ("", "", "", "", "", "DP-9851", "0200DEADBEEF", "", "", "", "", "")
STRANGERS_NUMBER = ("", "", STRANGER, "", "", "", "+12025550100", *[""] * 2, "True", *[""] * 4)


def write_inventories(
    folder: Path,
    *,
    customers: int = 400,
    numbered: int = 6_000,
    last_week: date = NEWEST_WEEK,
    seed: int = 2026,
) -> list[Path]:
    """Write devices, and about `numbered` rows of phone numbers; return their paths.

    The customers and their sites are those of `write_portfolio` and `write_calls` from the same
    seed. The same arguments give the same bytes.
    """
    if customers < 1 or numbered < 1:
        message = f"customers and numbers must be at least 1, not {customers} and {numbered}"
        raise ValueError(message)
    portfolio = draw_portfolio(customers, Span(last_week=last_week, weeks=WEEKS), seed)
    directory = draw_directory(
        stream(seed, "directory"),
        portfolio.customers,
        portfolio.organizations,
        portfolio.terms,
        portfolio.span.as_of,
    )
    world = draw_world(portfolio, directory["name"], numbered / ROWS_PER_USER * CALLS_EACH)
    people = people_of(world, directory)
    folder.mkdir(parents=True, exist_ok=True)
    owned = devices.device_rows(stream(seed, "devices"), people)
    rows = numbers.number_rows(stream(seed, "numbers"), people, world.region)
    return [
        write_file(folder, DEVICES, [owned, NOBODYS_DEVICE]),
        write_file(folder, NUMBERS, [rows, BLANK, STRANGERS_NUMBER]),
    ]
