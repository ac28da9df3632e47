"""The pages of a round's uploads, decoded again when a place on them is looked at."""

from collections import Counter
from collections.abc import Callable

from models.reading.document import DocumentReading, Quad
from tasks.reading.engines.text_lines import TextReader
from tasks.reading.files.decode import decode_scaled
from tasks.reading.files.picture import ImageFault, ScaledPage
from tasks.reading.read_file import READING_SIDE
from tasks.reading.stated_values.augmented_line import AugmentedLine, LegiblePage
from tasks.reading.stated_values.find_number import NumberLines

FetchFile = Callable[[str], bytes]
"""From a file's digest to its content."""


class UploadedPages:
    """Gives places on pages; holds one file at a time."""

    def __init__(
        self, fetch: FetchFile, reader: TextReader, papers: tuple[DocumentReading, ...]
    ) -> None:
        """Hold the round's papers.

        Args:
            fetch: Gives the files.
            reader: The recogniser.
            papers: Everything that was read in the round.
        """
        self._fetch = fetch
        self._reader = reader
        self._papers_on = Counter((p.file, p.page) for p in papers)
        self._digest = ""
        self._pages: tuple[ScaledPage, ...] = ()
        self._legible: dict[int, LegiblePage] = {}
        self._numbers: dict[int, NumberLines] = {}

    def place(self, paper: DocumentReading, quad: Quad) -> AugmentedLine | None:
        """A place in pixels of the upload; None where its page cannot be shown any more."""
        page = self._page(paper)
        if page is None:
            return None
        if paper.page not in self._legible:
            self._legible[paper.page] = LegiblePage.of(page)
        return AugmentedLine(self._legible[paper.page], quad, self._reader)

    def number_place(self, paper: DocumentReading, number: str) -> AugmentedLine | None:
        """The line of a paper that shows a number best.

        None where every line shows something else, and where several papers lie on the page: a
        number of one must not be taken for another's.
        """
        page = self._page(paper)
        if page is None or self._papers_on[paper.file, paper.page] > 1:
            return None
        if paper.page not in self._numbers:
            turn = paper.quality.rotation if paper.quality else None
            self._numbers[paper.page] = NumberLines(page.image, self._reader, turn)
        return self._numbers[paper.page].place_of(number)

    def _page(self, paper: DocumentReading) -> ScaledPage | None:
        if paper.digest != self._digest:
            pages = decode_scaled(self._fetch(paper.digest), max_side=READING_SIDE)
            self._digest, self._legible, self._numbers = paper.digest, {}, {}
            self._pages = () if isinstance(pages, ImageFault) else pages
        return self._pages[paper.page - 1] if paper.page <= len(self._pages) else None
