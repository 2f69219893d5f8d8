"""Random vendor-shaped exports of customers, subscriptions and licenses, full of edge cases."""

import csv
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random

import portfolio_noise as noise
from portfolio_dates import DAY, SUNDAYS, WEEK, assigned_of, end_date, seats, start_date, used_of

Cells = dict[str, str]
Snapshot = tuple[date, tuple[int, int, int]]

CALLING, MEETINGS = "Webex Calling", "Webex Meetings"
REGIONS = ["US", "CA", "EU", "UAE"]
NAMES = ["NA", "-", "null", "ТОВ «Зв'язок»", 'Acme, "Ltd"', "Twin", "Twin", "Two\nLines", "=1+1"]
EXTRAS = ["Call on Webex", "Webex Messaging", "Real-Time Translations"]
SIGN_INS = [29, 30, 31, 0, 400]  # days before the date of the portfolio
NO_NUMBER = ["", "NA", "na", "N/A", "null", "-"]


@dataclass(frozen=True)
class Owner:
    """A customer to be written."""

    organization: str
    region: str
    products: list[str]
    anchor: bool


@dataclass(frozen=True)
class Term:
    """A subscription to be written."""

    subscription: str
    start: date
    end: date


@dataclass
class Plan:
    """What one seed decides, and the rows written so far."""

    rng: Random
    as_of: date
    weeks: list[date]
    regions: list[str]
    products: list[str]
    missing: dict[str, set[date]]
    one_band: bool
    delivers_3_months: bool
    customers: list[Cells] = field(default_factory=list)
    subscriptions: list[Cells] = field(default_factory=list)
    licenses: list[Cells] = field(default_factory=list)

    @property
    def anchors(self) -> int:
        """The first customer of each region: complete, never moved, so each region has data."""
        return len(self.regions)


