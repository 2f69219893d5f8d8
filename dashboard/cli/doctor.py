"""`partnerlens doctor`: what is wrong with data, state and cache, and what to do about it."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
import polars as pl
from deltalake import DeltaTable
from deltalake.exceptions import DeltaError
from rich.console import Console
from rich.markup import escape
from sqlalchemy import func, make_url, select

from dashboard import settings as knobs
from dashboard.cli.audit import broken
from dashboard.data import tables
from dashboard.data.datasets import LICENSES
from dashboard.data.store import Store, open_store
from dashboard.errors import PartnerlensError
from dashboard.state.administration import administrators
from dashboard.state.anchors import check_chain, read_anchors
from dashboard.state.database import open_database
from dashboard.state.models import User

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from sqlalchemy.orm import Session

    from dashboard.settings import Settings

STALE_DAYS = 10  # a weekly export is due every seven days


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that was looked at: what was found, and what to do if it is wrong."""

    name: str
    ok: bool
    found: str
    todo: str = ""


@click.command
@click.option("--data", help="Data directory.")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
def doctor(*, data: str | None, as_json: bool) -> None:
    """Look at data, release, tables, state and cache. Exits 1 if something is wrong."""
    settings = knobs.load()
    checks = list(examine(data or settings.data_dir, settings, datetime.now(UTC)))
    healthy = all(check.ok for check in checks)
    if as_json:
        click.echo(json.dumps({"ok": healthy, "checks": [asdict(c) for c in checks]}, indent=1))
    else:
        _print(checks)
    sys.exit(0 if healthy else 1)


def examine(data_dir: str, settings: Settings, now: datetime) -> Iterator[Check]:
    """Look at everything; a later check may need an earlier one to be well."""
    yield _directory(data_dir)
    yield _cache(settings)
    yield from _state(settings)
    try:
        store = open_store(data_dir)
    except PartnerlensError as error:
        yield Check(name="release", ok=False, found=str(error), todo="See the sentence above.")
        return
    yield _release(store)
    yield from map(_table(store), sorted(store.release.tables))
    yield _age(store, now.date())
    yield from _weeks(store)


def _directory(data_dir: str) -> Check:
    name = "data directory"
    if "://" in data_dir:
        return Check(name=name, ok=True, found=f"{data_dir} (object store)")
    path = Path(data_dir)
    if not path.exists():
        todo = "Run: partnerlens ingest PATH…, or name another directory with --data."
        return Check(name=name, ok=False, found=f"{path} does not exist", todo=todo)
    if not os.access(path, os.R_OK | os.X_OK, effective_ids=True):
        todo = f"Let this user read it: chmod -R u+rX {path}, or run as its owner."
        return Check(name=name, ok=False, found=f"{path} is not readable", todo=todo)
    may = (
        "readable and writable"
        if os.access(path, os.W_OK, effective_ids=True)
        else "read-only: enough to serve"
    )
    return Check(name=name, ok=True, found=f"{path} is {may}")


def _cache(settings: Settings) -> Check:
    if settings.cache_url:
        return _shared_cache(settings.cache_url)
    folder = settings.cache_dir
    nearest = next(p for p in (folder, *folder.absolute().parents) if p.exists())
    ok = os.access(nearest, os.W_OK | os.X_OK, effective_ids=True)
    found = f"files in {folder}" if ok else f"{nearest} is not writable"
    todo = "" if ok else "Make it writable, or set PARTNERLENS_CACHE_DIR."
    return Check(name="cache", ok=ok, found=found, todo=todo)


def _shared_cache(url: str) -> Check:
    shown = url.rpartition("@")[2].removeprefix("redis://")
    try:
        import redis  # noqa: PLC0415 - optional extra

        redis.Redis.from_url(url, socket_timeout=3, socket_connect_timeout=3).ping()
    except ImportError:
        todo = "Install partnerlens[redis], or empty PARTNERLENS_CACHE_URL."
        return Check(name="cache", ok=False, found="Redis support is missing", todo=todo)
    except (OSError, ValueError, redis.RedisError) as error:
        todo = "Start it, or empty PARTNERLENS_CACHE_URL: pages only get slower."
        found = f"{shown} does not answer ({type(error).__name__})"
        return Check(name="cache", ok=False, found=found, todo=todo)
    return Check(name="cache", ok=True, found=f"{shown} answers")


