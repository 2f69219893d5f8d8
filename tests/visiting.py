"""Visiting: a server that remembers what it was asked, and somebody with a browser."""

import json
from contextlib import contextmanager
from io import BytesIO
from threading import Event, Lock, Thread

from dash.testing.browser import Browser
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.support.wait import WebDriverWait
from signing_in import cookies_of
from werkzeug.serving import WSGIRequestHandler, make_server

from dashboard.callbacks.look import COOKIE

ROUTE = "/_dash-update-component"
BLANK = "/blank"  # a page of the same origin: on another one the browser forgets our scripts
PATIENCE = 20  # seconds
IDLE = """
const state = window.store && window.store.getState();
const waiting = ["requested", "prioritized", "blocked", "executing", "watched"];
const main = document.getElementById("main");
return Boolean(
  state && !state.isLoading && !waiting.some((name) => state.callbacks[name].length)
  && main && main.getAttribute("aria-busy") === "false"
  && document.querySelector(".pl-page, .pl-state")
  && ![...document.querySelectorAll(".js-plotly-plot")].some((chart) => !chart._fullLayout)
);
"""


class Quiet(WSGIRequestHandler):
    """A handler without a line per request."""

    def log_request(self, *_):
        """Say nothing."""


class Server:
    """One address that shows whichever app a test puts there."""

    def __init__(self):
        """Listen on a free port."""
        self.app = None
        self.prefix = ""  # what a proxy in front would take off every path
        self.asked = []  # the `output` of every callback, in order
        self.held = {}  # product → event that its answer waits for
        self._active, self._lock = 0, Lock()
        self._server = make_server("127.0.0.1", 0, self, threaded=True, request_handler=Quiet)
        self.url = f"http://127.0.0.1:{self._server.port}"
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05})
        self._thread.start()

    def close(self):
        """Stop listening and answering."""
        for event in self.held.values():
            event.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def __call__(self, environ, start_response):
        """Answer a request, after noting what it asks."""
        if environ["PATH_INFO"] == BLANK:
            start_response("200 OK", [("Content-Type", "text/html")])
            return [b"<!doctype html><link rel=icon href=data:,>"]
        environ["PATH_INFO"] = environ["PATH_INFO"].removeprefix(self.prefix)
        if environ["PATH_INFO"] != ROUTE:
            return self.app.server.wsgi_app(environ, start_response)
        content = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        environ["wsgi.input"] = BytesIO(content)
        body = json.loads(content)
        with self._count():
            self.asked.append(body["output"])
            first = body["inputs"][0]  # a list where it is of all buttons of a kind
            view = first.get("value") if isinstance(first, dict) else None
            product = view.get("product") if isinstance(view, dict) else None
            if product in self.held:
                self.held[product].wait(PATIENCE)
            return list(self.app.server.wsgi_app(environ, start_response))

    @contextmanager
    def _count(self):
        with self._lock:
            self._active += 1
        try:
            yield
        finally:
            with self._lock:
                self._active -= 1

    def hold(self, product):
        """Let the answers about a product wait until the event returned is set."""
        self.held[product] = Event()
        return self.held[product]

    @property
    def busy(self):
        """Whether an answer is being computed or held."""
        return self._active > 0


class Visitor:
    """Somebody in front of a screen."""

    def __init__(self, browser: Browser, server: Server):
        """Sit down as nobody has before: no cookie, no storage, a wide light screen, no hover."""
        self.driver, self.server = browser.driver, server
        self._known_to = None  # the app that has given us a sign-in
        self.driver.get(server.url + BLANK)
        origin = {"origin": server.url, "storageTypes": "cookies,local_storage"}
        self.driver.execute_cdp_cmd("Storage.clearDataForOrigin", origin)
        self.prefer("light")
        self.screen(1440, 900)
        corner = {"type": "mouseMoved", "x": 0, "y": 0}
        self.driver.execute_cdp_cmd("Input.dispatchMouseEvent", corner)
        self.complaints()

    def screen(self, width, height):
        """Take another screen; a narrow one is a phone's."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)

    def prefer(self, scheme):
        """Set the system's own color scheme."""
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})

    def speak(self, code):
        """Bring the cookie of a language."""
        cookie = {"name": COOKIE, "value": code, "url": self.server.url}
        self.driver.execute_cdp_cmd("Network.setCookie", cookie)

    def sign_in(self, role="full_admin", customers=(), **who):
        """Bring the cookies of a sign-in at the app there is now."""
        self._known_to = self.server.app
        for name, value in cookies_of(self.server.app, role, customers, **who).items():
            cookie = {"name": name, "value": value, "url": self.server.url}
            self.driver.execute_cdp_cmd("Network.setCookie", cookie)
        return self

    def complaints(self):
        """Return the errors of the browser's console since the last time."""
        return [e["message"] for e in self.driver.get_log("browser") if e["level"] == "SEVERE"]

    def js(self, script, *values):
        """Run a script in the page."""
        return self.driver.execute_script(script, *values)

    def wait(self, condition):
        """Wait until a condition holds, and return what it gave; the page may change meanwhile."""
        gone = [StaleElementReferenceException]
        return WebDriverWait(self.driver, PATIENCE, 0.05, gone).until(lambda _: condition())

    def idle(self):
        """Wait until nothing is going on, neither here nor at the server, twice in a row."""
        pause = "return new Promise((done) => setTimeout(done, 80))"
        calm = lambda: self.js(IDLE) and not self.server.busy  # noqa: E731
        self.wait(lambda: calm() and not self.js(pause) and calm())

    def visit(self, path="/"):
        """Open an address, as a full administrator unless somebody signed in before."""
        if self._known_to is not self.server.app:
            self.sign_in()
        self.driver.get(self.server.url + path)
        self.idle()
        return self

    def asks(self, action):
        """Return what the server is asked because of an action."""
        before = len(self.server.asked)
        action()
        self.idle()
        return self.server.asked[before:]

    def find(self, selector):
        """Return the first element a selector finds, once it is there."""
        return self.wait(lambda: next(iter(self.all(selector)), None))

    def all(self, selector):
        """Return every element a selector finds now."""
        return self.driver.find_elements("css selector", selector)

    def click(self, selector):
        """Click the first element a selector finds."""
        self.find(selector).click()

    def choose(self, label):
        """Click the segment or the option with these words."""
        words = f"[normalize-space()='{label}']"
        xpath = f"//label{words} | //*[@role='option']{words}"
        self.wait(lambda: self._shown(xpath)).click()

    def _shown(self, xpath):
        found = self.driver.find_elements("xpath", xpath)
        return next((element for element in found if element.is_displayed()), None)

    def choose_region(self, name):
        """Click the segment of a region."""
        self.click(f".pl-region [title='{name}']")

    def press(self, *keys):
        """Press keys wherever the focus is."""
        ActionChains(self.driver).send_keys(*keys).perform()

    @property
    def search(self):
        """What stands behind the path in the address."""
        return self.js("return location.search")

    @property
    def text(self):
        """What can be read on the page."""
        return self.js("return document.getElementById('page').innerText")

    @property
    def focused(self):
        """The element that has the focus."""
        return self.driver.switch_to.active_element
