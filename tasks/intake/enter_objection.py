"""An objection that a clerk enters for somebody who came or called."""

import datetime as dt

from models.audit.event import EventTag
from models.cases.case_round import ApplicationRound
from models.reviews.act_refused import ActRefusedError
from storage.bootstrap import Repositories
from tasks.intake.objections import objection_form
from tasks.intake.parse_form import FORM_FILE
from tasks.intake.take_in_submissions import take_in_submission
from tasks.rounds.round_events import record_event

COUNTER = "counter"
"""The client in whose name a clerk hands in what no program had handed in before."""


class CannotObjectError(ActRefusedError):
    """There is no outcome that could be objected to, or nothing is said."""

    def __init__(self, zh: str, en: str) -> None:
        """Say what to do."""
        super().__init__(("不能提出异议", "No objection can be entered"), (zh, en))


def enter_objection(
    repositories: Repositories, application_id: str, text: str, staff: str, *, now: dt.datetime
) -> ApplicationRound:
    """Object to the last outcome of an application for the applicant; a person decides again.

    Args:
        repositories: Where everything is kept.
        application_id: As handed in.
        text: What the applicant says; kept in the form, encrypted.
        staff: Who enters it.
        now: The present.

    Returns:
        The new round; it is verified like those that come over HTTP.

    Raises:
        CannotObjectError: The last round was neither returned nor rejected or is deleted, or
            nothing is said.
    """
    said = text.strip()
    if not said:
        raise CannotObjectError("请写明申请人的理由。", "Write down what the applicant says.")
    form = objection_form(repositories, application_id, said, now)
    if form is None:
        raise CannotObjectError(
            "最近一次提交未被拒绝或退回，或材料已删除；请核对申请编号。",
            "The last round was neither rejected nor returned, or is deleted.",
        )
    content = form.model_dump_json().encode()
    client = repositories.submissions.client_of(application_id) or COUNTER
    kept = repositories.submissions.keep(
        client, application_id, [(FORM_FILE, lambda: content)], now=now, by_office=True
    )
    round_ = take_in_submission(repositories, kept)
    record_event(repositories, round_, EventTag.OBJECTION_ENTERED, {}, actor=staff)
    return round_
