"""Roles: what a person calls each of them; a role somebody added keeps its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dashboard.i18n import Language


def role_name(role: str, language: Language) -> str:
    """Name a role (SPEC §4)."""
    names = {
        "full_admin": language.text("Partner full administrator"),
        "admin": language.text("Partner administrator"),
        "read_only_admin": language.text("Partner read-only administrator"),
        "assigned_user": language.text("Partner user, assigned customers"),
        "nobody": language.text("No role"),
    }
    return names.get(role, role)
