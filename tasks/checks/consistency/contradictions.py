"""Whether anything that was read, however weakly, speaks against what the sure papers prove.

An unsure reading proves nothing. It may still be right, and then another paper is wrong or
forged; so what would undo the proof if it were taken as read is put before a person.
"""

from collections.abc import Iterable
from typing import Final

from models.checks.finding import CheckVerdict, Finding, finding
from models.checks.reason import Reason
from models.intake.application import PersonRole, Relationship
from models.kinship.claim import Claims, KinshipAnswer, KinshipVerdict
from models.kinship.kin_class import NO_NEAR_RELATIVE, KinClass
from models.kinship.relation_word import read_relation_word
from models.policy.measures import ReadingRules
from models.reading.document import DocumentKind
from tasks.checks.check_context import PASS, Answer, CheckContext, answer, check, seen
from tasks.identity.assign_documents import AssignedDocument
from tasks.identity.booklets import householder_on
from tasks.identity.identities import date_or_none
from tasks.identity.similarity import Similarity, compare_names
from tasks.kinship.collect_claims import build_claims
from tasks.kinship.proof.derive import derive_kinship
from tasks.kinship.proof.places import misplaced_parents
from tasks.kinship.proof.statements import BIRTH_CERTIFICATE


@check
def no_weaker_reading_contradicts(case: CheckContext) -> Answer:
    """What was read less surely leaves the proof as it is."""
    if case.kinship is None or not case.proven:
        return PASS
    if others := (
        *_joined_to_others(case),
        *_married_later(case),
        *_in_the_same_place(case),
        *_called_step(case),
        *_called_no_relative(case),
        *_of_another_householder(case),
    ):
        return answer([_against(others)])
    rules = _as_witness(case.policy.reading)
    claims = build_claims(case.papers, case.people, rules)
    if misplaced := _misplaced(case, claims, rules):
        return answer([_against(misplaced)])
    verdict = _derive(case, claims, rules, case.kinship.claimed)
    if verdict.answer is KinshipAnswer.PROVEN:
        return PASS
    against = set(verdict.documents) - set(case.kinship.documents) - _supporting(case)
    papers = [paper for paper in case.papers.all if paper.reading.place in against]
    return answer([_against(papers)])


def _derive(
    case: CheckContext, claims: Claims, rules: ReadingRules, claimed: Relationship
) -> KinshipVerdict:
    least = min(rules.confidence.number, rules.confidence.relation_word)
    aside = case.policy.kinship.set_aside
    return derive_kinship(claims, claimed, min_confidence=least, set_aside=aside)


def _supporting(case: CheckContext) -> set[str]:
    """Papers that surely say what the certificates prove without them."""
    rules, verdict = case.policy.reading, case.kinship
    if verdict is None or not verdict.certified:
        return set()
    claims = build_claims(case.papers, case.people, rules)
    return set(_derive(case, claims, rules, verdict.claimed).documents)


def _against(papers: Iterable[AssignedDocument]) -> Finding:
    return finding(
        Reason.RELATIONSHIP_NOT_DETERMINED,
        *(seen(paper) for paper in papers),
        verdict=CheckVerdict.CANNOT_TELL,
        zh="另有一份材料的内容可能与此关系不符",
        en="another paper may say something else",
    )


def _misplaced(case: CheckContext, claims: Claims, rules: ReadingRules) -> list[AssignedDocument]:
    """Certificates, and pages that carry the proof, which disagree on who is whose parent."""
    verdict = case.kinship
    if verdict is None or verdict.certified:
        return []
    misplaced = {
        document
        for found in misplaced_parents(claims, min_confidence=rules.confidence.number)
        if {found.child_page, found.parent_page} & set(verdict.documents)
        for document in found
    }
    return [paper for paper in case.papers.all if paper.reading.place in misplaced]


def _married_later(case: CheckContext) -> list[AssignedDocument]:
    """Certificates of their marriage on a day that is still to come."""
    days = [
        (paper, date_or_none(case.trusted(paper, "registration_date")))
        for paper in case.papers.of_their_marriage
    ]
    return [paper for paper, day in days if day is not None and day > case.on]


