"""Why a copy did not reach its recipient, as its row keeps it."""

from __future__ import annotations

from enum import StrEnum


class Why(StrEnum):
    """A reason; `dashboard.components.schedule_list` has the words."""

    OWNER = "owner"  # the owner has left, sees nobody, or may no longer send to others
    LEFT = "left"
    RIGHTS = "rights"
    FILTERS = "filters"
    LONG = "long"
    ERROR = "error"  # the log knows more
    MAIL = "mail"
    NO_ANSWER = "no_answer"
    FOLDER = "folder"
