"""The commitment letter (承诺书): who commits, for whom, how they are related, and when.

Whether it is signed is no matter of its text: see `tasks.reading.marks.signature`.
"""

import datetime as dt
import re
from types import MappingProxyType
from typing import Final

from models.identity.id_number import full_id_number
from models.kinship.named_relation import between, bond_named, relationship_named
from models.kinship.relation_word import known_words
from models.reading.document import DocumentKind, FieldReading
from tasks.identity.identities import date_or_none
from tasks.reading.confidence.witnesses import BLANK, GUESSED, MISSING, at_most
from tasks.reading.engines.text_lines import TextSpan
from tasks.reading.kinds.spec import KindSpec, RequiredLabels
from tasks.reading.layout import normalise_values as values
from tasks.reading.layout.find_labels import label_words
from tasks.reading.layout.prose import DATE, HAN, NAME, Prose, to_prose
from tasks.reading.layout.read_field import NOT_FOUND, Fields

CUES: Final = MappingProxyType(
    {
        "承诺书": 3.5, "承诺人": 2.0, "本人承诺": 2.0, "被绑定人": 1.0, "自愿承担": 1.0,
        "家庭成员": 0.7, "家庭共济": 0.7, "签名": 0.5, "签字": 0.5,
    }
)  # fmt: skip
"""How much each word speaks for this kind."""

_ONE: Final = r"(?<!被)(?:本人|申请人|授权人|承诺人|声明人|立书人|甲方)"
_OTHER: Final = (
    r"(?:被绑定人|被授权人|使用人|被共济人|共济人|家庭成员|成员|亲属|家人|乙方"
    r"|(?:申请将|绑定|添加|授权给|将|给|为|与)(?:本人|我)?的?(?:家庭成员|亲属|家人)?)"
)
_NUMBER_LABEL: Final = r"(?:公民身份|居民身份|身份证|证件号|身份号)"
_LEAD: Final = r"(?:姓名)?[：（]*(?:姓名)?[：]?"
_BEFORE_NUMBER: Final = rf"(?=[，（]*(?:性别：?)?[男女]?，?{_NUMBER_LABEL})"
_AFTER_LABEL: Final = (
    r"(?=[，（）]?(?:性别|身份证|公民身份|居民身份|证件|联系|电话|手机|与|出生|年龄|住址|地址|参保"
    r"|被|使用|申请|授权|家庭|本人|承诺|单位|$))"
)
_RELATION: Final = (
    rf"与(?:本人|我|申请人|承诺人|授权人|声明人|参保人|甲方)?的?(?:亲属)?关系[：为是系]*(?P<word>{HAN}{{1,8}})",
    rf"(?<!本人)(?:系|是|为)(?:本人|申请人|承诺人|授权人|我)(?:的|之)?(?P<word>{HAN}{{1,8}})",
    rf"关系：(?P<word>{HAN}{{1,8}})",
)
_INVERTED: Final = rf"本人(?:系|是|为)(?:{NAME})(?:的|之)(?P<word>{HAN}{{1,8}})"
_PHRASE: Final = re.compile(
    "姓名|身份|公民|居民|签[名字章]|承诺|申请|授权|自愿|绑定|成员|关系|本人"
)
SIGN_LABEL: Final = (
    r"(?:承诺人|申请人|授权人|声明人|立书人|参保人|本人)?（?(?:签名|签字|签章)(?:或?(?:盖章|按手印|捺印))?）?：?"
    r"|(?:承诺人|申请人|授权人|声明人|立书人)(?:（(?:签名|签字|签章|盖章|手印)[^）]{0,8}）)?："
)
"""What announces the place for the signature."""


def read_fields(spans: tuple[TextSpan, ...]) -> Fields:
    """Both names, the relation and the date; not whether the letter is signed."""
    prose = to_prose(spans)
    applicant = _name(prose, _ONE)
    member = _name(prose, _OTHER)
    if applicant.value is None or member.value is None or applicant.quad == member.quad:
        applicant, member = _by_numbers(prose, applicant, member)
    return {
        "applicant_name": applicant,
        "member_name": member,
        "relationship": _relationship(prose),
        "sign_date": _sign_date(prose),
    }


def _name(prose: Prose, role: str) -> FieldReading:
    """A name that its role announces and its number or the next label ends."""
    for ending in (_BEFORE_NUMBER, _AFTER_LABEL):
        lead = _LEAD if ending is _BEFORE_NUMBER else r"(?:姓名[：（]*|：)"
        pattern = rf"{role}{lead}(?P<name>{NAME}){ending}"
        match = prose.first(pattern)
        while match is not None:
            found = prose.group(match, "name", values.name)
            if found.value is not None and not _is_phrase(found.value):
                return found
            # Behind 将本人医保账户授权给 the name announced by 给 is still to come.
            match = prose.first(pattern, after=match.start() + 1)
    return NOT_FOUND


