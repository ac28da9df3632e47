"""Invented people and their papers as readings, put together without any picture."""

import datetime as dt
import hashlib
from pathlib import Path
from typing import Any, NamedTuple

from models.checks.finding import Finding
from models.decision.check_report import CheckReport
from models.decision.decision import Decision, Dossier, History
from models.faces.face_verdict import FaceBand, FaceVerdict
from models.identity.id_number import IdNumber, check_character
from models.intake.application import Application
from models.policy.policy import Policy
from models.reading.document import DocumentKind, DocumentReading, FieldReading, Quality
from storage.policy.policies import PolicyRepository
from tasks.checks import check_application
from tasks.decision.decide import decide

SUBMITTED = "2026-11-20T09:30:00+08:00"
SHELF = PolicyRepository.load(Path(__file__).parents[3] / "policies")
K = DocumentKind


class Person(NamedTuple):
    name: str
    number: str

    @property
    def born(self) -> dt.date:
        return IdNumber(text=self.number).birth_date

    @property
    def sex(self) -> str:
        return IdNumber(text=self.number).sex


def person(name: str, born: str, sex: str, *, serial: int = 10, region: str = "330102") -> Person:
    first = f"{region}{born.replace('-', '')}{serial + (sex == '男'):03d}"
    return Person(name, first + check_character(first))


FATHER = person("沈建国", "1988-03-12", "男")
MOTHER = person("林晓梅", "1990-07-25", "女")
CHILD = person("沈雨桐", "2019-05-06", "女")
BROTHER = person("沈志强", "1992-09-01", "男")
SISTER = person("沈文静", "1995-02-14", "女")
GRANDPA = person("沈德厚", "1958-10-03", "男")
GRANDMA = person("周桂芳", "1960-01-20", "女")
STRANGER = person("郑伟", "1985-11-11", "男", region="440305")


def field(value: str | None, confidence: float = 0.99, **more: Any) -> FieldReading:
    return FieldReading(value=value, raw=value or "", confidence=confidence, **more)


def digest_of(file: str) -> str:
    """Another file has another digest."""
    return hashlib.sha256(file.encode()).hexdigest()


def reading(kind: DocumentKind, file: str, values: dict[str, Any], **more: Any) -> DocumentReading:
    fields = {n: v if isinstance(v, FieldReading) else field(v) for n, v in values.items()}
    stamped = kind in {K.HUKOU_COVER, K.HUKOU_MEMBER}
    quality = Quality(
        blur=0.1, glare=0.0, glyph_height_px=24, corners_visible=4, seal=True if stamped else None
    )
    base: dict[str, Any] = {"kind_confidence": 0.99, "quality": quality, "digest": digest_of(file)}
    return DocumentReading(file=file, kind=kind, fields=fields, **(base | more))


def card(who: Person, file: str = "card.jpg", **changes: Any) -> DocumentReading:
    values = {
        "name": who.name,
        "sex": who.sex,
        "birth_date": who.born.isoformat(),
        "id_number": field(who.number, second=who.number),
    }
    return reading(K.ID_CARD_PORTRAIT, file, values | changes)


def emblem(
    start: str = "2018-04-02", end: str | None = "2038-04-02", file: str = "emblem.jpg"
) -> DocumentReading:
    until = field(end) if end else field(None, long_term=True)
    values = {"issuing_authority": "某市公安局", "valid_from": start, "valid_until": until}
    return reading(K.ID_CARD_EMBLEM, file, values)


def page(who: Person, word: str, file: str | None = None, **changes: Any) -> DocumentReading:
    values = {
        "name": who.name,
        "relation_to_householder": word,
        "former_name": None,
        "sex": who.sex,
        "birth_date": who.born.isoformat(),
        "id_number": field(who.number, second=who.number),
        "household_number": "330102001234",
    }
    return reading(K.HUKOU_MEMBER, file or f"page-{who.number[-8:]}.jpg", values | changes)


def cover(householder: Person, file: str = "cover.jpg", **changes: Any) -> DocumentReading:
    values = {
        "household_type": "家庭户",
        "householder_name": householder.name,
        "household_number": "330102001234",
    }
    return reading(K.HUKOU_COVER, file, values | changes)


def birth(
    child: Person,
    mother: Person | None,
    father: Person | None,
    file: str = "birth.jpg",
    **changes: Any,
) -> DocumentReading:
    letter = chr(ord("A") + min(max(child.born.year, 2000), 2025) - 2000)
    values: dict[str, Any] = {
        "newborn_name": child.name,
        "newborn_sex": child.sex,
        "birth_time": f"{child.born.isoformat()}T03:31",
        "certificate_number": f"{letter}33{child.born:%m%d}{child.number[14:17]}",
        "issue_date": (child.born + dt.timedelta(days=9)).isoformat(),
    }
    for slot, parent in (("mother", mother), ("father", father)):
        number = field(parent.number, second=parent.number) if parent else field(None)
        values |= {f"{slot}_name": parent.name if parent else None, f"{slot}_id_number": number}
    return reading(K.BIRTH_CERTIFICATE, file, values | changes)


