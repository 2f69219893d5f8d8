"""The reader: a process of its own in which delivered files are opened and read, within limits."""

from __future__ import annotations

import atexit
import errno
import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Any

from dashboard.data.messages import Message, receive, send
from dashboard.errors import SourceError

if TYPE_CHECKING:
    from pathlib import Path

    import polars as pl

    from dashboard.settings import Settings

GIB = 1024**3
_MACHINE = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")  # bytes of memory
_START = 120  # seconds a new process may take until it answers at all
_MUCH = 64 * 1024**2  # bytes of files after which a process holds more than an idle one should
_COMMAND = (sys.executable, "-P", "-m", "dashboard.data.desk")
_END = 5  # and until it has ended after its last word
_PATH = os.pathsep.join(map(os.path.abspath, sys.path))  # never the folder one imports from
_SETTINGS = "PARTNERLENS_"
_NO_MEMORY = (errno.ENOMEM, -signal.SIGABRT)  # how it ends without memory: Python, Polars


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What reading one file may take."""

    memory: int = _MACHINE * 3 // 4  # bytes
    seconds: float = 1_800

    @classmethod
    def of(cls, settings: Settings) -> Limits:
        """Return the limits an operator set."""
        given, seconds = settings.reader_memory_gib, settings.reader_seconds
        return cls(memory=round(given * GIB), seconds=seconds) if given else cls(seconds=seconds)


@dataclass(kw_only=True)
class Reader:
    """A process that reads one file at a time: begun when needed, and anew after its end."""

    process: subprocess.Popen[bytes] | None = None
    _channel: socket.socket = field(default_factory=socket.socket)
    _turn: Lock = field(default_factory=Lock)
    _ready: bool = False
    _much: int = 0  # bytes of the files it was asked about

    def start(self) -> None:
        """Begin the process unless there is one; it gets ready while others go on."""
        if self.process and self.process.poll() is None:
            return
        self.stop()
        self._channel, theirs = socket.socketpair()
        with theirs:
            self.process = subprocess.Popen(  # noqa: S603 - our own module
                _COMMAND,
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=_environment(),
            )

    def stop(self) -> int | None:
        """End the process, whatever it is doing; return its exit code if it ended by itself."""
        self._channel.close()
        process, self.process, self._ready, self._much = self.process, None, False, 0
        if process is None:
            return None
        code = process.poll()
        process.kill()
        process.wait()
        return code

    def rest(self) -> None:
        """End the process if it has read so much that its memory is wanted elsewhere."""
        if self._much > _MUCH:
            self.stop()

    def ask(
        self, path: Path, limits: Limits, content: dict[str, Any], *frames: pl.DataFrame
    ) -> Message:
        """Return the reader's answer about a file; SourceError if there is none."""
        about = {"path": str(path.absolute()), "memory": limits.memory}
        with self._turn:
            try:
                self._get_ready()
                send(self._channel, Message(content | about, frames))
                self._channel.settimeout(limits.seconds)
                answer = receive(self._channel)
            except TimeoutError as error:
                self.stop()
                raise _too_slow(path, limits) from error
            except (EOFError, ConnectionError) as error:
                raise _ended(path, limits, self._exit_code()) from error
            except BaseException:  # an interrupt, too: nothing goes on behind it
                self.stop()
                raise
            with suppress(OSError):
                self._much += path.stat().st_size
        if why := answer.content.get("refused"):
            raise SourceError(why)
        return answer

    def _get_ready(self) -> None:
        self.start()
        if not self._ready:
            self._channel.settimeout(_START)
            receive(self._channel)
            self._ready = True

    def _exit_code(self) -> int | None:
        """Return how the process ended, which takes a moment after its last word."""
        if self.process:
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(_END)
        return self.stop()


READER = Reader()
atexit.register(READER.stop)


def _environment() -> dict[str, str]:
    """Return what the process may know: where our modules are, and none of our settings."""
    theirs = {name: value for name, value in os.environ.items() if not name.startswith(_SETTINGS)}
    return theirs | {"PYTHONPATH": _PATH}


def _too_slow(path: Path, limits: Limits) -> SourceError:
    return SourceError(
        f"{path.name} was not read within {limits.seconds:g} seconds: split it, "
        "or raise PARTNERLENS_READER_SECONDS."
    )


def _ended(path: Path, limits: Limits, code: int | None) -> SourceError:
    if code in _NO_MEMORY:
        return SourceError(
            f"{path.name} needs more than {limits.memory / GIB:.3g} GiB of memory to be read: "
            "split it, or raise PARTNERLENS_READER_MEMORY_GIB."
        )
    return SourceError(
        f"{path.name} was not read: its reader was ended (exit code {code}), as happens where "
        "a machine has no memory left: split it, or import it again."
    )
