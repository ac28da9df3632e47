"""Any one document, stated fact or value on a paper replaced by another: never approved.

Unless the proof truly does not rest on it: then the application is approved without that document
or consent as well.
"""

import datetime as dt
from collections.abc import Iterator
from functools import cache
from typing import Any
from zlib import crc32

import pytest

from models.decision.decision import Dossier, Outcome
from models.faces.face_verdict import FaceBand
from models.identity.id_number import check_character
from models.intake.application import (
    Application,
    BindingMethod,
    Channel,
    Consent,
    ConsentKind,
    IdentityRoute,
    InsuranceType,
    Product,
    Relationship,
)
from models.intake.declarations import IdentityDocument, IdentityDocumentKind, Objection
from models.reading.document import DocumentKind, DocumentReading, FieldReading
from tasks.identity.similarity import look_alikes
from tests.tasks.checks.dossiers import codes, judged
from tests.tasks.checks.scenario import BOOK, ROWS, dossier_of

PLAIN = frozenset({"policy", "turn", "history", "employer_batch", "unread_files"})
"""Rows with more on the desk than a dossier; they have tests of their own."""
APPROVED = [row for row in ROWS if row["then"] == "approved" and not PLAIN & set(row)]
BASES = [{"base": name, "name": name} for name in BOOK["bases"]]


def share(one_in: int) -> list[dict[str, Any]]:
    """Every base, and one in so many rows that are approved.

    Drawn by name: a new row elsewhere in the book changes nothing about which are drawn.
    """
    return BASES + [row for row in APPROVED if crc32(row["name"].encode()) % one_in == 0]


SAMPLE = share(4)
CASES = [pytest.param(row, id=row["name"]) for row in SAMPLE]
FORMS = [pytest.param(row, id=row["name"]) for row in share(8)]
"""Fewer: rows differ in their papers most of all, and each form is altered in forty ways."""

STRANGERS = ("郑伟民", "吴丽娟", "冯志远", "褚美玲", "卫国强", "蒋文英")
NAMELESS = frozenset({DocumentKind.ID_CARD_EMBLEM, DocumentKind.OTHER})
"""An emblem side names nobody: whose it is, nothing on it tells."""


def approved(dossier: Dossier) -> bool:
    return judged(dossier).outcome is Outcome.APPROVED


def without(dossier: Dossier, paper: DocumentReading) -> Dossier:
    form = dossier.application
    kept = tuple(e for e in form.documents if e.file != paper.file)
    readings = tuple(r for r in dossier.readings if r is not paper)
    return dossier.model_copy(
        update={"readings": readings, "application": form.model_copy(update={"documents": kept})}
    )


def of_others(paper: DocumentReading) -> DocumentReading:
    """The same paper of other people: other names, numbers and another book; the same ages."""
    names: dict[str, str] = {}
    fields = {}
    for key, field in paper.fields.items():
        value = field.value
        if value and key.endswith("name"):
            value = names.setdefault(value, STRANGERS[len(names) % len(STRANGERS)])
        elif value and key.endswith("id_number"):
            value = other_number(value)
        elif value and key in {"household_number", "certificate_number"}:
            value = value[:-6] + "909090"
        second = value if field.second is not None else None
        fields[key] = FieldReading(
            value=value,
            raw=value or "",
            confidence=field.confidence,
            second=second,
            long_term=field.long_term,
        )
    return paper.model_copy(update={"fields": fields, "digest": f"other-{paper.digest[6:]}"})


def other_number(number: str, *, days: int = 0) -> str:
    """Another person's, born on the same day, or days later, and of the same sex.

    A birth certificate gives no number: of a child that only a certificate shows, a number of the
    same day and sex cannot be told from the child's. So a stated number is of the next day here.
    Another passport's differs in its last digit.
    """
    if not number[:1].isdigit():  # a passport's
        return f"{number[:-1]}{(int(number[-1]) + 1) % 10}"
    if len(number) == 15:
        number = f"{number[:6]}19{number[6:]}0"
    born = dt.date.fromisoformat(f"{number[6:10]}-{number[10:12]}-{number[12:14]}")
    first = f"440305{born + dt.timedelta(days=days):%Y%m%d}7{number[15:17]}"
    return first + check_character(first)


def replaced(dossier: Dossier, paper: DocumentReading) -> Dossier:
    """The dossier with that paper of other people; another face was compared then."""
    readings = tuple(of_others(r) if r is paper else r for r in dossier.readings)
    face = dossier.face
    if paper.kind in {DocumentKind.SELFIE, DocumentKind.ID_CARD_PORTRAIT} and face is not None:
        face = face.model_copy(update={"band": FaceBand.MISMATCH, "score": 0.1})
    return dossier.model_copy(update={"readings": readings, "face": face})


