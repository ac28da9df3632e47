"""Receiving an upload: the parts as they come, never more than allowed, never all in memory."""

import asyncio
import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import BinaryIO, Final, NamedTuple

from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect, Request

from console.api.problems import FieldFault, ProblemError, fault
from models.intake.application import DocumentEntry
from tasks.intake.examine_files import MAX_DOCUMENTS, MAX_FILE_BYTES
from tasks.intake.parse_form import FORM_FILE, MAX_FORM_BYTES

FORM_PART: Final = "application"
FILE_PART: Final = "files"
PICTURE_PART: Final = "file"
MAX_UPLOAD_BYTES: Final = 200_000_000
MAX_SECONDS: Final = 600.0
"""All files together, and from the first byte to the last: docs/intake-and-notices.md."""
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_LONGEST_NAME: Final = 255


class Upload(NamedTuple):
    """What came: the form, and each file under the name that the form calls it by."""

    form: bytes
    files: dict[str, BinaryIO]


@asynccontextmanager
async def receive_upload(request: Request) -> AsyncGenerator[Upload]:
    """Take the parts of a request; files lie on the disk without a name until this ends.

    Raises:
        ProblemError: It is no such upload, broken, too large or too slow; names the part.
    """
    _check_media_type(request)
    parts = await _parse(request)
    try:
        yield _sort(parts)
    finally:
        await parts.close()


@asynccontextmanager
async def receive_picture(request: Request) -> AsyncGenerator[BinaryIO]:
    """Take the one file of a request; it lies on the disk without a name until this ends.

    Raises:
        ProblemError: As `receive_upload`, or it is not exactly one file.
    """
    _check_media_type(request)
    parts = await _parse(request, max_files=1)
    try:
        yield _only_file(parts)
    finally:
        await parts.close()


def _check_media_type(request: Request) -> None:
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind != "multipart/form-data":
        raise ProblemError(415)


def _only_file(parts: FormData) -> BinaryIO:
    values = parts.multi_items()
    name, value = values[0] if len(values) == 1 else ("", "")
    if name != PICTURE_PART or not isinstance(value, UploadFile) or not value.size:
        zh, en = f"只接受一个名为 {PICTURE_PART} 的文件", f"one file named {PICTURE_PART} is taken"
        raise ProblemError(422, [fault(PICTURE_PART, zh, en)])
    if value.size > MAX_FILE_BYTES:
        limit = MAX_FILE_BYTES // 1_000_000
        zh, en = f"文件超过 {limit} MB", f"file exceeds {limit} MB"
        raise ProblemError(413, [fault(PICTURE_PART, zh, en)])
    return value.file


async def _parse(request: Request, *, max_files: int = MAX_DOCUMENTS + 1) -> FormData:
    # The form may come as a field or as a file of its own.
    parser = MultiPartParser(
        request.headers,
        _limited(request),
        max_files=max_files,
        max_fields=1,
        max_part_size=MAX_FORM_BYTES,
    )
    try:
        async with asyncio.timeout(MAX_SECONDS):
            return await parser.parse()
    except TimeoutError:
        raise ProblemError(408) from None
    except ClientDisconnect:
        raise ProblemError(400, kind="broken-off") from None
    except MultiPartException as error:
        raise ProblemError(*_multipart_fault(error.message)) from None
    except (UnicodeError, ValueError):  # e.g. a charset that decodes nothing
        raise ProblemError(400, [_BROKEN]) from None


_BROKEN: Final = fault(
    "body", "multipart 内容损坏，请检查分隔符与各部分的头", "broken multipart: boundary, headers"
)


def _multipart_fault(message: str) -> tuple[int, list[FieldFault]]:
    if message.startswith("Too many"):
        zh = f"至多一份 {FORM_PART} 和 {MAX_DOCUMENTS} 个文件"
        return 413, [fault("body", zh, f"one {FORM_PART} and at most {MAX_DOCUMENTS} files")]
    if message.startswith("Part exceeded"):
        limit = MAX_FORM_BYTES // 1000
        return 413, [fault(FORM_PART, f"不得超过 {limit} kB", f"must not exceed {limit} kB")]
    return 400, [_BROKEN]


async def _limited(request: Request) -> AsyncGenerator[bytes, None]:
    """The body as it comes, and an end to it at the limit."""
    size = 0
    declared = request.headers.get("content-length", "")
    if declared.isascii() and declared.isdigit():
        _check_total(int(declared))
    async for chunk in request.stream():
        size += len(chunk)
        _check_total(size)
        yield chunk


def _check_total(size: int) -> None:
    if size > MAX_UPLOAD_BYTES:
        limit = MAX_UPLOAD_BYTES // 1_000_000
        what = fault("body", f"总共不得超过 {limit} MB", f"must not exceed {limit} MB in all")
        raise ProblemError(413, [what])


def _sort(parts: FormData) -> Upload:
    """Tell the form from the files, and refuse names that are none."""
    form: bytes | None = None
    files: dict[str, BinaryIO] = {}
    faults: list[FieldFault] = []
    for place, (name, value) in enumerate(parts.multi_items()):
        if name == FORM_PART and form is None:
            form = _form_bytes(value)
        elif name != FILE_PART or not isinstance(value, UploadFile):
            zh = f"只接受一份 {FORM_PART} 和名为 {FILE_PART} 的文件"
            en = f"only one {FORM_PART} and files named {FILE_PART} are taken"
            faults.append(fault(f"part {place}", zh, en))
        else:
            problem = _file_fault(value, files)
            if problem is None:
                files[value.filename or ""] = value.file
            else:
                faults.append(fault(f"{FILE_PART} (part {place})", *problem))
    if form is None:
        faults.insert(0, fault(FORM_PART, f"缺少 {FORM_FILE} 的内容", f"{FORM_FILE} is missing"))
    if faults or form is None:
        raise ProblemError(422, faults)
    return Upload(form, files)


def _form_bytes(value: UploadFile | str) -> bytes:
    if isinstance(value, str):
        return value.encode("utf-8", errors="surrogatepass")
    content = value.file.read(MAX_FORM_BYTES + 1)
    if len(content) > MAX_FORM_BYTES:
        raise ProblemError(*_multipart_fault("Part exceeded"))
    return content


def _file_fault(part: UploadFile, known: dict[str, BinaryIO]) -> tuple[str, str] | None:
    name = part.filename or ""
    if not _is_plain(name):
        return "文件名无效：须为申请文件夹内的相对路径", "file name: a path inside the folder"
    if name == FORM_FILE or name in known:
        return "文件名重复", "two files of one name"
    if (part.size or 0) > MAX_FILE_BYTES:
        limit = MAX_FILE_BYTES // 1_000_000
        return f"文件超过 {limit} MB", f"file exceeds {limit} MB"
    return None


def _is_plain(name: str) -> bool:
    """Whether a file of this name could lie in an application's folder."""
    if not 0 < len(name) <= _LONGEST_NAME or _CONTROL.search(name) or "\\" in name:
        return False
    parts = name.split("/")
    hidden = any(part == "" or part.startswith(".") for part in parts)
    return not hidden and not DocumentEntry(file=name).leaves_folder
