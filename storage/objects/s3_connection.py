"""The connection to an S3 server: addressing, timeouts, and its errors in our words."""

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError

from models.errors import SettingError, StorageUnavailableError
from storage.objects.store import ObjectMissingError
from storage.settings import Settings

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

MISSING: Final = frozenset({"404", "NoSuchKey", "NotFound"})
REFUSED: Final = frozenset(
    {"401", "403", "AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch", "Forbidden"}
)
_NO_BUCKET: Final = "NoSuchBucket"
_WRONG_ADDRESS: Final = frozenset({"SecondLevelDomainForbidden", "PathStyleDomainForbidden"})
"""How Aliyun OSS and Tencent COS refuse a bucket that stands in the path of the address."""


def connect(settings: Settings) -> "S3Client":
    """A client for the S3 server of the settings (addressing, retries, timeouts)."""
    access, secret = settings.s3_access_key, settings.s3_secret_key
    return connect_as(
        settings,
        access.get_secret_value() if access else None,
        secret.get_secret_value() if secret else None,
    )


def connect_as(settings: Settings, access: str | None, secret: str | None) -> "S3Client":
    """A client with another key than that of the settings; None: boto3's usual places."""
    return boto3.session.Session().client(
        "s3",
        endpoint_url=settings.s3_endpoint_url,
        region_name=settings.s3_region,
        aws_access_key_id=access,
        aws_secret_access_key=secret,
        config=Config(
            s3={"addressing_style": settings.s3_addressing},
            retries={"max_attempts": 5, "mode": "standard"},
            connect_timeout=5,
            read_timeout=30,
            # We give a checksum of our own with every object. Those that boto3 adds since 1.36 come
            # in an encoding (aws-chunked) that other makers' servers refuse.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        ),
    )


def split_location(location: str) -> tuple[str, str]:
    """Bucket and prefix of `s3://bucket/prefix`; the prefix ends in `/` or is empty.

    Raises:
        SettingError: It names no bucket.
    """
    bucket, _, prefix = location.removeprefix("s3://").partition("/")
    if not location.startswith("s3://") or not bucket:
        raise SettingError(
            "S3 位置应写作 s3://bucket 或 s3://bucket/prefix。"
            " An S3 location is written s3://bucket or s3://bucket/prefix."
        )
    prefix = prefix.strip("/")
    return bucket, f"{prefix}/" if prefix else ""


@contextlib.contextmanager
def translated() -> Iterator[None]:
    """The one place where boto3's errors become ours; what they quote stays behind."""
    try:
        yield
    except ClientError as error:
        raise _ours(error) from None
    except NoCredentialsError:
        msg = (
            "没有对象存储密钥，请设置 KINBIND_S3_ACCESS_KEY 和 KINBIND_S3_SECRET_KEY。"
            " No S3 key: set KINBIND_S3_ACCESS_KEY and KINBIND_S3_SECRET_KEY."
        )
        raise SettingError(msg) from None
    except BotoCoreError as error:
        kind = type(error).__name__
        msg = (
            f"对象存储没有应答（{kind}），请检查 KINBIND_S3_ENDPOINT_URL、网络与存储服务。"
            f" The object store did not answer ({kind}): look at KINBIND_S3_ENDPOINT_URL, the"
            " network and the server."
        )
        raise StorageUnavailableError(msg) from None


def error_code(error: ClientError) -> str:
    """What the server calls it."""
    return str(error.response.get("Error", {}).get("Code", "unknown"))


def error_status(error: ClientError) -> int:
    """The HTTP status of the answer."""
    return int(error.response["ResponseMetadata"]["HTTPStatusCode"])


def _ours(error: ClientError) -> Exception:
    code = error_code(error)
    if code in MISSING:
        return ObjectMissingError("There is no object under this key.")
    if code in REFUSED:
        return SettingError(
            f"对象存储拒绝访问（{code}），请核对 KINBIND_S3_ACCESS_KEY、KINBIND_S3_SECRET_KEY"
            " 及其权限；对象被锁定时也会拒绝删除。"
            f" The object store refuses the key ({code}): check KINBIND_S3_ACCESS_KEY,"
            " KINBIND_S3_SECRET_KEY and their rights; a locked object refuses deletion like this."
        )
    if code in _WRONG_ADDRESS:
        return SettingError(
            f"对象存储不接受路径形式的地址（{code}），请设置 KINBIND_S3_ADDRESSING=virtual。"
            f" The object store refuses addresses with the bucket in their path ({code}): set"
            " KINBIND_S3_ADDRESSING=virtual."
        )
    if code == _NO_BUCKET:
        return SettingError(
            "存储桶不存在，请核对 KINBIND_OBJECT_STORE 等设置。"
            " The bucket does not exist: check KINBIND_OBJECT_STORE, or the setting that names it."
        )
    return StorageUnavailableError(
        f"对象存储报告错误（{code}），请查看存储服务的日志。"
        f" The object store answered {code}: look at the server's log."
    )