def _joined_to_others(case: CheckContext) -> list[AssignedDocument]:
    """Marriage certificates that seem to join one of the two spouses to somebody else."""
    if case.application.relationship is not Relationship.SPOUSE:
        return []
    stated = {name for role in PersonRole if (name := case.stated(role).name)}
    theirs = {paper.reading.place for paper in case.papers.of_their_marriage}
    return [
        paper
        for paper in case.papers.of_kind(DocumentKind.MARRIAGE_CERTIFICATE)
        if paper.reading.place not in theirs
        for names in (_spouses_named(case, paper),)
        if len(names) == _COUPLE
        and len(stated) == _COUPLE
        and sum(_is_one_of(name, stated) for name in names) == 1
    ]


def _called_step(case: CheckContext) -> list[AssignedDocument]:
    """Pages that call 继 whom a birth certificate makes a child or a parent by birth.

    One of the two papers is wrong, or they speak of two parents.
    """
    verdict = case.kinship
    if verdict is None or BIRTH_CERTIFICATE not in verdict.proof:
        return []
    heads = {
        (page.book, page.person)
        for page in case.papers.of_kind(DocumentKind.HUKOU_MEMBER)
        if householder_on(page.reading)
    }
    return [
        page
        for page, role in case.papers.people_of(DocumentKind.HUKOU_MEMBER)
        for other in PersonRole
        if other is not role
        and (page.book, other.value) in heads
        and read_relation_word(page.reading.value("relation_to_householder")).step
    ]


def _called_no_relative(case: CheckContext) -> list[AssignedDocument]:
    """Pages that call somebody no near relative whom a birth certificate makes one.

    The householder's child is neither 非亲属 nor 其他亲属, and who is born to a near relative is
    not 非亲属. Who is no relative of a third householder may be anybody's relative.
    """
    births = case.papers.of_kind(DocumentKind.BIRTH_CERTIFICATE)
    return [
        page
        for page in case.papers.of_kind(DocumentKind.HUKOU_MEMBER)
        if _kin_on(page) in NO_NEAR_RELATIVE
        and any(_denies(case, page, birth) for birth in births if birth.person == page.person)
    ]


def _of_another_householder(case: CheckContext) -> list[AssignedDocument]:
    """Pages that call 子 or 女 of the householder whom a certificate makes other people's child.

    The cover alone shows that householder. The child may have been adopted, or the page may be of
    another book; with the householder's page there the derivation says so itself.
    """
    verdict = case.kinship
    if verdict is None or verdict.claimed not in _OF_PARENTS:
        return []
    births = [
        birth
        for birth in case.papers.of_kind(DocumentKind.BIRTH_CERTIFICATE)
        if verdict.certified and birth.reading.place in verdict.documents
    ]
    return [
        page
        for page in case.papers.of_kind(DocumentKind.HUKOU_MEMBER)
        if _kin_on(page) in {KinClass.CHILD, KinClass.ADOPTED_CHILD}
        for birth in births
        if birth.person == page.person and _is_of_two_others(case, birth, page.book)
    ]


_OF_PARENTS: Final = frozenset({Relationship.PARENT, Relationship.CHILD})


def _is_of_two_others(case: CheckContext, birth: AssignedDocument, book: str | None) -> bool:
    """Whether a certificate surely gives two parents of whom a book's cover names neither."""
    parents = [case.trusted(birth, f"{slot}_name") for slot in ("mother", "father")]
    heads = [
        head
        for cover in case.papers.of_kind(DocumentKind.HUKOU_COVER)
        if cover.book == book and (head := case.trusted(cover, "householder_name"))
    ]
    return (
        None not in parents
        and bool(heads)
        and all(
            compare_names(head, parent or "") is Similarity.DIFFERENT
            for head in heads
            for parent in parents
        )
    )


