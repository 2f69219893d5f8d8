"""The desk: what the reader's process does, one delivered file after the other, until its end."""

from __future__ import annotations

import errno
import os
import resource
import select
import signal
import socket
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, TypeAlias

from dashboard.data.messages import Message, receive, send
from dashboard.data.options import ImportOptions
from dashboard.data.reading import open_file, read_file
from dashboard.errors import SourceError

if TYPE_CHECKING:
    from dashboard.data.reading import Opened

Key: TypeAlias = "tuple[str, ImportOptions]"

HELD = 256 * 1024**2  # bytes that wait in memory for their turn, all files together
READY = Message({})
OUT_OF_MEMORY = errno.ENOMEM  # exit code


@dataclass(kw_only=True)
class Desk:
    """Opens files and reads them; what was opened lately waits here, or is opened again."""

    waiting: dict[Key, Opened] = field(default_factory=dict)

    def answer(self, asked: Message) -> Message:
        """Return what was asked for, or the sentence that says why it cannot be."""
        content = asked.content
        path, options = Path(content["path"]), ImportOptions(**content["options"])
        try:
            if content["step"] == "open":
                return self._open(path, options)
            opened = self._opened(path, options, content["sha256"])
            subscriptions = next(iter(asked.frames), None)
            reading = read_file(opened, subscriptions, masks=content["masks"])
        except SourceError as error:
            return Message({"refused": str(error)})
        except MemoryError:
            raise
        except BaseException as error:  # noqa: BLE001 - a panic below is no Exception
            return Message({"refused": f"{path.name} cannot be read ({type(error).__name__})."})
        return Message(reading.counts, (reading.kept, reading.same, reading.quarantined))

    def _open(self, path: Path, options: ImportOptions) -> Message:
        opened = open_file(path, options)
        self.waiting.pop((str(path), options), None)
        free = HELD - sum(other.weight for other in self.waiting.values())
        while self.waiting and opened.weight > free:
            free += self.waiting.pop(next(iter(self.waiting))).weight
        if opened.weight <= free:
            self.waiting[str(path), options] = opened
        recognized = opened.recognized
        return Message(
            {
                "sha256": opened.sha256,
                "source": recognized.source.name,
                "filled": recognized.options,
            }
        )

    def _opened(self, path: Path, options: ImportOptions, sha256: str) -> Opened:
        """Return a file that was opened before, if it still is the same."""
        opened = self.waiting.pop((str(path), options), None) or open_file(path, options)
        if opened.sha256 != sha256:
            msg = f"{path.name} changed while it was imported: deliver it again."
            raise SourceError(msg)
        return opened


def main() -> None:
    """Answer whoever holds the other end of standard input, until it is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the import decides what an interrupt means
    channel = socket.socket(fileno=0)
    Thread(target=_end_with, args=[channel], daemon=True).start()
    with suppress(OSError):  # where memory is short, this process goes before any other
        Path("/proc/self/oom_score_adj").write_text("1000")
    desk = Desk()
    try:
        send(channel, READY)
        while True:
            asked = receive(channel)
            _limit(asked.content["memory"])
            send(channel, desk.answer(asked))
    except (EOFError, BrokenPipeError):
        return
    except MemoryError:
        os._exit(OUT_OF_MEMORY)  # nothing that needs memory may follow


def _limit(memory: int) -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    soft = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def _end_with(channel: socket.socket) -> None:
    """End the process with the import, however that ended and whatever is being read."""
    poll = select.poll()
    poll.register(channel, 0)  # a hang-up is told unasked
    poll.poll()
    os._exit(0)


if __name__ == "__main__":
    main()
