"""Servers under measurement: gunicorn processes of one worker, with their CPU and memory."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import psutil

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

START_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Server:
    """A running gunicorn."""

    url: str
    pid: int
    headers: Mapping[str, str]

    def workers(self) -> list[psutil.Process]:
        """Return the worker processes."""
        return psutil.Process(self.pid).children()

    def cpu(self) -> float:
        """Return the CPU seconds the workers have used."""
        times = (worker.cpu_times() for worker in self.workers())
        return sum(t.user + t.system for t in times)

    def post(self, path: str, body: bytes) -> bytes:
        """Send one callback request on a connection of its own."""
        request = urllib.request.Request(
            self.url + path, body, {"Content-Type": "application/json", **self.headers}
        )
        with urllib.request.urlopen(request, timeout=60) as response:
            return bytes(response.read())


@contextmanager
def serving(
    target: str, *, workers: int = 1, headers: Mapping[str, str], **environment: str
) -> Iterator[Server]:
    """Serve a WSGI target until the block ends; every request brings the same headers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", target, "--bind", f"127.0.0.1:{port}"]
    command += ["--worker-class", "gthread", "--workers", str(workers), "--threads", "4"]
    process = subprocess.Popen([*command, "--log-level", "error"], env=os.environ | environment)
    server = Server(f"http://127.0.0.1:{port}", process.pid, headers)
    try:
        _wait(server)
        yield server
    finally:
        process.terminate()
        process.wait(20)


def _wait(server: Server) -> None:
    for _ in range(START_SECONDS * 10):
        try:
            urllib.request.urlopen(f"{server.url}/healthz", timeout=5).read()
        except OSError:
            time.sleep(0.1)
        else:
            return
    msg = f"{server.url} did not start"
    raise RuntimeError(msg)
