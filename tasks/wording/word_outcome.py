"""What an outcome means for the applicant: what is allowed now, by which day, how to object."""

import calendar
import datetime as dt

from models.checks.finding import Message
from models.decision.decision import Outcome
from models.intake.application import Product, Relationship
from models.record import Record
from tasks.wording.sentences import SentenceLanguage, Sentences, load_sentences
from tasks.wording.word_people import member_called


class OutcomeFacts(Record):
    """What the sentence about an outcome depends on.

    Attributes:
        outcome: The outcome.
        product: What was asked for; None where the form does not say it.
        relationship: What the member is to the applicant; None where the form does not say it.
        member_sex: 男 or 女; None where it is not known.
        due: By when the office decides (in review), or the applicant answers (returned); its day
            in the office's zone.
        days_to_object: Within how many days a rejection can be objected to; None without a limit.
        hotline: The number to call; None where the policy names none.
    """

    outcome: Outcome
    product: Product | None = None
    relationship: Relationship | None = None
    member_sex: str | None = None
    due: dt.date | None = None
    days_to_object: int | None = None
    hotline: str | None = None


def word_outcome(facts: OutcomeFacts) -> Message:
    """The sentence that goes before the findings, in both languages."""
    return Message.model_validate(
        {
            language.value: _sentence(load_sentences(language), facts, language)
            for language in SentenceLanguage
        }
    )


def _sentence(words: Sentences, facts: OutcomeFacts, language: SentenceLanguage) -> str:
    frame = _frame(words, facts)
    text = frame.format(
        member=member_called(words, facts.relationship, facts.member_sex),
        due=_date(words, facts.due) if facts.due else "",
        days=facts.days_to_object,
    )
    if facts.hotline and facts.outcome is not Outcome.APPROVED:
        gap = "" if language is SentenceLanguage.ZH else " "
        text += gap + words.outcomes.hotline.format(hotline=facts.hotline)
    return text


def _frame(words: Sentences, facts: OutcomeFacts) -> str:
    texts = words.outcomes
    match facts.outcome:
        case Outcome.APPROVED:
            return texts.approved[facts.product or Product.FAMILY_ACCOUNT]
        case Outcome.IN_REVIEW:
            return texts.in_review if facts.due else texts.in_review_without_day
        case Outcome.RETURNED:
            return texts.returned if facts.due else texts.returned_without_day
        case Outcome.REJECTED:
            return texts.rejected if facts.days_to_object else texts.rejected_without_days


def _date(words: Sentences, day: dt.date) -> str:
    return words.outcomes.date.format(
        month=day.month, day=day.day, month_name=calendar.month_name[day.month]
    )
