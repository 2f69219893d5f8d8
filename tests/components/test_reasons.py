"""Why a status is set, in the words a person reads."""

import pytest
from customer_factories import book, customer, licenses, midday, term
from factories import days

from dashboard.access import EVERYONE
from dashboard.components.reasons import CLEARS, WHY, sentence, status_name
from dashboard.i18n import LANGUAGES, Language
from dashboard.metrics.rules import Rules
from dashboard.metrics.statuses import FLAGS, STATUSES
from dashboard.sections.customer import customer_detail

ENGLISH, UKRAINIAN = Language("en"), Language("uk")


def sentences(*rows, language=ENGLISH):
    found = customer_detail(book(*rows), EVERYONE, "id of Acme")
    return {r.status: sentence(r, language, Rules()) for r in found.statuses}


def test_every_status_and_flag_has_a_sentence():
    assert set(WHY) == set(CLEARS) == {*STATUSES, *FLAGS}


@pytest.mark.parametrize(
    ("status", "rows", "expected"),
    [
        (
            "suspended",
            [term(payment_status="Unpaid"), licenses()],
            (
                "1 active subscription has not been paid for (100 licenses). Clears "
                "once all of it is "
                "paid."
            ),
        ),
        (
            "expired",
            [term(end_date=days(-5)), licenses()],
            (
                "None of its subscriptions and trials is active; the last one ended on "
                "Nov 10, 2026 "
                "(100 licenses). Since Nov 11, 2026. Clears with a new subscription or trial."
            ),
        ),
        (
            "license_overage",
            [term(), licenses(assigned=104)],
            (
                "4 licenses are assigned beyond what was bought (1 subscription). Clears when 4 "
                "licenses are unassigned or bought."
            ),
        ),
        (
            "expiring_soon",
            [term(end_date=days(1)), term(subscription="T", type="Trial", end_date=days(9))],
            (
                "The next end is in 1 day, on Nov 16, 2026, without renewal: 1 "
                "subscription, 1 trial "
                "(0 licenses). Since Nov 2, 2026. Set within 14 days of the end; clears with a "
                "renewal or when auto-renew is switched on."
            ),
        ),
        (
            "ready_for_order_setup",
            [term(setup_status="Pending"), licenses(total=1, assigned=0)],
            "Not yet fully set up: 1 subscription (1 license). Clears once it is set up.",
        ),
        (
            "trial",
            [term(type="Trial"), licenses()],
            (
                "Active: 1 trial (100 licenses); the first end is on Dec 20, 2027. Since Oct 11, "
                "2025. Lasts as long as a trial is active."
            ),
        ),
        (
            "used_over_total",
            [term(), licenses(used=101)],
            (
                "1 license was used in the last seven days beyond what was bought (1 "
                "subscription). "
                "Clears in a week that uses no more than was bought."
            ),
        ),
    ],
)
def test_a_sentence_says_why_and_what_would_clear_it(status, rows, expected):  # C-03
    week = licenses("Other")
    assert sentences(customer(), week, *rows)[status] == expected


def test_no_recent_activity_names_the_last_sign_in():
    rows = [customer(last_admin_sign_in=midday(-31)), licenses("Other")]
    assert sentences(*rows)["no_recent_activity"] == (
        "The last administrator sign-in was 31 days ago, on Oct 15, 2026. Set after 30 days "
        "without a sign-in; clears with the next one."
    )


def test_a_trial_is_extended_and_not_renewed():
    rows = [customer(), term(type="Trial", end_date=days(3)), licenses()]
    assert sentences(*rows)["expiring_soon"].endswith("clears when the trial is extended.")


def test_an_unknown_sign_in_says_which_status_it_keeps_back():
    found = sentences(customer(last_admin_sign_in=None), licenses("Other"))
    assert "“No recent activity” is never set" in found["sign_in_unknown"]


@pytest.mark.parametrize(
    ("assigned", "expected"),
    [(101, "1 ліцензію призначено"), (103, "3 ліцензії призначено"), (105, "5 ліцензій")],
)
def test_ukrainian_takes_the_form_the_number_asks_for(assigned, expected):
    rows = [customer(), term(), licenses(assigned=assigned)]
    assert sentences(*rows, language=UKRAINIAN)["license_overage"].startswith(expected)


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_sentence_leaves_a_placeholder_open(code):
    rows = [
        customer(last_admin_sign_in=midday(-99)),
        term(payment_status="Unpaid", setup_status="Pending", end_date=days(2)),
        term(subscription="T", type="Trial", end_date=days(2)),
        licenses(assigned=200, used=300),
    ]
    found = sentences(*rows, language=Language(code))
    assert len(found) == 8  # every status but Expired, and more used than bought
    assert not any("{" in words or "}" in words for words in found.values())


def test_a_status_unknown_to_us_keeps_its_word():
    assert status_name("Disputed", UKRAINIAN) == "Disputed"
    assert status_name("suspended", UKRAINIAN) == "Призупинено"
