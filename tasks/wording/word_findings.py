"""Word the findings of a decision for the applicant: whose, which picture, what to do."""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Final

from models.checks.finding import CheckVerdict, Finding, Message
from models.checks.reason import Reason, Severity
from models.decision.decision import Outcome
from models.intake.application import Application
from models.reading.document import DocumentKind
from tasks.wording.sentences import ReasonText, SentenceLanguage, Sentences, load_sentences
from tasks.wording.word_people import member_sex, people_of
from tasks.wording.word_places import pictures_of

_FORM: Final = "application.json"
"""What evidence names where it lies in the form."""
_WEIGHT: Final = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


def word_findings(
    findings: Collection[Finding],
    outcome: Outcome,
    application: Application | None,
    *,
    kinds: Mapping[str, DocumentKind],
    decisive: Collection[Reason],
    steps: Mapping[Reason, Message] = MappingProxyType({}),
) -> tuple[Finding, ...]:
    """The findings with their messages as the applicant reads them, the weightiest first.

    Args:
        findings: Of one decision.
        outcome: Decides what a finding means for the applicant.
        application: Whose relationship and pictures the sentences name; None where the form cannot
            be judged.
        kinds: What each paper was read as, by its place in the files.
        decisive: The reasons that a return asks the applicant to mend, or a rejection rests on.
        steps: A person's words for the next step, in the place of the usual ones.
    """
    order = sorted(
        findings, key=lambda f: (not _is_decisive(f, outcome, decisive), _WEIGHT[f.severity])
    )
    codes = {found.code for found in findings}
    return tuple(
        found.model_copy(
            update={
                "message": word_finding(
                    found,
                    outcome,
                    application,
                    kinds=kinds,
                    decisive=decisive,
                    beside=codes,
                    step=steps.get(found.code),
                )
            }
        )
        for found in order
    )


def word_finding(
    found: Finding,
    outcome: Outcome,
    application: Application | None,
    *,
    kinds: Mapping[str, DocumentKind],
    decisive: Collection[Reason],
    beside: Collection[Reason] = (),
    step: Message | None = None,
) -> Message:
    """One finding's message; the arguments are those of `word_findings`.

    `beside` are the other reasons of the decision; `step` is said in the place of the usual next
    step, and may be empty.
    """
    is_decisive = _is_decisive(found, outcome, decisive)
    codes = (found.code, *beside)
    sex = member_sex(application, codes)
    texts = {
        language.value: _sentence(
            load_sentences(language),
            found,
            outcome,
            application,
            kinds,
            decisive=is_decisive,
            sex=sex,
            named=Reason.RELATIONSHIP_CONTRADICTED not in codes,
            step=_continued(step, language) if step else None,
        )
        for language in SentenceLanguage
    }
    return Message.model_validate(texts)


def next_step(found: Finding, outcome: Outcome, application: Application | None) -> Message | None:
    """The usual next step of an applicant whom a person returns or rejects for a reason.

    It is what `word_finding` ends the sentence with; a return asks for it, a rejection says what is
    left to do. None where there is none: a person writes it, or nothing is left.
    """
    relationship = application.relationship if application else None
    sex = member_sex(application, (found.code,))
    texts = {}
    for language in SentenceLanguage:
        words = load_sentences(language)
        text = _text_of(words, found)
        step = _after_the_fact(_frame_with_step(words, text, outcome))
        if not step:
            return None
        people = people_of(words, found.subject, relationship, sex)
        parts = {name: (getattr(text, name) or "").format(**people) for name in ("do", "final")}
        texts[language.value] = capitalised(step.format(**parts))
    return Message.model_validate(texts)


def _continued(step: Message, language: SentenceLanguage) -> str:
    """A step as it follows a sentence."""
    return step.zh if language is SentenceLanguage.ZH else f" {step.en}" * bool(step.en)


def _is_decisive(found: Finding, outcome: Outcome, decisive: Collection[Reason]) -> bool:
    """Whether the applicant has to mend it, or was rejected for it."""
    return (
        outcome in {Outcome.RETURNED, Outcome.REJECTED}
        and found.verdict is CheckVerdict.FAILED
        and found.severity is not Severity.INFO
        and found.code in decisive
    )


def _sentence(
    words: Sentences,
    found: Finding,
    outcome: Outcome,
    application: Application | None,
    kinds: Mapping[str, DocumentKind],
    *,
    decisive: bool,
    sex: str | None,
    named: bool,
    step: str | None,
) -> str:
    text = _text_of(words, found)
    relationship = application.relationship if application else None
    people = people_of(words, found.subject, relationship, sex, named=named)
    parts = {
        name: part.format(**people)
        for name, part in (("what", text.what), ("topic", text.topic), ("do", text.do or ""))
    }
    parts["final"] = (text.final or "").format(**people)
    parts["calm"] = text.calm.format(**people)
    asked = decisive and outcome is Outcome.RETURNED
    parts["where"] = pictures_of(words, found, application, kinds, asked=asked)
    frame = _frame(words, text, found, outcome, decisive=decisive)
    if step is None:
        return capitalised(frame.format(**parts, **people))
    fact = capitalised(_fact_of(frame).format(**parts, **people))
    return f"{fact}{step}"


def _text_of(words: Sentences, found: Finding) -> ReasonText:
    """The reason's parts; those about the form where all that is wrong stands in the form."""
    text = words.reasons[found.code]
    if not found.evidence or any(e.document != _FORM for e in found.evidence):
        return text
    texts = (text.fields[e.field] for e in found.evidence if e.field and e.field in text.fields)
    return next(texts, text.form or text)


def _frame(
    words: Sentences, text: ReasonText, found: Finding, outcome: Outcome, *, decisive: bool
) -> str:
    """The frame that says what the reason means for the applicant."""
    frames = words.sentences
    if found.severity is Severity.INFO:
        return text.note or frames.note
    match outcome:
        case Outcome.RETURNED:
            return (decisive and _frame_with_step(words, text, outcome)) or frames.beside_a_return
        case Outcome.REJECTED if decisive:
            return _frame_with_step(words, text, outcome) or frames.rejected
        case Outcome.REJECTED:
            sure = found.verdict is CheckVerdict.FAILED and found.severity is Severity.ERROR
            return frames.beside_a_rejection if sure else frames.not_checked
        case Outcome.APPROVED:
            return frames.overruled
        case Outcome.IN_REVIEW:
            # What is open is not stated as a fact: a person may find that it is none.
            return frames.unsure


def _frame_with_step(words: Sentences, text: ReasonText, outcome: Outcome) -> str:
    """The frame that ends with the applicant's next step; empty where the reason has none."""
    frames = words.sentences
    if outcome is Outcome.REJECTED and text.final:
        return frames.rejected_with_advice
    if not text.do:
        return ""
    return frames.rejected_mendable if outcome is Outcome.REJECTED else frames.asked


def _fact_of(frame: str) -> str:
    """The first sentence of a frame that ends with a step; any other frame whole."""
    step = _after_the_fact(frame)
    has_step = "{do}" in step or "{final}" in step
    return frame.removesuffix(step).rstrip() if has_step else frame


def _after_the_fact(frame: str) -> str:
    """What a frame says after its first sentence, which ends with the pictures."""
    return frame.partition("{where}")[2].lstrip("。. ")


def capitalised(text: str) -> str:
    """Each sentence with a capital letter; Chinese has none and stays as it is."""
    sentences = text.split(". ")
    return ". ".join(part[:1].upper() + part[1:] for part in sentences)
