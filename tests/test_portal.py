"""The portal file: what a partner points at, and what is refused."""

import pytest

from dashboard.i18n import Language
from dashboard.portal import OURS, PortalError, load_portal

UKRAINIAN = Language("uk")


def write(folder, text):
    file = folder / "portal.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_our_own_file_is_a_good_one():
    portal = load_portal()
    assert portal.link("partner_support").startswith("https://")
    assert any(r.quick for r in portal.resources)
    assert any(r.featured for r in portal.resources)


def test_a_link_holds_the_customers_id_and_nothing_it_could_break_out_with():
    link = load_portal().link("launch_webex", "a/b?c#d")
    assert link.endswith("/a%2Fb%3Fc%23d")


def test_a_partner_changes_one_link_and_keeps_the_others(tmp_path):
    file = write(tmp_path, '[links]\npartner_support = "mailto:help@example.com"')
    portal = load_portal(file)
    assert portal.link("partner_support") == "mailto:help@example.com"
    assert portal.link("own_organization") == load_portal(OURS).link("own_organization")
    assert portal.resources == ()


def test_a_text_without_a_translation_reads_in_english(tmp_path):
    file = write(tmp_path, '[[resource]]\ntitle = {en = "Guide"}\nurl = "https://example.com"')
    assert load_portal(file).resources[0].words("title", UKRAINIAN) == "Guide"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[links", "cannot be read"),
        ('[links]\npartner_support = "javascript:alert(1)"', "links.partner_support"),
        ('[links]\nwebmail = "https://example.com"', "no link “webmail”"),
        ('[[resource]]\ntitle = "No address"', "resource 1 needs a title and a url"),
        ('[[resource]]\ntitle = "T"\nurl = "http://example.com"', "https://"),
        ('[[resource]]\ntitle = "T"\nurl = "https://e.com"\ncolour = "red"', "colour"),
    ],
)
def test_a_bad_file_is_refused_in_one_sentence_that_names_it(tmp_path, text, says):
    with pytest.raises(PortalError) as refused:
        load_portal(write(tmp_path, text))
    assert says in str(refused.value)
    assert "portal.toml" in str(refused.value)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(PortalError, match="cannot be read"):
        load_portal(tmp_path / "none.toml")
