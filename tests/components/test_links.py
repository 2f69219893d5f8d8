"""Links: our own paths, https and mail; whatever else a name or an export holds leads nowhere."""

import pytest

from dashboard.components.links import inside_link, outside_link, safe_href
from dashboard.i18n import Language


@pytest.mark.parametrize(
    "href",
    ["/", "/subscriptions/expiring?region=EU", "https://example.com/a?b=c", "mailto:a@b.example"],
)
def test_an_address_of_a_known_kind_is_followed(href):
    assert safe_href(href) == href


@pytest.mark.parametrize(
    "href",
    [
        "", "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)",
        "java\tscript:alert(1)", "\x01javascript:alert(1)", "data:text/html,<script>",
        "vbscript:x", "http://example.com", "//example.com", "/\\example.com",
        "\\\\example.com", "///example.com", "https:/example.com", "https:///example.com",
        "https://\\example.com", "file:///etc/passwd", "/\t/example.com",
        "blob:https://example.com/1", "example.com", "?next=/", "ftp://a.b",
    ],
)  # fmt: skip
def test_any_other_address_is_left_out(href):
    assert safe_href(href) is None
    assert getattr(inside_link("words", href, ""), "href", None) is None
    assert getattr(outside_link("words", href, Language("en")), "href", None) is None
