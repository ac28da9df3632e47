"""Try out every part that the system rests on; each answer says what to do when it is no."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NamedTuple

from models.errors import KinbindError
from storage.settings import Settings


class Part(NamedTuple):
    """One part and how it is.

    Attributes:
        part: Its name.
        sound: Whether it works.
        needed: Whether nothing works without it; else the system degrades, and says so.
        says: Version, or what to do.
    """

    part: str
    sound: bool
    needed: bool
    says: str


def diagnose(settings: Settings) -> list[Part]:
    """Look at everything, in the order in which an application meets it."""
    return [
        _package("rapidocr", "reader", needed=False),
        _package("openvino", "reader's fast runtime", needed=False),
        _package("onnxruntime", "reader's other runtime", needed=False),
        *_tesseract(),
        _tried("face model", True, _face_model, "run: make setup"),
        _tried("second face engine", False, _second_face, "run: make setup"),
        _fonts(),
        _package("prefect", "orchestrator", needed=True),
        _tried("policies", True, lambda: _policies(settings), "mend the file that is named"),
        *_kept(settings),
    ]


def _package(name: str, part: str, *, needed: bool) -> Part:
    try:
        return Part(part, True, needed, f"{name} {version(name)}")
    except PackageNotFoundError:
        return Part(part, False, needed, f"{name} is not installed; run: make setup")


def _tesseract() -> Iterator[Part]:
    program = shutil.which("tesseract")
    remedy = "run: apt-get install tesseract-ocr tesseract-ocr-chi-sim"
    if program is None:
        yield Part("second reader", False, False, f"tesseract is not installed; {remedy}")
        return
    listed = subprocess.run(  # noqa: S603  (found on the PATH, no input)
        [program, "--list-langs"], capture_output=True, text=True, check=False, timeout=30
    )
    for language in ("eng", "chi_sim"):
        there = language in listed.stdout.split()
        yield Part(f"second reader {language}", there, False, program if there else remedy)


def _fonts() -> Part:
    found = any(Path("/usr/share/fonts").rglob("NotoSansCJK*"))
    says = "Noto Sans CJK" if found else "run: apt-get install fonts-noto-cjk"
    return Part("Chinese fonts", found, False, says)


def _tried(part: str, needed: bool, attempt: Callable[[], str], remedy: str) -> Part:  # noqa: FBT001
    try:
        return Part(part, True, needed, attempt())
    except (KinbindError, ImportError, OSError) as error:
        return Part(part, False, needed, f"{error}; {remedy}")


def _face_model() -> str:
    from tasks.faces.engines import sface_engine

    return sface_engine().name


def _second_face() -> str:
    from tasks.faces.engines import dlib_engine

    return dlib_engine().name


def _policies(settings: Settings) -> str:
    from storage.policies import PolicyShelf

    PolicyShelf.load(settings.policies)
    count = len(list(settings.policies.glob("*.yaml")))
    return f"{count} files in {settings.policies}"


def _kept(settings: Settings) -> Iterator[Part]:
    """The database and the object store, with its promises tried out."""
    from storage.open import office

    try:
        with office(settings) as opened:
            yield Part("case database", True, True, opened.engine.dialect.name)
            check = opened.archive.store.check()
            notes = " ".join(check.notes)
            yield Part(f"object store ({check.form})", check.sound, True, f"put-once holds. {notes}")
            report = opened.audit.verify()
            yield Part("audit chain", report.intact, True, report.problem or f"{report.events} events")
    except KinbindError as error:
        yield Part("storage", False, True, str(error))
