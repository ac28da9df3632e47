"""Every setting, in one place, with the text that explains it."""

import base64
import hashlib
import ipaddress
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final, Literal, NamedTuple
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from models.errors import SettingError

PREFIX: Final = "KINBIND_"
_PACKAGED_POLICIES: Final = Path(__file__).resolve().parent / "policies"
"""Where a wheel carries the policy files; a checkout has them beside its packages."""
_CHECKOUT_POLICIES: Final = Path(__file__).resolve().parent.parent / "policies"
_MASK: Final = "********"
INSTALLATION: Final = "installation"
"""The file of a home that holds what names its keys."""
_INSTALLATION_DIGITS: Final = 16
_MASTER_KEY: Final = "master.key"
_LOCKABLE: Final = ("bindings", "audit")
"""What is never deleted and tells nobody's name in clear. Pictures, readings and records go when
their time is over or somebody asks: a lock would hold them."""
_MOST_DAYS: Final = 36500
_SIGNING: Final = "whsec_"
_SHORTEST_KEY: Final = 24
_LONGEST_KEY: Final = 64


class Settings(BaseSettings):
    """What the operator can choose; each field is the environment variable `KINBIND_<NAME>`."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, hide_input_in_errors=True)

    home: Path = Field(
        default=Path(".kinbind"),
        description="The one folder in which the embedded default keeps everything.",
    )
    database_url: SecretStr | None = Field(
        default=None,
        description="SQLAlchemy URL of the case database; unset: SQLite in the home folder.",
    )
    object_store: str | None = Field(
        default=None,
        description="s3://bucket or s3://bucket/prefix; unset: a directory in the home folder.",
    )
    s3_endpoint_url: str | None = Field(
        default=None, description="Address of the S3 server; unset: Amazon's."
    )
    s3_region: str = Field(default="us-east-1", description="Region of the bucket.")
    s3_access_key: SecretStr | None = Field(
        default=None, description="S3 access key; unset: boto3's usual places."
    )
    s3_secret_key: SecretStr | None = Field(
        default=None, description="S3 secret key; unset: boto3's usual places."
    )
    s3_addressing: Literal["path", "virtual"] = Field(
        default="path",
        description="Where the bucket stands in addresses: path, or virtual (in the host's name),"
        " as Aliyun OSS and Tencent COS demand.",
    )
    s3_put_once: Literal["if-none-match", "x-oss-forbid-overwrite", "x-cos-forbid-overwrite"] = (
        Field(
            default="if-none-match",
            description="How the server is told to refuse a second write; other than S3's own way"
            " for Aliyun OSS and Tencent COS.",
        )
    )
    object_lock: str = Field(
        default="",
        description="Days for which objects are locked in a bucket that can lock (COMPLIANCE), e.g."
        " 'bindings=3650 audit=3650'; unset: not at all.",
    )
    inbox: str | None = Field(
        default=None,
        description="Folder or s3://bucket/prefix that `kinbind serve` takes applications from"
        " every working morning; unset: inbox in the home folder.",
    )
    inbox_still_seconds: int | None = Field(
        default=None,
        ge=0,
        description="An application folder is left alone until its files have been still for so"
        " long; unset: 60 on schedule, 0 for `kinbind run`, whose folder a person calls ready.",
    )
    inbox_marker: bool = Field(
        default=False,
        description="Whether a folder is left alone until the file .complete lies in it.",
    )
    policies: Path = Field(
        default=_PACKAGED_POLICIES if _PACKAGED_POLICIES.is_dir() else _CHECKOUT_POLICIES,
        description="The folder of the policy files.",
    )
    oidc_issuer: str | None = Field(
        default=None,
        description="Address of the organisation's sign-in service (OpenID Connect); unset:"
        " passwords only.",
    )
    oidc_client_id: str | None = Field(
        default=None, description="What the sign-in service calls this console."
    )
    oidc_client_secret: SecretStr | None = Field(
        default=None, description="The secret shared with the sign-in service, if there is one."
    )
    oidc_client_secret_file: Path | None = Field(
        default=None, description="A file with that secret instead."
    )
    oidc_claim: str = Field(
        default="sub",
        min_length=1,
        description="The claim by which people are known: sub, or email where it is verified, …",
    )
    oidc_redirect_url: str | None = Field(
        default=None,
        description="Where the service sends people back, …/sign-in/service/back; unset: as the"
        " browser called the console.",
    )
    master_key_file: Path | None = Field(
        default=None,
        description="The 32 bytes that open every other key; unset: a file outside the home, in"
        " the user's configuration folder (in an older home, where it was).",
    )
    master_key: SecretStr | None = Field(
        default=None, description="The master key itself instead, base64 of 32 bytes."
    )
    master_key_command: str | None = Field(
        default=None,
        description="A command that prints the master key instead, base64 of 32 bytes: where a key"
        " service keeps it.",
    )
    key_database_url: SecretStr | None = Field(
        default=None,
        description="SQLAlchemy URL of the database of wrapped data keys; unset: beside the"
        " default master key, or with PostgreSQL in the case database.",
    )
    proxies: str = Field(
        default="",
        description="Addresses or networks of the proxies before the console, with commas; what"
        " they say of a caller's address and of HTTPS is believed, and nobody else's word.",
    )

    orchestrator_url: str | None = Field(
        default=None,
        description="Where browsers find the orchestrator's pages, e.g. http://127.0.0.1:4200; the"
        " console links runs there; unset: no links.",
    )

    @field_validator("object_lock")
    @classmethod
    def _are_lock_days(cls, lock: str) -> str:
        for one in lock.split():
            name, _, days = one.partition("=")
            if name not in _LOCKABLE or not days.isdecimal() or not 0 < int(days) <= _MOST_DAYS:
                msg = f"must be CLASS=DAYS with a class out of {', '.join(_LOCKABLE)}"
                raise ValueError(msg)
        return lock

    @property
    def lock_days(self) -> dict[str, int]:
        """First part of an object's key to the days for which such objects are locked."""
        pairs = (one.partition("=") for one in self.object_lock.split())
        return {name: int(days) for name, _, days in pairs}

    @field_validator("proxies")
    @classmethod
    def _are_networks(cls, proxies: str) -> str:
        for one in proxies.split(","):
            if one.strip():
                ipaddress.ip_network(one.strip())
        return proxies

    @property
    def named_proxies(self) -> tuple[str, ...]:
        """The proxies whose word about a caller is believed."""
        return tuple(one.strip() for one in self.proxies.split(",") if one.strip())

    @field_validator("orchestrator_url")
    @classmethod
    def _is_address(cls, address: str | None) -> str | None:
        """It becomes a link on pages: no other scheme."""
        if address and not re.match("https?://[^/]", address):
            msg = "must be http://… or https://…"
            raise ValueError(msg)
        return address.rstrip("/") if address else None

    webhook_url: str | None = Field(
        default=None, description="Where outcomes are sent (http or https); unset: nowhere."
    )
    webhook_secret: SecretStr | None = Field(
        default=None,
        validate_default=True,
        description="whsec_ and base64 of 24 to 64 bytes; two while one replaces the other.",
    )
    dataset: str | None = Field(
        default=None,
        description="A folder or s3://bucket/prefix for the data team's tables; unset: dataset in"
        " the home folder.",
    )
    anonymity: int = Field(
        default=10,
        ge=1,
        description="How many rounds at least share every combination of what the data team's"
        " tables tell of an applicant.",
    )
    outcome_folder: str | None = Field(
        default=None,
        description="A folder or s3://bucket/prefix for one file an outcome; unset: none.",
    )

    roots_to: str | None = Field(
        default=None,
        description="A folder or s3://bucket/prefix out of the administrators' reach, where heads"
        " and roots of the audit log are put as well; unset: none.",
    )

    @field_validator("home", "policies", "master_key_file", "oidc_client_secret_file")
    @classmethod
    def _absolute(cls, path: Path | None) -> Path | None:
        """A worker may change its directory; the folders stay where they were meant."""
        return path.expanduser().absolute() if path else None

    @field_validator("object_store")
    @classmethod
    def _is_bucket(cls, location: str | None) -> str | None:
        if location and not re.match("s3://[^/]", location):
            msg = "must be s3://bucket or s3://bucket/prefix"
            raise ValueError(msg)
        return location or None

    @field_validator("webhook_url")
    @classmethod
    def _is_plain_url(cls, url: str | None) -> str | None:
        if not url:
            return None
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username:
            raise ValueError("must be an http or https URL without a user's name in it")
        return url

    @field_validator("webhook_secret")
    @classmethod
    def _is_webhook_secret(cls, secret: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        given = secret.get_secret_value().split() if secret else []
        if not given and info.data.get("webhook_url"):
            raise ValueError("is needed with KINBIND_WEBHOOK_URL: notices are never sent unsigned")
        if not all(map(_is_signing_key, given)):
            raise ValueError("must be whsec_ followed by base64 of 24 to 64 bytes")
        return secret if given else None

    @field_validator("oidc_issuer", "oidc_redirect_url")
    @classmethod
    def _is_safe(cls, address: str | None) -> str | None:
        if address and not is_safe_address(address):
            msg = "must begin with https:// (http:// on this machine only)"
            raise ValueError(msg)
        return address or None

    @property
    def oidc_secret(self) -> str:
        """The secret shared with the sign-in service; empty: there is none.

        Raises:
            SettingError: Its file cannot be read.
        """
        if self.oidc_client_secret_file is None:
            return self.oidc_client_secret.get_secret_value() if self.oidc_client_secret else ""
        try:
            return self.oidc_client_secret_file.read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError):
            msg = (
                f"{PREFIX}OIDC_CLIENT_SECRET_FILE 无法读取，请检查路径与权限。"
                f" {PREFIX}OIDC_CLIENT_SECRET_FILE cannot be read: look at path and permissions."
            )
            raise SettingError(msg) from None

    @property
    def inbox_location(self) -> str:
        """Where applications are taken from: a bucket, or an absolute folder."""
        if self.inbox and self.inbox.startswith("s3://"):
            return self.inbox
        return str(Path(self.inbox or self.home / "inbox").expanduser().absolute())

    @property
    def dataset_location(self) -> str:
        """Where the data team's tables are published: a bucket, or an absolute folder."""
        if self.dataset and self.dataset.startswith("s3://"):
            return self.dataset
        return str(Path(self.dataset or self.home / "dataset").expanduser().absolute())

    @property
    def database(self) -> str:
        """The URL of the case database in force, password included."""
        if self.database_url:
            return self.database_url.get_secret_value()
        return f"sqlite:///{self.home / 'case.db'}"

    @property
    def objects(self) -> Path:
        """The folder of the embedded object store."""
        return self.home / "objects"

    @property
    def key_folder(self) -> Path:
        """Where keys lie: outside the home, unless it is an older one that holds them."""
        inside, outside = self.home / "keys", self.outer_key_folder
        if (inside / _MASTER_KEY).exists() or not _can_be_made(outside):
            return inside
        return outside

    @property
    def outer_key_folder(self) -> Path:
        """Where the keys of this home lie unless it holds them itself."""
        return _configuration_folder() / "kinbind" / installation_id(self.home)

    @property
    def key_file(self) -> Path:
        """The file of the master key in force, where it comes from a file."""
        return self.master_key_file or self.key_folder / _MASTER_KEY

    @property
    def has_master_key(self) -> bool:
        """Whether there is a master key, or something that should give one."""
        return bool(self.master_key or self.master_key_command) or self.key_file.exists()

    @property
    def key_database(self) -> str:
        """The URL of the database of wrapped keys in force, password included."""
        if self.key_database_url:
            return self.key_database_url.get_secret_value()
        if self.database.startswith("sqlite"):
            return f"sqlite:///{self.key_folder / 'data-keys.db'}"
        return self.database


