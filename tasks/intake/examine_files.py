"""Look at the files of an application before anything is decoded."""

import hashlib
from typing import Final, NamedTuple, Protocol

from models.checks.finding import CheckVerdict, Evidence, Finding, Subject, finding
from models.checks.reason import Reason
from models.intake.application import Application
from models.intake.arrival import ArrivedFile
from tasks.intake.parse_form import FORM_FILE
from tasks.reading.files.picture import FaultReason, ImageFault
from tasks.reading.process.contained_reader import (
    InspectedFile,
    ReadingEndedError,
    contained_reader,
)

MAX_FILE_BYTES: Final = 40_000_000
"""As docs/intake-and-notices.md promises."""
MAX_DOCUMENTS: Final = 60
"""Nobody's family needs more pictures; more of them would only keep a worker busy."""


class FileSource(Protocol):
    """The part of a folder that intake needs."""

    def files(self) -> dict[str, int]:
        """Relative path and size in bytes of each file."""
        ...

    def read(self, name: str, limit: int) -> bytes:
        """At most `limit` bytes of a file."""
        ...


class ExaminedFiles(NamedTuple):
    """The usable pictures with their content, and a finding for each other one."""

    files: tuple[ArrivedFile, ...]
    contents: dict[str, bytes]
    findings: tuple[Finding, ...]


def examine_files(application: Application, folder: FileSource) -> ExaminedFiles:
    """Sort the named files into usable pictures and findings; name the files nobody named."""
    present = folder.files()
    files: list[ArrivedFile] = []
    contents: dict[str, bytes] = {}
    findings: list[Finding] = []
    for entry in application.documents[:MAX_DOCUMENTS]:
        if entry.file in contents:
            findings.append(_note(entry.file, "重复列出", "listed twice"))
            continue
        if entry.leaves_folder:
            findings.append(_unusable(entry.file, "路径超出申请文件夹", "path leaves the folder"))
            continue
        if entry.file not in present:
            findings.append(_unusable(entry.file, "文件不存在", "file is missing"))
            continue
        fault = _size_fault(present[entry.file])
        content = b"" if fault else folder.read(entry.file, MAX_FILE_BYTES)
        inspected = _UNSEEN if fault else _inspected(content)
        if isinstance(inspected.facts, ImageFault):
            fault = _FAULTS[inspected.facts.reason]
        if fault:
            findings.append(_unusable(entry.file, *fault))
            continue
        contents[entry.file] = content
        digest = hashlib.sha256(content).hexdigest()
        files.append(
            ArrivedFile(
                file=entry.file, digest=digest, size=len(content), taken_on=inspected.taken_on
            )
        )
    findings += _surplus(application, present)
    return ExaminedFiles(tuple(files), contents, tuple(findings))


def _surplus(application: Application, present: dict[str, int]) -> list[Finding]:
    named = {entry.file for entry in application.documents} | {FORM_FILE}
    findings = [
        _note(name, "文件未在申请中列出", "file is not named by the application")
        for name in sorted(present)
        if name not in named
    ]
    if len(application.documents) > MAX_DOCUMENTS:
        count = len(application.documents)
        findings.append(
            _note(
                FORM_FILE,
                f"材料共 {count} 份，只处理前 {MAX_DOCUMENTS} 份",
                f"{count} documents; only the first {MAX_DOCUMENTS} are used",
            )
        )
    return findings


def _size_fault(size: int) -> tuple[str, str] | None:
    if size == 0:
        return "文件为空", "file is empty"
    if size > MAX_FILE_BYTES:
        limit = MAX_FILE_BYTES // 1_000_000
        return f"文件超过 {limit} MB", f"file exceeds {limit} MB"
    return None


_FAULTS: Final = {
    FaultReason.EMPTY: ("文件为空", "file is empty"),
    FaultReason.NOT_AN_IMAGE: ("不是图像文件", "not a picture"),
    FaultReason.ENCRYPTED: ("文件已加密，请去除密码后重传", "file is protected by a password"),
    FaultReason.TOO_MANY_PIXELS: ("像素过多，已拒绝解码", "too many pixels, not decoded"),
    FaultReason.TOO_MANY_PAGES: ("页数过多", "too many pages"),
    FaultReason.TOO_SMALL: ("图像过小", "picture is too small"),
    FaultReason.TOO_COSTLY: ("文件过于复杂，无法处理", "file is too complicated to be shown"),
    FaultReason.DAMAGED: ("文件不完整或已损坏", "file is truncated or damaged"),
}


_UNSEEN: Final = InspectedFile(None, None)


def _inspected(content: bytes) -> InspectedFile:
    """What a file is; one that ends whoever looks is kept, and set aside where it is read."""
    try:
        return contained_reader().inspect(content)
    except ReadingEndedError:
        return _UNSEEN


def _unusable(file: str, zh: str, en: str) -> Finding:
    return finding(
        Reason.DOCUMENT_UNUSABLE, Evidence(document=file), subject=Subject.APPLICATION, zh=zh, en=en
    )


def _note(file: str, zh: str, en: str) -> Finding:
    return finding(
        Reason.DOCUMENT_UNUSABLE,
        Evidence(document=file),
        subject=Subject.APPLICATION,
        verdict=CheckVerdict.CANNOT_TELL,
        zh=zh,
        en=en,
    )
