"""Word the findings of a decision for the applicant: whose, which picture, what to do."""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Final

from models.checks.finding import CheckVerdict, Evidence, Finding, Message, Subject
from models.checks.reason import Reason, Severity
from models.decision.decision import Outcome
from models.identity.id_number import valid_id_number
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
_UNNAMED_UNLESS_ASKED: Final = frozenset({Reason.SCREEN_OR_COPY, Reason.VALIDITY_TERM_IMPLAUSIBLE})
"""Likewise, but whoever has to take the picture again must know which."""
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
    parts["where"] = _where(words, found, application, kinds, asked=asked)
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


def member_called(
    words: Sentences, relationship: Relationship | None, sex: str | None = None
) -> str:
    """How the applicant's relative is called; by sex (男, 女) where it is known."""
    asked = relationship or Relationship.OTHER
    by_sex = words.persons.of_sex.get(asked, {})
    return by_sex.get(sex or "", words.persons.member[asked])


def member_sex(application: Application | None, doubted: Collection[Reason] = ()) -> str | None:
    """The member's sex by the number in the form; None where that is no number, or in doubt."""
    if application is None or _OF_THE_NUMBER & set(doubted):
        return None
    number = valid_id_number(application.member.id_number, today=application.submitted_on)
    return number.sex if number else None


_OF_THE_NUMBER: Final = frozenset(
    {Reason.SEX_OR_NUMBER_CONFLICT, Reason.RELATIONSHIP_CONTRADICTED, Reason.BINDING_ONESELF}
)
"""While one of these is open the number may be another person's, of another sex."""


def people_of(
    words: Sentences,
    subject: Subject | None,
    relationship: Relationship | None,
    sex: str | None = None,
    *,
    named: bool = True,
) -> dict[str, str]:
    """How the persons are called in the parts of a reason, and what proves their relation.

    Where the papers name another relation (`named` is False) nobody is called by the stated one.
    """
    member = member_called(words, relationship if named else None, sex)
    who = {
        Subject.APPLICANT: words.persons.applicant,
        Subject.MEMBER: member,
    }.get(subject or Subject.APPLICATION, words.persons.either.format(member=member))
    possessives = words.possessives
    whose = {
        Subject.APPLICANT: possessives.applicant,
        Subject.MEMBER: possessives.member,
    }.get(subject or Subject.APPLICATION, possessives.either)
    return {
        "who": who,
        "whose": whose.format(member=member),
        "member": member,
        "proof": words.proofs[relationship or Relationship.OTHER],
    }


def _where(
    words: Sentences,
    found: Finding,
    application: Application | None,
    kinds: Mapping[str, DocumentKind],
    *,
    asked: bool,
) -> str:
    """The pictures to which a sentence belongs, by their place in the form; empty for none."""
    if found.code in _UNNAMED or (found.code in _UNNAMED_UNLESS_ASKED and not asked):
        return ""
    documents = application.documents if application else ()
    places = {entry.file: number for number, entry in enumerate(documents, 1)}
    shown = [
        item
        for item in found.evidence
        if item.document in places and _may_be_missing_paper(found.code, kinds.get(_place(item)))
    ]
    by_kind: dict[tuple[str, int], set[int]] = {}
    for item in shown:
        where = (_kind_name(item, kinds, words), _page(item))
        by_kind.setdefault(where, set()).add(places[item.document])
    named = [_pictures(words, *where, sorted(numbers)) for where, numbers in by_kind.items()]
    text = words.pictures.between.join(named)
    return words.pictures.brackets.format(text=text) if text else ""


_HUKOU_PAGE_MISSING: Final = frozenset(
    {Reason.APPLICANT_HUKOU_PAGE_MISSING, Reason.MEMBER_HUKOU_PAGE_MISSING}
)


def _may_be_missing_paper(code: Reason, kind: DocumentKind | None) -> bool:
    """Whether a picture is to be named: of a missing page, only one that may be that page.

    A certificate beside it is why nobody is asked for the page, and no place to look for it.
    """
    other = kind not in {None, DocumentKind.OTHER, DocumentKind.HUKOU_MEMBER}
    return not (code in _HUKOU_PAGE_MISSING and other)


def _kind_name(item: Evidence, kinds: Mapping[str, DocumentKind], words: Sentences) -> str:
    """What a file was read as; empty where it is none of the documents that are asked for."""
    return words.documents.get(kinds.get(_place(item), DocumentKind.OTHER), "")


def _place(item: Evidence) -> str:
    return item.place or item.document


def _page(item: Evidence) -> int:
    """Which page of the file it is, from 1; its place ends with page and part (`a.pdf#3.1`)."""
    page = (item.place or "").removeprefix(item.document).removeprefix("#").partition(".")[0]
    return int(page) if page.isdecimal() else 1


def _pictures(words: Sentences, kind: str, page: int, numbers: list[int]) -> str:
    frame = words.pictures.one if len(numbers) == 1 else words.pictures.many
    listed = words.pictures.separator.join(str(number) for number in numbers)
    picture = frame.format(numbers=listed)
    if page > 1:
        picture = words.pictures.page.format(picture=picture, page=page)
    return words.pictures.with_kind.format(picture=picture, kind=kind) if kind else picture


def capitalised(text: str) -> str:
    """Each sentence with a capital letter; Chinese has none and stays as it is."""
    sentences = text.split(". ")
    return ". ".join(part[:1].upper() + part[1:] for part in sentences)
