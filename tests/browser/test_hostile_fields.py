"""Hostile fields: on no page about a customer, a tag or a user are they anything but text."""

from datetime import UTC, datetime

import pytest
from deliveries import NOW, export
from fuzz import partner
from fuzz.canaries import canary
from signing_in import add_somebody

from dashboard.access import OPERATOR
from dashboard.app import create_app
from dashboard.components.customer import LOGS, TABS
from dashboard.data.ingest import ingest
from dashboard.data.options import ImportOptions
from dashboard.settings import Settings
from dashboard.state import tags

pytestmark = pytest.mark.browser
CALLS = (
    "<img src=x onerror=hacked=1>", "<svg onload=hacked=1>", "<script>hacked=1</script>",
    '"><script>hacked=1</script>', "'><img src=x onerror=hacked=1>", "<body onload=hacked=1>",
    "<iframe srcdoc='<script>top.hacked=1</script>'>", "javascript:hacked=1//",
    "<a href=javascript:hacked=1>x</a>", "<a href=https://example.invalid>x</a>",
    "[x](javascript:hacked=1)", "![x](https://example.invalid/x.png)", "{{hacked=1}}",
    "${hacked=1}", "<math><mtext><img src=x onerror=hacked=1>", "<details open ontoggle=hacked=1>",
    "<video><source onerror=hacked=1>", "<style>*{display:none}</style>",
    "<base href=//x.invalid>",
    "<meta http-equiv=refresh content=0;//x.invalid>", "<object data=javascript:hacked=1>",
    "<embed src=https://example.invalid>", "<form action=//x.invalid><input autofocus>",
    "<input onfocus=hacked=1 autofocus>", "<b>bold</b>", "%{hacked}", "&lt;img src=x&gt;",
    "<link rel=stylesheet href=//x.invalid>", "\\u003cimg src=x onerror=hacked=1\\u003e",
    "<img src=//x.invalid/pixel>",
)  # fmt: skip
PAYLOADS = (*CALLS, *(f"a {one.swapcase()}" for one in CALLS))  # 60
WEBEX, EIGHT = 0, 321
PAGES = (
    "/", "/customers", "/calling/usage", "/calling/quality", "/calling/queues", "/tags",
    "/administration", "/audit", "/subscriptions/expiring",
)  # fmt: skip
FOREIGN = """
const main = document.body;
const bad = "script[src*='invalid'], #page script, #page style, #page iframe, object, embed, base,"
  + " #page img, meta[http-equiv], #page form[action*='invalid'], link[href*='invalid']";
const links = [...document.querySelectorAll("#page a")].filter(({ href, protocol }) =>
  href.includes("invalid") || !["http:", "https:", "mailto:", ""].includes(protocol));
return [...main.querySelectorAll(bad), ...links].map((e) => e.outerHTML.slice(0, 200));
"""


def hostile(text):
    """Put a payload in the place of every canary but those of ids."""
    for number in (*range(60), *range(320, 380)):
        payload = PAYLOADS[number % 60].replace('"', '""')
        for name in ("nm", "ct", "ex", "in", "or", "ot", "os", "an", "ar", "lo", "qu", "st", "ap"):
            text = text.replace(canary(number, name), payload)
    return text


@pytest.fixture(scope="module")
def small_app(tmp_path_factory):  # what a visitor finds, here from the disk
    root = tmp_path_factory.mktemp("fields")
    (root / "drop").mkdir()
    whose = frozenset([*range(60), *range(320, 380)])
    for name, text in partner.files(whose).items():
        header, _, rows = text.partition("\n")
        cells = [line.split(",") for line in rows.splitlines()]
        quoted = [[f'"{hostile(c)}"' if "zq" in c else c for c in line] for line in cells]
        lines = [",".join(line) for line in quoted]
        (root / "drop" / name).write_text(export(header, *lines), encoding="utf-8")
    ingest([str(root / "drop")], str(root / "data"), options=ImportOptions(), published=NOW,
           keep=14)  # fmt: skip
    app = create_app(Settings(
        data_dir=str(root / "data"), cache_dir=root / "cache",
        state_url=f"sqlite:///{root / 'state.db'}", secret_file=root / "secret.key",
    ))  # fmt: skip
    _name_things(app._services.database)
    return app


def _name_things(database):
    """Give tags and users names that browsers would love to run."""
    now = datetime.now(UTC)
    for i, payload in enumerate(PAYLOADS):
        add_somebody(database, "admin", email=f"u{i}@partner.example", name=payload)
        if len(payload) <= 25:
            with database.begin() as session:
                tag = tags.create(session, OPERATOR, payload, now)
                some = [partner.customer_id(n) for n in (WEBEX, EIGHT)]
                tags.assign(session, OPERATOR, tag.id, some, now)


def _places():
    yield from PAGES
    for number, below in ((WEBEX, ("", *TABS)), (EIGHT, ("", *LOGS))):
        for tab in below:
            if tab == "logs/video":  # the partner has none
                continue
            yield f"/customers/{partner.customer_id(number)}" + (f"/{tab}" if tab else "")


@pytest.mark.parametrize("path", list(_places()))
def test_no_field_is_anything_but_text(visitor, server, path):  # R-22, T-06, T-07
    visitor.visit(path)
    visitor.idle()
    visitor.js("document.querySelector('.ag-body-viewport')?.scrollBy(0, 400)")
    assert visitor.js("return window.hacked") is None
    assert visitor.js(FOREIGN) == []
    asked = visitor.js("return performance.getEntriesByType('resource').map((e) => e.name)")
    assert [url for url in asked if not url.startswith((server.url, "data:", "blob:"))] == []
    assert "Page not found" not in visitor.text
