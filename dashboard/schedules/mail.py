"""Mail: one copy to one user by SMTP, and whether it left, did not, or nobody knows."""

from __future__ import annotations

import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import TYPE_CHECKING

from dashboard.errors import PartnerlensError

if TYPE_CHECKING:
    from datetime import datetime

    from dashboard.i18n import Language
    from dashboard.settings import Settings

LARGEST = 20_000_000  # bytes of an attachment; a larger copy is only linked
TYPES = {
    "csv": ("text", "csv"),
    "xlsx": ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


class RefusedError(PartnerlensError):
    """The mail did not leave: the server could not be reached, or said no."""


class LaterError(RefusedError):
    """The mail did not leave, for a reason that may pass."""


class LostError(PartnerlensError):
    """The mail was handed over, and no answer came: it may have left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One mail. `mark` is derived from its slot and recipient, and so is its Message-ID."""

    to: str
    name: str  # of the report template or view, the only thing said of what is inside
    mark: str
    owner: str
    link: str
    file_name: str
    content: bytes
    at: datetime


def written(letter: Letter, language: Language, sender: str) -> EmailMessage:
    """Write the mail: no customer's data but in the attachment."""
    form = letter.file_name.rpartition(".")[2]
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"] = sender, letter.to
    message["Subject"] = f"Partnerlens: {letter.name}"
    message["Date"] = format_datetime(letter.at)
    message["Message-ID"] = f"<{letter.mark}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    attached = len(letter.content) <= LARGEST
    message.set_content(_text(letter, language, attached=attached))
    if attached:
        main, sub = TYPES[form]
        message.add_attachment(
            letter.content, maintype=main, subtype=sub, filename=letter.file_name
        )
    return message


def _text(letter: Letter, language: Language, *, attached: bool) -> str:
    where = letter.link or language.text("on the Reports page")
    first = (
        language.text("“{name}” is attached.", name=letter.name)
        if attached
        else language.text("“{name}” is too large for a mail.", name=letter.name)
    )
    return "\n".join(
        (
            first,
            language.text("Download it: {where}", where=where),
            "",
            language.text(
                "It holds what you may see at this time. {owner} scheduled it. A schedule pauses "
                "when nobody has downloaded its reports for six months.",
                owner=letter.owner,
            ),
            "",
        )
    )


def send(message: EmailMessage, settings: Settings) -> None:
    """Hand a mail to the server. Raises `RefusedError`, also as `LaterError`, or `LostError`."""
    server, handed_over = None, False
    try:
        content = message.as_bytes()
        server = _connected(settings)
        server.ehlo_or_helo_if_needed()
        if settings.smtp_user:
            server.login(settings.smtp_user, settings.smtp_password)
        _expect(server.mail(settings.mail_from))
        _expect(server.rcpt(str(message["To"])))
        handed_over = True
        answer = server.data(content)
        handed_over = False
        _expect(answer)
    except smtplib.SMTPDataError as error:  # it did not even want to see it
        raise _refused(error) from error
    except (OSError, smtplib.SMTPException, UnicodeError) as error:
        raise LostError(_said(error)) if handed_over else _refused(error) from error
    finally:
        if server is not None:
            _say_goodbye(server, politely=not handed_over)


def _say_goodbye(server: smtplib.SMTP, *, politely: bool) -> None:
    """Close; whatever the server says to it changes nothing any more."""
    with suppress(OSError, smtplib.SMTPException):
        if politely:
            server.quit()
    server.close()


def _connected(settings: Settings) -> smtplib.SMTP:
    where = (settings.smtp_host, settings.smtp_port)
    wait = settings.smtp_seconds
    if settings.smtp_security == "ssl":
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(*where, timeout=wait, context=context)
    server = smtplib.SMTP(*where, timeout=wait)
    if settings.smtp_security == "starttls":
        server.starttls(context=ssl.create_default_context())
    return server


def _expect(answer: tuple[int, bytes]) -> None:
    code, words = answer
    if not 200 <= code < 300:  # noqa: PLR2004 - SMTP's range of yes
        raise smtplib.SMTPResponseException(code, words)


def _refused(error: Exception) -> RefusedError:
    """Return what to say of a mail that did not leave; whether it may later, RFC 5321 tells.

    A certificate that is not trusted, and what the server does not offer, stay as they are.
    """
    if isinstance(error, smtplib.SMTPResponseException):
        passing = 400 <= error.smtp_code < 500  # noqa: PLR2004 - SMTP's range of not now
    elif isinstance(error, smtplib.SMTPException):  # it is an OSError, too
        passing = isinstance(error, smtplib.SMTPServerDisconnected)
    else:
        passing = isinstance(error, OSError) and not isinstance(error, ssl.SSLError)
    return (LaterError if passing else RefusedError)(_said(error))


def _said(error: Exception) -> str:
    """Name what went wrong without what the server quoted: it may hold addresses."""
    code = getattr(error, "smtp_code", "")
    return f"{type(error).__name__} {code}".strip()
