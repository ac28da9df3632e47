"""Rounds of days that one version of a policy, an engine and a form decided."""

import datetime as dt

from models.checks.finding import finding
from models.checks.reason import Reason
from models.decision.decision import Decision, Outcome
from models.reading.document import DocumentKind, DocumentReading
from models.reports.round_figures import RoundFigures

OLD, NEW = "330000@2026-01-01#a", "330000@2026-10-11#b"
OLD_FORM, NEW_FORM = "1+notice 2026-01", "1+notice 2026-10"


def decide_round(office, at, version, engine, outcome, form=OLD_FORM):
    """One round that came in at a moment of its own."""
    name = f"V{at:%Y%m%d%H%M}"
    case = office.cases.register(name, name, batch_id="b", received_at=at, region="330100").round
    paper = DocumentReading(
        file="a.jpg", digest="d", kind=DocumentKind.HUKOU_MEMBER, kind_confidence=0.9, engine=engine
    )
    office.cases.record_documents(case.round_id, (paper, paper))
    reasons = () if outcome is Outcome.APPROVED else (finding(Reason.PICTURE_BLURRED),)
    decision = Decision(
        application_id=name,
        outcome=outcome,
        decided_at=at,
        policy_version=version,
        findings=reasons,
    )
    office.cases.decide(case.round_id, decision, figures=RoundFigures(form_version=form))


def decide_days(office, start, days=20, turn=10, engine_turn=15, form_turn=17):
    """Six rounds a day; from a day on another policy returns five of them.

    Later come a new engine and a new form.
    """
    for day in range(days):
        for number in range(6):
            late = day >= turn
            outcome = Outcome.RETURNED if late and number else Outcome.APPROVED
            engine = "reader 1" if day < engine_turn else "reader 2"
            at = start + dt.timedelta(days=day, minutes=number)
            form = OLD_FORM if day < form_turn else NEW_FORM
            decide_round(office, at, NEW if late else OLD, engine, outcome, form)
