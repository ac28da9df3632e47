import datetime as dt
import random

import pytest

from models.checks.finding import finding
from models.checks.reason import Reason
from models.decision.decision import Decision, Outcome
from models.reading.document import DocumentKind, DocumentReading
from models.reports.round_figures import FieldFigure, FieldTier, RoundFigures
from storage.bootstrap import using_repositories
from storage.settings import Settings
from tasks.reports.watch_drift import watch_drift

NINE = dt.datetime(2026, 10, 1, 1, 0, tzinfo=dt.UTC)
DAYS, A_DAY, TURN = 25, 18, 23
PAGE = DocumentReading(
    file="a.jpg", digest="d", kind=DocumentKind.HUKOU_MEMBER, kind_confidence=0.99
)


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """Quiet weeks; then one province's pictures are blurred and one field is read badly."""
    dice = random.Random(15103)  # noqa: S311
    with using_repositories(Settings(home=tmp_path_factory.mktemp("drift"))) as opened:
        with opened.unit_of_work():
            for day in range(DAYS):
                for number in range(A_DAY):
                    hand_in(opened, dice, day, number)
        yield opened


def hand_in(office, dice, day, number):
    region, turned = ("330100", "440300")[number % 2], day >= TURN
    at = NINE + dt.timedelta(days=day, minutes=number)
    name = f"D{day}-{number}"
    case = office.cases.register(name, name, batch_id="b", received_at=at, region=region).round
    blurred = dice.random() < (0.95 if turned and region == "330100" else 0.05)
    reasons = [Reason.MINOR_WITHOUT_FACE, *([Reason.PICTURE_BLURRED] if blurred else [])]
    bad = dice.random() < (0.9 if turned else 0.04)
    tier = FieldTier.UNSURE if bad else FieldTier.TRUSTED
    figures = RoundFigures(fields=(FieldFigure(0, "id_number", 0.9, tier, None),))
    decision = Decision(
        application_id=name,
        outcome=Outcome.RETURNED if blurred else Outcome.APPROVED,
        decided_at=at,
        policy_version="v",
        findings=tuple(map(finding, reasons)),
    )
    office.cases.record_documents(case.round_id, (PAGE,))
    office.cases.decide(case.round_id, decision, figures=figures)


def on(office, day):
    return watch_drift(office, (NINE + dt.timedelta(days=day)).date())


def test_quiet_days_have_no_signal_and_notes_are_no_reason(office):
    assert on(office, TURN - 1) == ()
    assert on(office, DAYS + 5) == ()


def test_a_broken_scanner_and_a_worse_field_are_named_within_two_days(office):
    told = " ".join(drift.zh for day in (TURN, TURN + 1) for drift in on(office, day))
    assert "Q01" in told
    assert "（地区 33）" in told
    assert "（地区 44）" not in told
    assert "常住人口登记卡“公民身份号码”读得不可靠" in told
