"""The main job over real pictures, through the command, on a real orchestrator."""

import datetime as dt
import json
import re
from collections import Counter

import httpx
import pytest

from models.clock import CHINA
from models.decision.decision import Outcome
from storage.bootstrap import using_repositories
from storage.settings import Settings
from tests.journey.conftest import kinbind, results

pytestmark = [pytest.mark.flow, pytest.mark.engine]


def truths(inbox):
    return [json.loads(path.read_text()) for path in sorted(inbox.glob("*.truth.json"))]


def test_every_application_gets_an_outcome_and_every_outcome_occurs(journey):
    assert len(journey.outcomes) == len(truths(journey.inbox)) + 1
    outcomes = {line["outcome"] for line in journey.outcomes.values()}
    assert outcomes == {"approved", "returned", "in_review", "rejected"}


def test_nobody_hostile_is_approved(journey):
    for truth in truths(journey.inbox):
        if not truth["honest"]:
            assert journey.outcomes[truth["application_id"]]["outcome"] != "approved"


def test_a_folder_that_is_no_application_is_a_finding_and_not_a_stop(journey):
    line = journey.outcomes["broken"]
    assert line["outcome"] == "returned"
    assert [found["code"] for found in line["findings"]] == ["D04"]
    assert "broken 的表单无法使用" in journey.printed
    assert "application.json 不是有效的 JSON 文件" in journey.printed


def test_each_approval_is_one_binding_and_nothing_else_is(journey):
    bindings = sorted((journey.home / "objects" / "bindings").glob("*.json"))
    bound = {json.loads(path.read_text())["application_id"] for path in bindings}
    approved = {a for a, line in journey.outcomes.items() if line["outcome"] == "approved"}
    assert approved
    assert bound == approved
    assert len(bindings) == len(approved)


def test_the_audit_chain_holds_and_tells_the_whole_way(journey):
    kinbind("audit", "verify", env=journey.env, check=0)
    approved = next(a for a, line in journey.outcomes.items() if line["outcome"] == "approved")
    shown = kinbind("audit", "show", approved, "--json", env=journey.env, check=0).stdout
    tags = [json.loads(line)["tag"] for line in shown.splitlines()]
    assert tags[0] == "intake:application:received"
    assert tags[-1] == "binding:object:written"
    assert {"reading:document:read", "checks:application:checked"} <= set(tags)


def test_the_run_of_a_batch_shows_its_outcomes_in_counts(journey, orchestrator_url):
    address, environment = orchestrator_url
    user, _, password = environment["PREFECT_API_AUTH_STRING"].partition(":")
    shown = httpx.post(
        f"{address}/artifacts/filter",
        json={"artifacts": {"key": {"any_": ["batch-report"]}}},
        auth=(user, password),
        timeout=30,
        trust_env=False,
    ).json()
    with using_repositories(Settings(home=journey.home)) as repositories:
        batches = {case.batch_id for case in repositories.cases.rounds()}
    told = [one["data"] for one in shown if any(batch in one["data"] for batch in batches)]
    assert len(told) == len(batches)
    counted = Counter(line["outcome"] for line in journey.outcomes.values())
    for one in Outcome:
        numbers = re.findall(rf"{one.value.replace('_', ' ')}: (\d+)", "\n".join(told))
        assert sum(map(int, numbers)) == counted[one.value]
    assert not any(name in one["data"] for one in shown for name in journey.outcomes)


def test_running_again_changes_nothing(journey, tmp_path):
    before = {p: p.stat().st_mtime_ns for p in (journey.home / "objects").rglob("*")}
    file = tmp_path / "again.jsonl"
    kinbind("run", journey.inbox, "--results", file, env=journey.env)
    assert results(file) == journey.outcomes
    assert {p: p.stat().st_mtime_ns for p in (journey.home / "objects").rglob("*")} == before


def test_no_name_and_no_number_is_kept_or_printed_in_clear(journey, orchestrator_home):
    secrets = set()
    for path in journey.inbox.glob("*/application.json"):
        if path.parent.name != "broken":
            form = json.loads(path.read_text())
            people = (form.get("applicant") or {}, form.get("member") or {})
            secrets |= {p[key] for p in people for key in ("name", "id_number") if p.get(key)}
    # Two characters can stand in any compressed file by chance; three and more cannot.
    secrets = {s for s in secrets if len(s) > 2}
    assert len(secrets) > 10
    assert not [s for s in secrets if s in journey.printed]
    forms = {s: (s.encode(), json.dumps(s).strip('"').encode()) for s in secrets}
    for root in (journey.home, orchestrator_home):
        for path in root.rglob("*"):
            if path.is_file():
                content = path.read_bytes()
                found = [s for s, shapes in forms.items() if any(x in content for x in shapes)]
                assert not found, f"{path.relative_to(root)} holds {len(found)} personal values"


def test_a_person_s_decision_becomes_the_outcome_and_the_binding(journey):
    listed = kinbind("review", "list", "--json", env=journey.env, check=0).stdout
    cases = [json.loads(line) for line in listed.splitlines()]
    # Who asks for a verification without a face: nothing failed, so one person is enough.
    case = next(case for case in cases if case["codes"] == ["P06"])
    review = case["review_id"]
    add = kinbind("user", "add", "lin", env=journey.env, check=0).stdout
    given, own = add.split()[-1], "a password of one's own"
    kinbind("review", "sign-in", "lin", env=journey.env, check=0, typed=f"{given}\n{own}\n")
    shown = json.loads(kinbind("review", "show", review, "--json", env=journey.env).stdout)
    assert shown["decision"]["outcome"] == "in_review"
    assert shown["decision"]["findings"]
    verified = f"member:video:{dt.datetime.now(CHINA):%Y-%m-%dT%H:%M}:出示身份证并同意"
    kinbind("review", "claim", review, env=journey.env, check=0)
    approve = ("review", "decide", review, "approved", "--verified", verified, "--now")
    kinbind(*approve, env=journey.env, check=0)
    bindings = [json.loads(p.read_text()) for p in (journey.home / "objects/bindings").glob("*")]
    mine = [b for b in bindings if b["application_id"] == case["application_id"]]
    assert [b["decided_by"] for b in mine] == ["lin"]
    kinbind("audit", "verify", env=journey.env, check=0)