def selfie(file: str = "selfie.jpg") -> DocumentReading:
    return reading(K.SELFIE, file, {}, faces=1)


def same_face(**changes: Any) -> FaceVerdict:
    base: dict[str, Any] = {
        "compared": True,
        "score": 0.61,
        "score_to_applicant": 0.12,
        "band": FaceBand.MATCH,
        "thresholds": SHELF_POLICY.face.thresholds.version,
        "faces": 1,
        "sharpness": 400.0,
    }
    return FaceVerdict(**(base | changes))


SHELF_POLICY = SHELF.for_case("330100", dt.date(2026, 11, 20), None)


def application(
    applicant: Person, member: Person, relationship: str, /, **changes: Any
) -> dict[str, Any]:
    agreed = {"version": "2026-01", "agreed_at": "2026-11-20T09:22:00+08:00"}
    insured = {"insured_region": "330100", "insurance_type": "employee"}
    form = {
        "application_id": "A1",
        "submitted_at": SUBMITTED,
        "product": "family_account",
        "binding_method": "id_number",
        "channel": "national_app",
        "region": "330100",
        "applicant": {
            "name": applicant.name,
            "id_number": applicant.number,
            "real_name_verified_at": "2026-11-20T09:21:00+08:00",
            **insured,
        },
        "member": {"name": member.name, "id_number": member.number, **insured},
        "relationship": relationship,
        "identity_route": "face",
        "consents": [{"kind": k, **agreed} for k in ("notice", "commitment", "face")],
    }
    return form | changes


def dossier(
    form: dict[str, Any],
    *readings: DocumentReading,
    face: FaceVerdict | None = None,
    history: History | None = None,
    intake: tuple[Finding, ...] = (),
    hints: dict[str, dict[str, str]] | None = None,
) -> Dossier:
    files = dict.fromkeys(r.file for r in readings)
    documents = [{"file": f, **(hints or {}).get(f, {})} for f in files]
    return Dossier(
        application=Application.model_validate({"documents": documents} | form),
        readings=readings,
        intake=intake,
        face=face,
        history=history or History(),
    )


def policy_of(d: Dossier) -> Policy:
    form = d.application
    return SHELF.for_case(form.deciding_region, form.submitted_on, form.product)


def checked(d: Dossier) -> CheckReport:
    return check_application(d, policy_of(d), SHELF.divisions)


def judged(d: Dossier) -> Decision:
    return decide(d, checked(d), policy_of(d), decided_at=dt.datetime.now(dt.UTC))


def codes(decision: Decision) -> set[str]:
    """What was found, notes left out."""
    return {f.code.value for f in decision.findings if f.severity.value != "info"}


# Honest applications, one for each way to prove a relation.


def child_by_certificate(**changes: Any) -> Dossier:
    return dossier(application(FATHER, CHILD, "child", **changes), birth(CHILD, MOTHER, FATHER))


def child_in_book(**changes: Any) -> Dossier:
    return dossier(
        application(FATHER, CHILD, "child", **changes),
        cover(FATHER),
        page(FATHER, "户主"),
        page(CHILD, "长女"),
    )


def adult(
    applicant: Person, member: Person, relationship: str, *papers: DocumentReading, **changes: Any
) -> Dossier:
    term: tuple[str, str | None] = ("2018-04-02", "2038-04-02")
    if member.born.year <= 1970:
        term = ("2018-04-02", None)
    if member.born.year >= 1993:
        term = ("2018-04-02", "2028-04-02")
    return dossier(
        application(applicant, member, relationship, **changes),
        card(member),
        emblem(*term),
        selfie(),
        *papers,
        face=same_face(),
    )


def spouse(**changes: Any) -> Dossier:
    book = cover(FATHER), page(FATHER, "户主"), page(MOTHER, "妻")
    return adult(FATHER, MOTHER, "spouse", *book, **changes)


def parent(**changes: Any) -> Dossier:
    book = cover(FATHER), page(FATHER, "户主"), page(GRANDPA, "父亲")
    return adult(FATHER, GRANDPA, "parent", *book, **changes)


def siblings(**changes: Any) -> Dossier:
    book = cover(GRANDPA), page(BROTHER, "次子"), page(SISTER, "女儿")
    born = (
        birth(BROTHER, GRANDMA, GRANDPA, "birth-1.jpg", certificate_number="330012345"),
        birth(SISTER, GRANDMA, GRANDPA, "birth-2.jpg", certificate_number="330012399"),
    )
    return adult(BROTHER, SISTER, "sibling", *book, *born, **changes)


def grandparent(**changes: Any) -> Dossier:
    adult_grandchild = person("沈一帆", "2006-06-06", "男")
    book = cover(GRANDPA), page(GRANDPA, "户主"), page(adult_grandchild, "孙子")
    return adult(adult_grandchild, GRANDPA, "grandparent", *book, **changes)


HONEST = (child_by_certificate, child_in_book, spouse, parent, siblings, grandparent)
