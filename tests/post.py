"""Post: a real mail server in a thread, that takes mail or fails in one of several ways."""

import asyncio
import socket
import time
from email import message_from_bytes
from email.policy import default

from aiosmtpd.controller import Controller


class Post:
    """What arrived, and how the server behaves: set `mood`."""

    def __init__(self, **how):
        """Begin in a good mood; `how` it listens is aiosmtpd's to understand."""
        self.mails, self.mood = [], "fine"
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port, **how)

    def start(self):
        """Listen on a free port."""
        self._controller.start()
        return self

    def stop(self):
        """Hang up."""
        self._controller.stop(no_assert=True)

    def settings(self):
        """Return the settings that lead here."""
        return {"smtp_host": "127.0.0.1", "smtp_port": self.port, "smtp_security": "none"}

    def to(self):
        """Return the recipients of every mail that arrived."""
        return [mail["To"] for mail in self.mails]

    async def handle_RCPT(self, _, __, envelope, address, ___):  # noqa: N802
        """Take a recipient."""
        if self.mood == "refuses":
            return "550 no such mailbox"
        if self.mood == "is busy":
            return "451 try again later"
        if self.mood == "hangs":
            await asyncio.sleep(3)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, _, envelope):  # noqa: N802
        """Take the mail."""
        if self.mood == "rejects":
            return "554 content refused"
        if self.mood == "is full":
            return "452 no room"
        self.mails.append(message_from_bytes(envelope.content, policy=default))
        if self.mood == "forgets":
            await asyncio.sleep(3)
        if self.mood == "drops":
            server.transport.abort()
        return "250 OK"


def wait_for(condition, seconds=20):
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come to be"
        time.sleep(0.05)
