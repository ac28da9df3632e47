"""Notes on the side page of a hukou book that an entry was changed (登记事项变更和更正记载).

Most of these pages are blank and say nothing. A filled one names an entry and a day, not the member
whose entry it is; which page it belongs to is for a person to see.
"""

import re
from typing import Final

from models.checks.finding import CheckVerdict, Finding, finding
from models.checks.reason import Reason
from tasks.reading.layout.prose import Prose
from tasks.reading.layout.text_spans import TextSpan

HEADINGS: Final = re.compile("更正后的?内容|变更、?更正日期|变更更正日期")
_LEGIBLE: Final = 0.6
_OF_THE_FORM: Final = re.compile(
    "更正|项目|承办人|签章|登记事项|记载|户口|公安|派出所|专用章|登记章|注意|第.{0,3}页"
)
_LEAST: Final = 2
"""Pieces of text below the headings from which something is entered; a speck may make one."""


def change_note(prose: Prose) -> Finding | None:
    """X08 where such a page bears an entry; None for a blank one and for any other page."""
    headings = [strip for strip in prose.strips if HEADINGS.search(strip.text)]
    if not headings:
        return None
    entries = [s for s in prose.strips if _is_entry(s, headings)]
    if len(entries) < _LEAST:
        return None
    return finding(Reason.CHANGE_NOT_VERIFIED, verdict=CheckVerdict.CANNOT_TELL)


def _is_entry(strip: TextSpan, headings: list[TextSpan]) -> bool:
    """Whether it stands below the headings and is no text of the form or of a seal."""
    low = max(h.box.middle for h in headings)
    height = max(h.box.height for h in headings)
    left = min(h.box.left for h in headings) - 16 * height
    right = max(h.box.right for h in headings) + 16 * height
    text = re.sub(r"\W", "", strip.text)
    return (
        strip.box.middle > low + 0.7 * height
        and left < strip.box.left < right
        and len(text) >= _LEAST
        and strip.mean >= _LEGIBLE
        and not _OF_THE_FORM.search(text)
    )
