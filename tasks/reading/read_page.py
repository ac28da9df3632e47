"""One page: find its lines, turn it upright, tell its kind, read its fields."""

import datetime as dt
from collections.abc import Callable
from typing import Final, NamedTuple

import cv2
import numpy as np

from models.checks.finding import Finding
from models.errors import EngineError
from models.reading.document import DocumentKind, FieldReading, Quad, Quality
from tasks.reading.confidence.calibration import calibrated, calibration, picture_tier
from tasks.reading.confidence.field_confidence import judge
from tasks.reading.confidence.plausibility import doubt_the_cut_off, doubt_the_implausible
from tasks.reading.engines.lazy_lines import PageLines, open_sheet
from tasks.reading.engines.number_reader import NUMBER_HEIGHT, NumberReader
from tasks.reading.engines.readers import Readers
from tasks.reading.files.decode import Pixels, ScaledPage
from tasks.reading.image.line_crops import cut_line
from tasks.reading.image.quarter_turns import turn_quad
from tasks.reading.kinds.by_kind import READ_KINDS, read_fields
from tasks.reading.kinds.classify import KindGuess, classify
from tasks.reading.kinds.make_field import Fields
from tasks.reading.layout.selective_recognition import (
    read_all,
    read_heads,
    read_wanted,
    rows_of,
    without_subtitles,
)
from tasks.reading.layout.text_spans import TextSpan, to_strip
from tasks.reading.marks.page_marks import read_marks
from tasks.reading.marks.portrait import WITH_FACE, portrait_png
from tasks.reading.marks.stamps import cancelling_stamp
from tasks.reading.quality import measure
from tasks.reading.rereading.reread_numbers import look_again
from tasks.reading.segmentation.find_page import PageOutline
from tasks.reading.signals.findings import signal_findings
from tasks.reading.signals.look import look_at
from tasks.reading.signals.scene import PictureScene

FEW_CHARACTERS: Final = 12  # a name on a wall behind a face; a paper has more
KIND_FROM_HEADS: Final = 0.7  # from which the first lines of the rows decide what else is read
FOUND: Final = 0.5  # a field below this is looked for once more, in the lines that were skipped


class PageReading(NamedTuple):
    """What one page gave; quads are in pixels of the uploaded image."""

    guess: KindGuess
    fields: Fields
    quality: Quality
    findings: tuple[Finding, ...]
    perceptual_hash: str
    portrait: bytes | None
    faces: int | None


class PageText(NamedTuple):
    """What the lines of a page say.

    Attributes:
        guess: What paper it is.
        fields: Its fields, with quads in pixels of the sheet's picture.
        complete: Every field was found, without reading all lines.
    """

    guess: KindGuess
    fields: Fields
    complete: bool


def read_page(
    page: ScaledPage,
    readers: Readers,
    *,
    today: dt.date,
    sheet: PageLines | None = None,
    text: PageText | None = None,
    paper: PageOutline | None = None,
) -> PageReading:
    """Read the one paper of a decoded page.

    Args:
        page: The pixels.
        readers: The engines.
        today: No date on a paper lies after it.
        sheet: The page's lines where they have been found already.
        text: What they say where it has been read already.
        paper: The paper in pixels of the sheet's picture, where its edges were seen.
    """
    sheet = sheet or open_sheet(page.image, readers.text)
    guess, fields, _ = text or read_text(sheet)
    guess, portrait, faces = _portrait(sheet, guess)
    fields, marked = _settled(sheet, guess.kind, fields, readers, today)
    scale = page.size[0] / page.image.shape[1]
    scene = PictureScene(sheet.image, sheet.small, sheet.quads, guess.kind, fields, page=paper)
    look = look_at(scene)
    quality = measure(scene, look, rotation=sheet.rotation, scale=scale)
    stamped = _stamps(sheet, guess.kind, readers)
    fields = _calibrated(fields, quality, readers.text.trust)
    return PageReading(
        guess,
        {name: _placed(field, sheet, scale) for name, field in fields.items()},
        quality,
        signal_findings(scene, look, quality) + stamped + marked,
        perceptual_hash(sheet.small),
        portrait,
        faces,
    )


def _portrait(sheet: PageLines, guess: KindGuess) -> tuple[KindGuess, bytes | None, int | None]:
    """The face on a paper that carries one; a picture of nothing else may be a selfie."""
    if guess.kind is DocumentKind.OTHER:
        return _selfie(sheet, guess)
    if guess.kind in WITH_FACE:
        return guess, *portrait_png(sheet.image, guess.kind)
    return guess, None, None


