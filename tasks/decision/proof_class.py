"""On which class of proof an approval of the machine rests."""

from typing import Final

from models.decision.decision import Dossier
from models.decision.proof_class import ProofClass
from models.intake.application import IdentityRoute
from models.kinship.claim import MEMBER, KinshipVerdict
from models.policy.policy import Policy
from models.policy.proof_rules import Agreement
from models.reading.document import DocumentKind
from tasks.identity.booklets import book_number
from tasks.identity.identities import People

_BOOK: Final = "hukou"


def proof_class_of(dossier: Dossier, kinship: KinshipVerdict, policy: Policy) -> ProofClass:
    """The class of a proof that holds.

    Args:
        dossier: What was checked.
        kinship: What the papers prove.
        policy: Under which they were checked; its bars say what pages without a number need.
    """
    if kinship.certified or _BOOK not in kinship.proof:
        return ProofClass.CERTIFICATE
    if all(number is not None for number in _numbers(dossier, kinship)):
        return ProofClass.NUMBER
    return ProofClass.TIES if _asks_for_ties(dossier, policy) else ProofClass.OWN_WILL


def _numbers(dossier: Dossier, kinship: KinshipVerdict) -> list[str | None]:
    """The household number of each page that the proof rests on; None where none is printed."""
    return [
        book_number(paper)
        for paper in dossier.readings
        if paper.kind is DocumentKind.HUKOU_MEMBER and paper.place in kinship.documents
    ]


def _asks_for_ties(dossier: Dossier, policy: Policy) -> bool:
    form = dossier.application
    born = People.of(form).stated[MEMBER].born
    group = policy.ages.group(born, form.submitted_on) if born else None
    in_person = form.identity_route is IdentityRoute.FACE and group in policy.face.required_for
    agreement = Agreement.IN_PERSON if in_person else Agreement.NONE
    bars = policy.evidence.tie_bars
    bar = next((b for b in bars if b.fits(form.product, group, agreement)), None)
    return bar is None or bar.min_evidence is not None