def installation_id(home: Path) -> str:
    """What names a home's keys outside it; written into the home, so that it may be moved."""
    try:
        return (home / INSTALLATION).read_text("ascii").strip()
    except OSError:
        return hashlib.sha256(str(home).encode()).hexdigest()[:_INSTALLATION_DIGITS]


def _configuration_folder() -> Path:
    """The user's (XDG Base Directory Specification)."""
    named = os.environ.get("XDG_CONFIG_HOME")
    return Path(named or f"{os.environ.get('HOME') or '/nonexistent'}/.config").absolute()


def _can_be_made(folder: Path) -> bool:
    """Whether a folder is there for us to write to, or can be made."""
    there = next(one for one in (folder, *folder.parents) if one.exists())
    return there.is_dir() and os.access(there, os.W_OK | os.X_OK)


def is_safe_address(address: str) -> bool:
    """Whether what is sent there can be read by nobody on the way."""
    parts = urlsplit(address)
    here = parts.scheme == "http" and parts.hostname in {"localhost", "127.0.0.1", "::1"}
    return bool(parts.hostname) and (parts.scheme == "https" or here)


class SettingLine(NamedTuple):
    """One setting as it is shown: the environment variable, its value with secrets masked, why."""

    variable: str
    value: str
    help: str


def load_settings() -> Settings:
    """Read the settings from the environment.

    Raises:
        SettingError: A value is not usable; the text names the variable and not the value.
    """
    try:
        return Settings()
    except ValidationError as error:
        wrong = "; ".join(
            f"{PREFIX}{'_'.join(str(part) for part in fault['loc']).upper()}: {fault['msg']}"
            for fault in error.errors(include_input=False, include_url=False)
        )
        msg = f"设置有误，请改正。A setting cannot be used: {wrong}"
        raise SettingError(msg) from None