def _settled(
    sheet: PageLines, kind: DocumentKind, fields: Fields, readers: Readers, today: dt.date
) -> tuple[Fields, tuple[Finding, ...]]:
    """The fields after every further look, and what marks on the page say of them."""
    fields = look_again(sheet, fields, today=today)
    fields = judge(kind, fields, _second_look(sheet, readers.numbers), today=today)
    fields = doubt_the_implausible(kind, fields, today=today)
    fields = doubt_the_cut_off(fields, sheet.image.shape[1])
    fields, marked = read_marks(sheet, kind, fields)
    return _trusted(fields, readers.text.trust), marked


def _calibrated(fields: Fields, quality: Quality, trust: float) -> Fields:
    """The fields as probabilities; the curves were measured with the main reader alone."""
    if trust < 1:
        return fields
    curves = calibration()
    tier = picture_tier(quality, curves)
    return {name: calibrated(name, field, tier, curves) for name, field in fields.items()}


def _stamps(sheet: PageLines, kind: DocumentKind, readers: Readers) -> tuple[Finding, ...]:
    if kind is not DocumentKind.HUKOU_MEMBER:
        return ()
    found = cancelling_stamp(sheet.small, sheet.small_quads, readers.text)
    return (found,) if found else ()


def read_kind(sheet: PageLines) -> KindGuess:
    """What paper it is, from the first lines of as few rows as tell."""
    read_heads(sheet, _rows(sheet), enough=lambda: _told(_guess(sheet)))
    return _guess(sheet)


def read_text(sheet: PageLines) -> PageText:
    """Kind and fields from as few lines as they need; from all lines where those do not do.

    A label whose value is not whole is cheaper to look beside than the whole page is to read.
    """
    guess = read_kind(sheet)
    if _told(guess):
        read_wanted(sheet, _rows(sheet), guess.kind)
        fields = read_fields(guess.kind, _strips(sheet), sheet)
        now = _guess(sheet)
        if now.kind is guess.kind and all(f.confidence >= FOUND for f in fields.values()):
            return PageText(now, fields, complete=True)
    read_all(sheet)
    guess = _guess(sheet)
    return PageText(guess, read_fields(guess.kind, _strips(sheet), sheet), complete=False)


def _rows(sheet: PageLines) -> tuple[tuple[int, ...], ...]:
    return without_subtitles(sheet, rows_of(sheet))


def _told(guess: KindGuess) -> bool:
    return guess.kind in READ_KINDS and guess.confidence >= KIND_FROM_HEADS


def _guess(sheet: PageLines) -> KindGuess:
    return classify(tuple(line.text for line in sheet.known().values()))


def _strips(sheet: PageLines) -> tuple[TextSpan, ...]:
    return tuple(to_strip(line, sheet.matrix, i) for i, line in sheet.known().items())


def perceptual_hash(image: Pixels) -> str:
    """The 64-bit DCT hash of an upright page as 16 hexadecimal digits."""
    small = cv2.resize(
        cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), (32, 32), interpolation=cv2.INTER_AREA
    )
    low = cv2.dct(small.astype(np.float32))[:8, :8].ravel()
    bits = low > np.median(low[1:])
    return f"{int(''.join('1' if bit else '0' for bit in bits), 2):016x}"


def _selfie(sheet: PageLines, guess: KindGuess) -> tuple[KindGuess, bytes | None, int | None]:
    """A face with next to no text is a photograph of a person."""
    if sum(len(line.text) for line in sheet.known().values()) > FEW_CHARACTERS:
        return guess, None, None
    portrait, faces = portrait_png(sheet.image, DocumentKind.SELFIE)
    if portrait is None:
        return guess, None, faces
    return KindGuess(DocumentKind.SELFIE, 0.97), portrait, faces


def _second_look(sheet: PageLines, numbers: NumberReader | None) -> Callable[[Quad], str | None]:
    def look(quad: Quad) -> str | None:
        if numbers is None:
            return None
        try:
            return numbers.read(cut_line(sheet.image, quad, NUMBER_HEIGHT)) or None
        except EngineError:
            return None

    return look


def _trusted(fields: Fields, trust: float) -> Fields:
    """A fallback reader's word is worth less."""
    if trust >= 1:
        return fields
    return {
        name: field.model_copy(update={"confidence": field.confidence * trust})
        for name, field in fields.items()
    }


def _placed(field: FieldReading, sheet: PageLines, scale: float) -> FieldReading:
    """The field with its quad in pixels of the uploaded image."""
    if field.quad is None:
        return field
    size = (sheet.image.shape[1], sheet.image.shape[0])
    back = turn_quad(field.quad, (360 - sheet.rotation) % 360, size)
    a, b, c, d = ((round(x * scale, 1), round(y * scale, 1)) for x, y in back)
    return field.model_copy(update={"quad": (a, b, c, d)})
