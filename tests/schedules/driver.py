"""A scheduler as a process of its own that kills itself right before or after a named step."""

import os
import signal
import sys
from datetime import datetime

from dashboard.cli.scheduler import build
from dashboard.schedules import drop, mail
from dashboard.settings import Settings
from dashboard.state import sendings, slots

STEPS = {
    "claim": (slots, "claim"),
    "rendered": (sendings, "rendered"),
    "sending": (sendings, "sending"),
    "mail": (mail, "send"),
    "drop": (drop, "put"),
    "put_off": (sendings, "put_off"),
    "wait": (slots, "put_off"),
    "finish": (slots, "finish"),
}


def dying(real, *, after):
    """Return a step at which the process dies, before it or once it is done."""

    def step(*given, **named):
        if after:
            real(*given, **named)
        os.kill(os.getpid(), signal.SIGKILL)

    return step


def main(when, step, moment):
    """Look once at a moment, and die before or after a step."""
    module, name = STEPS[step]
    setattr(module, name, dying(getattr(module, name), after=when == "after"))
    now = datetime.fromisoformat(moment)
    build(Settings(), lambda: now).tick()


if __name__ == "__main__":
    main(*sys.argv[1:])
