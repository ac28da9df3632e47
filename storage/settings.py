"""Every setting, in one place, with the text that explains it."""

from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import (
    AfterValidator,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_settings import BaseSettings, SettingsConfigDict

from models.errors import SettingError
from storage.key_places import MASTER_KEY_FILE, key_folder
from storage.setting_values import (
    absolute_location,
    absolute_path,
    bucket,
    lock_terms,
    networks,
    page_address,
    plain_url,
    safe_address,
    signing_secret,
)

PREFIX: Final = "KINBIND_"
_PACKAGED_POLICIES: Final = Path(__file__).resolve().parent / "policies"
"""Where a wheel carries the policy files; a checkout has them beside its packages."""
_CHECKOUT_POLICIES: Final = Path(__file__).resolve().parent.parent / "policies"
_OURS: Final = "Value error, "
"""How pydantic begins what `storage.setting_values` says."""


class Settings(BaseSettings):
    """What the operator can choose; each field is the environment variable `KINBIND_<NAME>`."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, hide_input_in_errors=True)

    home: Annotated[Path, AfterValidator(absolute_path)] = Field(
        default=Path(".kinbind"),
        description="The one folder in which the embedded default keeps everything.",
    )
    database_url: SecretStr | None = Field(
        default=None,
        description="SQLAlchemy URL of the case database; unset: SQLite in the home folder.",
    )
    object_store: Annotated[str | None, AfterValidator(bucket)] = Field(
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
    object_lock: Annotated[str, AfterValidator(lock_terms)] = Field(
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
    policies: Annotated[Path, AfterValidator(absolute_path)] = Field(
        default=_PACKAGED_POLICIES if _PACKAGED_POLICIES.is_dir() else _CHECKOUT_POLICIES,
        description="The folder of the policy files.",
    )
    oidc_issuer: Annotated[str | None, AfterValidator(safe_address)] = Field(
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
    oidc_client_secret_file: Annotated[Path | None, AfterValidator(absolute_path)] = Field(
        default=None, description="A file with that secret instead."
    )
    oidc_claim: str = Field(
        default="sub",
        min_length=1,
        description="The claim by which people are known: sub, or email where it is verified, …",
    )
    oidc_redirect_url: Annotated[str | None, AfterValidator(safe_address)] = Field(
        default=None,
        description="Where the service sends people back, …/sign-in/service/back; unset: as the"
        " browser called the console.",
    )
    master_key_file: Annotated[Path | None, AfterValidator(absolute_path)] = Field(
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
    proxies: Annotated[str, AfterValidator(networks)] = Field(
        default="",
        description="Addresses or networks of the proxies before the console, with commas; what"
        " they say of a caller's address and of HTTPS is believed, and nobody else's word.",
    )

    orchestrator_url: Annotated[str | None, AfterValidator(page_address)] = Field(
        default=None,
        description="Where browsers find the orchestrator's pages, e.g. http://127.0.0.1:4200; the"
        " console links runs there; unset: no links.",
    )

    webhook_url: Annotated[str | None, AfterValidator(plain_url)] = Field(
        default=None, description="Where outcomes are sent (http or https); unset: nowhere."
    )
    webhook_secret: Annotated[SecretStr | None, AfterValidator(signing_secret)] = Field(
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

    @field_validator("webhook_secret")
    @classmethod
    def _is_there_where_notices_are_sent(
        cls, secret: SecretStr | None, info: ValidationInfo
    ) -> SecretStr | None:
        if secret is None and info.data.get("webhook_url"):
            msg = (
                "设置 KINBIND_WEBHOOK_URL 时必填，通知不会不签名就发出"
                " is needed with KINBIND_WEBHOOK_URL: notices are never sent unsigned"
            )
            raise ValueError(msg)
        return secret

    @property
    def lock_days(self) -> dict[str, int]:
        """First part of an object's key to the days for which such objects are locked."""
        pairs = (one.partition("=") for one in self.object_lock.split())
        return {name: int(days) for name, _, days in pairs}

    @property
    def named_proxies(self) -> tuple[str, ...]:
        """The proxies whose word about a caller is believed."""
        return tuple(one.strip() for one in self.proxies.split(",") if one.strip())

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
        return absolute_location(self.inbox or self.home / "inbox")

    @property
    def dataset_location(self) -> str:
        """Where the data team's tables are published: a bucket, or an absolute folder."""
        return absolute_location(self.dataset or self.home / "dataset")

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
        """Where keys lie; see `storage.key_places`."""
        return key_folder(self.home)

    @property
    def key_file(self) -> Path:
        """The file of the master key in force, where it comes from a file."""
        return self.master_key_file or self.key_folder / MASTER_KEY_FILE

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


def load_settings() -> Settings:
    """Read the settings from the environment.

    Raises:
        SettingError: A value is not usable; the text names the variable and not the value.
    """
    try:
        return Settings()
    except ValidationError as error:
        wrong = "; ".join(
            f"{PREFIX}{'_'.join(str(part) for part in fault['loc']).upper()}:"
            f" {fault['msg'].removeprefix(_OURS)}"
            for fault in error.errors(include_input=False, include_url=False)
        )
        msg = f"设置有误，请改正。A setting cannot be used: {wrong}"
        raise SettingError(msg) from None
