"""Diagnosis of every part that the system rests on; what is not sound says what to do."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final, NamedTuple

from models.errors import KinbindError
from storage.objects.store import StoreCheck
from storage.settings import Settings

_SETUP: Final = "请执行 run: make setup"


class PartState(StrEnum):
    """The state of one part."""

    SOUND = "sound"
    DEGRADED = "degraded"  # the system works without it, less well, and says so
    MISSING = "missing"  # nothing works without it


class DiagnosedPart(NamedTuple):
    """One part, its state, and its version or what to do."""

    part: str
    state: PartState
    says: str


def diagnose(settings: Settings) -> list[DiagnosedPart]:
    """Diagnose everything, in the order in which an application meets it."""
    return [
        _package("reader", "rapidocr", without=PartState.DEGRADED),
        _package("reader's fast runtime", "openvino", without=PartState.DEGRADED),
        _package("reader's other runtime", "onnxruntime", without=PartState.DEGRADED),
        *_tesseract(),
        _tried("known page", _known_page, _SETUP, without=PartState.MISSING),
        _tried("face engine", _face_engine, _SETUP, without=PartState.MISSING),
        _tried("second face engine", _second_face_engine, _SETUP),
        _fonts(),
        _package("orchestrator", "prefect", without=PartState.MISSING),
        _tried(
            "policies",
            lambda: _policies(settings),
            "请改正所列文件 mend the file that is named",
            without=PartState.MISSING,
        ),
        *_kept(settings),
        *_sign_in_service(settings),
    ]


def _package(part: str, name: str, *, without: PartState) -> DiagnosedPart:
    try:
        return DiagnosedPart(part, PartState.SOUND, f"{name} {version(name)}")
    except PackageNotFoundError:
        return DiagnosedPart(part, without, f"{name} 未安装 is not installed; {_SETUP}")


def _tesseract() -> Iterator[DiagnosedPart]:
    program = shutil.which("tesseract")
    remedy = "请执行 run: apt-get install tesseract-ocr tesseract-ocr-chi-sim"
    if program is None:
        yield DiagnosedPart(
            "second reader", PartState.DEGRADED, f"tesseract 未安装 is not installed; {remedy}"
        )
        return
    listed = subprocess.run(  # noqa: S603  (found on the PATH, no input)
        [program, "--list-langs"], capture_output=True, text=True, check=False, timeout=30
    )
    for language in ("eng", "chi_sim"):
        part = f"second reader {language}"
        if language in listed.stdout.split():
            yield DiagnosedPart(part, PartState.SOUND, program)
        else:
            yield DiagnosedPart(part, PartState.DEGRADED, remedy)


def _fonts() -> DiagnosedPart:
    if any(Path("/usr/share/fonts").rglob("NotoSansCJK*")):
        return DiagnosedPart("Chinese fonts", PartState.SOUND, "Noto Sans CJK")
    return DiagnosedPart(
        "Chinese fonts", PartState.DEGRADED, "请执行 run: apt-get install fonts-noto-cjk"
    )


def _tried(
    part: str, attempt: Callable[[], str], remedy: str, *, without: PartState = PartState.DEGRADED
) -> DiagnosedPart:
    try:
        return DiagnosedPart(part, PartState.SOUND, attempt())
    except (KinbindError, ImportError, OSError) as error:
        return DiagnosedPart(part, without, f"{error}; {remedy}")


def _known_page() -> str:
    """The reading process, on a page whose content is known."""
    from tasks.reading.process.contained_reader import contained_reader

    reader = contained_reader()
    engine = reader.prove()
    network = (
        "无网络 no network" if reader.network == "none" else "平台不能断网 network not cut off"
    )
    return f"{engine}; {network}"


def _face_engine() -> str:
    from tasks.faces.sface import sface_engine

    return sface_engine().name


def _second_face_engine() -> str:
    from tasks.faces.dlib_face import dlib_engine

    return dlib_engine().name


def _policies(settings: Settings) -> str:
    from storage.policy.policies import PolicyRepository

    PolicyRepository.load(settings.policies)
    count = len(list(settings.policies.glob("*.yaml")))
    return f"{count} files in {settings.policies}"


def _sign_in_service(settings: Settings) -> Iterator[DiagnosedPart]:
    """Only where one is named: passwords do without it."""
    from console.web.auth.oidc_client import OidcClient

    def attempt() -> str:
        service = OidcClient.of(settings)
        return service.check() if service else ""

    if settings.oidc_issuer or settings.oidc_client_id:
        yield _tried("sign-in service", attempt, "密码登录不受影响 passwords still work")


_BROKEN_PROMISES: Final = {
    "second_write_refused": "会被改写：阿里云、腾讯云请设 KINBIND_S3_PUT_ONCE，其他请换支持条件写入"
    "的存储 OVERWRITES: set KINBIND_S3_PUT_ONCE for Aliyun OSS or Tencent COS, else use a store"
    " with conditional writes (docs/object-stores.md)",
    "bad_checksum_refused": "不核对校验和，损坏的内容也会收下，请换存储 takes content that does not"
    " fit its checksum: use another store",
    "wrong_secret_refused": "任何密钥都能访问，请立即开启存储的身份验证 lets any key in: switch its"
    " authentication on at once",
}
"""What a store that failed a check does, and what to do about it."""


def _object_store(check: StoreCheck) -> DiagnosedPart:
    broken = [says for name, says in _BROKEN_PROMISES.items() if getattr(check, name) is False]
    state = PartState.MISSING if broken else PartState.SOUND
    promise = "; ".join(broken) or "拒绝改写 refuses a second write"
    return DiagnosedPart(
        f"object store {check.form}", state, f"{promise}. {' '.join(check.notes)}".rstrip()
    )


def _kept(settings: Settings) -> Iterator[DiagnosedPart]:
    """The database and the object store, with its promises tried out."""
    from storage.bootstrap import using_repositories

    try:
        with using_repositories(settings) as opened:
            yield DiagnosedPart("case database", PartState.SOUND, opened.engine.dialect.name)
            yield _object_store(opened.archive.store.check())
            chain = opened.audit.verify_onward(opened.archive)
            state = PartState.SOUND if chain.intact else PartState.MISSING
            yield DiagnosedPart(
                "audit chain", state, chain.problem or f"完整 intact, {chain.events} events"
            )
    except KinbindError as error:
        yield DiagnosedPart("storage", PartState.MISSING, str(error))
