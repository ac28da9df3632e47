"""Whether what somebody typed as a reference can be one, or only fills the field.

A number that nobody can look up proves nothing: a word for "none" or "later", a row of equal or
counted digits, a day, a telephone number, or a number of the form itself. Whether a plausible one
exists, only its register knows.
"""

import re
import unicodedata
from itertools import pairwise
from typing import Final

from models.identity.typed_text import normalise_serial
from models.intake.application import Application

_LEAST_DIGITS: Final = 4
_LEAST_DIFFERENT: Final = 3
_NOTHING: Final = (
    r"暂?[无無](?:[此该]?(?:号|编号))?|没有?|沒有?|未(?:知|填|定|办理?|备案|登记|提供)?"
)
_LATER: Final = r"待(?:定|补|填|办理?|备案|提供)?|不详|不知道?|不清楚?|空白?|测试|示例"
_IS_NONE: Final = re.compile(
    rf"(?:暂时?|目前|尚|还)*(?:{_NOTHING}|{_LATER}|暂时?)|n/?a|none|null|nil|test|unknown|x+"
)
_HOLDS_NONE: Final = re.compile(
    r"[无無](?![锡錫为為棣极])|没|沒|未[知填定办备登提]|待[定补填办备提]|暂|暫|不[详知清]|测试|示例"
    r"|[后後再]补|办理[中完妥]|(?<!经)办[中完妥](?!心)|進行|进行|正在|已[办备申提]|见附|附件|附后|忘|等待|请|稍后|以后|再说"
    r"|口头|电话|微信|短信|同意|申请中|审核中|处理中"
    r"|n/a|(?<![a-z])(?:pending|later|waiting|progress|applied|none|null|nil|test|demo|todo|tbd|unknown|x{2,})(?![a-z])"
)


def says_none(text: str | None) -> bool:
    """Whether a name is empty or only says that there is none (无, 待定, N/A)."""
    plain = _plain(text)
    return not any(sign.isalnum() for sign in plain) or _IS_NONE.fullmatch(plain) is not None


def _plain(text: str | None) -> str:
    return "".join(unicodedata.normalize("NFKC", text or "").split()).lower()


def is_counted(text: str) -> bool:
    """Whether the digits of a text, if there are enough to tell, are only 0000, 1234 or 1212."""
    digits = "".join(re.findall(r"[0-9]", unicodedata.normalize("NFKC", text)))
    if len(digits) < _LEAST_DIGITS:
        return False
    steps = {int(b) - int(a) for a, b in pairwise(digits)}
    repeated = digits in (digits + digits)[1:-1]
    return len(steps) == 1 or repeated or len(set(digits)) < _LEAST_DIFFERENT


_DAY: Final = re.compile(r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")
_TELEPHONE: Final = re.compile(r"(?:86)?1[3-9][0-9]{9}|0[0-9]{9,11}")


def is_day_or_telephone(text: str) -> bool:
    """Whether a text is only a day (2026-11-20, 2026年11月20日) or a telephone number."""
    parts = re.findall(r"[0-9]+", unicodedata.normalize("NFKC", text))
    letters = re.sub(r"[\W\d_年月日号电话手机]+", "", text)
    if letters or not parts:
        return False
    padded = "".join(part.zfill(2) for part in parts)
    return any(shape.fullmatch(padded) for shape in (_DAY, _TELEPHONE))


def is_of_the_form(text: str, form: Application) -> bool:
    """Whether a text repeats a number that the form asks for elsewhere."""
    others = (
        form.application_id,
        form.applicant.id_number,
        form.member.id_number,
        form.member.birth_certificate_number,
    )
    return normalise_serial(text) in {normalise_serial(other) for other in others if other}


def can_be_reference(text: str | None, form: Application) -> bool:
    """Whether a text can be the number under which some register keeps a record."""
    return (
        text is not None
        and not says_none(text)
        and _HOLDS_NONE.search(_plain(text)) is None
        and any(sign.isdigit() for sign in text)
        and not is_counted(text)
        and not is_day_or_telephone(text)
        and not is_of_the_form(text, form)
    )
