"""Reasons: the numbers behind a status of one customer, of which a sentence can be made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dashboard.metrics.statuses import FLAGS, STATUSES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a status is set: which terms are behind it, and since when where the exports tell.

    `subscriptions` are no trials. `licenses` are all of those terms, `excess` those beyond the
    limit; `ends` is the first end of the terms. `sign_in_days` ago was the last sign-in.
    """

    status: str
    subscriptions: int
    trials: int
    licenses: int
    excess: int
    ends: date | None
    days_left: int | None
    last_sign_in: datetime | None
    sign_in_days: int | None
    since: date | None

    @property
    def terms(self) -> int:
        """How many subscriptions and trials are behind it."""
        return self.subscriptions + self.trials


def reasons(customer: Mapping[str, Any]) -> tuple[Reason, ...]:
    """Return a reason for each status of a customer, most urgent first, and for each flag.

    `customer` is a row with the columns of `dashboard.metrics.statuses.judged`.
    """
    return tuple(_reason(name, customer) for name in (*STATUSES, *FLAGS) if customer[name])


def _reason(status: str, customer: Mapping[str, Any]) -> Reason:
    parts = ("subscriptions", "trials", "licenses", "excess", "ends", "since")
    values = {part: customer[f"{status}.{part}"] for part in parts}
    as_of, ends, sign_in = customer["as_of"], values["ends"], customer["last_admin_sign_in"]
    return Reason(
        status=status,
        days_left=(ends - as_of).days if ends and as_of else None,
        last_sign_in=sign_in,
        sign_in_days=(as_of - sign_in.date()).days if sign_in and as_of else None,
        **values,
    )
