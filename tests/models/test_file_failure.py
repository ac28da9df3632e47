"""What went wrong with a file is told in both languages, with the next step."""

import errno
import os

import pytest

from models.file_failure import file_failure


@pytest.mark.parametrize(
    ("number", "zh", "en"),
    [
        pytest.param(errno.ENOENT, "检查路径", "check the path", id="missing"),
        pytest.param(errno.EACCES, "权限", "owner and mode", id="forbidden"),
        pytest.param(errno.EEXIST, "换一个目录", "another folder", id="file-for-folder"),
        pytest.param(errno.ENOSPC, "腾出空间", "make room", id="full"),
        pytest.param(errno.EROFS, "只读", "read-only", id="read-only"),
    ],
)
def test_the_sentence_names_the_cause_and_the_next_step(number, zh, en):
    failure = file_failure(OSError(number, os.strerror(number), "/secret"))
    assert zh in failure.zh
    assert en in failure.en
    assert "/secret" not in failure.zh + failure.en


def test_a_cause_without_a_sentence_is_told_in_the_systems_words():
    assert file_failure(OSError(errno.ETXTBSY, "Text file busy")).en == "Text file busy"
