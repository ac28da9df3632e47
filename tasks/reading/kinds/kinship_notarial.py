"""The notarial certificate of kinship (亲属关系公证书): two people, and a sentence between them."""

import re
from types import MappingProxyType
from typing import Final, NamedTuple

from models.kinship.named_relation import bond_named, relationship_named
from models.reading.document import DocumentKind, FieldReading
from tasks.reading.confidence.witnesses import SEVERAL_STATED, at_most
from tasks.reading.engines.text_lines import TextSpan
from tasks.reading.kinds.spec import KindSpec, RequiredLabels, Seal
from tasks.reading.layout import normalise_values as values
from tasks.reading.layout.find_labels import label_words
from tasks.reading.layout.prose import DATE, HAN, NAME, Prose, to_prose
from tasks.reading.layout.read_field import NOT_FOUND, Fields

CUES: Final = MappingProxyType(
    {
        "公证书": 3.0, "公证处": 2.0, "兹证明": 2.0, "公证员": 2.0, "关系人": 1.5,
        "申请人": 0.7, "公证事项": 1.5, "亲属关系": 1.0,
    }
)  # fmt: skip
"""How much each word speaks for this kind."""

_KINSHIP_CERTIFIED: Final = re.compile(
    "(?=.*公证[处书员])(?=.*(?:亲属|关系|[父母孙祖儿兄弟姐妹哥婿媳妻]|丈夫|配偶|[之长次养继][子女]))",
    re.DOTALL,
)
"""An office of notaries, and a word of kinship: a community certifies kinship and is no notary."""
_BRACKETED: Final = r"(?:（[^（）]{0,80}）)?"
_ROLE: Final = r"(?:申请人|关系人|当事人|公证申请人|被证明人)?"
_ENDS: Final = r"(?=[，（。；]|性别|[男女]，|的|是|系|为|与|和|同|之|$)"
_SERIAL: Final = (
    rf"[（〔\[【]?(?P<year>\d{{4}})[）〕\]】]{{1,2}}"
    rf"(?P<text>{HAN}{{1,16}}?字)第?(?P<number>\d{{1,8}})号"
)
_DAY: Final = rf"(?<!生于)(?<!出生日期：){DATE}(?!出?生)"
"""No birth date: where a seal hides office and day, somebody's is the last date of the page."""
_OFFICE: Final = rf"(?P<office>{HAN}{{2,30}}公证处)"


class _Statement(NamedTuple):
    """A sentence that says who is whose; spans in the text."""

    one: tuple[int, int]
    other: tuple[int, int]
    word: tuple[int, int]


def read_fields(spans: tuple[TextSpan, ...]) -> Fields:
    """The two people with their birth dates, the relation, and the certificate itself."""
    prose = to_prose(spans)
    statements = _statements(prose)
    applicant, related = _people(prose, statements)
    stated = _stated(prose, statements)
    offices = list(prose.all(_OFFICE))
    return {
        "applicant_name": applicant,
        "applicant_birth_date": _birth_date(prose, applicant),
        "related_name": related,
        "related_birth_date": _birth_date(prose, related),
        "relation_stated": stated,
        "notary_office": _office(prose, offices),
        "certificate_number": _serial(prose),
        "issue_date": _issued(prose, offices),
    }


def _statements(prose: Prose) -> list[_Statement]:
    """Every 甲是乙的儿子, 甲的父亲是乙 and 甲与乙是父子关系 after 兹证明."""
    start = prose.text.find("证明", max(0, prose.text.rfind("兹") - 1))
    if start < 0:
        return []
    one = rf"{_ROLE}(?P<one>{NAME}){_BRACKETED}"
    other = rf"{_ROLE}(?P<other>{NAME}){_BRACKETED}"
    is_ = r"(?:是|系|为)"
    patterns = (
        rf"证明{one}(?:与|和|同){other}(?:之间|间|的关系)*{is_}(?P<word>{HAN}{{2,6}}关系)",
        rf"证明{one}{is_}{other}(?:的|之)(?P<word>{HAN}{{1,6}})(?=[。，；（]|$)",
        rf"证明{one}(?:的|之)(?P<word>{HAN}{{1,6}}?){is_}{other}(?=[。，；（]|$)",
    )
    found = []
    for pattern in patterns:
        match = re.compile(pattern).search(prose.text, start)
        if match and _names_relation(match["word"]):
            found.append(_Statement(match.span("one"), match.span("other"), match.span("word")))
    return found


