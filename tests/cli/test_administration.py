"""Users and scopes at the terminal: what is done, recorded and refused."""

import pytest
from terminals import Terminal

from dashboard.state.database import open_database
from dashboard.state.models import AuditEntry, User
from dashboard.state.users import password_matches

SECRET = "correct horse battery"


@pytest.fixture
def terminal(state_url, tmp_path, monkeypatch):
    return Terminal(state_url, tmp_path, monkeypatch)


@pytest.fixture
def published(terminal):
    return terminal.publish()


def test_a_user_added_with_a_password_can_use_it(terminal):
    said = terminal.done(
        "user", "add", "Ann@Example.com", "--role", "admin", "--password-stdin", typed=SECRET
    )
    assert said == "ann@example.com was added as admin.\n"
    database = open_database(terminal.url)
    with database.read() as session:
        added = session.query(User).one()
        assert password_matches(added, SECRET)
    database.engine.dispose()


def test_a_password_is_asked_for_twice_where_somebody_types(terminal, monkeypatch):
    monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda _: True, raising=False)
    result = terminal.run("user", "add", "a@b.c", "--role", "admin", typed=f"{SECRET}\n{SECRET}\n")
    assert result.exit_code == 0, result.output
    assert "Repeat for confirmation" in result.output
    assert SECRET not in result.output


def test_without_a_terminal_the_command_says_how_to_pipe_a_password(terminal):
    said = terminal.refused("user", "add", "a@b.c", "--role", "admin", typed="")
    assert "--password-stdin" in said


@pytest.mark.parametrize(
    ("arguments", "typed", "sentence"),
    [
        (["user", "add", "nobody", "--role", "admin", "--no-password"], None, "no e-mail address"),
        (["user", "add", "a b@c", "--role", "admin", "--no-password"], None, "no e-mail address"),
        (["user", "add", "a\x00@b.c", "--role", "admin", "--no-password"], None, "no e-mail"),
        (["user", "add", "a@" + "b" * 260, "--role", "admin", "--no-password"], None, "no e-mail"),
        (["user", "add", "a@b.c", "--role", "king", "--no-password"], None, "one of admin, ass"),
        (["user", "add", "a@b.c", "--role", "admin", "--password-stdin"], "short", "12 to 200"),
        (["user", "add", "a@b.c", "--role", "admin", "--password-stdin"], "", "12 to 200"),
        (["user", "add", "a@b.c", "--no-password"], None, "--role"),
        (["user", "role", "a@b.c", "admin"], None, "There is no user a@b.c"),
        (["user", "password", "a@b.c", "--password-stdin"], SECRET, "There is no user a@b.c"),
        (["user", "deactivate", "a@b.c"], None, "There is no user a@b.c"),
        (["scope", "show", "a@b.c"], None, "There is no user a@b.c"),
        (["scope", "add", "a@b.c", "o1"], None, "There is no user a@b.c"),
        (["scope", "add", "a@b.c"], None, "at least one customer id"),
        (["scope", "add", "a@b.c", "--from", "/none"], None, "does not exist"),
        (["audit", "list", "--since", "yesterday"], None, "does not match"),
    ],
)
def test_bad_input_is_refused_in_one_sentence(terminal, arguments, typed, sentence):
    assert sentence in terminal.refused(*arguments, typed=typed)
    assert terminal.audit() == []


def test_an_address_that_is_taken_is_refused_in_any_case(terminal):
    terminal.add("ann@example.com")
    said = terminal.refused("user", "add", "ANN@example.com", "--role", "admin", "--no-password")
    assert said == "There is a user with this e-mail address already."


def test_every_change_of_a_user_has_its_entry(terminal):
    terminal.add("boss@example.com", "full_admin")
    terminal.add("ann@example.com")
    terminal.done("user", "role", "ann@example.com", "read_only_admin")
    terminal.done("user", "password", "ann@example.com", "--password-stdin", typed=SECRET)
    terminal.done("user", "deactivate", "ann@example.com")
    terminal.done("user", "activate", "ann@example.com")
    ann = "ann@example.com"
    assert terminal.audit()[1:] == [
        ("user.added", ann, {"role": "admin", "with_password": False}),
        ("user.role", ann, {"before": "admin", "role": "read_only_admin"}),
        ("user.password", ann, {}),
        ("user.deactivated", ann, {}),
        ("user.activated", ann, {}),
    ]


