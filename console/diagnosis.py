"""Try out every part that the system rests on; each answer says what to do when it is no."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NamedTuple

from models.errors import KinbindError
from storage.settings import Settings


class State(StrEnum):
    """How a part is."""

    SOUND = "sound"
    DEGRADED = "degraded"  # the system works without it, less well, and says so
    MISSING = "missing"  # nothing works without it


class Part(NamedTuple):
    """One part, how it is, and its version or what to do."""

    part: str
    state: State
    says: str


def diagnose(settings: Settings) -> list[Part]:
    """Look at everything, in the order in which an application meets it."""
    return [
        _package("reader", "rapidocr", without=State.DEGRADED),
        _package("reader's fast runtime", "openvino", without=State.DEGRADED),
        _package("reader's other runtime", "onnxruntime", without=State.DEGRADED),
        *_tesseract(),
        _tried("face engine", _face_engine, "run: make setup", without=State.MISSING),
        _tried("second face engine", _second_face_engine, "run: make setup"),
        _fonts(),
        _package("orchestrator", "prefect", without=State.MISSING),
        _tried(
            "policies",
            lambda: _policies(settings),
            "mend the file that is named",
            without=State.MISSING,
        ),
        *_kept(settings),
        *_sign_in_service(settings),
    ]


def _package(part: str, name: str, *, without: State) -> Part:
    try:
        return Part(part, State.SOUND, f"{name} {version(name)}")
    except PackageNotFoundError:
        return Part(part, without, f"{name} is not installed; run: make setup")


def _tesseract() -> Iterator[Part]:
    program = shutil.which("tesseract")
    remedy = "run: apt-get install tesseract-ocr tesseract-ocr-chi-sim"
    if program is None:
        yield Part("second reader", State.DEGRADED, f"tesseract is not installed; {remedy}")
        return
    listed = subprocess.run(  # noqa: S603  (found on the PATH, no input)
        [program, "--list-langs"], capture_output=True, text=True, check=False, timeout=30
    )
    for language in ("eng", "chi_sim"):
        part = f"second reader {language}"
        if language in listed.stdout.split():
            yield Part(part, State.SOUND, program)
        else:
            yield Part(part, State.DEGRADED, remedy)


def _fonts() -> Part:
    if any(Path("/usr/share/fonts").rglob("NotoSansCJK*")):
        return Part("Chinese fonts", State.SOUND, "Noto Sans CJK")
    return Part("Chinese fonts", State.DEGRADED, "run: apt-get install fonts-noto-cjk")


def _tried(
    part: str, attempt: Callable[[], str], remedy: str, *, without: State = State.DEGRADED
) -> Part:
    try:
        return Part(part, State.SOUND, attempt())
    except (KinbindError, ImportError, OSError) as error:
        return Part(part, without, f"{error}; {remedy}")


def _face_engine() -> str:
    from tasks.faces.sface import sface_engine

    return sface_engine().name


def _second_face_engine() -> str:
    from tasks.faces.dlib_face import dlib_engine

    return dlib_engine().name


def _policies(settings: Settings) -> str:
    from storage.policy.policies import PolicyShelf

    PolicyShelf.load(settings.policies)
    count = len(list(settings.policies.glob("*.yaml")))
    return f"{count} files in {settings.policies}"


def _sign_in_service(settings: Settings) -> Iterator[Part]:
    """Only where one is named: passwords do without it."""
    from console.web.auth.oidc_client import SignInService

    def attempt() -> str:
        service = SignInService.of(settings)
        return service.check() if service else ""

    if settings.oidc_issuer or settings.oidc_client_id:
        yield _tried("sign-in service", attempt, "passwords still work")


def _kept(settings: Settings) -> Iterator[Part]:
    """The database and the object store, with its promises tried out."""
    from storage.bootstrap import office

    try:
        with office(settings) as opened:
            yield Part("case database", State.SOUND, opened.engine.dialect.name)
            check = opened.archive.store.check()
            state = State.SOUND if check.sound else State.MISSING
            promise = "refuses a second write" if check.second_write_refused else "OVERWRITES"
            yield Part(f"object store {check.form}", state, f"{promise}. {' '.join(check.notes)}")
            chain = opened.audit.verify()
            state = State.SOUND if chain.intact else State.MISSING
            yield Part("audit chain", state, chain.problem or f"intact, {chain.events} events")
    except KinbindError as error:
        yield Part("storage", State.MISSING, str(error))
