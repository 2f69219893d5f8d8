"""The answer cache: Flask-Caching as a store of bytes, under keys of our own (TRUST §3)."""

from __future__ import annotations

import hashlib
import hmac
import zlib
from contextvars import Context
from dataclasses import dataclass, is_dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import orjson
import structlog
from cachelib.serializers import FileSystemSerializer, RedisSerializer
from flask_caching import Cache
from flask_caching.backends.filesystemcache import FileSystemCache
from flask_caching.backends.rediscache import RedisCache

from dashboard.errors import PartnerlensError
from dashboard.settings import definition_version

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from dashboard.access import Scope
    from dashboard.settings import Settings

LARGEST_ENTRIES = 5_000  # files kept; the oldest go first
# Nothing but JSON's own types may name an answer.
STRICT = orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_SUBCLASS
CANONICAL = orjson.OPT_SORT_KEYS | STRICT
SEAL = 32  # bytes of a sealed entry's authentication code

log = structlog.get_logger(__name__)


class FileBytes(FileSystemSerializer):
    """Write bytes as they are, and the integer the backend counts its files with; no pickle."""

    def dump(self, value: object, f: IO[bytes], protocol: int = 0) -> None:  # noqa: ARG002
        """Write a value, or raise `TypeError` for anything but bytes and integers."""
        f.write(_as_bytes(value))

    def load(self, f: IO[bytes]) -> bytes | int | None:
        """Read a value back; what nobody here wrote reads as absent."""
        return _from_bytes(f.read())


class RedisBytes(RedisSerializer):
    """The same for Redis."""

    def dumps(self, value: object, protocol: int = 0) -> bytes:  # noqa: ARG002
        """Return the stored form, or raise `TypeError`."""
        return _as_bytes(value)

    def loads(self, value: bytes | None) -> bytes | int | None:
        """Return the value; what nobody here wrote reads as absent."""
        return None if value is None else _from_bytes(value)


def _as_bytes(value: object) -> bytes:
    if isinstance(value, bytes):
        return b"b" + value
    if type(value) is int:
        return b"i%d" % value
    msg = f"the cache stores bytes, not {type(value).__name__}"
    raise TypeError(msg)


def _from_bytes(stored: bytes) -> bytes | int | None:
    if stored[:1] == b"b":
        return stored[1:]
    if stored[:1] == b"i" and stored[1:].isdigit():
        return int(stored[1:])
    return None


class ByteFiles(FileSystemCache):
    """The file backend without pickle."""

    serializer = FileBytes()


class ByteRedis(RedisCache):
    """The Redis backend without pickle."""

    serializer = RedisBytes()


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """Where an answer is kept, and what it must say of itself to be believed."""

    digest: str
    release: str
    scope: str

    @property
    def label(self) -> bytes:
        """Return what is stored with the answer: whose it is, and of which release."""
        return f"{self.digest}\n{self.release}\n{self.scope}\n".encode()


def cache_key(
    *, release: str, definitions: str, function: str, params: object, scope: Scope, locale: str
) -> Key:
    """Return the key of one answer; `params` is a frozen dataclass of JSON values.

    Raises `TypeError` for anything else, so that no frame, model or request becomes a key.
    """
    if not is_dataclass(params) or isinstance(params, type):
        msg = f"cache params must be a dataclass, not {type(params).__name__}"
        raise TypeError(msg)
    canonical = orjson.dumps(params, option=CANONICAL).decode()
    parts = (release, definitions, function, canonical, scope.fingerprint, locale)
    framed = "".join(f"{len(part)}:{part}" for part in parts)
    digest = hashlib.sha256(framed.encode()).hexdigest()
    return Key(digest=digest, release=release, scope=scope.fingerprint)


