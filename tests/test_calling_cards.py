"""What the calling pages show: their weeks, their rule, their way back from Meetings."""

import json

import pytest
from apps import Serving
from asking import ask, parts, texts, words
from factories import fact, line, table, view, weeks_ago
from signing_in import signed_in

from dashboard.components.columns import column_defs
from dashboard.components.table import table_rows
from dashboard.data.quality import Poor, QualityRule
from dashboard.i18n import Language
from dashboard.metrics.metric import Unit
from dashboard.metrics.rules import Rules
from dashboard.metrics.words import written
from dashboard.sections import SECTIONS
from dashboard.wording.rule import quality_rule

ENGLISH = Language("en")
PATHS = ["/calling/usage", "/calling/quality", "/calling/queues"]
PERIOD = "Nov 8, 2026 – Nov 14, 2026 UTC"
HEADED = ["call_usage", "call_quality", "feature_usage", "queue"]


@pytest.fixture
def client(monkeypatch, tmp_path):
    serving = Serving(monkeypatch, tmp_path)
    facts = [fact(name) for name in ("call_facts", "quality_facts", "user_facts")]
    facts += [fact("feature_facts"), fact("queue_facts", calls=20, answered=14, abandoned=6)]
    facts += [fact("queue_facts", week_ending=weeks_ago(1), wait_answered_s=80.0 * 95)]
    serving.publish(line(), line(week_ending=weeks_ago(1)), *facts)
    return signed_in(serving.app())


def everything(client, **choices):
    found = {}
    for path in PATHS:
        found |= parts(ask(client, path=path, **choices))
    return found


def test_each_section_says_its_week(client):  # W-146, W-150, W-156, W-162, W-165
    found = everything(client)
    assert [found[name, "period"]["children"] for name in HEADED] == [PERIOD] * 4


def test_meetings_is_told_that_these_numbers_are_about_calling(client):
    for path in PATHS:
        answer = ask(client, path=path, product="meetings")
        (note,) = [props for (_, name), props in parts(answer).items() if name == "product"]
        assert "Calling engagement is about Webex Calling" in words(note["children"])
        assert f'"href": "{path}"' in json.dumps(note)
        (silent,) = [
            p for (_, name), p in parts(ask(client, path=path)).items() if name == "product"
        ]
        assert silent["children"] is None


def test_the_switch_keeps_the_other_choices(client):
    answer = ask(client, path="/calling/queues", product="meetings", as_of="2026-11-14")
    note = parts(answer)["queue", "product"]
    assert '"href": "/calling/queues?as_of=2026-11-14"' in json.dumps(note)


def test_the_caption_names_calling_whatever_the_toggle_says(client):
    found = everything(client, product="meetings")
    assert found["call_usage", "caption"]["children"].startswith("Calling · United States")


def test_the_rule_in_force_stands_under_everything_about_quality(client):  # W-157
    found = everything(client)
    for name, part in (
        ("call_quality", "caption"),
        ("call_quality", "chart-caption"),
        ("call_quality_by_endpoint", "chart-caption"),
    ):
        assert found[name, part]["children"].endswith(
            "Poor: any measurement above its limit (jitter 150 ms, latency 400 ms, packet loss "
            "5%) (G-8)."
        )


def test_other_limits_are_printed_as_they_are():
    rule = QualityRule(poor=Poor.ALL, jitter=30.0, packet_loss=2.5)
    assert quality_rule(rule, ENGLISH) == (
        "Poor: all measurements of audio and video above their limits (jitter 30 ms, latency 400 "
        "ms, packet loss 2.5%) (G-8)."
    )
    poor = next(c for c in SECTIONS["call_quality"].table if c.name == "poor_legs")
    assert "jitter above 30 ms" in poor.definition.format(**Rules(quality=rule).as_words())


def test_a_chart_describes_itself_by_its_finding(client):  # C-20
    shell = ask(client, path="/calling/quality").text
    assert '"aria-describedby":"finding-call_quality_by_endpoint"' in shell.replace(" ", "")


def test_waits_read_in_minutes_and_seconds(client):  # W-167, W-168
    found = everything(client)
    said = texts(found["queue", "average_answer_time"]["children"])
    assert "57 s" in said
    assert "−38 s against last week" in said
    assert [written(n, Unit.SECONDS, ENGLISH) for n in (0, 59.4, 59.5, 65, 3600)] == [
        "0 s", "59 s", "1 min 00 s", "1 min 05 s", "60 min 00 s",
    ]  # fmt: skip


def test_a_rate_of_few_events_says_its_count_first(client):  # W-169, SPEC §5
    said = texts(everything(client)["queue", "abandonment_rate"]["children"])
    assert said.index("6 of 20") < said.index("30.0%, of fewer than 30 events")


def test_a_definition_counts_the_queues_behind_a_number(client):
    card = everything(client)["queue", "average_answer_time"]
    assert "57 s = 800 seconds waited ÷ 14 answered calls. 1 call queue, Calling" in words(
        card["children"]
    )


def test_high_abandonment_is_marked_and_few_calls_are_not():  # W-170
    lines = [line(name) for name in ("High", "Usual", "Small")]
    rows = [fact("queue_facts", "High", calls=100, abandoned=60)]
    rows += [fact("queue_facts", "Usual", calls=900, abandoned=60)]
    rows += [fact("queue_facts", "Small", calls=10, abandoned=9)]
    found = table_rows(view("queue", *lines, *rows), ENGLISH, Rules())
    marks = {row["customer"]: row["abandonment_rate_mark"] for row in found}
    assert marks == {"High": "high", "Usual": None, "Small": "few"}


def test_a_falling_customer_carries_its_weeks_to_the_table():  # W-153
    rows = [line(), fact("call_facts", calls=5), fact("call_facts", week_ending=weeks_ago(1))]
    (row,) = table_rows(view("call_usage", *rows), ENGLISH, Rules())
    assert row["weekly_calls"][-2:] == [100, 5]
    assert row["period"] == "Sep 26, 2026 – Nov 14, 2026"
    columns = {c["colId"]: c for c in column_defs(SECTIONS["call_usage"], ENGLISH, Rules())}
    assert columns["weekly_calls_change"]["cellRenderer"] == "Falling"


def test_machines_see_neither_marks_nor_weeks():
    (row,) = table("call_usage", line(), fact("call_facts"))
    assert "weekly_calls" not in row