def write_random(folder: Path, seed: int, customers: int = 40) -> None:
    """The three exports of a portfolio of about that many customers (or 3 times, or few)."""
    rng = Random(seed)
    plan = make_plan(rng, seed)
    size = max(plan.anchors, [customers, customers // 6, 3 * customers, customers // 2][seed % 4])
    for number in range(size):
        add_customer(plan, number)
    if seed % 3 == 0:
        add_quartile_cluster(plan)
    noise.add_all(plan)
    folder.mkdir(parents=True, exist_ok=True)
    write_files(plan, folder)


def make_plan(rng: Random, seed: int) -> Plan:
    as_of = SUNDAYS[seed % len(SUNDAYS)]
    count = [9, 15, 2, 30, 14, 1, 20][seed % 7]
    weeks = [as_of - DAY - back * WEEK for back in reversed(range(count))]
    regions = rng.sample(REGIONS, rng.choice([1, 2, 2, 3, 4]))
    if seed % 4 == 2:
        regions = regions[:1]
    return Plan(
        rng=rng,
        as_of=as_of,
        weeks=weeks,
        regions=regions,
        products=rng.choice([[CALLING, MEETINGS]] * 4 + [[CALLING], [MEETINGS]]),
        missing=missing_weeks(rng, weeks, regions),
        one_band=seed % 4 == 0,
        delivers_3_months=rng.random() < 0.7,
    )


def missing_weeks(rng: Random, weeks: list[date], regions: list[str]) -> dict[str, set[date]]:
    """Weeks nobody has, and weeks (even the last) that a whole region but the first lacks."""
    missing: dict[str, set[date]] = {region: set() for region in regions}
    if len(weeks) < 5:
        return missing
    everywhere = {week for week in weeks[1:-1] if rng.random() < 0.08}
    if rng.random() < 0.3:
        everywhere.add(weeks[-2])
    for number, region in enumerate(regions):
        own = {week for week in weeks[1:-1] if rng.random() < 0.05}
        if number and rng.random() < 0.25:
            own.add(weeks[-1])
        missing[region] = everywhere | own
    return missing


def add_customer(plan: Plan, number: int) -> None:
    rng = plan.rng
    anchor = number < plan.anchors
    region = plan.regions[number] if anchor else rng.choice(plan.regions)
    organization = f"{rng.getrandbits(32):08x}-0000-4000-8000-{number:012d}"
    kind = 9 if anchor else rng.randrange(14)
    products = plan.products
    if kind == 0:
        products = [rng.choice(EXTRAS)]
    elif kind == 1:
        products = [*products, "Call on Webex"]
    elif kind <= 3:
        products = [rng.choice(products)]
    owner = Owner(organization, region, products, anchor)
    add_customer_row(plan, owner, f"Customer {number:03d}")
    for _ in range(1 if anchor or plan.one_band else rng.choice([1, 1, 1, 2, 3])):
        add_subscription(plan, owner)


def add_customer_row(plan: Plan, owner: Owner, name: str) -> None:
    rng = plan.rng
    ago = SIGN_INS[len(plan.customers) % len(SIGN_INS)]
    plan.customers.append(
        {
            "Customer Name": rng.choice(NAMES) if rng.random() < 0.15 else name,
            "Organization ID": owner.organization,
            "Region": owner.region,
            "Relationship": rng.choice(["External", "Own"]),
            "Country": rng.choice(["NA", "UA", "US", ""]),
            "External ID": rng.choice([*NO_NUMBER, "X-17"]),
            "Products": ";".join(owner.products),
            "Created": rng.choice(["", "2023-01-31", "2023-01-31T08:00:00Z"]),
            "Last Admin Sign-In": rng.choice(["", "-", f"{plan.as_of - ago * DAY} 23:59:59"]),
        }
    )


def add_subscription(plan: Plan, owner: Owner) -> None:
    rng = plan.rng
    start = start_date(rng, plan.as_of)
    if plan.one_band and rng.random() < 0.7:
        start = plan.as_of - rng.randint(420, 900) * DAY
    end = end_date(rng, plan.as_of, start)
    if owner.anchor:
        start, end = plan.as_of - 500 * DAY, plan.as_of + 80 * DAY
    term = Term(f"Sub{100000 + len(plan.subscriptions)}", start, end)
    add_subscription_row(plan, owner, term)
    for product in owner.products:
        if owner.anchor or rng.random() < 0.9:
            add_weeks(plan, owner, term, product)


def add_subscription_row(plan: Plan, owner: Owner, term: Term) -> None:
    rng = plan.rng
    midnight = rng.choice(["T00:00:00Z", " 00:00:00"]) if rng.random() < 0.04 else ""
    plan.subscriptions.append(
        {
            "Organization ID": owner.organization,
            "Subscription ID": term.subscription,
            "Type": "Trial" if rng.random() < 0.25 else "Subscription",
            "Start Date": f"{term.start}{midnight}",
            "End Date": f"{term.end}{midnight}",
            "Auto Renew": rng.choice(["Yes", "No"]),
            "Setup Status": rng.choice(["Complete", "Pending", ""]),
            "Payment Status": rng.choice(["Paid", "Unpaid", "na"]),
            "Invoice": rng.choice(["", "INV-1"]),
        }
    )


def add_weeks(plan: Plan, owner: Owner, term: Term, product: str) -> None:
    """The line's snapshots: with holes, some of them outside the subscription's term."""
    rng = plan.rng
    total = rng.randint(100, 499) if plan.one_band and rng.random() < 0.8 else seats(rng)
    assigned = assigned_of(rng, total)
    for week in weeks_of_line(plan, owner, term):
        assigned = assigned_of(rng, total) if rng.random() < 0.2 else assigned
        counts = (total, assigned, used_of(rng, assigned))
        plan.licenses.append(license_row(plan, product, (owner, term), (week, counts)))


def weeks_of_line(plan: Plan, owner: Owner, term: Term) -> list[date]:
    """The weeks the region has; but for anchors perhaps with holes, in term only, or no last."""
    rng = plan.rng
    weeks = [week for week in plan.weeks if week not in plan.missing[owner.region]]
    if owner.anchor:
        return weeks
    holes = rng.choice([0.0, 0.0, 0.1, 0.4])
    weeks = [week for week in weeks if rng.random() >= holes]
    if rng.random() < 0.3:
        weeks = [week for week in weeks if term.start <= week <= term.end]
    if rng.random() < 0.08:
        weeks = [week for week in weeks if week != plan.weeks[-1]]
    return weeks


def license_row(plan: Plan, product: str, line: tuple[Owner, Term], snapshot: Snapshot) -> Cells:
    rng = plan.rng
    owner, term = line
    week, (total, assigned, used) = snapshot
    row = {
        "Week Ending": week.isoformat(),
        "Organization ID": owner.organization,
        "Subscription ID": term.subscription,
        "Product": product,
        "Total Licenses": str(total),
        "Assigned Licenses": str(assigned),
        "Used Licenses": str(used),
    }
    if plan.delivers_3_months:
        delivered = rng.random() < 0.6
        last_3_months = str(used + rng.randint(0, 20)) if delivered else rng.choice(NO_NUMBER)
        row["Used Licenses Last 3 Months"] = last_3_months
    return row


def add_quartile_cluster(plan: Plan) -> None:
    """A region of 9 peers of which one lies exactly 0.05 below the quartile, one nearly."""
    region = next((region for region in REGIONS if region not in plan.regions), None)
    if region is None:
        return
    rng = plan.rng
    quartile = 20 * rng.randint(6, 17)
    shares = [quartile - 20, quartile - 19, quartile] + [quartile + 2 * n for n in range(1, 7)]
    for number, of_400 in enumerate(shares):
        owner = Owner(f"cluster-{number}", region, plan.products, anchor=True)
        term = Term(f"SubC{number}", plan.as_of - 600 * DAY, plan.as_of + 400 * DAY)
        add_customer_row(plan, owner, f"Peer {number}")
        add_subscription_row(plan, owner, term)
        for week in plan.weeks[-3:]:
            for product in plan.products:
                snapshot = (week, (400, of_400, of_400 // 2))
                plan.licenses.append(license_row(plan, product, (owner, term), snapshot))


def write_files(plan: Plan, folder: Path) -> None:
    """One file each, or the licenses in two of which the second corrects the first."""
    rng = plan.rng
    write_csv(rng, folder / "customers.csv", plan.customers)
    write_csv(rng, folder / "subscriptions.csv", plan.subscriptions)
    if rng.random() < 0.5:
        write_csv(rng, folder / "licenses.csv", plan.licenses)
        return
    cut = rng.randrange(1, len(plan.licenses))
    write_csv(rng, folder / "licenses_1.csv", plan.licenses[:cut])
    write_csv(rng, folder / "licenses_2.csv", plan.licenses[cut:])


def write_csv(rng: Random, path: Path, rows: list[Cells]) -> None:
    """Columns in any order and spelling, blank lines, a repeated header, broken rows."""
    names = list(rows[0])
    rng.shuffle(names)
    spell = rng.choice([str, str.lower, str.upper, lambda name: name.replace(" ", "_")])
    header = [spell(name) for name in names]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        for row in rows:
            cells = [row[name] for name in names]
            writer.writerow(cells)
            if rng.random() < 0.01:
                writer.writerow(rng.choice([[], header, cells[:-1], [*cells, "one too many"]]))
