"""How an applicant's sentence names the pictures that it is about."""

from collections.abc import Mapping
from typing import Final

from models.checks.finding import Evidence, Finding
from models.checks.reason import Reason
from models.intake.application import Application
from models.reading.document import DocumentKind
from tasks.wording.sentences import Sentences

_UNNAMED: Final = frozenset(
    {
        Reason.DOCUMENT_USED_ELSEWHERE,
        Reason.FACE_USED_BY_ANOTHER,
        Reason.POSSIBLY_EDITED,
        Reason.ID_NUMBER_USED_BY_ANOTHER,
    }
)
"""Which picture led to one of these is not said: it would tell a forger what was noticed."""
_UNNAMED_UNLESS_ASKED: Final = frozenset({Reason.SCREEN_OR_COPY, Reason.VALIDITY_TERM_IMPLAUSIBLE})
"""Likewise, but whoever has to take the picture again must know which."""


def pictures_of(
    words: Sentences,
    found: Finding,
    application: Application | None,
    kinds: Mapping[str, DocumentKind],
    *,
    asked: bool,
) -> str:
    """The pictures to which a sentence belongs, by their place in the form; empty for none."""
    if found.code in _UNNAMED or (found.code in _UNNAMED_UNLESS_ASKED and not asked):
        return ""
    documents = application.documents if application else ()
    places = {entry.file: number for number, entry in enumerate(documents, 1)}
    shown = [
        item
        for item in found.evidence
        if item.document in places and _may_be_missing_paper(found.code, kinds.get(_place(item)))
    ]
    by_kind: dict[tuple[str, int], set[int]] = {}
    for item in shown:
        where = (_kind_name(item, kinds, words), _page(item))
        by_kind.setdefault(where, set()).add(places[item.document])
    named = [_pictures(words, *where, sorted(numbers)) for where, numbers in by_kind.items()]
    text = words.pictures.between.join(named)
    return words.pictures.brackets.format(text=text) if text else ""


_HUKOU_PAGE_MISSING: Final = frozenset(
    {Reason.APPLICANT_HUKOU_PAGE_MISSING, Reason.MEMBER_HUKOU_PAGE_MISSING}
)


def _may_be_missing_paper(code: Reason, kind: DocumentKind | None) -> bool:
    """Whether a picture is to be named: of a missing page, only one that may be that page.

    A certificate beside it is why nobody is asked for the page, and no place to look for it.
    """
    other = kind not in {None, DocumentKind.OTHER, DocumentKind.HUKOU_MEMBER}
    return not (code in _HUKOU_PAGE_MISSING and other)


def _kind_name(item: Evidence, kinds: Mapping[str, DocumentKind], words: Sentences) -> str:
    """What a file was read as; empty where it is none of the documents that are asked for."""
    return words.documents.get(kinds.get(_place(item), DocumentKind.OTHER), "")


def _place(item: Evidence) -> str:
    return item.place or item.document


def _page(item: Evidence) -> int:
    """Which page of the file it is, from 1; its place ends with page and part (`a.pdf#3.1`)."""
    page = (item.place or "").removeprefix(item.document).removeprefix("#").partition(".")[0]
    return int(page) if page.isdecimal() else 1


def _pictures(words: Sentences, kind: str, page: int, numbers: list[int]) -> str:
    frame = words.pictures.one if len(numbers) == 1 else words.pictures.many
    listed = words.pictures.separator.join(str(number) for number in numbers)
    picture = frame.format(numbers=listed)
    if page > 1:
        picture = words.pictures.page.format(picture=picture, page=page)
    return words.pictures.with_kind.format(picture=picture, kind=kind) if kind else picture
