"""What one round's verification tells the data team, taken from what its steps kept."""

from typing import Final

from models.decision.check_report import CheckReport
from models.decision.decision import Decision, Dossier, Outcome
from models.errors import IntegrityError
from models.faces.face_verdict import FaceVerdict
from models.kinship.claim import MEMBER, KinshipVerdict
from models.policy.measures import ReadingRules
from models.policy.policy import Policy
from models.reading.document import DocumentReading, FieldReading
from models.reports.round_figures import (
    FaceFigures,
    FieldFigure,
    FieldTier,
    KinshipFigures,
    MemberGroups,
    RoundFigures,
)
from storage.objects.store import ObjectMissingError
from tasks.identity.identities import People
from tasks.reports.form_version import form_version
from tasks.rounds.round_context import RoundContext

_AGE_BANDS: Final = ((6, "0-5"), (18, "6-17"), (45, "18-44"), (60, "45-59"), (75, "60-74"))
"""First age that is no longer in a band; school age, majority and the WHO's 45, 60 and 75."""
_HAN: Final = "汉"
_SEXES: Final = {"男": "male", "女": "female"}


def collect_figures(context: RoundContext, decision: Decision) -> RoundFigures | None:
    """The figures of a round that the machine decided.

    None where nothing can be counted: a form that cannot be judged, a step that failed on the
    round, or kept results that are deleted or damaged.
    """
    try:
        dossier, policy = context.dossier, context.policy_or_none
        if dossier is None or policy is None:
            return None
        return figures_of(dossier, context.report, policy, decision)
    except (IntegrityError, ObjectMissingError):
        return None


def figures_of(
    dossier: Dossier, report: CheckReport, policy: Policy, decision: Decision
) -> RoundFigures:
    """The figures of a dossier, of what the checks answered and of what was decided."""
    return RoundFigures(
        groups=_groups(dossier, policy),
        proof_class=decision.proof_class if decision.outcome is Outcome.APPROVED else None,
        form_version=form_version(dossier.application, policy.consents),
        kinship=_kinship(report.kinship),
        face=_face(dossier.face, policy),
        checks={result.check: result.verdict for result in report.results},
        fields=tuple(
            figure
            for place, paper in enumerate(dossier.readings)
            for figure in _fields(place, paper, policy.reading)
        ),
    )


def _groups(dossier: Dossier, policy: Policy) -> MemberGroups:
    form = dossier.application
    stated = People.of(form).stated[MEMBER]
    number, born = stated.number, stated.born
    return MemberGroups(
        relationship=form.relationship,
        route=form.identity_route,
        age_band=_band(policy.ages.age(born, form.submitted_on)) if born else None,
        sex=_SEXES[number.sex] if number else None,
        ethnicity_group=_ethnicity_group(dossier.readings, number.text if number else ""),
    )


def _band(age: int) -> str:
    return next((band for end, band in _AGE_BANDS if age < end), "75+")


def _ethnicity_group(papers: tuple[DocumentReading, ...], number: str) -> str | None:
    """As the member's own papers say; which ethnicity it is stands nowhere."""
    read = (p.value("ethnicity") for p in papers if number and p.value("id_number") == number)
    ethnicity = next((value for value in read if value), None)
    return None if ethnicity is None else "han" if ethnicity == _HAN else "minority"


def _kinship(verdict: KinshipVerdict | None) -> KinshipFigures | None:
    if verdict is None:
        return None
    return KinshipFigures(
        answer=verdict.answer.value,
        derived=tuple(relation.value for relation in verdict.derived),
        path="+".join(sorted(verdict.proof)),
        certified=verdict.certified,
        ambiguities=tuple(one.value for one in verdict.ambiguities),
        presumed=tuple(one.value for one in verdict.presumed),
    )


def _face(verdict: FaceVerdict | None, policy: Policy) -> FaceFigures | None:
    if verdict is None:
        return None
    least, measured = policy.face.thresholds.min_sharpness, verdict.sharpness
    return FaceFigures(
        compared=verdict.compared,
        band=verdict.band.value if verdict.band else None,
        reason=verdict.reason,
        sharp=None if measured is None else measured >= least,
        copied=verdict.copied_portrait,
        faces=verdict.faces,
        engine=verdict.engine,
        thresholds=verdict.thresholds,
    )


def _fields(place: int, paper: DocumentReading, rules: ReadingRules) -> list[FieldFigure]:
    return [
        FieldFigure(
            paper=place,
            field=name,
            confidence=round(field.confidence, 4),
            tier=_tier(name, field, rules),
            second_agreed=None if field.second is None else field.second == (field.value or ""),
        )
        for name, field in paper.fields.items()
    ]


def _tier(name: str, field: FieldReading, rules: ReadingRules) -> FieldTier:
    sure = field.confidence >= rules.least(name)
    if field.value is None and not field.long_term:
        return FieldTier.BLANK if sure else FieldTier.UNREAD
    if rules.trusts(name, field) or rules.trusts_long_term(field):
        return FieldTier.TRUSTED
    return FieldTier.CONTESTED if sure and field.second is not None else FieldTier.UNSURE
