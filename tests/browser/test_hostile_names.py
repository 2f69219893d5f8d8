"""Hostile names: on no page are they anything but text."""

import pytest
from apps import Serving
from factories import days, fact, line

from dashboard.data.demo.names import HOSTILE
from dashboard.pages import PAGES

pytestmark = pytest.mark.browser
PAYLOADS = [
    *HOSTILE,
    '<img src=x onerror="window.hacked=1">',
    "<svg onload=window.hacked=1>",
    '"><script>window.hacked=1</script>',
    "'-window.hacked=1-'",
    "[click](javascript:window.hacked=1)",
    '<a href="https://example.invalid">link</a>',
    "{{constructor.constructor('window.hacked=1')()}}",
    "${window.hacked=1}",
    "%{x} &lt;b&gt; &#60;i&#62;",
    "<style>*{display:none}</style>",
    "<iframe src=https://example.invalid></iframe>",
]
ELEMENTS = """
const page = document.getElementById("page");
const foreign = "script, style, img, iframe, object, embed, b:not([style]), meta, base, form";
const links = [...page.querySelectorAll("a, [href]")].filter((link) =>
  !link.href || new URL(link.href.baseVal ?? link.href).origin !== location.origin);
return [...page.querySelectorAll(foreign), ...links].map((e) => e.outerHTML.slice(0, 200));
"""
HOSTS = "return performance.getEntriesByType('resource').map(({ name }) => name)"


def everywhere(name):
    """Return lines and facts of a customer that stand on every page."""
    yield line(name, "A", end_date=days(10), total=300, assigned=10)
    yield line(name, "B", end_date=days(30), auto_renew="Yes")
    yield line(name, "C", start_date=days(-20), total=10, assigned=40, used=50)
    yield line(name, name, end_date=days(20), type="Trial", total=300, assigned=10)
    yield from (fact(dataset, name) for dataset in ("call_facts", "quality_facts", "queue_facts"))


@pytest.fixture(scope="module")
def hostile_app(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        serving = Serving(patch, tmp_path_factory.mktemp("hostile"))
        peers = [line(f"Peer {n}", total=300, assigned=290) for n in range(4 * len(PAYLOADS))]
        serving.publish(*(row for name in PAYLOADS for row in everywhere(name)), *peers)
        yield serving.app()


@pytest.mark.parametrize("path", [p.path for p in PAGES if p.sections])
def test_hostile_names_are_inert(visitor, server, hostile_app, path):
    server.app = hostile_app
    visitor.visit(path)
    visitor.wait(lambda: visitor.all(".ag-row, .pl-shortlist tbody tr"))
    visitor.js("document.querySelector('.ag-body-viewport')?.scrollBy(0, 400)")
    visitor.idle()
    assert visitor.js("return window.hacked") is None
    assert visitor.js(ELEMENTS) == []
    assert {name for name in visitor.js(HOSTS) if not name.startswith(("data:", "blob:"))} == {
        name for name in visitor.js(HOSTS) if name.startswith(server.url)
    }


def test_a_hostile_search_in_the_address_is_inert(visitor, server, hostile_app):
    server.app = hostile_app
    visitor.visit(
        "/subscriptions/expiring?q=%3Cimg%20src%3Dx%20onerror%3D%22window.hacked%3D1%22%3E"
    )
    visitor.wait(lambda: visitor.all(".ag-row"))
    assert visitor.find("input[type=search]").get_attribute("value").startswith("<img")
    assert visitor.js("return window.hacked") is None
    assert visitor.js(ELEMENTS) == []


@pytest.mark.parametrize(
    "search",
    [
        "?region=%3Cimg%20src%3Dx%20onerror%3Dwindow.hacked%3D1%3E",
        "?product=javascript:window.hacked=1",
        "?as_of=%22%3E%3Cscript%3Ewindow.hacked%3D1%3C/script%3E",
        "?filter=%7B%22__proto__%22%3A%7B%22hacked%22%3A1%7D%7D",
        "?filter=%5B1%2C2",
    ],
)
def test_a_hostile_filter_in_the_address_is_inert(visitor, search):
    visitor.visit("/subscriptions/expiring" + search)
    assert visitor.js("return window.hacked") is None
    assert (
        visitor.js("return document.querySelectorAll('#notice :is(img, script, a)').length") == 0
    )
    assert visitor.find("h1").text == "Expiring"
