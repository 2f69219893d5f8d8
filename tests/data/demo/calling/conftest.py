"""The invented calls of one writing as frames, and the portfolio they were made for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from call_files import (
    LIMITS,
    NULLS,
    RECORDS_2024,
    STREAMS,
    import_entries,
    named,
    quality_rows,
    queue_rows,
    records_of,
    week_of,
)
from judging import AS_OF

from dashboard.data.demo import write_calls, write_portfolio

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def paths(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return write_calls(tmp_path_factory.mktemp("calls"), legs=60_000)


@pytest.fixture(scope="module")
def delivered(paths: list[Path]) -> pd.DataFrame:
    """All good call records as they were delivered, repeats included."""
    columns = [*RECORDS_2024.split(","), "file"]
    files = [path for path in paths if path.name.startswith("webex_cdr_")]
    frame = pd.concat([records_of(path)[0][columns] for path in files], ignore_index=True)
    frame["start"] = pd.to_datetime(frame["Start time"]).dt.tz_localize(None)
    frame["reported"] = pd.to_datetime(frame["Report time"])
    frame["week"] = week_of(frame["start"])
    frame["seconds"] = pd.to_numeric(frame["Duration"].replace(NULLS, "0"))
    return frame


@pytest.fixture(scope="module")
def legs(delivered: pd.DataFrame) -> pd.DataFrame:
    """The newest state of every leg up to now."""
    newest = delivered.sort_values("reported").drop_duplicates("Report ID", keep="last")
    return newest[newest["start"] < AS_OF]


@pytest.fixture(scope="module")
def calls(legs: pd.DataFrame) -> pd.DataFrame:
    made = legs[
        (legs["Direction"] == "ORIGINATING")
        & legs["User type"].isin(["User", "Place", "VirtualLine"])
    ]
    return made.sort_values("start", kind="stable").drop_duplicates("Correlation ID")


@pytest.fixture(scope="module")
def portfolio(tmp_path_factory: pytest.TempPathFactory) -> dict[str, pd.DataFrame]:
    """Customers and the newest Calling licenses from the exports of the same seed."""
    written = write_portfolio(tmp_path_factory.mktemp("portfolio"), weeks=10)
    by_name = {path.name: path for path in written}
    encodings = {"us_ca": "utf-8-sig", "eu": "utf-16", "uae": "utf-8"}
    lists = [
        pd.read_csv(
            by_name[f"webex_customers_{place}.csv"],
            encoding=encoding,
            sep={"us_ca": ",", "eu": "\t", "uae": ";"}[place],
            keep_default_na=False,
            names=["Name", "Organization ID", "Region", *"abcdef"],
            header=0,
        )
        for place, encoding in encodings.items()
    ]
    licenses = pd.read_csv(by_name["webex_licenses_2026-11-14.csv"], on_bad_lines="skip")
    calling = licenses[licenses["Product"] == "Webex Calling"]
    return {"customers": pd.concat(lists), "calling": calling}


@pytest.fixture(scope="module")
def quality(
    paths: list[Path], legs: pd.DataFrame, portfolio: dict[str, pd.DataFrame]
) -> pd.DataFrame:
    """Leg quality with the model from the leg's record, judged by rule `any`."""
    frames = [pd.DataFrame(quality_rows(path)[0]) for path in named(paths, "webex_media")]
    frame = pd.concat(frames, ignore_index=True)
    measures = [f"{stream} {name}" for stream in STREAMS for name in LIMITS]
    frame[measures] = frame[measures].replace(NULLS, None).astype(float)
    frame["week"] = week_of(pd.to_datetime(frame["Start Time"]))
    frame["measured"] = frame[measures].notna().any(axis=1)
    over = [frame[f"{stream} {name}"] > LIMITS[name] for stream in STREAMS for name in LIMITS]
    frame["poor"] = np.any(over, axis=0)
    frame = frame.merge(legs[["Call ID", "Model"]], on="Call ID", validate="1:1")
    return frame.merge(portfolio["customers"][["Organization ID", "Region"]])


@pytest.fixture(scope="module")
def queues(paths: list[Path]) -> pd.DataFrame:
    frames = []
    entries = import_entries(paths)
    for path in named(paths, "webex_call_queue_stats_"):
        frame = queue_rows(path)[0]
        if path.name in entries:
            entry = entries[path.name]
            frame["Organization ID"], frame["End Date"] = entry["organization_id"], entry["to"]
        frames.append(frame)
    frame = pd.concat(frames, ignore_index=True)
    frame["week"] = week_of(pd.to_datetime(frame["End Date"]))
    return frame
