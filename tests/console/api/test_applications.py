"""Applications that come in over HTTP."""

import datetime as dt
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from models.intake.application import Channel
from tasks.intake.take_in import take_in_inbox
from tasks.intake.take_in_submissions import take_in_left_over, take_in_submissions
from tests.console.api.conftest import APPLICATIONS, hand_in, parts
from tests.tasks.checks.dossiers import CHILD, FATHER
from tests.tasks.conftest import BOOK, blurred_book, picture, tags
from tests.tasks.notices.conftest import form, verify

ON_BOTH_DATABASES = True
ROOT = Path(__file__).resolve().parents[3]
LATER = dt.timedelta(hours=7)


def now():
    return dt.datetime.now(dt.UTC)


def fields(answer):
    return [error["field"] for error in answer.json()["errors"]]


def test_what_is_handed_in_is_a_round_and_the_same_again_gets_the_same_answer(
    repositories, client_of
):
    client = client_of()
    first = hand_in(client)
    assert first.status_code == 202
    assert first.json().keys() == {"application_id", "round", "received_at", "state"}
    assert (first.json()["application_id"], first.json()["round"]) == ("A1", 1)
    assert first.headers["location"] == first.json()["state"]
    assert hand_in(client).json() == first.json()
    (case,) = repositories.cases.find("A1")
    assert case.round == 1
    told = client.get(first.json()["state"]).json()
    assert (told["state"], told["outcome"], told["round"]) == ("received", None, 1)
    assert tags(repositories).count("intake:application:submitted") == 2
    handed = next(e for e in repositories.audit.events("A1") if "submitted" in e.tag)
    assert handed.actor == "client:cityapp"


def test_the_outcome_is_told_with_masked_evidence_and_every_round_on_its_own(
    repositories, client_of
):
    client = client_of()
    hand_in(client)
    (case,) = repositories.cases.find("A1")
    assert verify(repositories, case.round_id, blurred_book()).outcome == "returned"
    answered = client.post(APPLICATIONS, files=parts(("child.jpg",), round=2))
    assert (answered.status_code, answered.json()["round"]) == (202, 2)
    state = client.get(f"{APPLICATIONS}/A1").json()
    assert (state["round"], state["state"]) == (2, "received")
    returned = client.get(f"{APPLICATIONS}/A1?round=1").json()
    assert returned["state"] == returned["outcome"]["outcome"] == "returned"
    assert {f["code"] for f in returned["outcome"]["findings"]} >= {"Q01"}
    for person in (FATHER, CHILD):
        assert person.name not in json.dumps(returned, ensure_ascii=False)
        assert person.number not in json.dumps(returned)


def test_nobody_sees_or_answers_what_another_client_handed_in(repositories, client_of, tmp_path):
    ours, theirs = client_of("ours"), client_of("theirs")
    hand_in(ours)
    assert theirs.get(f"{APPLICATIONS}/A1").status_code == 404
    taken = hand_in(theirs, round=2)
    assert (taken.status_code, len(repositories.cases.find("A1"))) == (409, 1)
    # Nor is an application open to programs that lay in a folder.
    folder = tmp_path / "inbox" / "A2"
    folder.mkdir(parents=True)
    (folder / "application.json").write_bytes(form((), application_id="A2"))
    take_in_inbox(repositories, str(tmp_path / "inbox"), shard=9)
    assert hand_in(theirs, application_id="A2").status_code == 409
    assert theirs.get(f"{APPLICATIONS}/A2").status_code == 404
    # A second key of the same client is the same client.
    assert client_of("ours").get(f"{APPLICATIONS}/A1").status_code == 200


def test_without_a_good_key_nothing_is_taken_and_nothing_is_told(repositories, client_of):
    client = client_of()
    issued = repositories.api_keys.list()[0]
    assert hand_in(client).status_code == 202
    assert repositories.api_keys.list()[0].last_used_at is not None
    repositories.api_keys.revoke(issued.key_id, now())
    for bad in (client, client_of(secret="kinbind_none"), client_of(secret="x" * 500)):  # noqa: S106
        for method, path in (("POST", APPLICATIONS), ("GET", f"{APPLICATIONS}/A1")):
            refused = bad.request(method, path)
            assert refused.status_code == 401
            assert refused.headers["www-authenticate"].startswith("Bearer")
        assert bad.get("/api/v1/openapi.json").status_code == 401


