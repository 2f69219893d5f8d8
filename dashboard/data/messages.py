"""Messages: what an import and its reader tell each other, as JSON and frames, never as code."""

from __future__ import annotations

import json
import os
import socket
import sys
import tempfile
from contextlib import ExitStack
from typing import IO, TYPE_CHECKING, Any, NamedTuple

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Sequence

_MARK = b"\n"  # what travels is this, with files attached to it
_MOST = 4  # files of one message
_MANY = 10_000  # rows
_FILE = b"ARROW1"  # how Arrow's file format begins; its stream does not


class Message(NamedTuple):
    """Plain values, and the frames that belong to them."""

    content: dict[str, Any]
    frames: tuple[pl.DataFrame, ...] = ()


def send(channel: socket.socket, message: Message) -> None:
    """Send a message; it lies in files without a name, which only their descriptors lead to."""
    with ExitStack() as opened:
        files = [opened.enter_context(_nameless()) for _ in range(1 + len(message.frames))]
        files[0].write(json.dumps(message.content).encode())
        files[0].flush()
        for frame, file in zip(message.frames, files[1:], strict=True):
            # The stream is faster for few rows, the file for many.
            (frame.write_ipc_stream if frame.height < _MANY else frame.write_ipc)(file)
        socket.send_fds(channel, [_MARK], [file.fileno() for file in files])


def receive(channel: socket.socket) -> Message:
    """Wait for a message; EOFError if the other side is gone."""
    mark, descriptors, _, _ = socket.recv_fds(channel, len(_MARK), _MOST)
    try:
        if not mark:
            raise EOFError
        return _read(descriptors)
    finally:
        for descriptor in descriptors:
            os.close(descriptor)


def _read(descriptors: Sequence[int]) -> Message:
    first, *others = (f"/dev/fd/{descriptor}" for descriptor in descriptors)
    with open(first, "rb") as file:  # noqa: PTH123 - a path below /dev/fd is no place
        content = json.load(file)
    return Message(content, tuple(map(_frame, others)))


def _frame(path: str) -> pl.DataFrame:
    with open(path, "rb") as file:  # noqa: PTH123
        is_file = file.read(len(_FILE)) == _FILE
    return pl.read_ipc(path) if is_file else pl.read_ipc_stream(path)


def _nameless() -> IO[bytes]:
    """Return an empty file that nobody else finds: in memory where the system has such files."""
    if sys.platform == "linux":
        return os.fdopen(os.memfd_create("partnerlens"), "w+b")
    return tempfile.TemporaryFile()
