"""Signing in: a browser that is somebody, without typing a password each time."""

from datetime import UTC, datetime
from uuid import uuid4

from dashboard.callbacks.session import COOKIE, CSRF_COOKIE, CSRF_HEADER, csrf_token
from dashboard.state import sign_ins
from dashboard.state.keys import load_keys
from dashboard.state.users import add_user, assign

PATIENCE = sign_ins.Patience()


def add_somebody(database, role, customers=(), **details):
    """Add a user with a role and some customers; return the id."""
    email = details.pop("email", f"{role}-{uuid4().hex[:8]}@example.com")
    with database.begin() as session:
        user = add_user(session, email=email, role=role, now=datetime.now(UTC), **details)
        assign(session, user.id, customers)
        return user.id


def cookies_of(app, role="full_admin", customers=(), *, user_id=None, now=None):
    """Return the cookies of a new sign-in of a new user, or of one there is."""
    services = app._services
    user_id = user_id or add_somebody(services.database, role, customers)
    now = now or datetime.now(UTC)
    with services.database.begin() as session:
        sign_in_id = sign_ins.begin(session, user_id, now, PATIENCE)
    settings = services.settings
    keys = load_keys(settings.secret_key, settings.secret_file, settings.state_url)
    return {COOKIE: sign_in_id, CSRF_COOKIE: csrf_token(keys[0], sign_in_id)}


def signed_in(app, role="full_admin", customers=(), **choices):
    """Return a test client that is signed in, and says what our pages say of themselves."""
    return with_cookies(app, cookies_of(app, role, customers, **choices))


def with_cookies(app, cookies):
    """Return a test client with some cookies, behind one of our own pages."""
    browser = app.server.test_client()
    for name, value in cookies.items():
        browser.set_cookie(name, value)
    header = f"HTTP_{CSRF_HEADER.upper().replace('-', '_')}"
    browser.environ_base |= {
        header: cookies[CSRF_COOKIE],
        "HTTP_SEC_FETCH_SITE": "same-origin",
    }
    return browser


def start_signed_in(dash_duo, app):
    """Serve an app to the browser of `dash_duo`, which is signed in before it looks."""
    dash_duo.server(app)
    for name, value in cookies_of(app).items():
        cookie = {"name": name, "value": value, "url": dash_duo.server.url}
        dash_duo.driver.execute_cdp_cmd("Network.setCookie", cookie)
    dash_duo.server_url = dash_duo.server.url  # opens it
