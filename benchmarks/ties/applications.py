"""The same pairs as whole applications, through the real checks under the real policy."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from benchmarks.ties.households import InventedMember
from benchmarks.ties.pairs import BookPair
from models.decision.decision import Dossier
from models.faces.face_verdict import FaceBand, FaceVerdict
from models.intake.application import Application, Product
from models.policy.policy import Policy
from models.reading.document import DocumentKind, DocumentReading, FieldReading, Quality

_SUBMITTED: Final = "2026-11-20T09:30:00+08:00"
_AGREED: Final = "2026-11-20T09:22:00+08:00"


def application_of(pair: BookPair, product: Product, policy: Policy) -> Dossier:
    """Everything that such an applicant hands in: two pages, often the cover, an adult's papers."""
    adult = pair.card_address is not None
    region = pair.book.village.county.code[:4] + "00"
    file, part = ("head.jpg", 2) if pair.one_picture else ("member.jpg", 1)
    papers = [_page(pair.book.head, "head.jpg", part=1), _page(pair.member, file, part=part)]
    papers += [_cover(pair)] if pair.cover else []
    papers += _adult_papers(pair) if adult else []
    form = _form(pair, product, region, papers)
    return Dossier(
        application=Application.model_validate(form),
        readings=tuple(papers),
        face=_matching(policy) if adult else None,
    )


def _form(
    pair: BookPair, product: Product, region: str, papers: list[DocumentReading]
) -> dict[str, Any]:
    insured = {"insured_region": region, "insurance_type": "employee"}
    head, member = pair.book.head, pair.member
    return {
        "application_id": "A1",
        "submitted_at": _SUBMITTED,
        "product": product.value,
        "binding_method": "id_number",
        "channel": "national_app",
        "region": region,
        "applicant": insured
        | {"name": head.name, "id_number": head.number, "real_name_verified_at": _AGREED},
        "member": insured | {"name": member.name, "id_number": member.number},
        "relationship": pair.relationship.value,
        "identity_route": "face" if pair.card_address else "none",
        "consents": [
            {"kind": kind, "version": "2026-01", "agreed_at": _AGREED}
            for kind in ("notice", "commitment", "face", "guardian")
        ],
        "documents": [{"file": file} for file in dict.fromkeys(p.file for p in papers)],
    }


def _page(who: InventedMember, file: str, *, part: int) -> DocumentReading:
    return _paper(
        DocumentKind.HUKOU_MEMBER,
        file,
        {
            "name": who.name,
            "relation_to_householder": who.word,
            "sex": who.sex,
            "birth_date": who.born.isoformat(),
            "id_number": who.number,
            "registration_date": who.registered.isoformat(),
        },
        part=part,
    )


def _cover(pair: BookPair) -> DocumentReading:
    book = pair.book
    values = {
        "household_type": "家庭户",
        "householder_name": book.head.name,
        "household_number": "330102001234",
        "address": book.address,
        "issue_date": book.issued.isoformat(),
    }
    return _paper(DocumentKind.HUKOU_COVER, "cover.jpg", values)


def _adult_papers(pair: BookPair) -> list[DocumentReading]:
    who = pair.member
    start, end = _term(who.born)
    card = {
        "name": who.name,
        "sex": who.sex,
        "birth_date": who.born.isoformat(),
        "id_number": who.number,
        "address": pair.card_address or "",
    }
    emblem = {"issuing_authority": "某县公安局", "valid_from": start, "valid_until": end}
    return [
        _paper(DocumentKind.ID_CARD_PORTRAIT, "card.jpg", card),
        _paper(DocumentKind.ID_CARD_EMBLEM, "emblem.jpg", emblem),
        _paper(DocumentKind.SELFIE, "selfie.jpg", {}).model_copy(update={"faces": 1}),
    ]


def _term(born: dt.date) -> tuple[str, str | None]:
    """A card of 2018 lasts by its bearer's age on that day."""
    age = 2018 - born.year
    years = 5 if age < 16 else 10 if age < 26 else 20 if age < 46 else None
    return "2018-12-31", f"{2018 + years}-12-31" if years else None


def _paper(
    kind: DocumentKind, file: str, values: Mapping[str, str | None], *, part: int = 1
) -> DocumentReading:
    sealed = kind in {DocumentKind.HUKOU_COVER, DocumentKind.HUKOU_MEMBER}
    return DocumentReading(
        file=file,
        part=part,
        digest=file,
        kind=kind,
        kind_confidence=0.99,
        fields={name: _read(name, value) for name, value in values.items()},
        quality=Quality(
            blur=0.1, glare=0, glyph_height_px=24, corners_visible=4, seal=True if sealed else None
        ),
    )


def _read(name: str, value: str | None) -> FieldReading:
    second = value if name == "id_number" else None
    long_term = name == "valid_until" and value is None
    return FieldReading(
        value=value, raw=value or "", confidence=0.99, second=second, long_term=long_term
    )


def _matching(policy: Policy) -> FaceVerdict:
    return FaceVerdict(
        compared=True,
        score=0.7,
        score_to_applicant=0.1,
        band=FaceBand.MATCH,
        thresholds=policy.face.thresholds.version,
        faces=1,
        sharpness=400.0,
    )