@cache
def approved_with_papers_of_others(name: str) -> dict[str, bool]:
    """Of a row: each paper that names somebody, and whether another one of others would do."""
    dossier = dossier_of(next(row for row in SAMPLE if row["name"] == name))
    return {
        paper.file: approved(replaced(dossier, paper))
        for paper in dossier.readings
        if paper.kind not in NAMELESS
    }


@pytest.mark.parametrize("row", CASES)
def test_no_document_of_other_people_takes_the_place_of_one_that_is_needed(row):
    dossier = dossier_of(row)
    assert approved(dossier)
    taken = approved_with_papers_of_others(row["name"])
    wrong = [
        paper.file
        for paper in dossier.readings
        if taken.get(paper.file) and not approved(without(dossier, paper))
    ]
    assert wrong == []


def test_of_most_applications_every_document_is_needed_or_contradicts():
    """The oracle above excuses what is not needed; it must not excuse much."""
    told = [
        taken
        for row in SAMPLE
        for file, taken in approved_with_papers_of_others(row["name"]).items()
        if not file.startswith("cover")
    ]
    assert len(told) > 100
    assert sum(told) <= len(told) * 0.25


def changed(dossier: Dossier, **values: Any) -> Dossier:
    return dossier.model_copy(update={"application": dossier.application.model_copy(update=values)})


def other_people(form: Application) -> Iterator[tuple[str, dict[str, Any]]]:
    for role in ("applicant", "member"):
        person = getattr(form, role)
        values: dict[str, Any] = {"name": STRANGERS[0]}
        if person.id_number:
            values |= {"id_number": other_number(person.id_number, days=1)}
        for key, value in values.items():
            yield f"{role}.{key}", {role: person.model_copy(update={key: value})}
        shown = any(e.file.startswith("insurance") for e in form.documents)
        # A certificate shows where the member is insured; nothing rests on what the form says.
        for region in ("999999",) if shown else ("410100", "999999", None):
            update = {"insured_region": region}
            yield f"{role}.insured_region {region}", {role: person.model_copy(update=update)}
    applicant = form.applicant
    for at in (
        None,
        form.submitted_at - dt.timedelta(days=400),
        form.submitted_at + dt.timedelta(1),
    ):
        verified = applicant.model_copy(update={"real_name_verified_at": at})
        yield f"verified at {at}", {"applicant": verified}
    uninsured = form.member.model_copy(update={"insurance_type": None})
    if not any(e.file.startswith("insurance") for e in form.documents):
        yield "not insured", {"member": uninsured}
    incapable = form.member.model_copy(update={"incapacitated": True})
    yield "incapacitated", {"member": incapable}
    yield from other_identity_documents(form)


def other_identity_documents(form: Application) -> Iterator[tuple[str, dict[str, Any]]]:
    for role in ("applicant", "member"):
        person = getattr(form, role)
        others = [IdentityDocument(kind=kind) for kind in IdentityDocumentKind]
        others.remove(IdentityDocument(kind=IdentityDocumentKind.RESIDENT_ID))
        for wrong in ({"number": "440305198511117995"}, {"birth_date": dt.date(1970, 1, 1)}):
            others.append(IdentityDocument(kind=IdentityDocumentKind.RESIDENT_ID, **wrong))
        for other in others:
            yield f"{role} {other}", {role: person.model_copy(update={"identity_document": other})}


def another_turn(form: Application) -> Iterator[tuple[str, dict[str, Any]]]:
    yield "an objection", {"objection": Objection(to_round=1)}
    yield "another round", {"round": (form.round or 1) + 1}
    for days in (-400, 400):
        yield f"{days} days later", {"submitted_at": form.submitted_at + dt.timedelta(days)}
    if form.product is Product.MUTUAL_AID:
        resident = form.applicant.model_copy(update={"insurance_type": InsuranceType.RESIDENT})
        yield "a resident's account", {"applicant": resident}


def other_request(form: Application) -> Iterator[tuple[str, dict[str, Any]]]:
    for claimed in Relationship:
        if claimed is not form.relationship:
            yield f"relationship {claimed.value}", {"relationship": claimed}
    yield "region", {"region": "460100"}
    yield "employer without a list", {"channel": Channel.EMPLOYER}
    yield "no channel", {"channel": None}
    yield "no product", {"product": None}
    yield from another_turn(form)
    other = next(m for m in BindingMethod if m is not form.binding_method)
    if not (form.member.birth_certificate_number and form.member.id_number):
        yield "binding method", {"binding_method": other}
    if form.binding_method is BindingMethod.BIRTH_CERTIFICATE:
        member = form.member.model_copy(update={"birth_certificate_number": "Y110099999"})
        yield "certificate number", {"member": member}
    if form.remote_authorization:
        for key in ("reference", "authorized_at", "system"):
            record = form.remote_authorization.model_copy(update={key: None})
            yield f"remote authorisation without {key}", {"remote_authorization": record}


