"""Stage three: every rule is asked, all answers are kept."""

from models.audit import EventTag
from models.case import Stage
from models.check import CheckReport
from models.decision import Dossier
from storage.open import Office
from tasks.checks import check_application
from tasks.stages.note import note
from tasks.stages.results import checks_key, load_arrival, load_dossier, policy_for
from tasks.stages.traces import traces_of


def cross_check(office: Office, round_id: str) -> None:
    """Hold the papers against themselves, each other, the form, the policy and the history."""
    case = office.cases.get(round_id)
    dossier = load_dossier(office, round_id)
    if dossier is not None:
        key = checks_key(round_id)
        if not office.archive.exists(key):
            office.archive.put_record(key, _report(office, round_id, dossier))
        report = office.archive.get_record(key, CheckReport)
        note(
            office,
            case,
            EventTag.APPLICATION_CHECKED,
            {
                "policy": report.policy_version,
                "answers": [f"{r.check}={r.verdict.value}" for r in report.results],
                "relationship": report.kinship.answer.value if report.kinship else "",
            },
        )
    office.cases.advance(round_id, Stage.CHECKED)


def _report(office: Office, round_id: str, dossier: Dossier) -> CheckReport:
    application = dossier.application
    traces = traces_of(application, load_arrival(office, round_id))
    history = office.cases.history(application.application_id, traces, product=application.product)
    complete = dossier.model_copy(update={"history": history})
    policies = office.policies
    return check_application(complete, policy_for(office, application), policies.divisions)
