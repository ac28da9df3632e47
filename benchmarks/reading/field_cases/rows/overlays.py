"""Layers over a paper: watermarks, stamps, mosaics, grey seals, a finger on a label, captions."""

from types import MappingProxyType
from typing import Final

from benchmarks.reading.field_cases.case import CaseDice, DrawCase, FieldCase, case_of
from benchmarks.reading.field_cases.rows.several_papers import photo_shot, scan_shot
from models.reading.document import DocumentKind
from specimens.applications.any_paper import any_paper
from specimens.applications.draw_paper import take_picture
from specimens.flaws import overlays
from specimens.papers.selfie import take_selfie
from specimens.people.families import invent_family
from specimens.printing.paper import Bench, PrintedPaper

_CARDS: Final = (DocumentKind.ID_CARD_PORTRAIT, DocumentKind.ID_CARD_EMBLEM)
_FORMS: Final = (*_CARDS, DocumentKind.HUKOU_MEMBER, DocumentKind.HUKOU_COVER)
_NAMES: Final = MappingProxyType(
    {
        DocumentKind.ID_CARD_PORTRAIT: ("name", "address", "ethnicity"),
        DocumentKind.ID_CARD_EMBLEM: ("issuing_authority", "valid_until"),
        DocumentKind.HUKOU_MEMBER: ("name", "ethnicity", "registration_date"),
        DocumentKind.HUKOU_COVER: ("householder_name", "address", "issue_date"),
    }
)
_DATES: Final = MappingProxyType(
    {
        DocumentKind.ID_CARD_PORTRAIT: "birth_date",
        DocumentKind.ID_CARD_EMBLEM: "valid_until",
        DocumentKind.HUKOU_MEMBER: "registration_date",
        DocumentKind.HUKOU_COVER: "issue_date",
    }
)


def _paper(given: CaseDice, kinds: tuple[DocumentKind, ...]) -> tuple[PrintedPaper, Bench]:
    kind = given.dice.fork("kind").pick(kinds)
    bench = Bench(given.dice.fork("bench"), given.style_set, 14.0)
    return any_paper(kind, bench), bench


def _taken(name: str, paper: PrintedPaper, given: CaseDice, *covered: str) -> FieldCase:
    """Scanned or photographed, in equal shares."""
    if given.dice.fork("how").chance(0.5):
        shot, level = scan_shot(paper, given, 300), "scan"
    else:
        shot, level = photo_shot(given, 4), "phone"
    drawn = take_picture(paper, level, given.dice.fork("photo"), shot=shot)
    return case_of(f"{name} on {paper.kind}", drawn, *covered)


def _watermark(given: CaseDice) -> FieldCase:
    paper, bench = _paper(given, _CARDS)
    text = given.dice.fork("text").pick(overlays.PURPOSES)
    return _taken("watermark", overlays.watermark(paper, bench, text), given)


def _tiled(given: CaseDice) -> FieldCase:
    paper, bench = _paper(given, _FORMS)
    text = given.dice.fork("text").pick(overlays.PURPOSES)
    return _taken("tiled watermark", overlays.tiled_watermark(paper, bench, text), given)


def _opaque(given: CaseDice) -> FieldCase:
    paper, bench = _paper(given, _FORMS)
    field = given.dice.fork("field").pick(_NAMES[paper.kind])
    text = given.dice.fork("text").pick(overlays.PROHIBITIONS)
    stamped = overlays.opaque_stamp(paper, bench, field, text)
    ends = ("valid_from", "valid_until") if field == "valid_until" else (field,)
    return _taken(f"opaque stamp over {field}", stamped, given, *ends)


def _beside(given: CaseDice) -> FieldCase:
    paper, bench = _paper(given, _FORMS)
    field = given.dice.fork("field").pick(_NAMES[paper.kind])
    text = given.dice.fork("text").pick(overlays.PROHIBITIONS)
    return _taken(f"stamp beside {field}", overlays.stamp_beside(paper, bench, field, text), given)


def _dated(given: CaseDice) -> FieldCase:
    paper, bench = _paper(given, _FORMS)
    field = _DATES[paper.kind]
    text = given.dice.fork("text").pick(("复印", "禁止", "无效", "仅供"))
    ends = ("valid_from", "valid_until") if field == "valid_until" else (field,)
    stamped = overlays.opaque_stamp(paper, bench, field, text)
    return _taken(f"stamp over {field}", stamped, given, *ends)


def _mosaic(given: CaseDice) -> FieldCase:
    paper, bench = _paper(given, _FORMS)
    fields = [f for f in _NAMES[paper.kind] if f != "ethnicity"]
    field = given.dice.fork("field").pick(fields)
    ends = ("valid_from", "valid_until") if field == "valid_until" else (field,)
    return _taken(f"mosaic over {field}", overlays.mosaic(paper, bench, field), given, *ends)


def _grey_seal(given: CaseDice) -> FieldCase:
    paper, bench = _paper(given, (DocumentKind.HUKOU_MEMBER, DocumentKind.HUKOU_COVER))
    field = _DATES[paper.kind]
    return _taken(f"grey seal over {field}", overlays.grey_seal(paper, bench, field), given)


def _finger(given: CaseDice) -> FieldCase:
    paper, bench = _paper(given, (DocumentKind.ID_CARD_PORTRAIT,))
    field = given.dice.fork("field").pick(("address", "sex", "birth_date", "name"))
    return _taken(f"finger beside {field}", overlays.finger_tip(paper, bench, field), given)


def _selfie(given: CaseDice) -> FieldCase:
    dice = given.dice.fork("selfie")
    people = invent_family(dice.fork("family"), child_ages=[3]).people
    bench = Bench(dice, given.style_set, 14.0)
    paper = take_selfie(people[dice.pick(("father", "mother", "uncle"))], bench)
    stamps = (
        ("REDMI NOTE 12 PRO", "AI CAMERA 108MP"), ("2026-11-02 14:31:08", "杭州市西湖区文三路"),
        ("办理医保亲情账户使用",),
        ("今日水印 相机已验证", "时间 2026.10.21 09:12", "地点 某某市某某区人民路12号"),
        ("HUAWEI P60", "XMAGE"), ("本人自愿办理亲情账户绑定",),
        ("vivo X90", "ZEISS", "2026/10/03 12:07"),
        ("仅供办理社会保障卡使用",),
    )  # fmt: skip
    lines = dice.pick(stamps)
    place = dice.pick(("top", "bottom", "middle"))
    image = overlays.caption(paper.image, bench, lines, place)
    drawn = take_picture(paper._replace(image=image), "phone", dice.fork("photo"))
    return case_of(f"selfie with {lines[0]} at the {place}", drawn)


ROWS: Final[MappingProxyType[str, DrawCase]] = MappingProxyType(
    {
        "C": _watermark,
        "D1": _opaque,
        "D2": _beside,
        "D3": _tiled,
        "E": _dated,
        "G": _mosaic,
        "K": _finger,
        "M": _grey_seal,
        "N": _selfie,
    }
)