def test_a_narrowed_key_hands_in_for_its_channels_only(client_of):
    client = client_of(channels=[Channel.KIOSK])
    refused = hand_in(client)
    assert (refused.status_code, fields(refused)) == (403, ["application.channel"])
    assert hand_in(client, channel="kiosk").status_code == 202


def test_a_submission_whose_receiver_died_is_taken_in_later_once(repositories, settings, client_of):
    """A process that is killed after it kept the submission, and before it made a round of it."""
    program = (
        "import os, signal, sys\n"
        "import console.api.applications as applications\n"
        "from tests.tasks.conftest import picture, BOOK\n"
        "from tests.tasks.notices.conftest import form\n"
        "from storage.bootstrap import using_repositories\n"
        "from storage.settings import load_settings\n"
        "from models.notices.exchange import ApiKey\n"
        "import datetime as dt, io\n"
        "from console.api.upload import Upload\n"
        "applications.take_in_submission = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        "files = {name: io.BytesIO(picture(len(name))) for name in BOOK}\n"
        "key = ApiKey(key_id='k', client='cityapp', created_at=dt.datetime.now(dt.UTC))\n"
        "with using_repositories(load_settings()) as opened:\n"
        "    applications._accept(opened, key, Upload(form(), files))\n"
    )
    env = {"KINBIND_HOME": str(settings.home)}
    if settings.database_url:
        env["KINBIND_DATABASE_URL"] = settings.database
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=os.environ | env, check=False
    )
    assert done.returncode == -signal.SIGKILL
    assert repositories.cases.find("A1") == ()
    assert take_in_left_over(repositories, now()) == 0  # it might still be at it
    assert take_in_left_over(repositories, now() + LATER) == 1
    assert take_in_left_over(repositories, now() + LATER) == 0
    client = client_of()
    (case,) = repositories.cases.find("A1")
    assert hand_in(client).json()["round"] == 1 == case.round
    assert client.get(f"{APPLICATIONS}/A1").json()["state"] == "received"


def test_what_was_handed_in_is_verified_in_batches_and_none_is_forgotten(repositories, client_of):
    client = client_of()
    for number in range(5):
        hand_in(client, application_id=f"A{number}")
    taken = take_in_submissions(repositories, shard=2)
    assert (len(taken.batch_ids), taken.new) == (3, 5)
    sizes = [len(repositories.cases.rounds(batch_id=batch_id)) for batch_id in taken.batch_ids]
    assert sizes == [2, 2, 1]
    # A run that was killed finds the same batches again, and what came meanwhile.
    hand_in(client, application_id="A9")
    again = take_in_submissions(repositories, shard=2)
    assert set(again.batch_ids) > set(taken.batch_ids)
    verify(repositories, repositories.cases.find("A9")[0].round_id)
    assert set(take_in_submissions(repositories, shard=2).batch_ids) == set(taken.batch_ids)


def test_two_that_take_in_one_parcel_at_once_make_one_round(repositories):
    contents = [("application.json", form), *((n, lambda n=n: picture(len(n))) for n in BOOK)]
    submission = repositories.submissions.keep("cityapp", "A1", contents, now=now())
    from tasks.intake.take_in_submissions import take_in_submission

    opened = repositories.submissions.open(submission)
    take_in_submission(repositories, submission)
    assert len(opened.read("cover.jpg", 10**7)) > 1000  # the slower one still reads everything
    assert [case.round for case in repositories.cases.find("A1")] == [1]
    repositories.submissions.tidy(now())
    assert list(repositories.archive.store.keys("intake/")) != []
    repositories.submissions.tidy(now() + LATER)
    assert list(repositories.archive.store.keys("intake/")) == []


def test_nothing_lies_in_clear_where_it_came_in(repositories, client_of):
    hand_in(client_of(), ("户口簿 沈雨桐.jpg",))
    secrets = [text.encode() for person in (FATHER, CHILD) for text in (person.name, person.number)]
    for path in repositories.settings.home.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert not any(secret in content for secret in secrets), path
