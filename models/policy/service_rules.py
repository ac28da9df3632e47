"""What a place tells people beside its conditions: how to object, whom to call, whom it serves."""

import datetime as dt
from typing import Final

from pydantic import Field

from models.policy.rule_group import RuleGroup

_UNSTATED: Final = "the program's own default; no policy file says anything"
_ALWAYS: Final = dt.date(2000, 1, 1)


class ObjectionRules(RuleGroup):
    """How a decision of the machine is objected to.

    Attributes:
        days: Days after the decision within which an objection is taken; None for no such term.
            A later one is not refused by the machine: a person sees that it is late.
        term_working_days: Working days within which a person answers; None: as for every review.
    """

    days: int | None = Field(default=None, gt=0)
    term_working_days: int | None = Field(default=None, gt=0)


class ContactRules(RuleGroup):
    """Whom people may ask.

    Attributes:
        hotline: A telephone number; None where none is stated.
    """

    hotline: str | None = Field(default=None, pattern=r"^[0-9][0-9 -]{2,18}[0-9]$")


class JurisdictionRules(RuleGroup):
    """For whom a place decides beside those who are insured there.

    Attributes:
        serves: Codes of other places, of two, four or six digits, whose insured may apply here.
    """

    serves: frozenset[str] = frozenset()


UNSTATED_OBJECTIONS: Final = ObjectionRules(source=_UNSTATED, effective_from=_ALWAYS)
UNSTATED_CONTACT: Final = ContactRules(source=_UNSTATED, effective_from=_ALWAYS)
UNSTATED_JURISDICTION: Final = JurisdictionRules(source=_UNSTATED, effective_from=_ALWAYS)
