"""Languages: words from gettext catalogs, numbers and dates from Babel; the last step only."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from babel import Locale, dates, numbers
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime
    from decimal import Decimal

CATALOGS = Path(__file__).parent / "locales"
LANGUAGES = {"en": "English (US)", "en-GB": "English (UK)", "uk": "Українська"}
DEFAULT = "en"
NOTHING = "–"  # what a null number reads as
MOST_PLACES = 12  # of an amount of money


@dataclass(frozen=True, slots=True)
class Language:
    """One language: `code` is a key of `LANGUAGES`; English messages are the catalog's keys."""

    code: str

    def text(self, message: str, **values: Any) -> str:
        """Translate a message, then fill its `{name}` placeholders."""
        words = _catalog(self.code).gettext(message) if message else ""
        return words.format(**values) if values else words

    def plural(self, one: str, many: str, n: int) -> str:
        """Translate a message with `{n}` in the form the number asks for."""
        return _catalog(self.code).ngettext(one, many, n).format(n=self.number(n))

    def number(self, value: float, digits: int = 0) -> str:
        """Write a number with grouping and exactly `digits` decimals."""
        pattern = "#,##0" + ("." + "0" * digits if digits else "")
        return numbers.format_decimal(value, format=pattern, locale=_locale(self.code))

    def percent(self, share: float, digits: int = 1) -> str:
        """Write a share from 0 to 1 as a percentage."""
        pattern = _locale(self.code).percent_formats[None].pattern
        pattern = pattern.replace("0%", f"0.{'0' * digits}%").replace(
            "0\xa0%", f"0.{'0' * digits}\xa0%"
        )
        return numbers.format_percent(
            share, format=pattern if digits else None, locale=_locale(self.code)
        )

    def signed(self, value: float, digits: int = 0) -> str:
        """Write a change with its sign; a true minus, not a hyphen."""
        written = self.number(abs(value), digits)
        return ("+" if value > 0 else "−" if value < 0 else "±") + written

    @property
    def separators(self) -> str:
        """Return the decimal and the thousands separator, as Plotly wants them."""
        symbols = _locale(self.code).number_symbols["latn"]
        return f"{symbols['decimal']}{symbols['group']}"

    def day(self, day: date) -> str:
        """Write a day of the year, short and without the year."""
        return dates.format_skeleton("MMMd", day, locale=_locale(self.code))

    def weekday(self, number: int) -> str:
        """Name a day of the week by itself; Monday is 0."""
        names = dates.get_day_names("wide", "stand-alone", locale=_locale(self.code))
        return str(names[number])

    def date(self, day: date, style: str = "medium") -> str:
        """Write a date in the language's own order."""
        return dates.format_date(day, style, locale=_locale(self.code))

    def moment(self, at: datetime) -> str:
        """Write a moment to the second, in UTC, with its date in the language's own order."""
        time = dates.format_time(at, "medium", locale=_locale(self.code))
        whole = (part.replace(" ", "\N{NO-BREAK SPACE}") for part in (self.date(at), time))
        return ", ".join(whole)

    def money(self, amount: Decimal, currency: str | None) -> str:
        """Write an amount with its currency's code and every digit that is not zero."""
        usual = numbers.get_currency_precision(currency or "")
        pattern = "#,##0" + ("." if usual else "") + "0" * usual
        pattern += ("" if usual else ".") + "#" * (MOST_PLACES - usual)
        written = numbers.format_decimal(amount, format=pattern, locale=_locale(self.code))
        return f"{written} {currency or ''}".strip().replace(" ", "\N{NO-BREAK SPACE}")


def best_language(wanted: Iterable[str]) -> Language:
    """Return the first wanted language there is; a bare `uk` also answers `uk-UA`."""
    for code in wanted:
        for known in (code, code.split("-")[0]):
            if known in LANGUAGES:
                return Language(known)
    return Language(DEFAULT)


@cache
def _locale(code: str) -> Locale:
    return Locale.parse(code, sep="-")


@cache
def _catalog(code: str) -> NullTranslations:
    path = CATALOGS / f"{code}.po"
    if not path.exists():
        return NullTranslations()  # the messages themselves are in this language
    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(path.read_bytes()), locale=code.replace("-", "_")))
    compiled.seek(0)
    return GNUTranslations(compiled)
