"""Outcomes that leave by themselves."""

import base64
import datetime as dt
import hashlib
import hmac
import json
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from typer.testing import CliRunner

from console.cli import app
from models.bindings.unbinding import EndReason
from models.notices.exchange import DeliveryState, Destination
from models.reviews.review_work import ReviewNote
from models.staff.staff_member import StaffRole
from storage.bootstrap import using_repositories as open_for_a_block
from tasks.bindings.unbind import unbind
from tasks.notices.deliver_notices import deliver_notices
from tasks.notices.retry_schedule import LONGEST_WAIT, PATIENCE
from tasks.reviewing.claims import claim
from tests.review_steps import opine
from tests.tasks.checks.dossiers import CHILD, FATHER, field
from tests.tasks.conftest import BOOK, blurred_book, tags
from tests.tasks.notices.conftest import verify
from tests.tasks.notices.receivers import KEY, SECRET

ON_BOTH_DATABASES = True
DAY = dt.timedelta(days=1)


def now():
    return dt.datetime.now(dt.UTC)


def files(settings):
    from pathlib import Path

    return sorted(path for path in Path(settings.outcome_folder).rglob("*.json"))


def test_an_outcome_leaves_signed_and_as_a_file_with_nothing_personal_in_it(
    repositories, decided, receiver
):
    (case,) = decided()
    assert deliver_notices(repositories) == (2, 0, 0)
    ((headers, body),) = receiver.taken
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    mark = base64.b64encode(hmac.new(KEY, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{mark}"
    assert abs(int(headers["webhook-timestamp"]) - now().timestamp()) < 60
    told = json.loads(body)
    assert (told["type"], told["id"]) == ("application.decided", headers["webhook-id"])
    assert told["data"]["outcome"] == case.outcome
    assert (told["data"]["application_id"], told["data"]["round"]) == ("A1", 1)
    for person in (FATHER, CHILD):
        assert person.name not in body.decode()
        assert person.number not in body.decode()
    (path,) = files(repositories.settings)
    assert (path.stem, path.read_bytes()) == (told["id"], body)
    assert tags(repositories).count("notice:outcome:delivered") == 2
    assert deliver_notices(repositories) == (0, 0, 0)


def test_nothing_is_lost_when_the_receiver_is_away_for_a_day(repositories, decided, receiver):
    rounds, began = decided(5), now()
    receiver.status = 503
    clock = began
    while clock < began + DAY:
        deliver_notices(repositories, now=clock)
        clock += dt.timedelta(minutes=20)
    assert receiver.taken == []
    refused = {headers["webhook-id"] for headers, _ in receiver.asked}
    assert len(refused) == len(rounds)
    receiver.status = 200
    while clock < began + DAY + LONGEST_WAIT + dt.timedelta(minutes=20):
        deliver_notices(repositories, now=clock)
        clock += dt.timedelta(minutes=20)
    assert {headers["webhook-id"] for headers, _ in receiver.taken} == refused
    told = {json.loads(body)["data"]["application_id"] for _, body in receiver.taken}
    assert told == {case.application_id for case in rounds}
    assert len(receiver.taken) == len(rounds)
    assert repositories.outbox.counts()[DeliveryState.WAITING] == 0


def test_an_outcome_and_its_notice_are_written_together_or_not_at_all(
    repositories, decided, monkeypatch
):
    def fails(*_):
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr("storage.cases.case_repository.write_notice", fails)
        with pytest.raises(RuntimeError):
            decided()
    (case,) = repositories.cases.find("A1")
    assert case.outcome is None
    assert repositories.outbox.notices("A1") == ()
    assert verify(repositories, case.round_id).outcome is not None
    (notice,) = repositories.outbox.notices("A1")
    assert notice.outcome == repositories.cases.find("A1")[0].outcome


def test_what_fails_for_a_week_is_given_up_said_so_and_sent_again_on_demand(
    repositories, settings, decided, receiver
):
    decided()
    receiver.status = 400
    began = now()
    deliver_notices(repositories, now=began)
    done = deliver_notices(repositories, now=began + PATIENCE)
    assert (done.failed, done.given_up) == (0, 1)
    assert tags(repositories)[-1] == "notice:outcome:abandoned"
    (given_up,) = repositories.outbox.list(DeliveryState.GIVEN_UP)
    assert (given_up.problem, given_up.tries) == ("HTTP 400", 2)
    deliver_notices(repositories, now=began + 2 * PATIENCE)
    assert len(receiver.asked) == 2

    env = {"KINBIND_HOME": str(settings.home), "KINBIND_WEBHOOK_URL": receiver.url}
    env |= {"KINBIND_WEBHOOK_SECRET": SECRET, "KINBIND_DATABASE_URL": settings.database}

    def run(*words):
        return CliRunner().invoke(app, ["outbox", *words], env=env)

    listed = run("list", "--state", "given_up")
    assert listed.exit_code == 1
    assert "HTTP 400" in listed.output
    receiver.status = 200
    assert run("resend").exit_code == 2
    assert run("resend", "msg_none").exit_code == 1
    assert run("resend", "--given-up").exit_code == 0
    assert run("deliver").exit_code == 0
    assert run("list").exit_code == 0
    assert len({headers["webhook-id"] for headers, _ in receiver.asked}) == 1
    assert len(receiver.taken) == 1
    # Also what arrived can be sent once more, under the same identifier.
    assert run("resend", given_up.notice_id).exit_code == 0
    assert run("deliver").exit_code == 0
    assert len(receiver.taken) == 2


def test_of_several_senders_at_once_each_notice_is_sent_by_one(
    repositories, settings, decided, receiver
):
    decided(8)
    receiver.seconds = 0.02

    def send(_):
        with open_for_a_block(settings) as opened:
            return deliver_notices(opened).delivered

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(send, range(4))) == 16
    identifiers = [headers["webhook-id"] for headers, _ in receiver.taken]
    assert len(identifiers) == len(set(identifiers)) == 8


def test_a_notice_whose_sender_died_is_sent_by_the_next(repositories, decided, receiver):
    decided()
    began, lease = now(), dt.timedelta(minutes=5)
    assert repositories.outbox.claim(Destination.WEBHOOK, began, lease) is not None
    deliver_notices(repositories, now=began + lease / 2)
    assert receiver.asked == []
    deliver_notices(repositories, now=began + lease)
    assert len(receiver.taken) == 1


def test_the_end_of_a_binding_is_told_too(repositories, decided, receiver):
    (case,) = decided()
    assert case.outcome == "approved"
    unbind(repositories, "A1", by="lin", reason=EndReason.DECEASED, consents=(), now=now())
    deliver_notices(repositories)
    kinds = [json.loads(body)["type"] for _, body in receiver.taken]
    assert kinds == ["application.decided", "binding.ended"]
    ended = json.loads(receiver.taken[-1][1])["data"]
    assert (ended["status"], ended["reason"], ended["application_id"]) == (
        "ended",
        "deceased",
        "A1",
    )


def test_a_person_decision_is_told_after_the_machines(repositories, decided, receiver, settings):
    from models.decision.decision import Outcome
    from tasks.reviewing.settle_review import settle_review

    book = [reading for _, reading in BOOK.values()]
    misread = field(CHILD.name[:2] + "侗", 0.62)
    fields = book[-1].fields | {"name": misread}
    (case,) = decided(papers=[*book[:2], book[-1].model_copy(update={"fields": fields})])
    assert case.outcome == "in_review"
    review = repositories.reviews.find(case.round_id, "application")
    claim(repositories, review.review_id, "lin", StaffRole.REVIEWER)
    said = {"four_eyes": False, "at": now()}
    opine(
        repositories,
        review.review_id,
        "lin",
        Outcome.REJECTED,
        ("R02",),
        ReviewNote(),
        **said,
    )
    settle_review(repositories, review.review_id)
    deliver_notices(repositories)
    told = [json.loads(body)["data"]["outcome"] for _, body in receiver.taken]
    assert told == ["in_review", "rejected"]


def test_files_named_for_people_do_not_name_them_outside(repositories, receiver):
    from tasks.intake.take_in_submissions import take_in_submission
    from tests.tasks.conftest import picture
    from tests.tasks.notices.conftest import form

    name = f"{CHILD.name} {CHILD.number}.jpg"
    names = ("cover.jpg", "father.jpg", name)
    contents = [("application.json", lambda: form(names))]
    contents += [(n, partial(picture, len(n))) for n in names]
    submission = repositories.submissions.keep("cityapp", "A1", contents, now=now())
    papers = blurred_book()
    blurred = papers[-1].findings[0]
    seen = blurred.evidence[0].model_copy(update={"document": name})
    papers[-1] = papers[-1].model_copy(
        update={"file": name, "findings": (blurred.model_copy(update={"evidence": (seen,)}),)}
    )
    verify(repositories, take_in_submission(repositories, submission).round_id, papers)
    (notice,) = repositories.outbox.notices("A1")
    assert CHILD.name not in notice.body
    assert CHILD.number not in notice.body
    assert '"documents[2]"' in notice.body
