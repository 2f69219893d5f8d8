"""Sign-ins: a cookie opens something as long as it may, and nothing once it was ended (T-10)."""

from datetime import UTC, datetime, timedelta

import pytest
from signing_in import add_somebody
from sqlalchemy import select

from dashboard.state import sign_ins
from dashboard.state.models import SignIn, User
from dashboard.state.users import hashed

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
PATIENCE = sign_ins.Patience(idle=timedelta(minutes=30), absolute=timedelta(hours=12))


@pytest.fixture
def user_id(database):
    return add_somebody(database, "full_admin", password="correct horse battery")


def begin(database, user_id, now=NOW):
    with database.begin() as session:
        return sign_ins.begin(session, user_id, now, PATIENCE)


def opens(database, cookie, now=NOW):
    """Tell whether a cookie is somebody's at an instant, and note that it was seen."""
    with database.begin() as session:
        found = sign_ins.resume(session, cookie, now, PATIENCE)
        if found and sign_ins.is_due(found, now):
            sign_ins.note(session, found, now)
        return found is not None


def test_a_cookie_is_256_random_bits_and_only_its_hash_is_stored(database, user_id):
    cookies = {begin(database, user_id) for _ in range(20)}
    with database.read() as session:
        stored = set(session.scalars(select(SignIn.id_hash)))
    assert len(cookies) == len(stored) == 20
    assert {len(cookie) for cookie in cookies} == {43}  # 32 bytes in base64
    assert not cookies & stored
    assert not [c for c in stored if opens(database, c)]  # a stolen table opens nothing


def test_a_sign_in_that_was_ended_stays_ended(database, user_id):
    mine, other = begin(database, user_id), begin(database, user_id)
    with database.begin() as session:
        sign_ins.end(session, mine)
    assert not opens(database, mine)
    assert opens(database, other)


@pytest.mark.parametrize(("minutes", "lasts"), [(29, True), (30, False), (31, False)])
def test_a_sign_in_ends_after_30_minutes_unused(database, user_id, minutes, lasts):
    cookie = begin(database, user_id)
    assert opens(database, cookie, NOW + timedelta(minutes=minutes)) is lasts


@pytest.mark.parametrize(("minutes", "lasts"), [(719, True), (720, False)])
def test_a_sign_in_ends_after_12_hours_whatever_it_is_used_for(database, user_id, minutes, lasts):
    cookie = begin(database, user_id)
    for used in range(20, minutes, 20):
        assert opens(database, cookie, NOW + timedelta(minutes=used))
    assert opens(database, cookie, NOW + timedelta(minutes=minutes)) is lasts


def test_being_seen_is_written_once_a_minute(database, user_id):
    cookie = begin(database, user_id)
    for seconds in (0, 30, 59):
        opens(database, cookie, NOW + timedelta(seconds=seconds))
    with database.read() as session:
        assert session.scalar(select(SignIn.last_seen)) == NOW
    opens(database, cookie, NOW + timedelta(seconds=60))
    with database.read() as session:
        assert session.scalar(select(SignIn.last_seen)) == NOW + timedelta(seconds=60)


@pytest.mark.parametrize(
    "change",
    [{"active": False}, {"password_hash": hashed("another password")}],
    ids=lambda change: next(iter(change)),
)
def test_a_new_password_and_a_lost_right_end_every_sign_in(database, user_id, change):
    cookies = [begin(database, user_id) for _ in range(2)]
    with database.begin() as session:
        for name, value in change.items():
            setattr(session.get(User, user_id), name, value)
    assert not any(opens(database, cookie) for cookie in cookies)


def test_another_name_ends_nothing(database, user_id):
    cookie = begin(database, user_id)
    with database.begin() as session:
        session.get(User, user_id).name = "New Name"
    assert opens(database, cookie)


def test_somebody_else_stays_signed_in(database, user_id):
    cookie = begin(database, add_somebody(database, "admin"))
    begin(database, user_id)
    with database.begin() as session:
        sign_ins.end_all(session, user_id)
    assert opens(database, cookie)


def test_old_sign_ins_are_forgotten_when_somebody_signs_in(database, user_id):
    begin(database, user_id)
    begin(database, user_id, NOW + timedelta(hours=1))
    with database.read() as session:
        assert len(session.scalars(select(SignIn)).all()) == 1
