"""What a database that cannot now is told as: what is wrong, where, and what to do."""

import shutil
from pathlib import Path
from typing import Final

from sqlalchemy import URL, Engine

from storage.database.lock_holder import writer_of

_DAMAGED: Final = (
    *("malformed", "not a database", "invalid page", "could not read block", "data_corrupted"),
    "index corrupted",
)
_KNOWN: Final = (
    (
        ("disk is full", "no space left", "could not extend"),
        "磁盘已满，请清理空间后重试",
        "its disk is full: make room, then try again",
    ),
    (
        ("readonly", "read-only"),
        "只读，请检查文件权限、挂载方式，或是否连到了备库",
        "it is read-only: look at permissions, the mount, or whether it is a standby",
    ),
    (
        ("locked", "lock timeout", "statement timeout"),
        "被其他进程长时间占用，请稍后重试",
        "another process holds it: try again in a moment",
    ),
    (
        _DAMAGED,
        "已损坏，请停止办理、保留现状，并从备份恢复",
        "it is damaged: stop every process, keep it as it is, and restore the backup",
    ),
    (
        ("disk i/o error",),
        "磁盘读写出错，请检查磁盘",
        "its disk fails: look at the disk",
    ),
    (
        ("unable to open",),
        "无法打开，请检查目录是否存在、是否可写",
        "it cannot be opened: is the folder there, and may we write in it",
    ),
)
_HELD_BY: Final = (
    "被进程 {0}（{1}）长时间占用，请稍后重试；如一直如此，请查看该进程",
    "process {0} ({1}) holds it: try again in a moment, and look at that process if it goes on",
)
_WAL_INDEX_BYTES: Final = 32_768
"""By which SQLite extends the index of its log before anything is read
(https://www.sqlite.org/walformat.html, 2.2)."""
_AWAY: Final = (
    "没有应答，请检查数据库服务与网络",
    "it does not answer: look at the database server and the network",
)


def is_damaged(error: Exception) -> bool:
    """Whether what a driver said means that the database itself is damaged."""
    said = str(getattr(error, "orig", error)).lower()
    return any(mark in said for mark in _DAMAGED)


def failure_words(engine: Engine, error: Exception) -> str:
    """One sentence in Chinese and one in English; nothing of a statement or its values.

    Args:
        engine: Which database.
        error: What its driver said.
    """
    said = str(getattr(error, "orig", error)).lower()
    if "disk i/o error" in said and _is_full(engine.url):
        said = "disk is full"
    found = (words for marks, *words in _KNOWN if any(mark in said for mark in marks))
    zh, en = next(found, _AWAY)
    if "locked" in said and (holder := writer_of(Path(engine.url.database or ""))):
        zh, en = (words.format(*holder) for words in _HELD_BY)
    place = _place(engine.url)
    return f"案件库 {place}：{zh}。The case database {place}: {en}."


def _is_full(url: URL) -> bool:
    """Whether nothing can be added beside the file: SQLite calls that a failure of the disk."""
    try:
        return shutil.disk_usage(Path(url.database or "").absolute().parent).free < _WAL_INDEX_BYTES
    except OSError:
        return False


def _place(url: URL) -> str:
    """The file, or the server and the database's name; no user and no password."""
    if url.get_backend_name() == "sqlite":
        return url.database or "in memory"
    port = f":{url.port}" if url.port else ""
    return f"{url.host or 'local socket'}{port}/{url.database or ''}"
