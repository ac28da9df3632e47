"""Which papers a policy asks for, and what ties two pages to one book."""

from enum import StrEnum
from typing import Literal

from pydantic import Field

from models.intake.application import Application, BindingMethod, Channel, IdentityRoute, Product
from models.policy.rule_group import AgeGroup, RuleGroup
from models.record import Record


class RequiredPaper(StrEnum):
    """A paper that an evidence set can ask for: a kind, and whose."""

    MEMBER_ID_CARD_PORTRAIT = "member_id_card_portrait"
    MEMBER_ID_CARD_EMBLEM = "member_id_card_emblem"
    APPLICANT_HUKOU_PAGE = "applicant_hukou_page"
    MEMBER_HUKOU_PAGE = "member_hukou_page"
    BIRTH_CERTIFICATE = "birth_certificate"
    MARRIAGE_CERTIFICATE = "marriage_certificate"
    KINSHIP_NOTARIAL = "kinship_notarial"
    SELFIE = "selfie"
    INSURANCE_CERTIFICATE = "insurance_certificate"
    INCAPACITY_CERTIFICATE = "incapacity_certificate"


class ProofSet(Record):
    """What is asked of one kind of application; empty conditions match every application.

    Attributes:
        all_of: Every one of these papers.
        one_set_of: And every paper of at least one of these sets.
    """

    age_group: AgeGroup
    products: frozenset[Product] = frozenset()
    binding_methods: frozenset[BindingMethod] = frozenset()
    routes: frozenset[IdentityRoute] = frozenset()
    channels: frozenset[Channel] = frozenset()
    all_of: tuple[RequiredPaper, ...] = ()
    one_set_of: tuple[tuple[RequiredPaper, ...], ...] = ()

    def fits(
        self,
        group: AgeGroup,
        product: Product | None,
        method: BindingMethod | None,
        route: IdentityRoute | None,
        channel: Channel | None = None,
    ) -> bool:
        """Whether this set is the one for such an application."""
        return (
            group is self.age_group
            and (not self.products or product in self.products)
            and (not self.binding_methods or method in self.binding_methods)
            and (not self.routes or route in self.routes)
            and (not self.channels or channel in self.channels)
        )


class Agreement(StrEnum):
    """How the member's own agreement is shown where two pages are tied to one book."""

    IN_PERSON = "in_person"
    """The member's own face matched, or the member agreed through another accepted route."""
    NONE = "none"
    """Nobody asked the member: a minor, or a route that a person still has to look at."""


class TieBar(Record):
    """How much evidence ties two pages without a household number; empty conditions fit all.

    Attributes:
        products: The products for which this bar counts.
        age_group: The member's group.
        agreement: How the member agreed.
        min_evidence: The least sum of the ties' log-likelihood ratios (natural logarithm) that
            counts as one book, against a stranger of the same city; None: pages that do not
            contradict one another suffice.
        min_among_namesakes: Likewise against a stranger who bears the surname, for whom it counts
            nothing that the surname is shared. None: not asked.
        min_among_neighbours: Likewise against a neighbour in a village of one surname, for whom
            surname, places and station count nothing. None: not asked.
        decides: `person`: whatever the ties say.
    """

    products: frozenset[Product] = frozenset()
    age_group: AgeGroup | None = None
    agreement: Agreement | None = None
    min_evidence: float | None = None
    min_among_namesakes: float | None = None
    min_among_neighbours: float | None = None
    decides: Literal["evidence", "person"] = "evidence"

    def fits(self, product: Product | None, group: AgeGroup | None, agreement: Agreement) -> bool:
        """Whether this bar is the one for such an application."""
        return (
            (not self.products or product in self.products)
            and self.age_group in {None, group}
            and self.agreement in {None, agreement}
        )


class ProofRules(RuleGroup):
    """Which papers must be there.

    Attributes:
        sets: The first one that fits counts.
        channel_sets: Sets of single channels, which count before `sets`: a counter or a kiosk may
            ask for other papers. What these leave unproven, a person judges.
        cross_province: Extra papers when both are insured in different provinces.
        incapacity: Extra papers when the member is declared incapacitated.
        hukou_cover: Whether the cover is asked for where the book is the proof; "wanted" leaves
            its absence to a person, because only the cover shows a collective household.
        unnumbered_pages: What ties pages that print no household number (户号) to one book:
            nothing, so a person looks; or `ties`: evidence against the first of `tie_bars` that
            fits, and a person where none fits (docs/ties.md).
        tie_bars: The bars of `unnumbered_pages: ties`.
        social_security_card: Whether one may stand in for the member's ID card; "person": what
            was sent in its place is looked at, because such a card is not read here.
    """

    sets: tuple[ProofSet, ...] = Field(min_length=1)
    channel_sets: tuple[ProofSet, ...] = ()
    cross_province: tuple[RequiredPaper, ...] = ()
    incapacity: tuple[RequiredPaper, ...] = ()
    hukou_cover: Literal["wanted", "optional"]
    unnumbered_pages: Literal["person", "ties"]
    tie_bars: tuple[TieBar, ...] = ()
    social_security_card: Literal["refused", "person"]

    def set_for(self, group: AgeGroup | None, application: Application) -> ProofSet | None:
        """The set that an application of a member of this group follows; None where none fits."""
        if group is None:
            return None
        form = application
        return self.first_set(
            group, form.product, form.binding_method, form.identity_route, form.channel
        )

    def first_set(
        self,
        group: AgeGroup,
        product: Product | None,
        method: BindingMethod | None,
        route: IdentityRoute | None,
        channel: Channel | None = None,
    ) -> ProofSet | None:
        """The set for such an application; None where none fits."""
        asked = (product, method, route, channel)
        return next((s for s in (*self.channel_sets, *self.sets) if s.fits(group, *asked)), None)
