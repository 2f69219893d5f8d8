"""Refusals: why a change of a user is not made, by name, so that each language can say it."""

from __future__ import annotations

from enum import StrEnum

from dashboard.errors import PartnerlensError
from dashboard.state.users import LONGEST_PASSWORD, SHORTEST_PASSWORD


class Refusal(StrEnum):
    """The reasons there are, each with its sentence for the terminal."""

    ADDRESS = "This is no e-mail address: write it as name@example.com."
    NAME = "A name has at most 200 characters, in one line."
    TAKEN = "There is a user with this e-mail address already."
    ROLE = "There is no such role."
    PASSWORD = f"A password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters."
    CUSTOMER = "A customer id has 1 to 100 characters, in one line."
    CHANGED = "Somebody else has changed this user meanwhile: look again before you change it."
    YOURSELF = "Nobody takes away the own right to administer: another administrator does it."
    LAST_ADMINISTRATOR = (
        "This is the last active administrator: give somebody else the role full_admin first."
    )


class ChangeRefusedError(PartnerlensError):
    """A change cannot be made; the refusal says why."""

    def __init__(self, refusal: Refusal, hint: str = "") -> None:
        """Carry the reason, its sentence, and what to do instead."""
        super().__init__(f"{refusal.value} {hint}".strip())
        self.refusal = refusal
