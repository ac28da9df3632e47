"""From every honest application, one needed thing is taken away or altered: never approved."""

from collections.abc import Iterator

import pytest

from models.checks.finding import CheckVerdict
from models.decision.decision import Dossier, History, Outcome
from models.faces.face_verdict import FaceBand
from models.intake.application import BindingMethod, ConsentKind, Relationship
from models.policy.policy import Policy
from models.reading.document import DocumentKind, DocumentReading, FieldReading
from tasks.checks import check_application
from tasks.decision.decide import decide
from tests.tasks.checks.dossiers import (
    HONEST,
    SUBMITTED,
    checked,
    child_by_certificate,
    child_in_book,
    grandparent,
    judged,
    parent,
    policy_of,
    same_face,
    spouse,
)

BOOK_ONLY = ("cover.jpg", "household_number", "relation_to_householder")
"""What only matters where the hukou book is the proof."""

NOT_ASKED_FOR = (
    "without cover.jpg",
    "cover.jpg shows nothing",
    "cover.jpg householder_name unread",
    "cover.jpg householder_name unsure",
    "cover.jpg householder_name contested",
)
"""No cover is asked for; where there is one, its type and its conflicts count."""

BORNE_OUT = ("household_number unsure", "household_number contested")
"""Of adults' pages, what was seen is the number that the other page surely shows: it counts with
the pages' ties, and the member's own will is shown beside."""

READ_AND_NEEDED = {
    DocumentKind.ID_CARD_PORTRAIT: ("name", "id_number"),
    DocumentKind.ID_CARD_EMBLEM: ("valid_from", "valid_until"),
    DocumentKind.HUKOU_COVER: ("household_type", "householder_name", "household_number"),
    DocumentKind.HUKOU_MEMBER: (
        "name",
        "id_number",
        "relation_to_householder",
        "household_number",
    ),
    DocumentKind.BIRTH_CERTIFICATE: ("newborn_name", "birth_time"),
}


def replaced(d: Dossier, old: DocumentReading, new: DocumentReading | None) -> Dossier:
    readings = tuple(new if r is old else r for r in d.readings)
    return d.model_copy(update={"readings": tuple(r for r in readings if r is not None)})


def with_field(r: DocumentReading, name: str, value: FieldReading) -> DocumentReading:
    return r.model_copy(update={"fields": r.fields | {name: value}})


def papers_taken_away(d: Dossier) -> Iterator[tuple[str, Dossier]]:
    for r in d.readings:
        without = tuple(e for e in d.application.documents if e.file != r.file)
        form = d.application.model_copy(update={"documents": without})
        yield f"without {r.file}", replaced(d, r, None).model_copy(update={"application": form})
        yield f"unread {r.file}", replaced(d, r, None)
        blank = r.model_copy(update={"fields": {}, "kind": DocumentKind.OTHER})
        yield f"{r.file} shows nothing", replaced(d, r, blank)


def fields_lost(d: Dossier) -> Iterator[tuple[str, Dossier]]:
    for r in d.readings:
        for name in READ_AND_NEEDED.get(r.kind, ()):
            old = r.fields[name]
            changes = {
                "unread": FieldReading(value=None, confidence=0.1),
                "unsure": old.model_copy(update={"confidence": 0.2}),
                "contested": old.model_copy(update={"second": "440305198511110118"}),
            }
            for how, new in changes.items():
                yield f"{r.file} {name} {how}", replaced(d, r, with_field(r, name, new))


def fields_altered(d: Dossier) -> Iterator[tuple[str, Dossier]]:
    other = {
        "name": "郑伟",
        "newborn_name": "郑伟",
        "householder_name": "郑伟",
        "id_number": "440305198511110118",
        "birth_date": "1970-01-01",
        "birth_time": "1970-01-01T00:00",
        "valid_until": "2019-01-01",
        "household_number": "999999999999",
        "household_type": "集体户",
        "relation_to_householder": "非亲属",
        "issue_date": "1949-10-01",
    }
    for r in d.readings:
        for name in sorted(other.keys() & r.fields.keys()):
            new = FieldReading(value=other[name], confidence=0.99, second=other[name])
            yield f"{r.file} {name} altered", replaced(d, r, with_field(r, name, new))


def form_altered(d: Dossier) -> Iterator[tuple[str, Dossier]]:
    form = d.application

    def changed(**values: object) -> Dossier:
        return d.model_copy(update={"application": form.model_copy(update=values)})

    for name in ("product", "binding_method", "channel", "relationship"):
        yield f"no {name}", changed(**{name: None})
    for claimed in Relationship:
        if claimed is not form.relationship:
            yield f"claimed {claimed}", changed(relationship=claimed)
    for kind in (ConsentKind.NOTICE, ConsentKind.COMMITMENT):
        kept = tuple(c for c in form.consents if c.kind is not kind)
        yield f"no {kind}", changed(consents=kept)
    for who, person in (("applicant", form.applicant), ("member", form.member)):
        for values in (
            {"name": None},
            {"name": "郑伟"},
            {"id_number": None},
            {"id_number": "440305198511110118"},
            {"insured_region": None},
            {"insured_region": "440300"},
        ):
            update = {who: person.model_copy(update=values)}
            yield f"{who} {values}", changed(**update)
    verified = form.applicant.model_copy(update={"real_name_verified_at": None})
    yield "not verified", changed(applicant=verified)
    yield "incapacitated", changed(member=form.member.model_copy(update={"incapacitated": True}))


