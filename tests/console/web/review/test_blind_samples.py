"""A sample of the machine's approvals, beside a case that waits for what the sample pretends."""

import datetime as dt
import re
import shutil

import httpx
import pytest

from models.cases.case_round import ApplicationRound
from models.decision.decision import Outcome
from models.reviews.review import ReviewState
from storage.bootstrap import using_repositories as open_for_a_block
from storage.settings import Settings
from tasks.reviewing.samples.draw_samples import open_sample
from tasks.reviewing.samples.planted_doubt import doubt_of, with_doubt
from tasks.reviewing.settle_review import settle_review
from tests.console.conftest import PASSWORD, Browser, served, with_pictures
from tests.tasks.checks.dossiers import application, cover, dossier, page, person
from tests.tasks.policy.conftest import decide_dossier

NAME = "A-EASY"
MOTHER, CHILD = person("苏若兰", "1990-02-11", "女"), person("苏一诺", "2019-06-01", "男")
RANDOM = re.compile(
    r"\b[0-9a-f]{32}\b|\b[0-9a-f]{64}\b|\b[0-9a-f-]{36}\b|\d\d:\d\d(:\d\d)?(\.\d+)?Z?"
    r"|name=\"(csrf|entry)\" value=\"[^\"]*\"|[\w-]{43}"
)
"""Identifiers, tokens and times of day, which differ between any two cases."""


class Office:
    """An office with that application, and a reviewer who is signed in to its console."""

    def __init__(self, repositories, address, review_id):
        self.repositories = repositories
        self.review_id = review_id
        self.browser = Browser(httpx.Client(base_url=address, timeout=60, trust_env=False))
        assert self.browser.sign_in("lin").status_code == 303
        entry = {"name": "lin", "password": PASSWORD}
        token = self.browser.client.post("/api/v1/sessions", json=entry).json()["token"]
        self.bearer = {"Authorization": f"Bearer {token}"}

    @property
    def case(self):
        return f"/cases/{self.review_id}"

    def seen(self):
        """Everything that tells a reviewer of the case, without what is random."""
        get, at = self.browser.get, self.case
        answers = [
            *map(get, ("/queue", "/queue?order=risk", "/queue?code=Q05", "/queue?standing=mine")),
            *map(get, ("/queue?standing=done", "/queue/csv", at, f"{at}/history", f"{at}/alikes")),
            self.browser.post("/queue/search", {"words": NAME}),
            get("/api/v1/reviews", headers=self.bearer),
            get(f"/api/v1/reviews/{self.review_id}", headers=self.bearer),
        ]
        return [(a.status_code, sorted(a.headers), self.words(a)) for a in answers]

    def words(self, answer):
        """What an answer says; of a list without the order of those that are equally urgent."""
        text = RANDOM.sub("-", answer.text)
        is_list = self.review_id not in answer.request.url.path
        lines = re.split(r"[\n{}]", text)
        return sorted(lines) if is_list else lines


def easy_case(repositories, doubt=None) -> ApplicationRound:
    """Mother and son of one book; all that can be in doubt about them is a field read unsurely."""
    papers = cover(MOTHER), page(MOTHER, "户主"), page(CHILD, "长子")
    given = with_doubt(dossier(application(MOTHER, CHILD, "child"), *papers), doubt)
    received = dt.datetime.now(dt.UTC) - dt.timedelta(minutes=5)
    return decide_dossier(repositories, with_pictures(repositories, given, 9), NAME, received)


@pytest.fixture
def sample_and_twin(stocked_home, tmp_path):
    """An office with a sample, and one where the same papers were read unsurely in earnest."""
    homes = [Settings(home=shutil.copytree(stocked_home, tmp_path / n)) for n in ("one", "two")]
    with open_for_a_block(homes[0]) as one, open_for_a_block(homes[1]) as two:
        round_ = easy_case(one)
        assert round_.outcome is Outcome.APPROVED
        assert open_sample(one, round_)
        sample = one.reviews.find(round_.round_id, "application")
        doubt = doubt_of(one, one.claims.get(sample.review_id))
        held = easy_case(two, doubt)
        assert held.outcome is Outcome.IN_REVIEW
        twin = two.reviews.find(held.round_id, "application")
        with served(one) as at, served(two) as other:
            offices = Office(one, at, sample.review_id), Office(two, other, twin.review_id)
            yield *offices, doubt
            for office in offices:
                office.browser.client.close()


def test_nothing_tells_a_sample_from_a_case_that_waits_for_what_the_sample_pretends(
    sample_and_twin,
):
    sample, twin, doubt = sample_and_twin
    # Every identifier is of one form, so that no address tells (UUID version 4).
    assert {one.review_id[12] for one in (sample, twin)} == {"4"}
    assert {one.review_id[16] in "89ab" for one in (sample, twin)} == {True}

    def both_see(words, *, step):
        for one, other in zip(sample.seen(), twin.seen(), strict=True):
            assert one == other, step
        page = sample.browser.get(sample.case).text
        assert words in page, step
        assert "抽检" not in page

    both_see("领取后才能查看材料", step="waiting")
    for office in (sample, twin):
        assert "Q05" in office.browser.get("/queue?order=risk").text
        office.browser.post(f"{office.case}/claim")
    both_see("关键字段无法识别", step="claimed")
    field = {"paper": doubt.paper, "field": doubt.field}
    value = easy_value(doubt)
    for office in (sample, twin):
        done = office.browser.post(f"{office.case}/corrections", field | {"value": value})
        assert done.status_code == 200
    both_see("更正后：", step="confirmed")
    for office in (sample, twin):
        sent = office.browser.post(f"{office.case}/decision", {"outcome": "approved"})
        assert sent.status_code == 200
    both_see("尚可撤回", step="decided")
    for office in (sample, twin):
        assert office.browser.post(f"{office.case}/undo").status_code == 303
    both_see("更正后：", step="taken back")


def test_what_a_sample_was_is_told_when_nothing_can_be_changed_any_more(sample_and_twin):
    sample, _, _ = sample_and_twin
    sample.browser.post(f"{sample.case}/claim")
    form = {"outcome": "returned", "codes": "X08", "advice_X08": "请补充更名的户口证明。"}
    sample.browser.post(f"{sample.case}/decision", form)
    bound = sample.repositories.bindings.find(NAME)
    settle_review(sample.repositories, sample.review_id)
    assert sample.repositories.reviews.get(sample.review_id).state is ReviewState.SETTLED
    assert sample.repositories.bindings.find(NAME) == bound
    assert "抽检意见（不影响原结果）" in sample.browser.get(sample.case).text
    assert "抽检意见：" in sample.browser.get("/queue?standing=done").text
    assert sample.repositories.audit.verify(sample.repositories.archive).intact


def easy_value(doubt):
    """What stands in the field that is shown as unsure."""
    papers = cover(MOTHER), page(MOTHER, "户主"), page(CHILD, "长子")
    return papers[doubt.paper].value(doubt.field)
