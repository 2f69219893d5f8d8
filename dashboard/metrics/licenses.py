"""License metrics: what was bought, assigned, used, left over and exceeded."""

import polars as pl

from dashboard.metrics.metric import Metric, Unit

_total, _assigned, _used = pl.col("total"), pl.col("assigned"), pl.col("used")
_overage = (_assigned - _total).clip(lower_bound=0)
AVAILABLE_PER_LINE = (_total - _assigned).clip(lower_bound=0)

CUSTOMERS = Metric(
    name="total_customers",
    label="Total customers",
    definition=(
        "Customers with at least one active Webex Calling or Webex Meetings subscription or "
        "trial; messaging-only customers do not count."
    ),
    expr=pl.col("customer_id").n_unique(),
)
TOTAL = Metric(
    name="total",
    label="Total",
    definition="Licenses bought, over all active subscriptions and trials.",
    expr=_total.sum(),
)
ASSIGNED = Metric(
    name="assigned",
    label="Assigned",
    definition="Licenses given to users or workspaces.",
    expr=_assigned.sum(),
)
USED = Metric(
    name="used",
    label="Used",
    definition="Licenses active in the last seven days: people joined meetings or made calls.",
    expr=_used.sum(),
)
AVAILABLE = Metric(
    name="available",
    label="Available",
    definition="Licenses bought and not assigned, per subscription and never below zero.",
    expr=AVAILABLE_PER_LINE.sum(),
)
ASSIGNMENT = Metric(
    name="license_assignment",
    label="License assignment",
    definition="Assigned licenses ÷ total licenses, a ratio of sums.",
    expr=_assigned.sum(),
    per=_total.sum(),
    sum_label="assigned",
    per_label="total",
    unit=Unit.PERCENT,
    higher_is_better=True,
)
USAGE = Metric(
    name="license_usage",
    label="License usage",
    definition="Licenses used in the last seven days ÷ total licenses, a ratio of sums.",
    expr=_used.sum(),
    per=_total.sum(),
    sum_label="used",
    per_label="total",
    unit=Unit.PERCENT,
    higher_is_better=True,
)
USAGE_OF_ASSIGNED = Metric(
    name="license_usage_of_assigned",
    label="License usage of assigned",
    definition="Licenses used in the last seven days ÷ assigned licenses, a ratio of sums.",
    expr=_used.sum(),
    per=_assigned.sum(),
    sum_label="used",
    per_label="assigned",
    unit=Unit.PERCENT,
    higher_is_better=True,
    rule="G-4",
    also=USAGE,
)
UNASSIGNED = Metric(
    name="total_unassigned_licenses",
    label="Total unassigned licenses",
    definition="Licenses bought and not assigned, per subscription and never below zero.",
    expr=AVAILABLE_PER_LINE.sum(),
    higher_is_better=False,
)
OVERAGE = Metric(
    name="total_license_overage",
    label="Total license overage",
    definition=(
        "Licenses assigned beyond what was bought, per subscription and product; spare licenses "
        "elsewhere never offset it."
    ),
    expr=_overage.sum(),
    higher_is_better=False,
    rule="G-9",
)
AVERAGE_OVERAGE = Metric(
    name="average_license_overage",
    label="Average license overage",
    definition="Total license overage ÷ customers with overage.",
    expr=_overage.sum(),
    per=pl.col("customer_id").n_unique(),
    sum_label="licenses over the limit",
    per_label="customers with overage",
    unit=Unit.NUMBER,
    higher_is_better=False,
    rule="G-5",
)
