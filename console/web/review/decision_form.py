"""A reviewer's decision as it was sent: a form's fields, and what they say."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from pydantic import ValidationError
from starlette.datastructures import FormData

from console.web.choice_words import choice_word
from models.checks.finding import Finding, Message
from models.checks.reason import Reason
from models.clock import CHINA
from models.decision.decision import Outcome
from models.intake.application import Application
from models.kinship.claim import KinshipVerdict
from models.policy.review_rules import DECISIONS
from models.reading.document import DocumentKind
from models.reading.typed_date import typed_moment
from models.reviews.decision_rules import OpinionDraft
from models.reviews.grounds import Ground, GroundKind, ManualVerification
from models.reviews.review_work import ReviewNote
from tasks.reviewing.settle_review import as_given
from tasks.wording.word_findings import next_step, word_finding

_NOTE: Final = 2000
_WORDS: Final = 500
STEPS: Final = (("advice", Outcome.RETURNED), ("final", Outcome.REJECTED))
"""The fields in which the applicant's next step is written, by the outcome."""
_NOTHING: Final = Message(zh="", en="")

Fields = Mapping[str, Sequence[str]]
"""A form as it is kept in a draft: each field's values in their order."""


class DecisionForm(NamedTuple):
    """What was chosen and written.

    Attributes:
        fields: As they were sent, to be shown again.
        draft: What they say; its outcome is `IN_REVIEW`, which is no decision, where none was
            chosen, or something that is none.
    """

    fields: Fields
    draft: OpinionDraft

    @classmethod
    def of(cls, sent: FormData) -> "DecisionForm":
        """Take a form apart; what it says of codes that were not chosen is dropped."""
        return cls.of_fields(
            {name: [v for v in sent.getlist(name) if isinstance(v, str)] for name in sent}
        )

    @classmethod
    def of_fields(cls, fields: Fields) -> "DecisionForm":
        """The same from a draft.

        `codes` and `more` are reasons; `advice_CODE` and `advice_en_CODE` (`advice_more` for that
        of `more`) the next step of an applicant to whom it is returned, `final_CODE` and so on of
        one who is rejected; `ground_CODE`, `seen_CODE` and `register_CODE` why a
        failed check does not count; `asked`, `channel`, `asked_at` and `shown` how the member's
        will was asked for; `note` is for colleagues.
        """
        more = _one(fields, "more")
        codes = tuple(
            dict.fromkeys(c for c in (*fields.get("codes", ()), more) if c in set(Reason))
        )
        outcome = _one(fields, "outcome")
        chosen = Outcome(outcome) if outcome in DECISIONS else Outcome.IN_REVIEW
        step = next((name for name, outcome in STEPS if outcome is chosen), None)
        words = ReviewNote(
            note=_one(fields, "note")[:_NOTE],
            advice=_advice(fields, codes, f"{step}_") if step else {},
            advice_en=_advice(fields, codes, f"{step}_en_") if step else {},
            grounds=tuple(g for code in Reason if (g := _ground(fields, code.value))),
            verification=_verification(fields),
        )
        return cls(dict(fields), OpinionDraft(outcome=chosen, codes=codes, words=words))

    def one(self, name: str) -> str:
        """What was typed into a field; empty where nothing was."""
        return next(iter(self.fields.get(name, ())), "")

    @property
    def outcome(self) -> Outcome | None:
        """What was chosen; None where nothing was."""
        return self.draft.outcome if self.draft.outcome in DECISIONS else None

    @property
    def codes(self) -> tuple[str, ...]:
        """The reasons that were chosen."""
        return self.draft.codes


def suggested_advice(
    kinship: KinshipVerdict | None,
    findings: Sequence[Finding],
    form: Application | None,
    code: str,
    outcome: Outcome = Outcome.RETURNED,
) -> Message:
    """The next step for an applicant: the usual one, or the papers that would settle it.

    Empty where only a person can settle it: that person writes it.
    """
    asked = outcome is Outcome.RETURNED
    if asked and code == Reason.RELATIONSHIP_NOT_DETERMINED and kinship and kinship.settled_by:
        papers = "或".join(choice_word("zh", paper) for paper in kinship.settled_by)
        english = " or ".join(choice_word("en", paper) for paper in kinship.settled_by)
        return Message(
            zh=f"请补充能证明亲属关系的材料：{papers}。",
            en=f"Please add a paper that proves the relationship: {english}.",
        )
    return next_step(_given(findings, code), outcome, form) or _NOTHING


def told_before(
    findings: Sequence[Finding],
    form: Application | None,
    kinds: Mapping[str, DocumentKind],
    code: str,
    outcome: Outcome = Outcome.RETURNED,
) -> Message:
    """What the applicant of a return or a rejection reads of a reason before the next step."""
    found = _given(findings, code)
    return word_finding(found, outcome, form, kinds=kinds, decisive={found.code}, step=_NOTHING)


def _given(findings: Sequence[Finding], code: str) -> Finding:
    return as_given(Reason(code), next((one for one in findings if one.code == code), None))


def _advice(fields: Fields, codes: Sequence[str], prefix: str) -> dict[str, str]:
    more = _one(fields, "more")
    words_by_code = {
        code: _one(fields, f"{prefix}{code}") or (_one(fields, f"{prefix}more") * (code == more))
        for code in codes
    }
    return {code: words for code, words in words_by_code.items() if words}


def _ground(fields: Fields, code: str) -> Ground | None:
    kind = _one(fields, f"ground_{code}")
    if kind not in set(GroundKind):
        return None
    return Ground(
        code=code,
        kind=GroundKind(kind),
        seen=_one(fields, f"seen_{code}")[:_WORDS],
        register_name=_one(fields, f"register_{code}")[:_WORDS],
    )


def _verification(fields: Fields) -> ManualVerification | None:
    """None where something of it is missing; the time is the office's."""
    try:
        at = typed_moment(_one(fields, "asked_at"))
        return ManualVerification.model_validate(
            {
                "asked": _one(fields, "asked"),
                "channel": _one(fields, "channel"),
                "at": at.replace(tzinfo=CHINA),
                "shown": _one(fields, "shown")[:_WORDS],
            }
        )
    except (ValueError, ValidationError):
        return None


def _one(fields: Fields, name: str) -> str:
    return " ".join(next(iter(fields.get(name, ())), "").split())
