"""The rules, given what a perfect reader reads, come to the outcome that a situation deserves."""

import functools
import json
from pathlib import Path

import pytest

from models.checks.reason import Reason
from models.decision.decision import Dossier, History, Outcome
from specimens.applications.invented_application import each_application
from specimens.applications.perfect_reader import perfect_face, perfect_readings
from specimens.situations.catalogue import SITUATIONS
from storage.policy.policies import PolicyRepository
from tasks.checks import check_application
from tasks.decision.decide import decide
from tasks.intake.parse_form import parse_form

PICTURE_IS_THE_TROUBLE = {
    "blurred_page",
    "thumbnail_uploaded",
    "page_cut_off",
    "finger_over_the_number",
    "flash_over_the_number",
    "screen_photographed",
}
FOLDER_IS_THE_TROUBLE = {"file_missing", "file_outside_the_folder"}
HISTORY_IS_THE_TROUBLE = {"certificate_used_elsewhere"}


@functools.cache
def shelf():
    return PolicyRepository.load(Path(__file__).parents[3] / "policies")


def decided(name, seed):
    (application,) = each_application([SITUATIONS[name]], seed, "sketch")
    parsed = parse_form(json.dumps(application.form).encode())
    form = parsed.application
    assert form is not None
    policy = shelf().for_case(form.deciding_region, form.submitted_on, form.product)
    face_due = application.truth["face_due"] and any(c.kind == "face" for c in form.consents)
    reused = ("01.jpg",) if name in HISTORY_IS_THE_TROUBLE else ()
    dossier = Dossier(
        application=form,
        readings=perfect_readings(application),
        intake=parsed.findings,
        face=perfect_face(application, policy.face.thresholds) if face_due else None,
        history=History(reused_files=reused),
    )
    report = check_application(dossier, policy, shelf().divisions)
    return application, decide(dossier, report, policy, decided_at=form.submitted_at)


@pytest.mark.parametrize(
    "name", [n for n in SITUATIONS if n not in PICTURE_IS_THE_TROUBLE | FOLDER_IS_THE_TROUBLE]
)
def test_a_perfect_reading_leads_to_the_deserved_outcome(name):
    application, decision = decided(name, seed=1)
    told = {finding.code for finding in decision.findings}
    why = [(f.code.value, f.message.en) for f in decision.findings]
    assert decision.outcome in application.truth["acceptable_outcomes"], why
    assert told >= set(application.situation.codes), why
    assert not application.situation.any_codes or told & set(application.situation.any_codes), why


@pytest.mark.parametrize("name", sorted(PICTURE_IS_THE_TROUBLE))
def test_only_the_picture_is_wrong_where_a_picture_is_the_trouble(name):
    _, decision = decided(name, seed=1)
    assert decision.outcome is Outcome.APPROVED


def test_the_reused_certificate_is_told():
    _, decision = decided("certificate_used_elsewhere", seed=2)
    assert Reason.DOCUMENT_USED_ELSEWHERE in {finding.code for finding in decision.findings}
