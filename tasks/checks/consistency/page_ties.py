"""Whether pages that print no household number are tied to one book by what else they show.

The ties are measured evidence (`tasks.identity.ties`); how much of it is enough is the policy's, by
product, age group and whether the member agreed in person.
"""

from typing import NamedTuple

from models.checks.finding import CheckVerdict, Evidence, Message
from models.intake.application import IdentityRoute, PersonRole
from models.kinship.kin_class import KinClass
from models.kinship.relation_word import read_relation_word
from models.policy.proof_rules import Agreement, TieBar
from models.reading.document import DocumentKind
from tasks.checks.application.member_authorisation import member_s_will_is_shown
from tasks.checks.check_context import CheckContext, seen
from tasks.identity.assign_documents import AssignedDocument
from tasks.identity.ties.page_signs import PageReader
from tasks.identity.ties.tie import TieState, WeighedTies, weakest
from tasks.identity.ties.weigh import weigh_ties
from tasks.identity.ties.wording import describe_ties

Pages = tuple[AssignedDocument, ...]
_NUMBER = "household_number"


class TieVerdict(NamedTuple):
    """Whether pages count as one book.

    Attributes:
        tied: They do.
        ties: What was compared; None where the policy or the pages leave nothing to compare.
        message: Which ties hold, which differ, which are missing and what would settle it.
        evidence: The fields that were compared.
    """

    tied: bool
    ties: WeighedTies | None = None
    message: Message | None = None
    evidence: tuple[Evidence, ...] = ()


def pages_are_tied(case: CheckContext, pages: Pages) -> TieVerdict:
    """Hold the ties between the two people's pages against the bar for this case.

    Args:
        case: The application.
        pages: The pages that carry the proof, or would have to.
    """
    if case.policy.evidence.unnumbered_pages != "ties" or not _comparable(case, pages):
        return TieVerdict(tied=False)
    ties = _ties(case, pages)
    if ties is None:
        return TieVerdict(tied=False)
    return TieVerdict(
        tied=_reaches(ties, _bar(case)),
        ties=ties,
        message=describe_ties(
            ties,
            relationship=case.application.relationship,
            adopted=any(_speaks_of_adoption(page) for page in pages),
            with_cover=_has_cover(case),
        ),
        evidence=_compared(ties, pages),
    )


def _comparable(case: CheckContext, pages: Pages) -> bool:
    """Only the two people's own pages, and none with a number that could not be read surely.

    Such a number may be another book's; a better picture of it settles more than any tie. What was
    read of it may also be a part of the other page's sure number, or that with one digit misread.
    """
    own = [p for role in PersonRole for p in case.papers.of(DocumentKind.HUKOU_MEMBER, role)]
    sure = {p.book for p in pages if p.book_sure}
    return all(
        p in own
        and (p.book_sure or _prints_none(case, p) or (p.book in sure and _seen_unsurely(case, p)))
        for p in pages
    )


def _prints_none(case: CheckContext, page: AssignedDocument) -> bool:
    """Whether the form has no place for a number, or the place was seen to be blank."""
    number = page.reading.fields.get(_NUMBER)
    least = case.policy.reading.least(_NUMBER)
    return number is None or (number.value is None and number.confidence >= least)


def _seen_unsurely(case: CheckContext, page: AssignedDocument) -> bool:
    return page.reading.value(_NUMBER) is not None and not case.trusts(page, _NUMBER)


def _ties(case: CheckContext, pages: Pages) -> WeighedTies | None:
    """Of every page of the one with every page of the other: those that are tied least."""
    reader = PageReader(case.papers, case.people, case.policy.reading, case.divisions)
    pairs = [
        reader.pair(one, other, case.application.relationship)
        for one in pages
        for other in pages
        if one.meant_for is PersonRole.APPLICANT and other.meant_for is PersonRole.MEMBER
    ]
    return weakest(weigh_ties(pair) for pair in pairs) if pairs else None


def _bar(case: CheckContext) -> TieBar | None:
    """The first bar of the policy that fits this case; None where none fits."""
    asked = (case.application.product, case.member_group, _agreement(case))
    return next((b for b in case.policy.evidence.tie_bars if b.fits(*asked)), None)


def _agreement(case: CheckContext) -> Agreement:
    """In person by the own face; who authorises from afar was seen by nobody here."""
    in_person = (
        case.application.identity_route is IdentityRoute.FACE
        and case.member_group in case.policy.face.required_for
        and member_s_will_is_shown(case).verdict is CheckVerdict.PASSED
    )
    return Agreement.IN_PERSON if in_person else Agreement.NONE


def _reaches(ties: WeighedTies, bar: TieBar | None) -> bool:
    if bar is None or bar.decides == "person" or ties.excluded:
        return False
    return all(
        least is None or evidence >= least
        for evidence, least in (
            (ties.weight, bar.min_evidence),
            (ties.among_namesakes, bar.min_among_namesakes),
            (ties.among_neighbours, bar.min_among_neighbours),
        )
    )


def _speaks_of_adoption(page: AssignedDocument) -> bool:
    word = read_relation_word(page.reading.value("relation_to_householder"))
    return word.kin in {KinClass.ADOPTED_CHILD, KinClass.ADOPTIVE_PARENT}


def _has_cover(case: CheckContext) -> bool:
    return bool(case.papers.of_kind(DocumentKind.HUKOU_COVER))


def _compared(ties: WeighedTies, pages: Pages) -> tuple[Evidence, ...]:
    said = ties.of_state(TieState.HOLDS, TieState.DIFFERS)
    fields = dict.fromkeys(f for tie in said for f in tie.fields)
    return tuple(seen(p, f) for f in fields for p in pages if f in p.reading.fields)
