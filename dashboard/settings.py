"""Settings: every knob, its default and its meaning, read once from `PARTNERLENS_…`."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import ClassVar, Literal

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from dashboard import errors


class Settings(BaseSettings):
    """One value per knob; the environment variable is the upper-case name with the prefix."""

    model_config: ClassVar[SettingsConfigDict] = SettingsConfigDict(
        env_prefix="PARTNERLENS_", frozen=True
    )

    data_dir: str = Field(
        default="var/data", description="Data directory: a path or object-store URL."
    )
    state_url: str = Field(
        default="sqlite:///var/state.db",
        description="State database: users, tags, audit; sqlite:///FILE or postgresql+psycopg://…",
    )
    anchor_file: str = Field(
        default="",
        description="Daily anchors of the audit log; empty: `anchors` beside the database.",
    )
    secret_key: str = Field(
        default="",
        description="Signs tokens; a second word is a key still accepted. Empty: `secret_file`.",
    )
    secret_file: Path | None = Field(
        default=None,
        description="The key file, made on the first run; secret.key beside the state database.",
    )
    idle_minutes: int = Field(default=30, ge=1, description="A sign-in ends unused after these.")
    absolute_hours: int = Field(default=12, ge=1, description="A sign-in ends anyway after these.")
    secure_cookies: bool | None = Field(
        default=None,
        description="Cookies for https only; unless set, everywhere but on http://localhost.",
    )
    proxies: int = Field(
        default=0, ge=0, description="How many proxies in front add to X-Forwarded-… headers."
    )
    oidc_issuer: str = Field(default="", description="OpenID Connect provider; empty: none.")
    oidc_client_id: str = Field(default="", description="What the provider calls Partnerlens.")
    oidc_client_secret: str = Field(default="", description="What Partnerlens shows to it.")
    oidc_role_claim: str = Field(default="roles", description="The claim that holds groups.")
    oidc_roles: dict[str, str] = Field(
        default={},
        description="Group to role, as JSON, first match first; others are nobody. Empty: roles "
        "are given here, and who is new is nobody.",
    )
    demo_users: Path | None = Field(
        default=None,
        description="Users whom the sign-in page offers to everybody; `partnerlens demo` sets it.",
    )
    cache_url: str = Field(
        default="",
        description="Shared cache, as redis://host:port/0; empty: files in `cache_dir`.",
    )
    cache_secret: str = Field(default="", description="Seals the entries of a shared cache.")
    cache_dir: Path = Field(
        default=Path("var/cache"), description="Directory of the file cache, 0700."
    )
    cache_seconds: int = Field(
        default=86_400, ge=0, description="How long a cached answer is kept."
    )
    prefix: str = Field(default="/", description="URL prefix behind a proxy, with both slashes.")
    soon_days: int = Field(
        default=90, ge=0, description="G-1: a term ends soon within this many days."
    )
    recent_days: int = Field(
        default=90, ge=0, description="W-082: recently added within so many days."
    )
    expiring_soon_days: int = Field(
        default=14, ge=0, description="G-1: status Expiring soon within this many days."
    )
    inactive_days: int = Field(
        default=30, ge=0, description="G-2: status No recent activity after this many days."
    )
    peer_minimum: int = Field(
        default=8, ge=8, description="G-3: fewest customers of a peer group."
    )
    peer_gap: float = Field(
        default=0.05, ge=0, description="G-3: points below the lower quartile."
    )
    poor_leg_rule: Literal["any", "all"] = Field(
        default="any",
        description="G-8: a leg is poor when any measurement is above its limit, or when all are.",
    )
    poor_leg_jitter_ms: float = Field(
        default=150, ge=0, allow_inf_nan=False, description="G-8: limit of jitter."
    )
    poor_leg_latency_ms: float = Field(
        default=400, ge=0, allow_inf_nan=False, description="G-8: limit of latency."
    )
    poor_leg_loss_percent: float = Field(
        default=5, ge=0, allow_inf_nan=False, description="G-8: limit of packet loss."
    )
    customers_label: str = Field(
        default="", description="G-13: what the menu calls the customers; empty: “Customers”."
    )
    inventory_numbers: Literal["whole", "masked"] = Field(
        default="whole",
        description="Phone numbers and user ids of inventories: whole, or masked at import.",
    )
    reports_dir: Path = Field(
        default=Path("var/reports"), description="Directory of finished reports, 0700."
    )
    report_days: int = Field(
        default=30, ge=1, description="How many days a finished report can be downloaded."
    )
    report_rows: int = Field(
        default=2_000_000, ge=1, description="Most rows of one report; a longer one fails."
    )
    smtp_host: str = Field(default="", description="Mail server of schedules; empty: no mail.")
    smtp_port: int = Field(default=587, ge=1, le=65_535, description="Its port.")
    smtp_security: Literal["starttls", "ssl", "none"] = Field(
        default="starttls", description="How the way to it is encrypted: starttls, ssl, none."
    )
    smtp_user: str = Field(default="", description="Who signs in to it; empty: nobody.")
    smtp_password: str = Field(default="", description="The password for it.")
    smtp_seconds: float = Field(
        default=30, gt=0, le=120, description="How long it may take to answer."
    )
    mail_from: str = Field(
        default="partnerlens@localhost", description="The address that mails come from."
    )
    public_url: str = Field(
        default="",
        description="Where browsers find Partnerlens, such as https://partners.example.com; mails "
        "link to it. Empty: they link to nothing.",
    )
    schedule_folder: Path | None = Field(
        default=None, description="Where schedules drop files, below each recipient's address."
    )
    export_rows: int = Field(
        default=100_000, ge=1, description="Most rows of a table, list or log as one file."
    )
    export_cells: int = Field(
        default=2_000_000, ge=1, description="Most cells of such a file: rows times columns."
    )
    portal_file: Path | None = Field(
        default=None,
        description="Links and resources of your own: a copy of dashboard/portal.toml, edited.",
    )
    reader_memory_gib: float | None = Field(
        default=None,
        ge=0.5,
        description="Most memory that reading a delivered file may take; unless set, three "
        "quarters of the machine's.",
    )
    reader_seconds: float = Field(
        default=1_800, gt=0, description="How long reading a delivered file may take."
    )
    keep_releases: int = Field(default=14, ge=1, description="How many releases stay readable.")

    @property
    def masks_inventories(self) -> bool:
        """Tell whether nobody sees the numbers of inventories whole."""
        return self.inventory_numbers == "masked"

    @field_validator("prefix")
    @classmethod
    def _has_both_slashes(cls, prefix: str) -> str:
        if not re.fullmatch(r"/([\w.~-]+/)*", prefix):
            msg = "it needs a slash at both ends, such as /partners/"
            raise ValueError(msg)
        return prefix

    @property
    def anchors(self) -> Path:
        """Return where the anchors of the audit log are: never within the database itself."""
        kind, _, file = self.state_url.partition("?")[0].partition(":///")
        beside = Path(file).parent if kind == "sqlite" and file else Path("var")
        return Path(self.anchor_file) if self.anchor_file else beside / "anchors"


def load() -> Settings:
    """Read the environment, or say in one sentence which variable is wrong."""
    try:
        return Settings()
    except ValueError as error:
        detail = "; ".join(
            f"PARTNERLENS_{'_'.join(map(str, e['loc'])).upper()}: {e['msg']}"
            for e in getattr(error, "errors", list)()
        )
        msg = f"A setting is wrong. {detail or error}."
        raise errors.PartnerlensError(msg) from error


def assets_dir() -> Path:
    """Return where the browser's files are: in the wheel, or beside the package in a checkout."""
    package = Path(__file__).resolve().parent
    inside = package / "assets"
    return inside if inside.is_dir() else package.parent / "assets"


def definition_version(settings: Settings) -> str:
    """Fingerprint of every setting that changes a number; part of each cache key."""
    rules = {"soon_days", "recent_days", "peer_minimum", "peer_gap"}
    statuses = {"expiring_soon_days", "inactive_days"}
    poor = {name for name in Settings.model_fields if name.startswith("poor_leg_")}
    numbers = settings.model_dump_json(include=rules | statuses | poor)
    return hashlib.sha256(numbers.encode()).hexdigest()[:12]
