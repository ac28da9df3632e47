import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest

from models.cases.case_round import Stage
from models.checks.finding import Evidence, Subject, finding
from models.checks.reason import Reason
from models.decision.decision import Decision, Outcome
from models.errors import IntegrityError
from models.reading.document import DocumentKind, DocumentReading, FieldReading, Quality
from storage.cases.round_rows import RoundMissingError

ON_BOTH_DATABASES = True

NOW = dt.datetime(2026, 11, 20, 1, 30, tzinfo=dt.UTC)


def take_in(repositories, application_id="A1", digest="d1", batch_id="b1"):
    return repositories.cases.register(application_id, digest, batch_id=batch_id, received_at=NOW)


def decided(outcome, *findings, at=NOW, by="machine"):
    return Decision(
        application_id="A1",
        outcome=outcome,
        decided_at=at,
        decided_by=by,
        policy_version="330000@2026-01-01",
        findings=findings,
    )


def test_the_same_content_is_the_same_round_and_other_content_the_next(repositories):
    first, again, changed = (take_in(repositories, digest=digest) for digest in ("d1", "d1", "d2"))
    assert (first.known, again.known, changed.known) == (False, True, False)
    assert again.round == first.round
    assert changed.round.round == 2
    assert repositories.cases.find("A1") == (first.round, changed.round)


def test_threads_that_register_the_same_application_get_one_round(repositories):
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: take_in(repositories), range(16)))
    assert len({registration.round.round_id for registration in found}) == 1
    assert [registration.known for registration in found].count(False) == 1


def test_threads_that_register_different_contents_get_consecutive_rounds(repositories):
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: take_in(repositories, digest=f"d{n}"), range(16)))
    assert [case.round for case in repositories.cases.find("A1")] == list(range(1, 17))


def test_what_is_registered_comes_back_whole(repositories):
    registration = repositories.cases.register(
        "A1",
        "d1",
        batch_id="b1",
        region="330100",
        product="family_account",
        channel="counter",
        submitted_at=dt.datetime.fromisoformat("2026-11-20T09:30:00+08:00"),
        received_at=NOW,
    )
    assert repositories.cases.get(registration.round.round_id) == registration.round
    assert registration.round.submitted_at == NOW


def test_a_refused_folder_with_a_persons_name_is_found_and_shows_no_name(repositories):
    take_in(repositories, application_id="张三_110105194912310021")
    (case,) = repositories.cases.find("张三_110105194912310021")
    assert case.application_id.startswith("alias-")
    assert case.region is None


def test_a_stage_never_goes_back(repositories):
    round_id = take_in(repositories).round.round_id
    repositories.cases.advance(round_id, Stage.MATCHED)
    repositories.cases.advance(round_id, Stage.READ)
    assert repositories.cases.get(round_id).stage is Stage.MATCHED


def test_a_decision_keeps_codes_and_nothing_personal(repositories):
    round_id = take_in(repositories).round.round_id
    reason = finding(
        Reason.NAMES_DIFFER,
        Evidence(document="02.jpg", field="name", value="张*三"),
        subject=Subject.MEMBER,
    )
    case = repositories.cases.decide(
        round_id, decided(Outcome.RETURNED, reason), kinds={"02.jpg": DocumentKind.HUKOU_MEMBER}
    )
    assert (case.stage, case.outcome) == (Stage.DECIDED, Outcome.RETURNED)
    assert case.policy_version == "330000@2026-01-01"
    assert repositories.cases.codes(round_id) == ("X01",)


def test_a_person_decides_what_the_machine_left_open_and_nobody_after_that(repositories):
    round_id = take_in(repositories).round.round_id
    later = NOW + dt.timedelta(days=1)
    repositories.cases.decide(
        round_id, decided(Outcome.IN_REVIEW, finding(Reason.RELATIONSHIP_NOT_DETERMINED))
    )
    approval = decided(Outcome.APPROVED, at=later, by="reviewer-7")
    assert repositories.cases.decide(round_id, approval).decided_by == "reviewer-7"
    assert repositories.cases.decide(round_id, approval).outcome is Outcome.APPROVED
    assert repositories.cases.codes(round_id) == ()
    with pytest.raises(IntegrityError):
        repositories.cases.decide(round_id, decided(Outcome.REJECTED, at=later))


def test_a_return_may_end_in_a_rejection(repositories):
    round_id = take_in(repositories).round.round_id
    repositories.cases.decide(round_id, decided(Outcome.RETURNED, finding(Reason.PICTURE_BLURRED)))
    expiry = decided(
        Outcome.REJECTED, finding(Reason.RETURN_NOT_ANSWERED), at=NOW + dt.timedelta(days=30)
    )
    assert repositories.cases.decide(round_id, expiry).outcome is Outcome.REJECTED


def test_rounds_are_found_by_stage_batch_and_outcome(repositories):
    for number in range(5):
        case = take_in(repositories, f"A{number}", batch_id=f"b{number % 2}").round
        if number < 2:
            repositories.cases.decide(case.round_id, decided(Outcome.APPROVED))
    assert len(repositories.cases.rounds()) == 5
    assert len(repositories.cases.rounds(limit=2)) == 2
    assert len(repositories.cases.rounds(batch_id="b0")) == 3
    assert len(repositories.cases.rounds(stage=Stage.TAKEN_IN)) == 3
    assert len(repositories.cases.rounds(outcome=Outcome.APPROVED, batch_id="b1")) == 1


def test_a_round_that_is_not_there_is_an_error(repositories):
    with pytest.raises(RoundMissingError):
        repositories.cases.get("0" * 32)
    with pytest.raises(RoundMissingError):
        repositories.cases.decide("0" * 32, decided(Outcome.APPROVED))


def test_documents_recorded_again_replace_the_earlier_ones(repositories):
    round_id = take_in(repositories).round.round_id
    paper = DocumentReading(
        file="01.jpg",
        digest="0" * 64,
        kind=DocumentKind.ID_CARD_PORTRAIT,
        kind_confidence=0.9,
        fields={"name": FieldReading(value="张三", confidence=0.8)},
        quality=Quality(blur=0.1, glare=0, glyph_height_px=20, corners_visible=4),
    )
    repositories.cases.record_documents(round_id, [paper, paper])
    repositories.cases.record_documents(round_id, [paper])
    from sqlalchemy import select

    from storage.database.tables.cases import DocumentRow

    (row,) = repositories.cases.rows(select(DocumentRow.mean_confidence, DocumentRow.fields_read))
    assert tuple(row) == (0.8, 1)
