"""Names that somebody bore before (曾用名), as the own hukou page tells them.

Papers that were issued before a change of name go on bearing the old one: a card, a certificate of
marriage or of a child's birth, a book's cover. Nobody can have those printed anew for an
application, and the page explains them; whether it is enough is for a person to say.
"""

from models.intake.application import PersonRole
from models.reading.document import DocumentKind, DocumentReading
from tasks.identity.assign_documents import AssignedDocuments
from tasks.identity.similarity import Similarity, compare_names


def is_renamed(papers: AssignedDocuments, role: PersonRole, one: str, other: str) -> bool:
    """Whether a page of this person gives these two names, one as the former."""
    pages = papers.people_of(DocumentKind.HUKOU_MEMBER)
    return any(page_tells_both(page.reading, one, other) for page, whose in pages if whose is role)


def page_tells_both(page: DocumentReading, one: str, other: str) -> bool:
    """Whether one of two names is, or may be by its look, the page's, and the other its former."""
    name, former = page.value("name"), page.value("former_name")
    if name is None or former is None:
        return False
    return any(
        compare_names(now, name) is not Similarity.DIFFERENT
        and compare_names(then, former) is not Similarity.DIFFERENT
        for now, then in ((one, other), (other, one))
    )
