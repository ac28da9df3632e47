"""The readers prove themselves on a page whose content is known, before they read for anybody.

A model file cut short, a library that does not fit the processor or a machine that calculates
wrongly reads nothing, or reads nonsense; every application would go to a person with nothing said.
The page is drawn, of nobody: `draw_paper(DocumentKind.HUKOU_MEMBER, 77, "scan")` at 1100 pixels.
"""

from pathlib import Path
from typing import Final

from models.errors import MissingPartError
from models.failure import describe_failure
from tasks.reading.engines.readers import Readers, this_process_readers
from tasks.reading.read_file import read_file

PAGE: Final = Path(__file__).with_name("known_page.jpg")
_SAYS: Final = {
    "id_number": "350203198303109641",
    "birth_date": "1983-03-10",
    "sex": "女",
    "relation_to_householder": "户主",
    "marital_status": "已婚",
}
"""What is read of it, at a confidence of 0.99, whatever the processor."""


def proven_readers() -> Readers:
    """This process's readers, once they have read the known page.

    Raises:
        MissingPartError: There are none, or they failed on it; says what to do.
    """
    try:
        readers = this_process_readers()
        (paper,) = read_file(PAGE.name, PAGE.read_bytes(), readers=readers)
    except (MissingPartError, MemoryError):
        raise
    except Exception as error:
        raise _unfit(describe_failure(error).place) from None
    wrong = sorted(name for name, value in _SAYS.items() if paper.reading.value(name) != value)
    if wrong:
        raise _unfit(", ".join(wrong))
    return readers


def _unfit(where: str) -> MissingPartError:
    return MissingPartError(
        f"识别引擎未通过自检（{where}），未办理任何申请。请执行 make setup 重新安装识别引擎，"
        "再用 kinbind doctor 检查。"
        f" The reader failed on a page whose content is known ({where}): nothing was read for"
        " anybody. Install it again with make setup, then check with kinbind doctor."
    )
