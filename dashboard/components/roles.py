"""Roles and refusals in words: what administrators read about users."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.state.refusals import Refusal
from dashboard.state.users import LONGEST_PASSWORD, SHORTEST_PASSWORD

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from dashboard.i18n import Language


def role_name(role: str, language: Language) -> str:
    """Name a role; one that was added as a row of the database keeps its own name."""
    names = {
        "full_admin": language.text("Partner full administrator"),
        "admin": language.text("Partner administrator"),
        "read_only_admin": language.text("Partner read-only administrator"),
        "assigned_user": language.text("Partner user, assigned"),
        "nobody": language.text("Nobody: sees nothing"),
    }
    return names.get(role, role)


def role_choices(roles: Iterable[str], language: Language) -> list[dict[str, str]]:
    """Return the options of a choice of roles."""
    return [{"value": role, "label": role_name(role, language)} for role in roles]


def refusal_words(refusal: Refusal, language: Language) -> str:
    """Say why a change was not made."""
    sentences = {
        Refusal.ADDRESS: language.text("This is no e-mail address: write it as name@example.com."),
        Refusal.NAME: language.text("A name has at most 200 characters, in one line."),
        Refusal.TAKEN: language.text("There is a user with this e-mail address already."),
        Refusal.ROLE: language.text("There is no such role: choose one of the list."),
        Refusal.PASSWORD: language.text(
            "A password has {shortest} to {longest} characters.",
            shortest=SHORTEST_PASSWORD,
            longest=LONGEST_PASSWORD,
        ),
        Refusal.CUSTOMER: language.text("This is no customer of the current release."),
        Refusal.CHANGED: language.text(
            "Somebody else has changed this user meanwhile. You see the newest state now: look "
            "again before you change it."
        ),
        Refusal.YOURSELF: language.text(
            "Nobody takes away the own right to administer: another administrator does it."
        ),
        Refusal.LAST_ADMINISTRATOR: language.text(
            "This is the last active administrator: make somebody else a partner full "
            "administrator first."
        ),
    }
    return sentences[refusal]


def instant(moment: datetime, language: Language) -> str:
    """Write an instant of UTC."""
    return f"{language.date(moment.date())}, {moment:%H:%M} UTC"
