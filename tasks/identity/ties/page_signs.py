"""What one hukou page shows that can tie it to another page, as far as it was read surely."""

import datetime as dt
from typing import Final, NamedTuple

from models.identity.division import NO_DIVISIONS, Divisions
from models.identity.id_number import IdNumber, upgrade_15, valid_id_number
from models.identity.person_name import normalise_name
from models.intake.application import PersonRole, Relationship
from models.kinship.kin_class import KinClass
from models.kinship.relation_word import read_relation_word
from models.policy.measures import ReadingRules
from models.reading.document import DocumentKind
from tasks.identity.assign_documents import AssignedDocument, AssignedDocuments
from tasks.identity.identities import People, date_or_none

NATIVE_PLACE: Final = "native_place"
STATION: Final = "station"
"""Of the office in the red seal. Neither of these two is on every page: a tie whose field is
missing is unseen and counts nothing."""
_NUMBER: Final = "household_number"


class PageSigns(NamedTuple):
    """One person's page; None for what it does not show or what was not read surely.

    Attributes:
        region: First six digits of the person's number.
        registered: The day on which the page was made (登记日期).
        numbered: A household number was seen on it, however unsurely.
        picture: Digest of the file, page in it, and which paper on that page.
    """

    name: str | None = None
    sex: str | None = None
    word: str | None = None
    born: dt.date | None = None
    region: str | None = None
    native_place: str | None = None
    station: str | None = None
    registered: dt.date | None = None
    numbered: bool = False
    picture: tuple[str, int, int] = ("", 0, 0)


class CoverSigns(NamedTuple):
    """What the cover shows, where it names the householder of one of the pages; else nothing."""

    address: str | None = None
    issued: dt.date | None = None
    station: str | None = None


class PagePair(NamedTuple):
    """Two pages that would have to lie in one book.

    Attributes:
        relationship: What the member is said to be to the applicant.
        card_address: The address on the member's ID card.
    """

    applicant: PageSigns
    member: PageSigns
    relationship: Relationship | None
    cover: CoverSigns = CoverSigns()
    card_address: str | None = None
    divisions: Divisions = NO_DIVISIONS


class PageReader(NamedTuple):
    """Reads signs from papers by the policy's demands."""

    papers: AssignedDocuments
    people: People
    rules: ReadingRules
    divisions: Divisions

    def pair(
        self,
        applicant: AssignedDocument,
        member: AssignedDocument,
        relationship: Relationship | None,
    ) -> PagePair:
        """Two pages with the cover and the card that say more about them."""
        cover = self._cover((applicant, member))
        return PagePair(
            applicant=self._signs(applicant, cover),
            member=self._signs(member, cover),
            relationship=relationship,
            cover=cover,
            card_address=self._card_address(),
            divisions=self.divisions,
        )

    def _signs(self, page: AssignedDocument, cover: CoverSigns) -> PageSigns:
        """What a page shows; the cover that names its householder bears the seal of its office."""
        number = self._number(page)
        lent = cover.station if self._householder(page) else None
        return PageSigns(
            name=self._sure(page, "name"),
            sex=number.sex if number else self._sure(page, "sex"),
            word=self._sure(page, "relation_to_householder"),
            born=number.birth_date if number else date_or_none(self._sure(page, "birth_date")),
            region=number.region if number else None,
            native_place=self._sure(page, NATIVE_PLACE),
            station=self._sure(page, STATION) or lent,
            registered=date_or_none(self._sure(page, "registration_date")),
            numbered=page.reading.value(_NUMBER) is not None,
            picture=(page.reading.digest, page.reading.page, page.reading.part),
        )

    def _number(self, page: AssignedDocument) -> IdNumber | None:
        text = self._sure(page, "id_number") or ""
        whole = upgrade_15(text) if len(text) == 15 and text.isdigit() else text
        return valid_id_number(whole, today=self.people.today)

    def _cover(self, pages: tuple[AssignedDocument, ...]) -> CoverSigns:
        """The one cover that surely names the householder whose page is among these."""
        heads = {normalise_name(n) for p in pages if (n := self._householder(p))}
        named = [
            cover
            for cover in self.papers.of_kind(DocumentKind.HUKOU_COVER)
            if (name := self._sure(cover, "householder_name")) and normalise_name(name) in heads
        ]
        if len(named) != 1:
            return CoverSigns()
        return CoverSigns(
            address=self._sure(named[0], "address"),
            issued=date_or_none(self._sure(named[0], "issue_date")),
            station=self._sure(named[0], STATION),
        )

    def _householder(self, page: AssignedDocument) -> str | None:
        word = self._sure(page, "relation_to_householder")
        is_head = read_relation_word(word).kin is KinClass.HOUSEHOLDER
        return self._sure(page, "name") if is_head else None

    def _card_address(self) -> str | None:
        cards = self.papers.of(DocumentKind.ID_CARD_PORTRAIT, PersonRole.MEMBER)
        shown = {a for card in cards if card.sure and (a := self._sure(card, "address"))}
        return shown.pop() if len(shown) == 1 else None

    def _sure(self, paper: AssignedDocument, field: str) -> str | None:
        trusted = self.rules.trusts(field, paper.reading.fields.get(field))
        return paper.reading.value(field) if trusted else None
