"""Diagnosis of every part that the system rests on; what is not sound says what to do."""

import shutil
import stat
import subprocess
from collections.abc import Callable, Iterator
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from models.errors import KinbindError
from models.failure import describe_failure
from models.file_failure import file_failure
from storage.objects.store import StoreCheck
from storage.settings import Settings

if TYPE_CHECKING:
    from storage.bootstrap import Repositories

_SETUP: Final = "请执行 run: make setup"
_DATABASE: Final = "案件库 case database"
_STORAGE: Final = "存储 storage"


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
        _package("识别引擎 reader", "rapidocr", without=PartState.DEGRADED),
        _package("快速运行库 fast runtime", "openvino", without=PartState.DEGRADED),
        _package("备用运行库 other runtime", "onnxruntime", without=PartState.DEGRADED),
        *_tesseract(),
        _tried("已知样张试读 known page", _known_page, _SETUP, without=PartState.MISSING),
        _tried("人脸引擎 face engine", _face_engine, _SETUP, without=PartState.MISSING),
        _tried("第二人脸引擎 second face engine", _second_face_engine, _SETUP),
        _fonts(),
        _package("编排服务 orchestrator", "prefect", without=PartState.MISSING),
        _tried(
            "政策文件 policies",
            lambda: _policies(settings),
            "请改正所列文件 mend the file that is named",
            without=PartState.MISSING,
        ),
        *_writable_policies(settings.policies),
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
            "第二识别引擎 second reader",
            PartState.DEGRADED,
            f"tesseract 未安装 is not installed; {remedy}",
        )
        return
    listed = subprocess.run(  # noqa: S603  (found on the PATH, no input)
        [program, "--list-langs"], capture_output=True, text=True, check=False, timeout=30
    )
    for language in ("eng", "chi_sim"):
        part = f"第二识别引擎 second reader {language}"
        if language in listed.stdout.split():
            yield DiagnosedPart(part, PartState.SOUND, program)
        else:
            yield DiagnosedPart(part, PartState.DEGRADED, remedy)


def _fonts() -> DiagnosedPart:
    if any(Path("/usr/share/fonts").rglob("NotoSansCJK*")):
        return DiagnosedPart("中文字体 Chinese fonts", PartState.SOUND, "Noto Sans CJK")
    return DiagnosedPart(
        "中文字体 Chinese fonts", PartState.DEGRADED, "请执行 run: apt-get install fonts-noto-cjk"
    )


def _tried(
    part: str, attempt: Callable[[], str], remedy: str, *, without: PartState = PartState.DEGRADED
) -> DiagnosedPart:
    try:
        return DiagnosedPart(part, PartState.SOUND, attempt())
    except KinbindError as error:
        return DiagnosedPart(part, without, f"{error}；{remedy}")
    except Exception as error:  # whatever is wrong with one part, the others are told as well
        place = describe_failure(error).place
        says = f"无法使用（{place}），{remedy}。It cannot be used: {place}."
        return DiagnosedPart(part, without, says)


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
    return f"{count} 个文件 files: {settings.policies}"


def _writable_policies(folder: Path) -> Iterator[DiagnosedPart]:
    """Who may write a policy decides what is approved."""
    there = (folder, *folder.glob("*")) if folder.exists() else ()
    found = [path for path in there if path.stat().st_mode & stat.S_IWOTH]
    if found:
        says = (
            f"其他用户可以改写 {found[0]} 等 {len(found)} 处，即可改变审核规则；请执行 chmod -R o-w"
            f" {folder}。Other users may write {found[0]}, {len(found)} in all, and so change what"
            f" is approved; run: chmod -R o-w {folder}"
        )
        yield DiagnosedPart("政策文件权限 policies' modes", PartState.DEGRADED, says)


def _sign_in_service(settings: Settings) -> Iterator[DiagnosedPart]:
    """Only where one is named: passwords do without it."""
    from console.web.auth.oidc_client import OidcClient

    def attempt() -> str:
        service = OidcClient.of(settings)
        return service.check() if service else ""

    if settings.oidc_issuer or settings.oidc_client_id:
        remedy = "密码登录不受影响 passwords still work"
        yield _tried("统一登录服务 sign-in service", attempt, remedy)


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
    part = f"对象存储 object store ({check.form})"
    return DiagnosedPart(part, state, f"{promise}。{' '.join(check.notes)}")


def _case_database(repositories: "Repositories") -> DiagnosedPart:
    """Which one it is, and whether it takes anything and keeps that through a power cut."""
    from storage.database.server_settings import require_writable, unsafe_server_settings

    require_writable(repositories.engine)
    unsafe, name = unsafe_server_settings(repositories.engine), repositories.engine.dialect.name
    if not unsafe:
        return DiagnosedPart(_DATABASE, PartState.SOUND, name)
    names = ", ".join(f"{setting} = off" for setting in unsafe)
    says = (
        f"{name}：服务器设置了 {names}，断电会丢失或损坏已确认的记录；请在"
        f" postgresql.conf 中改为 on 并重新加载。The server has {names}: a power cut loses or"
        " damages what was acknowledged. Set it to on in postgresql.conf and reload."
    )
    return DiagnosedPart(_DATABASE, PartState.MISSING, says)


def _kept(settings: Settings) -> Iterator[DiagnosedPart]:
    """The database and the object store, with its promises tried out."""
    from storage.bootstrap import using_repositories

    try:
        with using_repositories(settings) as opened:
            yield _case_database(opened)
            yield _object_store(opened.archive.store.check())
            chain = opened.audit.verify_onward(opened.archive)
            state = PartState.SOUND if chain.intact else PartState.MISSING
            yield DiagnosedPart(
                "审计链 audit chain", state, chain.problem or f"完整 intact, {chain.events} events"
            )
    except KinbindError as error:
        yield DiagnosedPart(_STORAGE, PartState.MISSING, str(error))
    except OSError as error:
        failure, where = file_failure(error), error.filename or ""
        says = f"{where}：{failure.zh}。{where}: {failure.en}."
        yield DiagnosedPart(_STORAGE, PartState.MISSING, says)
