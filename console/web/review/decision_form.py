"""A reviewer's decision as it was sent, and what is wrong with it."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from starlette.datastructures import FormData

from console.web.review.case_view import open_findings
from models.checks.finding import Finding
from models.checks.reason import Reason
from models.checks.reason_catalogue import REASONS
from models.decision.decision import Outcome
from models.intake.application import Relationship
from models.kinship.claim import KinshipVerdict
from tasks.wording.word_findings import advice_for

_OUTCOMES: Final = frozenset({Outcome.APPROVED, Outcome.RETURNED, Outcome.REJECTED})
_NUMBERLIKE: Final = re.compile(r"\d{6}[\d*]{4,}|\d{15,}")
_SENTENCE: Final = 200
_PAPERS: Final = {
    "hukou": "户口簿",
    "birth_certificate": "出生医学证明",
    "marriage_certificate": "结婚证",
    "kinship_notarial": "亲属关系公证书",
}
_NOTE: Final = 2000
_LEAST_NOTE: Final = 4


class DecisionForm(NamedTuple):
    """What was chosen and written.

    Attributes:
        outcome: None where none was chosen, or something that is none.
        advice: The applicant's next step for each code, as it was sent.
    """

    outcome: Outcome | None
    codes: tuple[str, ...]
    advice: dict[str, str]
    note: str

    @classmethod
    def of(cls, sent: FormData) -> "DecisionForm":
        """Take a form apart; what it says of codes that were not chosen is dropped."""
        chosen = [*sent.getlist("codes"), sent.get("more") or ""]
        codes = tuple(dict.fromkeys(c for c in chosen if isinstance(c, str) and c in set(Reason)))
        outcome = sent.get("outcome")
        advice = {code: _text(sent.get(f"advice_{code}")) for code in codes}
        return cls(
            outcome=Outcome(outcome) if outcome in _OUTCOMES else None,
            codes=codes,
            advice={code: words for code, words in advice.items() if words},
            note=_text(sent.get("note"))[:_NOTE],
        )


def check_form(form: DecisionForm, findings: Sequence[Finding]) -> str:
    """What is missing, as a key of the page; empty when nothing is.

    Args:
        form: What was sent.
        findings: As they stand now, corrections included.
    """
    if form.outcome is None:
        return "outcome"
    if any(len(w) > _SENTENCE or _NUMBERLIKE.search(w) for w in form.advice.values()):
        return "advice"
    if form.outcome is Outcome.APPROVED:
        overruled = open_findings(tuple(findings))
        return "note" if overruled and len(form.note) < _LEAST_NOTE else ""
    if not form.codes:
        return "codes"
    if form.outcome is Outcome.RETURNED and any(_silent(form, code) for code in form.codes):
        return "words"
    final = [code for code in form.codes if not REASONS[Reason(code)].repairable]
    return "final" if form.outcome is Outcome.RETURNED and final else ""


def suggested_advice(
    kinship: KinshipVerdict | None,
    findings: Sequence[Finding],
    relationship: Relationship | None,
    code: str,
) -> str:
    """The next step for an applicant: the usual one, or the papers that would settle it.

    Empty where only a person can settle it: that person writes it.
    """
    if code == Reason.RELATIONSHIP_NOT_DETERMINED and kinship and kinship.settled_by:
        papers = "或".join(_PAPERS.get(paper, paper) for paper in kinship.settled_by)
        return f"请补充能证明亲属关系的材料：{papers}。"
    subject = next((found.subject for found in findings if found.code == code), None)
    advice = advice_for(Reason(code), subject, relationship)
    return advice.zh if advice else ""


def _text(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _silent(form: DecisionForm, code: str) -> bool:
    return code not in form.advice and advice_for(Reason(code), None, None) is None
