"""Signing in and out with a browser, and what a page of another origin achieves: nothing."""

from threading import Thread

import pytest
from signing_in import add_somebody
from visiting import Quiet
from werkzeug.serving import make_server
from werkzeug.wrappers import Response

from dashboard.state.models import AuditEntry, SignIn

pytestmark = pytest.mark.browser
PASSWORD = "correct horse battery"
ATTACK = """
<body><script>
const target = TARGET, done = [];
const plain = { method: "POST", credentials: "include", mode: "no-cors", body: BODY };
const json = { ...plain, mode: "cors", headers: { "Content-Type": "application/json" } };
Promise.allSettled([
  fetch(target + "/sign-out", plain),
  fetch(target + "/_dash-update-component", plain),
  fetch(target + "/_dash-update-component", json),
  fetch(target + "/_dash-update-component", { credentials: "include" }),
]).then(() => { document.title = "done"; });
</script>
<form method="post" action="TARGET_FORM"><input name="csrf_token" value="x">
<button>go</button></form>
"""


@pytest.fixture
def evil(server):
    """Return the address of a page on another origin that attacks ours."""
    page = ATTACK.replace("TARGET_FORM", f"{server.url}/sign-out")
    page = page.replace("TARGET", f"'{server.url}'").replace("BODY", "'{}'")
    other = make_server(
        "127.0.0.1", 0, Response(page, mimetype="text/html"), request_handler=Quiet
    )
    thread = Thread(target=other.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"http://127.0.0.1:{other.port}/"
    other.shutdown()
    thread.join()
    other.server_close()


def state_of(app):
    with app._services.database.read() as session:
        return session.query(SignIn).count(), session.query(AuditEntry).count()


def test_a_page_of_another_origin_changes_nothing(visitor, server, evil):  # T-09
    visitor.visit("/")
    before = state_of(server.app)
    visitor.driver.get(evil)
    visitor.wait(lambda: visitor.driver.title == "done")
    visitor.click("button")
    visitor.wait(lambda: visitor.driver.current_url.startswith(server.url))
    assert state_of(server.app) == before
    visitor.complaints()  # the browser's own, about what it refused
    visitor.visit("/")
    assert visitor.find("h1").text == "Overview"


def test_somebody_signs_in_looks_and_signs_out(visitor, server):
    email = "visitor@partner.example"
    add_somebody(server.app._services.database, "full_admin", email=email, password=PASSWORD)
    visitor.driver.get(server.url + "/subscriptions/expiring?product=meetings")
    assert visitor.driver.current_url.startswith(f"{server.url}/sign-in?next=")
    assert visitor.focused.get_attribute("name") == "email"
    visitor.focused.send_keys(email)
    visitor.find("input[name=password]").send_keys(PASSWORD)
    visitor.click("main form button")
    visitor.idle()
    assert visitor.driver.current_url == f"{server.url}/subscriptions/expiring?product=meetings"
    visitor.click(".pl-who button")
    visitor.wait(lambda: visitor.driver.current_url == f"{server.url}/sign-in")
    visitor.driver.back()
    visitor.wait(lambda: "/sign-in" in visitor.driver.current_url)


def test_a_page_that_was_signed_out_elsewhere_leads_to_sign_in(visitor, server):
    visitor.visit("/")
    with server.app._services.database.begin() as session:
        session.query(SignIn).delete()
    visitor.choose("Meetings")
    visitor.wait(lambda: "/sign-in?next=" in visitor.driver.current_url)
    visitor.complaints()  # one 401 is what the browser tells of it


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("code", ["en", "en-GB", "uk"])
def test_the_sign_in_page_fits_and_follows_the_systems_colors(visitor, server, width, code):
    visitor.screen(width, 900)
    found = set()
    for scheme in ("light", "dark"):
        visitor.prefer(scheme)
        visitor.driver.get(f"{server.url}/sign-in?language={code}")
        assert visitor.js("return document.documentElement.lang") == code
        assert visitor.js("return document.documentElement.scrollWidth <= innerWidth")
        found.add(visitor.js("return getComputedStyle(document.body).backgroundColor"))
    assert found == {"rgb(246, 247, 251)", "rgb(20, 22, 29)"}
