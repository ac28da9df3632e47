"""Word what was noticed of a picture for the one who still holds the phone."""

from models.checks.finding import Message, Subject
from models.checks.reason import Reason
from models.intake.application import Relationship
from tasks.wording.sentences import SentenceLanguage, load_sentences
from tasks.wording.word_findings import capitalised
from tasks.wording.word_people import people_of


def word_advice(
    code: Reason, subject: Subject | None, relationship: Relationship | None, *, sure: bool
) -> Message:
    """What is so, or may be so, and what to do about it.

    Args:
        code: A reason that an applicant can mend.
        subject: Whom it is about.
        relationship: What the member is to the applicant, where that is known.
        sure: Whether it is so.
    """
    texts = {}
    for language in SentenceLanguage:
        words = load_sentences(language)
        text, people = words.reasons[code], people_of(words, subject, relationship)
        frame = words.sentences.retake if sure else words.sentences.look_again
        parts = {
            name: (part or "").format(**people)
            for name, part in (("what", text.what), ("topic", text.topic), ("do", text.do))
        }
        texts[language.value] = capitalised(frame.format(**parts))
    return Message.model_validate(texts)