def _names_relation(word: str) -> bool:
    return bond_named(word) is not None or relationship_named(word) is not None


def _people(prose: Prose, statements: list[_Statement]) -> tuple[FieldReading, FieldReading]:
    """By their headings; else who is called applicant in the sentence, else the first."""
    applicant = _headed(prose, r"(?<!公证)申请人：?")
    related = _headed(prose, r"关系人：?")
    if (applicant.value is None or related.value is None) and statements:
        one, other = statements[0].one, statements[0].other
        called = [prose.text[max(0, span[0] - 3) : span[0]] for span in (one, other)]
        if "申请人" in called[1] or "关系人" in called[0]:
            one, other = other, one
        if applicant.value is None:
            applicant = prose.field(*one, values.name)
        if related.value is None:
            related = prose.field(*other, values.name)
    if applicant.value is not None and applicant.value == related.value:
        return applicant, NOT_FOUND
    return applicant, related


def _headed(prose: Prose, heading: str) -> FieldReading:
    for match in prose.all(rf"{heading}(?P<name>{NAME}){_ENDS}"):
        found = prose.group(match, "name", values.name)
        if found.value is not None:
            return found
    return NOT_FOUND


def _birth_date(prose: Prose, who: FieldReading) -> FieldReading:
    """The date of birth that follows somebody's name."""
    if who.value is None:
        return NOT_FOUND
    # As it was read: a value may be in simplified characters where the text is not.
    name = "|".join(map(re.escape, (who.value, *filter(None, [who.raw]))))
    pattern = rf"(?:{name})[，（：][^。；）]{{0,14}}?(?P<date>{DATE})"
    match = prose.first(pattern)
    return prose.group(match, "date", values.date)


def _stated(prose: Prose, statements: list[_Statement]) -> FieldReading:
    if not statements:
        return NOT_FOUND
    reading = prose.field(*statements[0].word, values.relation)
    sentence = prose.text[statements[0].one[0] : statements[0].word[1] + 60].split("。")[0]
    further = len(re.findall(r"(?:父亲|母亲|配偶|丈夫|妻子|儿子|女儿)", sentence)) > 1
    return at_most(reading, SEVERAL_STATED) if further else reading


def _serial(prose: Prose) -> FieldReading:
    match = prose.first(_SERIAL)
    if match is None:
        return NOT_FOUND
    value = f"（{match['year']}）{match['text']}第{match['number']}号"
    return prose.field(match.start(), match.end(), lambda _: value)


def _office(prose: Prose, offices: list[re.Match[str]]) -> FieldReading:
    if not offices:
        return NOT_FOUND
    last = offices[-1]
    # A row of its own: what stands before it on an earlier row belongs to something else.
    start = max([last.start("office"), *(r for r in prose.rows if r < last.end("office"))])
    if last.end("office") - start < 5:
        start = last.start("office")
    return prose.field(start, last.end("office"), values.organisation)


def _issued(prose: Prose, offices: list[re.Match[str]]) -> FieldReading:
    """The date below the office's name; the last one of the page where that cannot be told."""
    after = offices[-1].end() if offices else len(prose.text) // 2
    dates = [m for m in prose.all(_DAY) if m.start() >= after]
    if not dates:
        return NOT_FOUND
    return prose.field(dates[-1].start(), dates[-1].end(), values.date)


SPEC: Final = KindSpec(
    kind=DocumentKind.KINSHIP_NOTARIAL,
    cues=CUES,
    must_show=_KINSHIP_CERTIFIED,
    read_page=read_fields,
    whole_paper=RequiredLabels(
        frozenset({"title", "notary"}),
        frozenset({"title", "notary", "office", "matter", "applicant", "related", "attest"}),
        2,
        repeats_itself=True,  # its sentences name the two people again and again
        words=label_words(
            title="公证书",
            notary="公证员",
            office="公证处",
            matter="公证事项",
            applicant="申请人",
            related="关系人",
            attest="兹证明",
        ),
    ),
    seal=Seal.LOOKED_FOR,
)
