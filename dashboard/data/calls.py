"""Calls and logs in the making: their tables as they will be, and whose facts to compute anew."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import narwhals as nw
import polars as pl

from dashboard.data import merging
from dashboard.data.arrivals import CUSTOMER_WEEK, affected, customer_weeks
from dashboard.data.call_datasets import CALL_LEGS, EVENTS, LEG_QUALITY
from dashboard.data.facts import SOURCES, Anew, refresh
from dashboard.data.partitions import Arrival, newest
from dashboard.data.presence import MOMENTS
from dashboard.data.tables import REGION

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dashboard.data.datasets import Dataset
    from dashboard.data.facts import RollUp
    from dashboard.data.place import Place
    from dashboard.data.portfolio import Portfolio
    from dashboard.data.release import Table
    from dashboard.data.store import Store


@dataclass(kw_only=True)
class Calls:
    """What arrives at the tables of calls and logs; the stored rows stay where they are."""

    store: Store | None
    how: RollUp
    incoming: dict[str, pl.DataFrame] = field(default_factory=dict)

    def add(self, dataset: Dataset, parts: Sequence[pl.DataFrame]) -> None:
        """Take in the rows of one dataset, file by file in the order of import."""
        nothing = pl.DataFrame(schema={**dataset.columns, REGION: pl.String})
        self.incoming[dataset.name] = newest(dataset, [nothing, *parts])

    @property
    def rule_changed(self) -> bool:
        """Tell whether poor legs were counted by another rule than the one in force."""
        release = self.store.release if self.store else None
        counted = release is not None and LEG_QUALITY.name in release.tables
        return counted and release.quality_rule != self.how.rule.as_json()  # type: ignore[union-attr]

    def commit(
        self, place: Place, current: Mapping[str, Table], portfolio: Portfolio
    ) -> dict[str, Table]:
        """Write the partitions that changed and the facts of the customer-weeks concerned."""
        written, anew = dict(current), []
        regions = portfolio.owners(CALL_LEGS)
        moved = merging.moved(merging.regions_by_owner(portfolio.before, CALL_LEGS), regions)
        for dataset in EVENTS.values():
            rows = self.incoming[dataset.name]
            arrival = Arrival(dataset=dataset, rows=rows, regions=regions, moved=moved)
            table = arrival.merge(place, current.get(dataset.name))
            if table:
                written[dataset.name] = table
            whole = dataset is LEG_QUALITY and self.rule_changed
            if dataset.name in SOURCES and (table or whole):
                weeks = self._concerned(arrival) if table else None
                anew.append(Anew(dataset=dataset, weeks=None if whole else weeks))
        return refresh(place, written, anew, self.how)

    def _concerned(self, arrival: Arrival) -> pl.DataFrame | None:
        """Return the customer-weeks whose facts may change; None: all there are."""
        dataset, store = arrival.dataset, self.store
        if store is None or dataset.name not in store.release.tables:
            return None
        stored, moment = store.scan(dataset), MOMENTS[dataset.name]
        arriving = nw.from_native(arrival.rows.lazy())
        found = [customer_weeks(nw.from_native(arrival.away(stored)), moment)]
        if dataset is CALL_LEGS:
            found.append(affected(nw.from_native(stored), arriving))
        else:
            found.append(customer_weeks(arriving, moment))
        weeks = nw.concat([weeks.select(*CUSTOMER_WEEK) for weeks in found])
        return weeks.unique(list(CUSTOMER_WEEK)).to_native().collect(engine="streaming")