class ByteCache:
    """Answers as bytes. A cache that is down, slow to connect or lying is as good as empty."""

    def __init__(self, store: Any, secret: bytes) -> None:
        """Keep answers in `store`, a Flask-Caching cache; `secret` seals each entry."""
        self._store = store
        self._secret = secret

    def get(self, key: Key) -> bytes | None:
        """Return the answer, or null if it is absent, foreign, or was changed."""
        try:
            entry = self._store.get(key.digest)
        except Exception as error:  # noqa: BLE001 - whatever the backend raises, we compute
            log.warning("cache.unreachable", error=str(error))
            return None
        if not isinstance(entry, bytes):
            return None
        seal, body = entry[:SEAL], entry[SEAL:]
        if not body.startswith(key.label) or not hmac.compare_digest(seal, self._seal(body)):
            return None
        return body[len(key.label) :]

    def set(self, key: Key, answer: bytes) -> None:
        """Keep an answer; failing to is only slower. Raises `TypeError` unless it is bytes."""
        body = key.label + answer
        try:
            self._store.set(key.digest, self._seal(body) + body)
        except Exception as error:  # noqa: BLE001
            log.warning("cache.unreachable", error=str(error))

    def remember(self, key: Key, compute: Callable[[], bytes]) -> bytes:
        """Return the cached answer or compute it where no request can be seen."""
        answer = self.get(key)
        if answer is None:
            answer = Context().run(compute)
            self.set(key, answer)
        return answer

    def _seal(self, body: bytes) -> bytes:
        """Return what a changed entry would not fit: without a secret, files of ours alone."""
        if not self._secret:
            return zlib.crc32(body).to_bytes(SEAL)
        return hashlib.blake2b(body, key=self._secret, digest_size=SEAL).digest()


def open_cache(settings: Settings, server: Flask) -> ByteCache:
    """Return the cache the settings name: files, or Redis by URL with a secret of its own."""
    config: dict[str, Any] = {"CACHE_DEFAULT_TIMEOUT": settings.cache_seconds}
    if settings.cache_url:
        if not settings.cache_secret:
            msg = (
                "A shared cache needs PARTNERLENS_CACHE_SECRET, the same on every host; "
                "set it to 32 or more random characters."
            )
            raise PartnerlensError(msg)
        config |= {
            "CACHE_TYPE": f"{__name__}.ByteRedis",
            "CACHE_REDIS_URL": settings.cache_url,
            "CACHE_KEY_PREFIX": "partnerlens:",
            "CACHE_OPTIONS": {"socket_timeout": 0.25, "socket_connect_timeout": 0.25},
        }
        return ByteCache(_attach(config, server), settings.cache_secret.encode()[:64])
    try:
        settings.cache_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        settings.cache_dir.chmod(0o700)
    except OSError as error:  # slower, and no reason not to serve
        log.warning("cache.unreachable", error=str(error))
        config |= {"CACHE_TYPE": "NullCache", "CACHE_NO_NULL_WARNING": True}
        return ByteCache(_attach(config, server), b"")
    config |= {
        "CACHE_TYPE": f"{__name__}.ByteFiles",
        "CACHE_DIR": str(settings.cache_dir),
        "CACHE_THRESHOLD": LARGEST_ENTRIES,
    }
    return ByteCache(_attach(config, server), b"")


def _attach(config: dict[str, Any], server: Flask) -> Any:
    cache = Cache()
    cache.init_app(server, config=config)
    return server.extensions["cache"][cache]


def definitions_in_force(settings: Settings) -> str:
    """Fingerprint everything but data that decides an answer: settings, our files, the prefix."""
    package = Path(__file__).parents[1]
    files = sorted(p for p in package.rglob("*") if p.suffix in {".py", ".po"})
    stamps = "".join(f"{p.relative_to(package)}{p.stat().st_mtime_ns}" for p in files)
    code = hashlib.sha256(stamps.encode()).hexdigest()[:12]
    return f"{definition_version(settings)}-{code}-{settings.prefix}"  # links hold the prefix
