"""Word the findings of a decision for the applicant: whose, which picture, what to do."""

from collections.abc import Collection, Mapping
from typing import Final

from models.checks.finding import CheckVerdict, Evidence, Finding, Message, Subject
from models.checks.reason import Reason, Severity
from models.decision.decision import Outcome
from models.intake.application import Application, Relationship
from models.reading.document import DocumentKind
from tasks.wording.sentences import ReasonText, SentenceLanguage, Sentences, load_sentences

_UNNAMED: Final = frozenset(
    {
        Reason.DOCUMENT_USED_ELSEWHERE,
        Reason.FACE_USED_BY_ANOTHER,
        Reason.POSSIBLY_EDITED,
        Reason.ID_NUMBER_USED_BY_ANOTHER,
    }
)
"""Which picture led to one of these is not said: it would tell a forger what was noticed."""
_WEIGHT: Final = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


def word_findings(
    findings: Collection[Finding],
    outcome: Outcome,
    application: Application,
    *,
    kinds: Mapping[str, DocumentKind],
    asked: Collection[Reason],
) -> tuple[Finding, ...]:
    """The findings with their messages as the applicant reads them, the weightiest first.

    Args:
        findings: Of one decision.
        outcome: Decides what a finding means for the applicant.
        application: Whose relationship and pictures the sentences name.
        kinds: What each file was read as.
        asked: The reasons that a return asks the applicant to mend.
    """
    order = sorted(findings, key=lambda f: (not _is_asked(f, outcome, asked), _WEIGHT[f.severity]))
    return tuple(
        found.model_copy(
            update={"message": word_finding(found, outcome, application, kinds=kinds, asked=asked)}
        )
        for found in order
    )


def word_finding(
    found: Finding,
    outcome: Outcome,
    application: Application,
    *,
    kinds: Mapping[str, DocumentKind],
    asked: Collection[Reason],
) -> Message:
    """One finding's message; the arguments are those of `word_findings`."""
    is_asked = _is_asked(found, outcome, asked)
    texts = {
        language.value: _sentence(
            load_sentences(language), found, outcome, application, kinds, asked=is_asked
        )
        for language in SentenceLanguage
    }
    return Message.model_validate(texts)


def advice_for(
    code: Reason, subject: Subject | None, relationship: Relationship | None
) -> Message | None:
    """What an applicant can do about a reason; None where only a person can settle it."""
    texts = {}
    for language in SentenceLanguage:
        words = load_sentences(language)
        do = words.reasons[code].do
        if do is None:
            return None
        stop = "。" if language is SentenceLanguage.ZH else "."
        texts[language.value] = do.format(**_people(words, subject, relationship)) + stop
    return Message.model_validate(texts)


def _is_asked(found: Finding, outcome: Outcome, asked: Collection[Reason]) -> bool:
    """Whether the applicant has to mend it."""
    return (
        outcome is Outcome.RETURNED
        and found.verdict is CheckVerdict.FAILED
        and found.severity is not Severity.INFO
        and found.code in asked
    )


def _sentence(
    words: Sentences,
    found: Finding,
    outcome: Outcome,
    application: Application,
    kinds: Mapping[str, DocumentKind],
    *,
    asked: bool,
) -> str:
    text = words.reasons[found.code]
    people = _people(words, found.subject, application.relationship)
    parts = {
        name: part.format(**people)
        for name, part in (("what", text.what), ("topic", text.topic), ("do", text.do or ""))
    }
    parts["final"] = (text.final or "").format(**people)
    parts["where"] = _where(words, found, application, kinds)
    frame = _frame(words, text, found, outcome, asked=asked)
    return _capitalised(frame.format(**parts, **people))


def _frame(
    words: Sentences, text: ReasonText, found: Finding, outcome: Outcome, *, asked: bool
) -> str:
    """The frame that says what the reason means for the applicant."""
    frames = words.sentences
    if found.severity is Severity.INFO:
        return text.note or frames.note
    match outcome:
        case Outcome.RETURNED:
            return frames.asked if asked and text.do else frames.beside_a_return
        case Outcome.REJECTED:
            return frames.rejected_with_advice if text.final else frames.rejected
        case Outcome.APPROVED:
            return frames.overruled
        case Outcome.IN_REVIEW:
            failed = found.verdict is CheckVerdict.FAILED
            return frames.in_review if failed else frames.unsure


def member_called(words: Sentences, relationship: Relationship | None) -> str:
    """How the applicant's relative is called."""
    return words.persons.member[relationship or Relationship.OTHER]


def _people(
    words: Sentences, subject: Subject | None, relationship: Relationship | None
) -> dict[str, str]:
    member = member_called(words, relationship)
    who = {
        Subject.APPLICANT: words.persons.applicant,
        Subject.MEMBER: member,
    }.get(subject or Subject.APPLICATION, words.persons.either.format(member=member))
    return {
        "who": who,
        "member": member,
        "proof": words.proofs[relationship or Relationship.OTHER],
    }


def _where(
    words: Sentences, found: Finding, application: Application, kinds: Mapping[str, DocumentKind]
) -> str:
    """The pictures to which a sentence belongs, by their place in the form; empty for none."""
    if found.code in _UNNAMED:
        return ""
    places = {entry.file: number for number, entry in enumerate(application.documents, 1)}
    shown = [item for item in found.evidence if item.document in places]
    by_kind: dict[str, set[int]] = {}
    for item in shown:
        by_kind.setdefault(_kind_name(item, kinds, words), set()).add(places[item.document])
    named = [_pictures(words, kind, sorted(numbers)) for kind, numbers in by_kind.items()]
    text = words.pictures.between.join(named)
    return words.pictures.brackets.format(text=text) if text else ""


def _kind_name(item: Evidence, kinds: Mapping[str, DocumentKind], words: Sentences) -> str:
    """What a file was read as; empty where it is none of the documents that are asked for."""
    return words.documents.get(kinds.get(item.document, DocumentKind.OTHER), "")


def _pictures(words: Sentences, kind: str, numbers: list[int]) -> str:
    frame = words.pictures.one if len(numbers) == 1 else words.pictures.many
    listed = words.pictures.separator.join(str(number) for number in numbers)
    picture = frame.format(numbers=listed)
    return words.pictures.with_kind.format(picture=picture, kind=kind) if kind else picture


def _capitalised(text: str) -> str:
    """Each sentence with a capital letter; Chinese has none and stays as it is."""
    sentences = text.split(". ")
    return ". ".join(part[:1].upper() + part[1:] for part in sentences)