def face_altered(d: Dossier) -> Iterator[tuple[str, Dossier]]:
    if d.face is None:
        return
    no_face = tuple(c for c in d.application.consents if c.kind is not ConsentKind.FACE)
    form = d.application.model_copy(update={"consents": no_face})
    yield "no consent to the face", d.model_copy(update={"application": form})
    for changes in (
        {"band": FaceBand.UNSURE},
        {"band": FaceBand.MISMATCH},
        {"band": None},
        {"compared": False},
        {"faces": 0},
        {"faces": 2},
        {"copied_portrait": True},
        {"score_to_applicant": 0.6},
        {"sharpness": 10.0},
        {"thresholds": "another set"},
    ):
        yield f"face {changes}", d.model_copy(update={"face": same_face(**changes)})
    yield "no face verdict", d.model_copy(update={"face": None})


def history_altered(d: Dossier) -> Iterator[tuple[str, Dossier]]:
    for facts in (
        {"reused_files": (d.readings[0].file,)},
        {"shared_numbers": ("applicant",)},
        {"applicant_bindings": 5},
        {"member_bindings": 2},
        {"already_bound": True},
    ):
        yield f"history {facts}", d.model_copy(update={"history": History(**facts)})


MUTATIONS = (
    papers_taken_away,
    fields_lost,
    fields_altered,
    form_altered,
    face_altered,
    history_altered,
)


@pytest.mark.parametrize("mutate", MUTATIONS)
@pytest.mark.parametrize("honest", HONEST)
def test_whatever_is_missing_or_altered_the_application_is_not_approved(honest, mutate):
    kinship = judged(honest()).relationship
    assert kinship is not None
    approved = [what for what, d in mutate(honest()) if judged(d).outcome is Outcome.APPROVED]
    approved = [what for what in approved if what not in NOT_ASKED_FOR]
    if "hukou" not in kinship.proof:
        approved = [what for what in approved if not any(spare in what for spare in BOOK_ONLY)]
    if honest in {spouse, parent, grandparent}:
        approved = [what for what in approved if not what.endswith(BORNE_OUT)]
    assert approved == []


@pytest.mark.parametrize("honest", [child_in_book, spouse, parent, grandparent])
def test_where_a_cover_is_wanted_a_person_sees_that_it_is_missing(honest):
    d = next(d for what, d in papers_taken_away(honest()) if what == "without cover.jpg")
    policy = policy_of(d)
    evidence = policy.evidence.model_copy(update={"hukou_cover": "wanted"})
    asking = policy.model_copy(update={"evidence": evidence})
    report = check_application(d, asking)
    decision = decide(d, report, asking, decided_at=d.application.submitted_at)
    assert [f.code.value for f in decision.findings if f.severity.value != "info"] == ["D12"]
    assert decision.outcome is Outcome.IN_REVIEW


def test_each_family_of_changes_changes_something():
    for mutate in MUTATIONS:
        assert any(list(mutate(honest())) for honest in HONEST)


@pytest.mark.parametrize("honest", HONEST)
def test_no_answer_may_be_missing_doubled_or_anything_but_passed(honest):
    d = honest()
    report = checked(d)
    results = report.results
    for i, result in enumerate(results):
        for wrong in (
            (*results[:i], *results[i + 1 :]),
            (*results[:i], result, *results[i:]),
            *(
                (*results[:i], result.model_copy(update={"verdict": v}), *results[i + 1 :])
                for v in (CheckVerdict.FAILED, CheckVerdict.CANNOT_TELL)
            ),
        ):
            assert decided(d, report.model_copy(update={"results": wrong})) is Outcome.IN_REVIEW


def decided(d: Dossier, report) -> Outcome:
    policy = policy_of(d)
    from_report = decide(d, report, policy, decided_at=d.application.submitted_at)
    return from_report.outcome


def test_answers_under_another_policy_approve_nothing():
    d = child_by_certificate()
    report = checked(d)
    other: Policy = policy_of(d).model_copy(update={"version": "another"})
    assert decided(d, report) is Outcome.APPROVED
    decision = decide(d, report, other, decided_at=d.application.submitted_at)
    assert decision.outcome is Outcome.IN_REVIEW


def test_a_kinship_verdict_for_another_claim_approves_nothing():
    d = child_by_certificate()
    report = checked(d)
    kinship = report.kinship
    assert kinship is not None
    for wrong in (
        None,
        kinship.model_copy(update={"derived": ()}),
        kinship.model_copy(update={"derived": (*kinship.derived, "other")}),
        kinship.model_copy(update={"claimed": "parent"}),
        kinship.model_copy(update={"answer": "not_determined"}),
    ):
        assert decided(d, report.model_copy(update={"kinship": wrong})) is Outcome.IN_REVIEW


def test_the_same_dossier_gets_the_same_answers_again():
    d = child_by_certificate(submitted_at=SUBMITTED)
    assert check_application(d, policy_of(d)) == check_application(d, policy_of(d))


def test_a_certificate_s_own_number_is_needed_only_where_the_member_is_bound_by_it():
    dossier = child_by_certificate()
    paper = next(r for r in dossier.readings if r.kind is DocumentKind.BIRTH_CERTIFICATE)
    lost = with_field(paper, "certificate_number", FieldReading(value=None, confidence=0.1))
    by_number = replaced(dossier, paper, lost)
    form = dossier.application.model_copy(
        update={
            "binding_method": BindingMethod.BIRTH_CERTIFICATE,
            "member": dossier.application.member.model_copy(
                update={"birth_certificate_number": paper.value("certificate_number")}
            ),
        }
    )
    by_certificate = by_number.model_copy(update={"application": form})
    assert judged(by_number).outcome is Outcome.APPROVED
    assert judged(by_certificate).outcome is not Outcome.APPROVED
