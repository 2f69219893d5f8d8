"""Who has devices and numbers: the users of Webex Calling as an inventory names them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from dashboard.data.demo.calling.users import PERSON

if TYPE_CHECKING:
    from dashboard.data.demo.calling.users import Users
    from dashboard.data.demo.calling.world import World

WHOLESALE_EVERY = 3  # of this many customers one was made as a wholesale customer


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """The users, and what both inventories say of each of them."""

    users: Users
    rows: pl.DataFrame


def people_of(world: World, directory: pl.DataFrame) -> People:
    """Name the organization, location and address of every user."""
    users, sites = world.users, world.sites
    customer = users.customer
    wholesale = pl.Series(customer % WHOLESALE_EVERY == 0)
    person = pl.Series(users.type == PERSON)
    rows = pl.DataFrame(
        {
            "External ID": directory["external"].gather(customer),
            "Customer": world.names.gather(customer),
            "Customer Org ID": world.organizations.gather(customer),
            "Location ID": sites.ids.gather(users.site),
            "Location Name": sites.name.gather(users.site),
            "Country": directory["country"].gather(customer),
            "Extension": users.extension,
            "User ID": _addresses(users),
            "User UUID": users.ids,
        }
    )
    return People(
        users=users,
        rows=rows.with_columns(
            pl.when(wholesale).then("External ID").alias("External ID"),
            pl.when(person).then("User ID").alias("User ID"),
        ),
    )


def _addresses(users: Users) -> pl.Series:
    """Give everyone an address at a domain that cannot exist; the extension makes it unique."""
    local = users.name.str.to_lowercase().str.replace_all(r"[^\p{L}]+", ".")
    domain = pl.Series(np.char.add("@customer-", users.customer.astype(str)))
    return local + "." + users.extension + domain + ".example"