def _is_phrase(text: str) -> bool:
    """Whether words of the letter itself were taken for a name."""
    return _PHRASE.search(text) is not None


def _by_numbers(
    prose: Prose, applicant: FieldReading, member: FieldReading
) -> tuple[FieldReading, FieldReading]:
    """Whoever is named before a number: first the one who commits, then the other."""
    found = []
    pattern = (
        rf"(?:^|[，。：；、（）]|姓名|成员|本人|将|为|给|与)(?P<name>{HAN}{{2,4}}){_BEFORE_NUMBER}"
    )
    for match in prose.all(pattern):
        reading = at_most(prose.group(match, "name", values.name), GUESSED)
        if reading.value is not None and not _is_phrase(reading.value):
            found.append(reading)
    known = {reading.value for reading in (applicant, member)}
    rest = [reading for reading in found if reading.value not in known]
    if applicant.value is None and rest:
        applicant = rest.pop(0)
    if (member.value is None or member.quad == applicant.quad) and rest:
        member = rest.pop(0)
    return applicant, member


def _relationship(prose: Prose) -> FieldReading:
    """What the member is to the applicant, as a code; the raw text is the printed word."""
    for pattern in _RELATION:
        for match in prose.all(pattern):
            found = _coded(prose, match, inverted=False)
            if found is not None:
                return found
    for match in prose.all(_INVERTED):
        found = _coded(prose, match, inverted=True)
        if found is not None:
            return found
    return FieldReading(value=None, confidence=MISSING if "关系" in prose.text else 0.0)


def _coded(prose: Prose, match: re.Match[str], *, inverted: bool) -> FieldReading | None:
    word = _longest_word(match["word"])
    if not word:
        return None
    part = bond_named(word)
    if part is not None:
        part = between(word, *_births(prose)) if part is not part.inverse else part
    else:
        part = relationship_named(word)
        part = part.inverse if part and inverted else part
    start = match.start("word")
    coded = part.value if part else None
    return prose.field(start, start + len(word), lambda _: coded)


_KNOWN: Final = frozenset(known_words())


def _longest_word(text: str) -> str:
    """The longest beginning of a text that names a relation (子女纳入 begins with 子女)."""
    for length in range(len(text), 0, -1):
        word = text[:length]
        if bond_named(word) or word in _KNOWN or relationship_named(word):
            return word
    return ""


def _births(prose: Prose) -> tuple[dt.date | None, dt.date | None]:
    """The birth dates inside the first two numbers of the text."""
    numbers = [m[0] for m in prose.all(r"(?<!\d)(?:\d{17}[\dXx]|\d{15})(?!\d)")]
    long = [full_id_number(n) for n in numbers]
    born = [date_or_none(f"{n[6:10]}-{n[10:12]}-{n[12:14]}") for n in long[:2]]
    return (born[0], born[1]) if len(born) == 2 else (None, None)


def _sign_date(prose: Prose) -> FieldReading:
    """The last date of the letter; blank where its place is empty."""
    tail = len(prose.text) // 3
    found = list(re.finditer(DATE, prose.text[tail:]))
    if found:
        last = found[-1]
        return prose.field(tail + last.start(), tail + last.end(), values.date)
    written = list(re.finditer(r"[0-9]{2,4}年.{0,4}月.{0,4}日?", prose.text[tail:]))
    if written:
        last = written[-1]
        return prose.field(tail + last.start(), tail + last.end(), values.date)
    empty = re.search(r"年月日?$|日期：?$|年月日", prose.text[tail:])
    return FieldReading(value=None, confidence=BLANK if empty else MISSING)


SPEC: Final = KindSpec(
    kind=DocumentKind.COMMITMENT_LETTER,
    cues=CUES,
    must_show=re.compile("承诺"),
    read_page=read_fields,
    whole_paper=RequiredLabels(
        frozenset({"title"}),
        frozenset({"signer", "promise", "member", "number", "relation", "insurance"}),
        2,
        repeats_itself=True,
        words=label_words(
            title="承诺书",
            signer="承诺人 申请人 授权人 声明人 本人签名 本人签字",
            promise="本人承诺 承诺如下 自愿承担",
            member="被绑定人 被授权人 使用人 家庭成员",
            number="身份证号码 身份证号 公民身份号码",
            relation="本人关系 申请人关系 授权人关系",
            insurance="家庭共济 医疗保障 个人账户",
        ),
    ),
    filled_in_by_pen=True,
    sign_label=SIGN_LABEL,
)
