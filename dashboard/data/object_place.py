"""Object stores as places: a put is atomic there, so nothing needs to be flushed or swapped."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path  # noqa: TC003 - a field of a dataclass
from typing import TYPE_CHECKING, Any

import obstore
from obstore.store import from_url

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectPlace:
    """A prefix of a bucket; credentials come from the environment, as for Delta and Polars."""

    url: str
    store: Any
    lock_path: Path  # on this machine: one host may write to a bucket, and the lock is its own

    @classmethod
    def at(cls, url: str, *, locks: Path) -> ObjectPlace:
        """Return the place a URL such as s3://bucket/prefix names."""
        url = url.rstrip("/")
        name = hashlib.sha256(url.encode()).hexdigest()[:16]
        return cls(url=url, store=from_url(url), lock_path=locks / f"partnerlens-{name}.lock")

    def uri(self, name: str) -> str:
        """Return the URL of a file or table."""
        return f"{self.url}/{name}"

    def read(self, name: str) -> bytes:
        """Return the bytes of an object."""
        return bytes(obstore.get(self.store, name).bytes())

    def write(self, name: str, content: bytes) -> None:
        """Put an object whole."""
        obstore.put(self.store, name, content)

    def names(self, folder: str) -> list[str]:
        """Return the names of the objects right under a prefix."""
        found = obstore.list_with_delimiter(self.store, folder)["objects"]
        return sorted(item["path"].rpartition("/")[2] for item in found)

    def delete(self, name: str) -> None:
        """Delete an object."""
        obstore.delete(self.store, name)

    def settle(self, folder: str, names: Iterable[str]) -> None:
        """Nothing to do: an object that can be seen is there to stay."""

    def sweep(self) -> None:
        """Nothing to do: an object that was not put whole was not put."""