def _state(settings: Settings) -> Iterator[Check]:
    """Look at the state database, and whether its audit log is as it was written."""
    place = make_url(settings.state_url)
    shown = place.render_as_string(hide_password=True)
    made = place.get_backend_name() != "sqlite" or Path(place.database or "").exists()
    if not made:
        found = f"{shown} will be made when somebody serves the pages or adds a user"
        yield Check(name="state database", ok=True, found=found)
        return
    try:
        database = open_database(settings.state_url)
    except PartnerlensError as error:
        todo = "See the sentence above; nobody can sign in until then."
        yield Check(name="state database", ok=False, found=str(error), todo=todo)
        return
    with database.read() as session:
        users = session.scalar(select(func.count()).select_from(User))
        found = f"{shown} answers, {users} users, {administrators(session)} administrators"
        yield Check(name="state database", ok=True, found=found)
        yield _audit(session, settings.anchors)
    database.engine.dispose()


def _audit(session: Session, path: Path) -> Check:
    name = "audit log"
    try:
        verdict, anchors = check_chain(session, path), read_anchors(path)
    except PartnerlensError as error:
        return Check(name=name, ok=False, found=str(error), todo="Then run this again.")
    if verdict.broken is not None:
        todo = "Find out who can write to the state database, and restore a backup."
        return Check(name=name, ok=False, found=broken(verdict), todo=todo)
    newest = f"anchored at entry {anchors[-1].number}" if anchors else "not anchored"
    todo = "" if anchors else "Run daily: partnerlens audit anchor."
    found = f"{verdict.entries:,} entries, every one as written, {newest}"
    return Check(name=name, ok=True, found=found, todo=todo)


def _release(store: Store) -> Check:
    release = store.release
    files = sum(len(table.files) for table in release.tables.values())
    found = f"{release.id}, {files} data files, every hash as published"
    if store.refused:
        todo = "Import the missing files again: the next release replaces the damaged one."
        return Check(name="release", ok=False, found=" ".join((*store.refused, found)), todo=todo)
    return Check(name="release", ok=True, found=found)


def _table(store: Store) -> Callable[[str], Check]:
    """Return a check that a table's log still has the version the release names."""

    def check(name: str) -> Check:
        table = store.release.tables[name]
        folder = store.place.uri(f"{tables.FOLDER}/{name}")
        try:
            logged = len(DeltaTable(folder, version=table.version).file_uris())
        except (DeltaError, OSError) as error:
            found = f"version {table.version} cannot be opened ({type(error).__name__})"
            todo = f"Pages are fine, imports are not: restore {folder}/_delta_log from a backup."
            return Check(name=f"table {name}", ok=False, found=found, todo=todo)
        ok = logged == len(table.files)
        found = f"version {table.version}, {table.rows:,} rows in {logged} files"
        return Check(name=f"table {name}", ok=ok, found=found)

    return check


def _age(store: Store, today: date) -> Check:
    release = store.release
    if release.as_of is None:
        todo = "Import licenses, or customers and orders."
        return Check(name="age", ok=False, found="the data hold no dates", todo=todo)
    days = (today - release.as_of).days
    found = f"as of {release.as_of}, {days} days ago; published {release.published:%Y-%m-%d %H:%M}"
    todo = "" if days <= STALE_DAYS else "Import the newest exports."
    return Check(name="age", ok=not todo, found=found, todo=todo)


def _weeks(store: Store) -> Iterator[Check]:
    newest = (
        store.scan(LICENSES)
        .filter(pl.col("region").is_not_null())
        .group_by("region")
        .agg(pl.col("week_ending").max())
    )
    by_region = dict(newest.collect().iter_rows())
    last = max(by_region.values(), default=None)
    for region in store.release.regions:
        week = by_region.get(region)
        found = f"newest week ending {week}" if week else "no licenses"
        todo = "" if week == last else f"Import the licenses of {region} up to {last}."
        yield Check(name=f"region {region}", ok=not todo, found=found, todo=todo)


def _print(checks: list[Check]) -> None:
    console = Console(soft_wrap=True, highlight=False)
    for check in checks:
        mark = "[green]ok[/]   " if check.ok else "[red]wrong[/]"
        console.print(f"{mark} {escape(check.name)}: {escape(check.found)}")
        if check.todo:
            console.print(f"      → {escape(check.todo)}")
