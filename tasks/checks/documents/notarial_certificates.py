"""The notarial certificate, where nothing else proves the relation.

It names two people by name and birth date only, and no face is asked of a minor. So it is proof
alone only where its office, day and seal were seen; otherwise a person reads it.
"""

from collections.abc import Iterator
from typing import Final

from models.checks.finding import CheckVerdict, Finding, finding
from models.checks.reason import Reason
from models.intake.application import PersonRole
from models.policy.measures import ReadingRules
from models.reading.document import DocumentKind, DocumentReading
from tasks.checks.check_context import (
    PASS,
    Answer,
    CheckContext,
    answer,
    check,
    filed,
    met,
    seen,
    subject_of,
)
from tasks.checks.documents.notarial_statements import stated_otherwise
from tasks.identity.assign_documents import AssignedDocument
from tasks.identity.identities import date_or_none
from tasks.identity.similarity import Similarity, compare_names
from tasks.kinship.collect_claims import misworded
from tasks.kinship.proof.statements import KINSHIP_NOTARIAL

_OFFICE, _DAY = "notary_office", "issue_date"
_NOTARY: Final = "公证"
"""What the name of every notary office holds (Notarisation Law 6: 公证机构, as 某市公证处)."""


@check
def notarial_certificate_carries_the_proof(case: CheckContext) -> Answer:
    """A notarial certificate that proves alone bears its office, a possible day and a red seal.

    One whose words cannot be said of the two (母子 of a father and a daughter), that gives one of
    them another birth date, that states another relation (前夫妻), or that puts somebody else into
    the place of the claimed parent or spouse, is for a person, whatever other papers prove.
    """
    verdict = case.kinship
    if wrong := misworded(case.papers, case.people):
        return answer(_misworded(paper) for paper in wrong)
    if dated := [*_dated_otherwise(case)]:
        return answer(dated)
    if others := [*stated_otherwise(case)]:
        return answer(_states_another(paper) for paper in others)
    if verdict is None or not case.proven or verdict.proof != (KINSHIP_NOTARIAL,):
        return PASS
    papers = [
        paper
        for paper in case.papers.of_kind(DocumentKind.KINSHIP_NOTARIAL)
        if paper.reading.place in verdict.documents
    ]
    if any(_holds(case, paper) for paper in papers):
        return met(*(seen(paper, _OFFICE) for paper in papers))
    return answer(
        finding(
            Reason.RELATIONSHIP_NOT_DETERMINED,
            seen(paper, _OFFICE),
            seen(paper, _DAY),
            verdict=CheckVerdict.CANNOT_TELL,
            zh="仅有公证书一份证明，其公证处、出具日期或印章未能确认",
            en="a notarial certificate is the only proof; its office, day or seal is not certain",
        )
        for paper in papers
    )


def _misworded(paper: AssignedDocument) -> Finding:
    return finding(
        Reason.RELATIONSHIP_NOT_DETERMINED,
        seen(paper, "relation_stated"),
        verdict=CheckVerdict.CANNOT_TELL,
        zh="公证书所载关系与两人的性别或长幼不符",
        en="the relation stated does not fit the sexes of the two, or who is the elder",
    )


def _states_another(paper: AssignedDocument) -> Finding:
    return finding(
        Reason.RELATIONSHIP_NOT_DETERMINED,
        seen(paper, "relation_stated"),
        verdict=CheckVerdict.CANNOT_TELL,
        zh="公证书所载关系不是填报的关系，或载明了另外的人",
        en="the notarial certificate states another relation, or names somebody else",
    )


_PREFIXES: Final = ("applicant_", "related_")


def _dated_otherwise(case: CheckContext) -> Iterator[Finding]:
    """Birth dates beside the names of the two that are not theirs: namesakes', or an error."""
    for paper in case.papers.of_kind(DocumentKind.KINSHIP_NOTARIAL):
        named = {
            role: prefix
            for prefix in _PREFIXES
            for role in PersonRole
            if _names(case, paper, prefix, role)
        }
        if len(set(named.values())) < len(_PREFIXES):
            continue  # about other people, or one of them could not be read
        for role, prefix in named.items():
            printed = date_or_none(case.trusted(paper, f"{prefix}birth_date"))
            born = case.born(role)
            if printed and born and printed != born:
                yield finding(
                    Reason.BIRTH_DATES_DIFFER,
                    seen(paper, f"{prefix}birth_date"),
                    filed(f"{role.value}.id_number"),
                    subject=subject_of(role),
                    verdict=CheckVerdict.CANNOT_TELL,
                )


def _names(case: CheckContext, paper: AssignedDocument, prefix: str, role: PersonRole) -> bool:
    read, stated = case.trusted(paper, f"{prefix}name"), case.stated(role).name
    return bool(read and stated) and compare_names(read or "", stated or "") is Similarity.SAME


def _holds(case: CheckContext, paper: AssignedDocument) -> bool:
    issued = date_or_none(case.trusted(paper, _DAY))
    born = [day for role in PersonRole if (day := case.born(role))]
    return (
        is_sealed_by_notary(paper.reading, case.policy.reading)
        and issued is not None
        and max(born, default=issued) <= issued <= case.on
    )


def is_sealed_by_notary(reading: DocumentReading, rules: ReadingRules) -> bool:
    """Whether a certificate surely names a notary office and was seen to bear a red seal.

    One of which that was not seen proves nothing by itself, and lifts no check of a book beside it.
    """
    office, quality = reading.fields.get(_OFFICE), reading.quality
    return (
        office is not None
        and rules.trusts(_OFFICE, office)
        and _NOTARY in (office.value or "")
        and quality is not None
        and quality.colour
        and quality.seal is True
    )
