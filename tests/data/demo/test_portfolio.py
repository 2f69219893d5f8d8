"""The invented portfolio, read back by a plain reader and counted anew from the contract."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest
from judging import AS_OF, NEWEST, active, flagged, lines, statuses
from portfolio_files import HEADERS, cells, export_of, folded, load, sorted_rows

from dashboard.data.demo import write_portfolio

if TYPE_CHECKING:
    from pathlib import Path

WEEK = pd.Timedelta(days=7)


@pytest.fixture(scope="module")
def paths(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return write_portfolio(tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="module")
def data(paths: list[Path]) -> dict[str, pd.DataFrame]:
    return load(paths)


def test_the_same_arguments_give_the_same_bytes(paths: list[Path], tmp_path: Path) -> None:
    again = write_portfolio(tmp_path / "made" / "for it")
    assert [path.name for path in again] == [path.name for path in paths]
    assert all(
        one.read_bytes() == other.read_bytes() for one, other in zip(paths, again, strict=True)
    )


def test_the_paths_are_exactly_the_files_of_the_folder(paths: list[Path]) -> None:
    assert sorted(paths) == sorted(paths[0].parent.iterdir())
    assert {export_of(path) for path in paths} == set(HEADERS)


def test_every_header_is_the_contracts_in_some_spelling(paths: list[Path]) -> None:
    for path in paths:
        header, _ = cells(path)
        expected = HEADERS[export_of(path)].split(",")
        header = [name for name in header if name != "Sales Territory"]
        if export_of(path) == "partner_admins":
            assert header[0] == "Ідентифікатор організації"
            header[0] = expected[0]
        assert [folded(name) for name in header] == [folded(name) for name in expected]


def test_the_forms_of_the_files_are_mixed(paths: list[Path]) -> None:
    raw = {path.name: path.read_bytes() for path in paths}
    america = raw["webex_customers_us_ca.csv"]
    assert america.startswith(b"\xef\xbb\xbfCustomer Name,")
    assert america.splitlines()[1].startswith(b'"')
    assert raw["webex_customers_eu.csv"].startswith(b"\xff\xfeC\0")
    assert raw["webex_customers_uae.csv"].count(b"\r\n") > 40
    assert raw["webex_subscriptions_trials"].startswith(b"PK")
    assert raw["webex_licenses_2024-Q4.csv.gz"][4:8] == b"\0\0\0\0"
    assert b'"' not in raw["webex_licenses_2026-Q3.csv"]
    assert raw["webex_partner_admins.tsv"].count(b"\t") > 1000


def test_the_bad_and_the_ignored_rows_are_as_many_as_intended(paths: list[Path]) -> None:
    found = {path.name: sorted_rows(path)[1:] for path in paths}
    assert {name: counts for name, counts in found.items() if counts != (0, 0)} == {
        "webex_customers_us_ca.csv": (2, 0),
        "webex_customers_uae.csv": (1, 0),
        "webex_subscriptions.csv": (4, 0),
        "webex_licenses_2026-11-14.csv": (6, 1),
        "webex_orders.csv": (2, 2),
        "webex_partner_admins.tsv": (1, 1),
    }


def test_every_status_is_carried_by_a_few_customers(data: dict[str, pd.DataFrame]) -> None:
    carried = {name: len(customers) for name, customers in statuses(data).items()}
    assert len(carried) == 8
    assert min(carried.values()) >= 4
    assert max(carried, key=lambda name: carried[name]) == "Subscription"


def test_some_customers_carry_several_urgent_statuses(data: dict[str, pd.DataFrame]) -> None:
    carried = statuses(data)
    plain = carried.pop("Trial") & carried.pop("Subscription")
    urgent = pd.Series([one for each in carried.values() for one in each]).value_counts()
    assert plain
    assert (urgent >= 2).sum() >= 5


def test_low_assigners_are_few_and_in_every_band(data: dict[str, pd.DataFrame]) -> None:
    low = flagged(data)
    share = low["Organization ID"].nunique() / len(data["customers"])
    assert 0.03 <= share <= 0.08
    assert low.groupby("Region")["Organization ID"].nunique().between(2, 15).all()
    assert low["Region"].nunique() == 4
    for region in ("US", "EU"):
        for product in ("Webex Calling", "Webex Meetings"):
            here = low[(low["Region"] == region) & (low["Product"] == product)]
            assert set(here["seats"]) == {0, 1, 2, 3, 4}
            assert set(here["tenure"]) == {0, 1, 2}


def test_the_portfolio_is_taken_up_as_portfolios_are(data: dict[str, pd.DataFrame]) -> None:
    now = lines(data)
    assert 0.70 <= now["Assigned Licenses"].sum() / now["Total Licenses"].sum() <= 0.85
    assert 0.70 <= now["Used Licenses"].sum() / now["Assigned Licenses"].sum() <= 0.82
    over = now["Assigned Licenses"] > now["Total Licenses"]
    assert 0.02 <= over.mean() <= 0.08
    assert ((now["Total Licenses"] == 0) & (now["Assigned Licenses"] > 0)).sum() >= 2
    assert (now["Used Licenses"] > now["Assigned Licenses"]).any()


def test_a_healthy_share_ends_renews_or_began_within_90_days(
    data: dict[str, pd.DataFrame],
) -> None:
    now = active(data["subscriptions"])
    ending = now["End Date"] - AS_OF <= pd.Timedelta(days=90)
    renewing = ending & (now["Auto Renew"] == "Yes")
    recent = AS_OF - now["Start Date"] <= pd.Timedelta(days=90)
    assert 0.05 <= renewing.mean() <= 0.12
    assert 0.05 <= (ending & ~renewing).mean() <= 0.12
    assert 0.05 <= recent.mean() <= 0.25
    assert (now["Type"] == "Trial").any()


def test_customers_live_in_four_regions_and_one_is_our_own(data: dict[str, pd.DataFrame]) -> None:
    customers = data["customers"]
    assert len(customers) == 401
    assert customers["Organization ID"].is_unique
    assert (customers["Relationship"] == "Own").sum() == 1
    shares = customers["Region"].value_counts(normalize=True)
    assert shares.round(2).to_dict() == {"US": 0.4, "EU": 0.33, "CA": 0.15, "UAE": 0.12}
    assert customers["Last Admin Sign-In"].isin(["", "NA", "na"]).any()
    assert (customers["Products"] == "Webex Messaging").any()


def test_one_organization_with_licenses_is_on_no_customer_list(
    data: dict[str, pd.DataFrame],
) -> None:
    known = set(data["customers"]["Organization ID"])
    strangers = [set(data[name]["Organization ID"]) - known for name in data if name != "orders"]
    assert strangers[1] == strangers[2]
    assert [len(each) for each in strangers] == [0, 1, 1, 0]


def test_subscriptions_are_one_to_four_per_customer(data: dict[str, pd.DataFrame]) -> None:
    known = data["subscriptions"].merge(data["customers"], on="Organization ID")
    counts = known["Organization ID"].value_counts()
    assert len(counts) == 401
    assert set(counts) == {1, 2, 3, 4}
    assert known["Subscription ID"].str.fullmatch(r"Sub\d{7}").all()
    assert known["Subscription ID"].is_unique


def test_licenses_exist_only_while_their_subscription_runs(data: dict[str, pd.DataFrame]) -> None:
    rows = data["licenses"].merge(data["subscriptions"], on="Subscription ID")
    assert len(rows) == len(data["licenses"])
    assert (rows["Organization ID_x"] == rows["Organization ID_y"]).all()
    assert (rows["Start Date"] <= rows["Week Ending"]).all()
    assert (rows["Week Ending"] <= rows["End Date"]).all()
    key = ["Week Ending", "Subscription ID", "Product"]
    assert not data["licenses"].duplicated(key).any()
    assert data["licenses"]["Week Ending"].nunique() == 104


def test_use_grows_over_the_years_and_dips_at_the_turn_of_the_year(
    data: dict[str, pd.DataFrame],
) -> None:
    licenses = data["licenses"].merge(data["customers"], on="Organization ID")
    licenses = licenses[licenses["Region"] == "US"]
    used = licenses.groupby("Week Ending")["Used Licenses"].sum()
    assigned = licenses.groupby("Week Ending")["Assigned Licenses"].sum()
    assert used.iloc[-1] > used.iloc[51] > used.iloc[0]
    share = used / assigned
    assert share["2026-01-03"] < share["2025-11-15"] - 0.1
    assert share["2026-08-01"] < share["2026-06-06"] - 0.03


def test_one_region_misses_a_week_and_some_customers_do(data: dict[str, pd.DataFrame]) -> None:
    licenses = data["licenses"].merge(data["customers"], on="Organization ID")
    weeks = pd.date_range(NEWEST - 25 * WEEK, NEWEST, freq="7D")
    lately = licenses[licenses["Week Ending"].isin(weeks)]
    present = lately.groupby("Region")["Week Ending"].nunique()
    assert present.to_dict() == {"CA": 25, "EU": 26, "UAE": 26, "US": 26}
    others = licenses[licenses["Region"] != "CA"]
    every = others.groupby(["Subscription ID", "Product"])["Week Ending"]
    expected = (every.max() - every.min()) / WEEK + 1
    assert 3 <= (every.size() < expected).sum() <= 40
    running = active(data["subscriptions"])
    for week in (NEWEST, NEWEST - WEEK):
        present = set(licenses.loc[licenses["Week Ending"] == week, "Subscription ID"])
        due = running[running["Start Date"] <= week].merge(data["customers"], on="Organization ID")
        assert set(due["Subscription ID"]) <= present


def test_use_of_three_months_covers_the_weeks_and_is_sometimes_unsaid(
    data: dict[str, pd.DataFrame],
) -> None:
    licenses = data["licenses"].sort_values("Week Ending")
    lately = licenses["Used Licenses Last 3 Months"]
    assert 0.05 <= lately.isna().mean() <= 0.25
    said = licenses[lately.notna()]
    assert (said["Used Licenses Last 3 Months"] >= said["Used Licenses"]).all()


def test_values_nobody_documents_are_on_few_rows(data: dict[str, pd.DataFrame]) -> None:
    subscriptions = data["subscriptions"]
    assert (subscriptions["Type"] == "Enterprise Agreement").sum() == 2
    assert (subscriptions["Payment Status"] == "Disputed").sum() == 2
    assert (subscriptions["Setup Status"] == "In Review").sum() == 2
    products = active(subscriptions).merge(data["licenses"].query("`Week Ending` == @NEWEST"))
    counted = products["Product"].value_counts()
    assert 1 <= counted["Webex Field Radio"] <= 6
    assert counted["Call on Webex"] >= 3
    assert {"Webex Messaging", "Real-Time Translations"} <= set(counted.index)


def test_orders_tell_the_history_of_every_line(data: dict[str, pd.DataFrame]) -> None:
    orders = data["orders"]
    assert orders["Order ID"].is_unique
    assert set(orders["Order Type"]) == {"New", "Add-on", "Renewal"}
    assert (pd.to_datetime(orders["Order Date"]) <= AS_OF).all()
    known = data["subscriptions"].merge(data["customers"], on="Organization ID")
    assert set(orders["Subscription ID"]) == set(known["Subscription ID"])


def test_each_customer_has_one_to_four_administrators(data: dict[str, pd.DataFrame]) -> None:
    admins = data["partner_admins"]
    assert set(admins["Organization ID"].value_counts()) == {1, 2, 3, 4}
    assert admins["Organization ID"].nunique() == 401
    assert not admins.duplicated(["Organization ID", "Email"]).any()
    assert admins["Email"].str.fullmatch(r"[a-z.]+@[a-z]+\.example").all()
    assert "Partner full administrator" in set(admins["Role"])


def test_hostile_names_are_there_and_harmless(data: dict[str, pd.DataFrame]) -> None:
    names = data["customers"]["Customer Name"]
    for hostile in (
        '=HYPERLINK("http://example.invalid","x")',
        "<script>alert(1)</script> Ltd",
        "Robert'); DROP TABLE--",
        "Two Lines\nand Sons",
        "NA",
        "null",
        "+1 Telecom",
        "-5 Degrees",
        "@home GmbH",
        "Ω",
    ):
        assert (names == hostile).sum() == 1, hostile
    assert names.str.len().max() == 200
    assert names.str.contains("\u202e").any()
    assert names.duplicated().sum() == 1
    links = names.str.findall(r"https?://[^\"]+").explode().dropna()
    assert links.str.fullmatch(r"http://example\.invalid").all()