def test_nothing_done_is_nothing_recorded(terminal):
    terminal.add("ann@example.com")
    assert "was already admin" in terminal.done("user", "role", "ann@example.com", "admin")
    assert "was already active" in terminal.done("user", "activate", "ann@example.com")
    assert len(terminal.audit()) == 1


@pytest.mark.parametrize("change", [["role", "admin"], ["deactivate"]])
def test_the_last_administrator_stays(terminal, change):
    terminal.add("boss@example.com", "full_admin")
    terminal.add("gone@example.com", "full_admin")
    terminal.done("user", "deactivate", "gone@example.com")
    command, *rest = change
    said = terminal.refused("user", command, "boss@example.com", *rest)
    assert "last active administrator" in said
    assert "full_admin" in terminal.done("user", "list")


def test_somebody_else_may_leave_where_there_never_was_an_administrator(terminal):
    terminal.add("ann@example.com")
    terminal.done("user", "deactivate", "ann@example.com")


def test_the_list_shows_everybody_and_no_password(terminal):
    terminal.done(
        "user", "add", "ann@example.com", "--role", "admin", "--password-stdin", typed=SECRET
    )
    terminal.run("scope", "add", "ann@example.com", "o1", "o2")
    listed = terminal.done("user", "list")
    assert listed.splitlines()[1].split() == ["ann@example.com", "admin", "yes", "2", "–"]
    assert "argon2" not in listed


def test_customers_are_assigned_once_shown_by_name_and_removed(published):
    published.add("ann@example.com")
    said = published.done("scope", "add", "ann@example.com", "o1", "o2", "o1")
    assert said == "2 of 2 customers are new to ann@example.com.\n"
    assert published.done("scope", "add", "ann@example.com", "o2").startswith("0 of 1")
    shown = published.done("scope", "show", "ann@example.com")
    assert [line.split("\t")[0] for line in shown.splitlines()] == ["o1", "o2"]
    assert all("\t" in line for line in shown.splitlines())
    published.done("scope", "remove", "ann@example.com", "o1")
    assert published.done("scope", "show", "ann@example.com").startswith("o2")
    assert published.audit()[1:] == [
        ("scope.added", "ann@example.com", {"count": 2, "customers": "o1 o2"}),
        ("scope.removed", "ann@example.com", {"count": 1, "customers": "o1"}),
    ]


def test_a_file_assigns_its_lines_and_names_the_unknown_ones(published):
    published.add("ann@example.com")
    file = published.folder / "ids.txt"
    file.write_text("\ufeffo1\r\n\r\n  x9 \no1\n", "utf-8")
    result = published.run("scope", "add", "ann@example.com", "--from", file)
    assert result.stdout == "2 of 2 customers are new to ann@example.com.\n"
    assert result.stderr == "The current release has no customer with the id x9.\n"
    assert "x9" in published.done("scope", "show", "ann@example.com")


def test_a_file_that_is_no_text_is_refused(terminal):
    terminal.add("ann@example.com")
    file = terminal.folder / "ids.bin"
    file.write_bytes(b"\xff\xfe\x00o1")
    said = terminal.refused("scope", "add", "ann@example.com", "--from", file)
    assert "one customer id per line" in said


def test_an_id_that_no_customer_can_have_is_refused_with_all_others(terminal):
    terminal.add("ann@example.com")
    said = terminal.refused("scope", "add", "ann@example.com", "o1", "x" * 101)
    assert "1 to 100 characters" in said
    assert terminal.run("scope", "show", "ann@example.com").stdout == ""


def test_without_a_release_customers_are_assigned_unchecked(terminal):
    terminal.add("ann@example.com")
    result = terminal.run("scope", "add", "ann@example.com", "o1")
    assert (result.exit_code, "not checked" in result.stderr) == (0, True)


def test_a_role_that_sees_all_is_said_to(terminal):
    terminal.add("boss@example.com", "full_admin")
    result = terminal.run("scope", "show", "boss@example.com")
    assert result.stderr == "The role full_admin sees every customer.\n"


def test_the_audit_log_holds_no_password_and_no_hash(terminal):
    terminal.done(
        "user", "add", "a@example.com", "--role", "admin", "--password-stdin", typed=SECRET
    )
    terminal.done("user", "password", "a@example.com", "--password-stdin", typed=SECRET + "!")
    database = open_database(terminal.url)
    with database.read() as session:
        held = " ".join(one.detail + one.subject + one.actor for one in session.query(AuditEntry))
    database.engine.dispose()
    assert SECRET not in held
    assert "argon2" not in held