@pytest.mark.parametrize("facts", [other_people, other_request])
@pytest.mark.parametrize("row", FORMS)
def test_no_stated_fact_can_be_another(row, facts):
    dossier = dossier_of(row)
    wrong = [
        what for what, values in facts(dossier.application) if approved(changed(dossier, **values))
    ]
    assert wrong == []


def spoilt(consent: Consent, form: Application) -> Iterator[tuple[str, Consent]]:
    for what, update in (
        ("another version", {"version": "2019-01"}),
        ("no version", {"version": ""}),
        ("after the submission", {"agreed_at": form.submitted_at + dt.timedelta(minutes=1)}),
        ("years ago", {"agreed_at": form.submitted_at - dt.timedelta(days=1100)}),
        ("withdrawn", {"withdrawn_at": form.submitted_at}),
    ):
        versioned = consent.kind in {ConsentKind.NOTICE, ConsentKind.COMMITMENT}
        if what != "another version" or versioned:
            yield f"{consent.kind.value} {what}", consent.model_copy(update=update)


@pytest.mark.parametrize("row", FORMS)
def test_no_consent_counts_that_was_not_given_in_time_and_to_a_text_in_force(row):
    dossier = dossier_of(row)
    consents = dossier.application.consents
    wrong = []
    for i, consent in enumerate(consents):
        others = (*consents[:i], *consents[i + 1 :])
        if approved(changed(dossier, consents=others)):
            continue  # nobody asks for it here
        wrong += [
            what
            for what, bad in spoilt(consent, dossier.application)
            if approved(changed(dossier, consents=(*others, bad)))
        ]
    assert wrong == []


def near_values(key: str, value: str) -> Iterator[str]:
    """Values like this one: a look-alike name, a number or a day beside it, another word."""
    if key.endswith("name"):
        swapped = ((i, sorted(look_alikes(sign))[:1]) for i, sign in enumerate(value))
        yield from (value[:i] + other[0] + value[i + 1 :] for i, other in swapped if other)
        yield STRANGERS[0]
    elif key.endswith("id_number") and len(value) == 18:
        yield other_number(value, days=365)
        first = f"{value[:14]}{(int(value[14:17]) + 2) % 1000:03d}"
        yield first + check_character(first)
    elif key.endswith("date"):
        yield (dt.date.fromisoformat(value) - dt.timedelta(days=7 * 365)).isoformat()
    elif key.endswith("sex"):
        yield "女" if value == "男" else "男"
    elif key == "relation_to_householder":
        yield from {"侄女", "岳父", "儿媳", "妹妹"} - {value}
    elif key == "household_number":
        yield value[:-1] + str((int(value[-1]) + 1) % 10)


def with_value(dossier: Dossier, paper: DocumentReading, key: str, value: str | None) -> Dossier:
    """The dossier where a field of a paper was read, as surely as before, as another value."""
    old = paper.fields[key]
    update = {
        "value": value,
        "raw": value or "",
        "confidence": old.confidence if value else 0.2,
        "second": value if old.second is not None else None,
    }
    fields = paper.fields | {key: old.model_copy(update=update)}
    other = paper.model_copy(update={"fields": fields})
    readings = tuple(other if r is paper else r for r in dossier.readings)
    return dossier.model_copy(update={"readings": readings})


THIRD_BETWEEN = {
    "base": "grandchild",
    "name": "through the son's page",
    "papers": [
        "cover grandpa",
        "page grandpa 户主",
        "page father 长子",
        "birth child mother father",
    ],
}


@pytest.mark.parametrize("row", [*BASES, THIRD_BETWEEN], ids=lambda r: r["name"])
def test_no_value_on_a_paper_can_be_another(row):
    """Unless the application is approved without that value, or without the paper, as well."""
    dossier = dossier_of(row)
    needed = [
        paper
        for paper in dossier.readings
        if paper.kind not in NAMELESS and not approved(without(dossier, paper))
    ]
    wrong = [
        (paper.file, key, value)
        for paper in needed
        for key, field in paper.fields.items()
        if field.value and not approved(with_value(dossier, paper, key, None))
        for value in near_values(key, field.value)
        if approved(with_value(dossier, paper, key, value))
    ]
    assert wrong == []


@pytest.mark.parametrize("row", CASES)
def test_an_adult_s_will_is_shown_by_the_route_that_was_taken(row):
    dossier = dossier_of(row)
    kinds = {reading.kind for reading in dossier.readings}
    if dossier.face is None or DocumentKind.ID_CARD_PORTRAIT not in kinds:
        return  # a minor: no face is asked for
    for route in (IdentityRoute.NON_FACE, IdentityRoute.NONE, IdentityRoute.REMOTE_AUTHORIZATION):
        if route is not dossier.application.identity_route:
            found = judged(changed(dossier, identity_route=route))
            assert found.outcome is not Outcome.APPROVED, (route, codes(found))
