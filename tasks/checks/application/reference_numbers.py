"""Whether what somebody typed as a reference can be one, or only fills the field.

A number that nobody can look up proves nothing: a word for "none" or "later", a row of equal or
counted digits, a day, a telephone number, or a number of the form or of a paper that came with it.
Whether a plausible one exists, only its register knows.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise
from typing import Final

from models.identity.id_number import valid_id_number
from models.identity.person_name import is_name, normalise_name
from models.identity.typed_text import normalise_serial
from models.intake.application import Application
from models.reading.document import DocumentReading

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
    r"|[我您你他她俺咱]|说[过了]|讲[过了]|告诉|老人|家[里人属]|[爸妈]|父亲|母亲|爷爷|奶奶|外公|外婆|配偶|本人"
    r"|当面|现场|签[字名]|手印|答应|愿意|知情|已经|已[交报登完授]|[案权交办报]过|搞定|完成|[0-9]点|@|https?:|www[.]"
    r"|n/a|(?<![a-z])(?:pending|later|waiting|progress|applied|none|null|nil|test|demo|todo|tbd|unknown|x{2,})(?![a-z])"
)


def says_none(text: str | None) -> bool:
    """Whether a name is empty or only says that there is none (无, 待定, N/A)."""
    plain = _plain(text)
    return not any(sign.isalnum() for sign in plain) or _IS_NONE.fullmatch(plain) is not None


def _plain(text: str | None) -> str:
    return "".join(unicodedata.normalize("NFKC", text or "").split()).lower()


def is_counted(text: str) -> bool:
    """Whether the digits of a text, if there are enough to tell, are only 0000, 7890 or 1212."""
    digits = "".join(re.findall(r"[0-9]", unicodedata.normalize("NFKC", text)))
    if len(digits) < _LEAST_DIGITS:
        return False
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(digits)}
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
    """Whether a text repeats a number that the form asks for elsewhere.

    A filing and an authorisation are kept by two registers, which do not number alike.
    """
    people = (form.applicant, form.member)
    others = [
        form.application_id,
        form.member.birth_certificate_number,
        *(who.id_number for who in people),
        *(who.identity_document.number for who in people if who.identity_document),
    ]
    authorised = form.remote_authorization
    registers = [form.filing_id, authorised.reference if authorised else None]
    return _repeats_any(text, others) or all(_signs(text) == _signs(one) for one in registers)


def is_of_a_paper(text: str, papers: Iterable[DocumentReading]) -> bool:
    """Whether a text repeats a number that stands on a paper: of a certificate, a household."""
    shown = (
        field.value
        for paper in papers
        for name, field in paper.fields.items()
        if name.endswith("number")
    )
    return _repeats_any(text, shown)


_LEAST_REPEATED: Final = 6
"""Signs that two numbers hardly share by chance."""


def _repeats_any(text: str, numbers: Iterable[str | None]) -> bool:
    """Whether a text is one of some numbers, has it in itself (备案330102…), or is a part of it."""
    typed = _signs(text)
    return any(
        typed == other
        or (min(len(typed), len(other)) >= _LEAST_REPEATED and (typed in other or other in typed))
        for number in numbers
        if (other := _signs(number))
    )


def _signs(text: str | None) -> str:
    return "".join(sign for sign in normalise_serial(text or "") if sign.isalnum())


def names_somebody(text: str, form: Application) -> bool:
    """Whether a text is made of the name of one of the two (沈雨桐2019)."""
    names = (normalise_name(person.name or "") for person in (form.applicant, form.member))
    plain = normalise_name(text)
    return any(is_name(name) and name in plain for name in names)


def is_id_number(text: str) -> bool:
    """Whether a text is somebody's resident number; no office files anything under one.

    A serial may begin with a division and a day too: one of a day since mutual aid began may be so.
    """
    number = valid_id_number(normalise_serial(text), today=dt.date.max)
    return number is not None and number.birth_date.year < _FILED_FROM


_FILED_FROM: Final = 2021
"""The year in which mutual aid began (国办发〔2021〕14号); no reference is older."""
_NO_SYSTEM: Final = re.compile(
    r"(?:通过|使用|用|在|打|发)?(?:(?:微信|qq|钉钉|手机|电话|短信|电子?邮[件箱]?|视频|语音|口头|当面|现场|纸质|书面|家里"
    r"|线[上下]|网[上络]|系统|平台|软件|程序|app|其[他它]|群|消息|聊天|本地|当地)+(?:授权|确认|同意|联系|沟通|告知|办理)*)+"
)
_LEAST_OF_A_SYSTEM: Final = 3


def can_be_system(text: str | None) -> bool:
    """Whether a text can name the system that keeps a record: no 微信, 口头, 系统 by itself."""
    plain = _plain(text)
    letters = sum(sign.isalpha() for sign in plain)
    return (
        letters >= _LEAST_OF_A_SYSTEM
        and not says_none(plain)
        and _NO_SYSTEM.fullmatch(plain) is None
    )


def can_be_reference(
    text: str | None, form: Application, papers: Iterable[DocumentReading] = ()
) -> bool:
    """Whether a text can be the number under which some register keeps a record.

    Args:
        text: What was typed.
        form: The whole form.
        papers: What came with it.
    """
    return (
        text is not None
        and not says_none(text)
        and _HOLDS_NONE.search(_plain(text)) is None
        and any(sign.isdigit() for sign in text)
        and not is_counted(text)
        and not is_day_or_telephone(text)
        and not is_of_the_form(text, form)
        and not is_of_a_paper(text, papers)
        and not names_somebody(text, form)
        and not is_id_number(text)
    )
