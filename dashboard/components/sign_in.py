"""The sign-in page: plain HTML that needs no script, in the product's colors and languages."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from dashboard.components.roles import role_name
from dashboard.i18n import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dashboard.i18n import Language

NAME = "Partnerlens"
DARK = ':root[data-mantine-color-scheme="dark"]'


@dataclass(frozen=True, slots=True, kw_only=True)
class Entrance:
    """What is the same on every sign-in page of one installation.

    `prefix` has no slash at its end; `demo_users` are offered to everybody.
    """

    prefix: str
    styles: str
    has_fonts: bool
    has_oidc: bool
    demo_users: Sequence[Mapping[str, str]] = ()


def styles(tokens: str, page: str) -> str:
    """Return the style sheet: without a script the dark colors follow the system alone."""
    light, *dark = tokens.split(DARK)
    return f"{light}@media (prefers-color-scheme: dark) {{ :root {':root '.join(dark)} }}\n{page}"


def sign_in_page(
    entrance: Entrance,
    language: Language,
    *,
    token: str,
    wanted: str,
    email: str = "",
    problem: str = "",
) -> str:
    """Return the page; `token` and `wanted` come back with the form."""
    title = language.text("Sign in")
    told = f'<p class="problem" role="alert" id="problem">{escape(problem)}</p>' if problem else ""
    hidden = _hidden(csrf_token=token, next=wanted)
    below = _provider(entrance, language, wanted) + _demo(entrance, language, hidden)
    fonts = f'<link rel="stylesheet" href="{entrance.prefix}/assets/boot/fonts.css">'
    return f"""<!DOCTYPE html>
<html lang="{language.code}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>{escape(title)} · {NAME}</title>
<link rel="icon" type="image/svg+xml" href="{entrance.prefix}/assets/boot/icon.svg">
{fonts if entrance.has_fonts else ""}<style>{entrance.styles}</style></head>
<body><main>
<header><img src="{entrance.prefix}/assets/boot/icon.svg" alt="">{NAME}</header>
<h1>{escape(title)}</h1>
{told}{_form(entrance, language, hidden, email, is_wrong=bool(problem))}
{below}{_languages(language, wanted)}
</main></body></html>"""


def _form(
    entrance: Entrance, language: Language, hidden: str, email: str, *, is_wrong: bool
) -> str:
    wrong = ' aria-invalid="true" aria-describedby="problem"' if is_wrong else ""
    on_email, on_password = ("", " autofocus") if email else (" autofocus", "")
    address, secret = language.text("E-mail address"), language.text("Password")
    return f"""<form method="post" action="{entrance.prefix}/sign-in">{hidden}
<label>{escape(address)}
<input type="email" name="email" value="{escape(email)}" autocomplete="username" maxlength="254"
 required{wrong}{on_email}></label>
<label>{escape(secret)}
<input type="password" name="password" autocomplete="current-password" maxlength="200"
 required{wrong}{on_password}></label>
<button type="submit">{escape(language.text("Sign in"))}</button></form>"""


def _provider(entrance: Entrance, language: Language, wanted: str) -> str:
    if not entrance.has_oidc:
        return ""
    start = escape(f"{entrance.prefix}/sign-in/oidc?{urlencode({'next': wanted})}")
    words, either = escape(language.text("Sign in with your organization")), language.text("or")
    return f'<div class="or">{escape(either)}</div><a class="button" href="{start}">{words}</a>'


def _demo(entrance: Entrance, language: Language, hidden: str) -> str:
    """Offer the demo's users; one click signs in."""
    if not entrance.demo_users:
        return ""
    forms = "".join(
        f'<form method="post" action="{entrance.prefix}/sign-in">{hidden}'
        f"{_hidden(email=user['email'], password=user['password'])}"
        f'<button type="submit">{escape(role_name(user["role"], language))}'
        f"<small>{escape(user['email'])}</small></button></form>"
        for user in entrance.demo_users
    )
    title = escape(language.text("Demo"))
    words = escape(
        language.text("The portfolio is invented. Each user sees a part of it; choose one.")
    )
    return (
        f'<section class="demo" aria-labelledby="demo"><h2 id="demo">{title}</h2>'
        f"<p>{words}</p>{forms}</section>"
    )


def _languages(language: Language, wanted: str) -> str:
    links = "".join(
        f'<a href="?{escape(urlencode({"language": code, "next": wanted}))}" lang="{code}"'
        f' hreflang="{code}" aria-label="{escape(name)}"'
        f"{' aria-current=true' if code == language.code else ''}>{code.upper()}</a>"
        for code, name in LANGUAGES.items()
    )
    return f'<footer aria-label="{escape(language.text("Language"))}">{links}</footer>'


def _hidden(**values: str) -> str:
    return "".join(
        f'<input type="hidden" name="{name}" value="{escape(value)}">'
        for name, value in values.items()
    )