def describe_settings(settings: Settings) -> list[SettingLine]:
    """List every setting in force, secrets masked, in the order of their definition."""
    return [
        SettingLine(PREFIX + name.upper(), _shown(settings, name), field.description or "")
        for name, field in Settings.model_fields.items()
    ]


def signing_keys(settings: Settings) -> tuple[bytes, ...]:
    """The keys with which notices are signed, the newest first; empty where none are sent."""
    secret = settings.webhook_secret
    given = secret.get_secret_value().split() if secret else ()
    return tuple(base64.b64decode(one.removeprefix(_SIGNING)) for one in given)


def _is_signing_key(secret: str) -> bool:
    try:
        key = base64.b64decode(secret.removeprefix(_SIGNING), validate=True)
    except ValueError:
        return False
    return secret.startswith(_SIGNING) and _SHORTEST_KEY <= len(key) <= _LONGEST_KEY


def unknown_variables(environ: Mapping[str, str] | None = None) -> list[str]:
    """Variables that look like settings and are none: most often a slip of the keyboard."""
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    given = os.environ if environ is None else environ
    return sorted(name for name in given if name.startswith(PREFIX) and name not in known)


def _shown(settings: Settings, name: str) -> str:
    value = getattr(settings, name)
    if name == "database_url" or (name == "master_key_file" and value is None):
        return _without_password(settings) if name == "database_url" else str(settings.key_file)
    if isinstance(value, SecretStr):
        return _MASK
    if name == "object_store" and value is None:
        return str(settings.objects)
    if name == "inbox":
        return settings.inbox_location
    if name == "dataset":
        return settings.dataset_location
    return "" if value is None else str(value)


def _without_password(settings: Settings) -> str:
    try:
        return make_url(settings.database).render_as_string(hide_password=True)
    except ArgumentError:
        return _MASK