def _denies(case: CheckContext, page: AssignedDocument, birth: AssignedDocument) -> bool:
    if _is_born_to_householder(case, birth, page.book):
        return True
    stranger = _kin_on(page) is KinClass.NON_RELATIVE
    return stranger and _is_born_to_near_kin(case, birth, page.book)


def _kin_on(page: AssignedDocument) -> KinClass:
    return read_relation_word(page.reading.value("relation_to_householder")).kin


def _is_born_to_householder(case: CheckContext, birth: AssignedDocument, book: str | None) -> bool:
    """Whether a certificate names a book's householder as a parent: by the page, or the cover."""
    pages = case.papers.of_kind(DocumentKind.HUKOU_MEMBER)
    if any(
        p.book == book and p.person in birth.parents and householder_on(p.reading) for p in pages
    ):
        return True
    heads = (
        case.trusted(cover, "householder_name")
        for cover in case.papers.of_kind(DocumentKind.HUKOU_COVER)
        if cover.book == book
    )
    parents = [n for slot in ("mother", "father") if (n := case.trusted(birth, f"{slot}_name"))]
    return any(
        compare_names(head, parent) is Similarity.SAME
        for head in heads
        if head
        for parent in parents
    )


def _is_born_to_near_kin(case: CheckContext, birth: AssignedDocument, book: str | None) -> bool:
    """Whether a parent on a certificate is the householder's child, sister or brother."""
    return any(
        page.book == book and page.person in birth.parents and _kin_on(page) in _NEAR_KIN
        for page in case.papers.of_kind(DocumentKind.HUKOU_MEMBER)
    )


_NEAR_KIN: Final = frozenset({KinClass.CHILD, KinClass.SIBLING})


def _in_the_same_place(case: CheckContext) -> list[AssignedDocument]:
    """Pages that give somebody else a place in the family that the proof gives one of the two.

    A householder has one spouse, one father and one mother: with two pages of them in one book
    one is of another time, or another householder's.
    """
    documents = case.kinship.documents if case.kinship else ()
    pages = case.papers.of_kind(DocumentKind.HUKOU_MEMBER)
    proving = [page for page in pages if page.reading.place in documents]
    return [
        page
        for page in pages
        for proof in proving
        if page.book is not None
        and page.book == proof.book
        and page.person != proof.person
        and _sole_places(case, page) & _sole_places(case, proof)
    ]


def _sole_places(case: CheckContext, page: AssignedDocument) -> set[tuple[KinClass, str | None]]:
    """The places of which a family has one, as far as the page's word was read at all."""
    field = page.reading.fields.get("relation_to_householder")
    if field is None or field.confidence < case.policy.reading.confidence.name_beside_number:
        return set()
    return {
        (one.kin, None if one.kin is KinClass.SPOUSE else one.sex)
        for one in read_relation_word(field.value).meanings
        if one.kin is KinClass.SPOUSE or (one.kin in _ANCESTORS and one.sex)
    }


_ANCESTORS: Final = frozenset({KinClass.PARENT, KinClass.FATHER_S_PARENT, KinClass.MOTHER_S_PARENT})
_COUPLE: Final = 2


def _spouses_named(case: CheckContext, paper: AssignedDocument) -> list[str]:
    least = case.policy.reading.confidence.name_beside_number
    fields = (paper.reading.fields.get(f"spouse{slot}_name") for slot in (1, 2))
    return [f.value for f in fields if f is not None and f.value and f.confidence >= least]


def _is_one_of(name: str, stated: set[str]) -> bool:
    return any(compare_names(name, one) is not Similarity.DIFFERENT for one in stated)


def _as_witness(rules: ReadingRules) -> ReadingRules:
    """The rules under which every reading that is a witness at all is taken as read."""
    least = rules.confidence.name_beside_number
    names = ("name", "number", "date", "relation_word", "other")
    lowered = {name: min(least, getattr(rules.confidence, name)) for name in names}
    return rules.model_copy(update={"confidence": rules.confidence.model_copy(update=lowered)})
