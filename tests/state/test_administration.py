"""Changes of users that happen at once, and rights that end in the middle of them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

import pytest

from dashboard.access import OPERATOR
from dashboard.errors import NotAllowedError
from dashboard.state.administration import administering, administrators
from dashboard.state.audit import first_broken
from dashboard.state.models import AuditEntry, SignIn, User
from dashboard.state.refusals import ChangeRefusedError
from dashboard.state.users import add_user, find_user, viewer_of

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def add(database, email, role="full_admin"):
    with database.begin() as session:
        return add_user(session, email=email, role=role, now=NOW).id


def viewer(database, user_id):
    with database.read() as session:
        return viewer_of(session, user_id)


def test_two_administrators_who_take_the_role_from_each_other_leave_one(database):
    ids = [add(database, "ann@example.com"), add(database, "bob@example.com")]
    viewers, start = [viewer(database, one) for one in ids], Barrier(2)

    def take(by, other):
        start.wait()
        try:
            with administering(database, by, NOW) as work:
                work.set_role(work.user(other), "nobody")
        except (NotAllowedError, ChangeRefusedError):
            return "refused"
        return "done"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(take, viewers, reversed(ids))) == ["done", "refused"]
    with database.read() as session:
        assert administrators(session) == 1
        assert session.query(AuditEntry).count() == 1
        assert first_broken(session) is None


def test_a_right_that_was_lost_since_the_request_came_is_lost(database):
    ann, bob = add(database, "ann@example.com"), add(database, "bob@example.com")
    before = viewer(database, ann)
    with administering(database, OPERATOR, NOW) as work:
        work.set_role(work.user(ann), "read_only_admin")
    with pytest.raises(NotAllowedError), administering(database, before, NOW) as work:
        work.set_role(work.user(bob), "nobody")
    with database.read() as session:
        assert session.get(User, bob).role == "full_admin"


def test_a_change_that_is_refused_leaves_neither_change_nor_entry(database):
    ann = add(database, "ann@example.com")

    def change():
        with administering(database, OPERATOR, NOW) as work:
            work.add(email="bob@example.com", role="admin")
            work.set_active(work.user(ann), active=False)

    with pytest.raises(ChangeRefusedError):
        change()
    with database.read() as session:
        assert find_user(session, "bob@example.com") is None
        assert session.query(AuditEntry).count() == 0


@pytest.mark.parametrize("change", ["password", "deactivate"])
def test_sessions_end_with_the_password_and_the_right_to_sign_in(database, change):
    ann = add(database, "ann@example.com", "admin")
    with database.begin() as session:
        session.add(SignIn(id_hash="a" * 64, user_id=ann, created=NOW, last_seen=NOW))
    with administering(database, OPERATOR, NOW) as work:
        if change == "password":
            work.set_password(work.user(ann), "correct horse battery")
        else:
            work.set_active(work.user(ann), active=False)
    with database.read() as session:
        assert session.query(SignIn).count() == 0


def test_a_thousand_customers_are_assigned_at_once(database):
    ann = add(database, "ann@example.com", "assigned_user")
    customers = [f"customer {n}" for n in range(1_000)]
    with administering(database, OPERATOR, NOW) as work:
        assert work.assign(work.user(ann), customers) == 1_000
    with administering(database, OPERATOR, NOW) as work:
        assert work.unassign(work.user(ann), customers) == 1_000
    assert viewer(database, ann).scope.customers == frozenset()
