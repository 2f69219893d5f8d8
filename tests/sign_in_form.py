"""The form of the sign-in page, filled in and sent."""

import re

PASSWORD = "correct horse battery"
OURS = {"Sec-Fetch-Site": "same-origin"}


def send(browser, email, password=PASSWORD, **fields):
    """Open the sign-in page and send its form."""
    page = browser.get("/sign-in").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    form = {"email": email, "password": password, "csrf_token": token} | fields
    return browser.post("/sign-in", data=form, headers=OURS)
