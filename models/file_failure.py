"""What the operating system answers about a file, in both languages, with what to do about it."""

import errno
from typing import Final, NamedTuple


class FileFailure(NamedTuple):
    """Why a file or folder could not be used, and the next step.

    Attributes:
        zh: In Chinese, without a full stop.
        en: In English, without a full stop.
    """

    zh: str
    en: str


_MISSING: Final = FileFailure(
    "文件或目录不存在，请检查路径", "there is no such file or folder: check the path"
)
_FORBIDDEN: Final = FileFailure(
    "没有权限，请检查属主与权限，或换一个位置",
    "this account may not: look at its owner and mode, or choose another place",
)
_NO_FOLDER: Final = FileFailure(
    "此处是文件而不是目录，请换一个目录",
    "a file stands where a folder should: choose another folder",
)
_KNOWN: Final = {
    errno.ENOENT: _MISSING,
    errno.EACCES: _FORBIDDEN,
    errno.EPERM: _FORBIDDEN,
    errno.ENOTDIR: _NO_FOLDER,
    errno.EEXIST: _NO_FOLDER,
    errno.EISDIR: FileFailure(
        "这是目录而不是文件，请写明文件名", "it is a folder and no file: name a file"
    ),
    errno.ENOSPC: FileFailure(
        "磁盘已满，请腾出空间后重新执行", "its disk is full: make room, then try again"
    ),
    errno.EDQUOT: FileFailure(
        "磁盘配额已用完，请腾出空间后重新执行",
        "the disk quota is used up: make room, then try again",
    ),
    errno.EROFS: FileFailure(
        "文件系统只读，请换一个位置或检查挂载", "its file system is read-only: look at the mount"
    ),
    errno.EIO: FileFailure("磁盘读写出错，请检查磁盘", "its disk fails: look at the disk"),
    errno.EMFILE: FileFailure(
        "打开的文件过多，请提高 ulimit -n", "too many files are open: raise ulimit -n"
    ),
    errno.ENAMETOOLONG: FileFailure("文件名过长，请缩短", "its name is too long: shorten it"),
}
"""By the number that POSIX gives (errno). EEXIST of a folder that is made with its parents means a
file of its name."""


def file_failure(error: OSError) -> FileFailure:
    """Word what went wrong with a file; neither its name nor its content is quoted."""
    said = error.strerror or type(error).__name__
    return _KNOWN.get(error.errno or 0, FileFailure(said, said))
