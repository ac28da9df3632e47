"""One page: find its lines, turn it upright, tell its kind, read its fields."""

import datetime as dt
import io
from collections.abc import Callable
from typing import Final, NamedTuple

import cv2
import numpy as np
from PIL import Image

from models.checks.finding import Finding
from models.errors import EngineError
from models.reading.document import DocumentKind, FieldReading, Quad, Quality
from tasks.reading.classify_page import KindGuess
from tasks.reading.confidence.calibration import calibrated, calibration, picture_tier
from tasks.reading.confidence.weigh_fields import lower_cut_off, lower_implausible, weigh_fields
from tasks.reading.confidence.witnesses import by_reader
from tasks.reading.engines.number_reader import NUMBER_HEIGHT, NumberReader
from tasks.reading.engines.page_lines import PageLines, open_page_lines
from tasks.reading.engines.readers import Readers
from tasks.reading.files.picture import Pixels, ScaledPage
from tasks.reading.image.geometry import shifted_quad, turn_quad
from tasks.reading.image.pixels import cut_line, reduced
from tasks.reading.kinds.registry import SPECS
from tasks.reading.layout.read_field import Fields
from tasks.reading.marks.page_marks import cut_portrait, read_marks
from tasks.reading.marks.seal_station import seal_station
from tasks.reading.marks.selfie import PICTURE_SIDE, find_selfie
from tasks.reading.marks.stamps import cancelling_stamp
from tasks.reading.read_text import PageText, read_text
from tasks.reading.rereading.reread_numbers import reread_numbers
from tasks.reading.segmentation.page_outline import PageOutline
from tasks.reading.signals.assess_picture import measure_quality, measure_signals, signal_findings
from tasks.reading.signals.scene import PictureScene

SELFIE: Final = KindGuess(DocumentKind.SELFIE, 0.97)
MANY_LINES: Final = 6  # the least that a paper of any kind has; a face has none


class PageReading(NamedTuple):
    """What one page gave; quads are in pixels of the uploaded image.

    Attributes:
        face_share: Of a selfie, the width of the face with its margin as a share of the picture's.
    """

    guess: KindGuess
    fields: Fields
    quality: Quality
    findings: tuple[Finding, ...]
    perceptual_hash: str
    portrait: bytes | None
    faces: int | None
    face_share: float = 0.0

    def moved_by(self, right: float, down: float) -> "PageReading":
        """The same with its quads further right and down by so many pixels."""
        return self._replace(
            fields={name: _moved(field, right, down) for name, field in self.fields.items()}
        )


def _moved(field: FieldReading, right: float, down: float) -> FieldReading:
    if field.quad is None:
        return field
    return field.model_copy(update={"quad": shifted_quad(field.quad, right, down)})


def read_page(
    page: ScaledPage,
    readers: Readers,
    *,
    today: dt.date,
    page_lines: PageLines | None = None,
    text: PageText | None = None,
    paper: PageOutline | None = None,
) -> PageReading:
    """Read the one paper of a decoded page.

    Args:
        page: The pixels.
        readers: The engines.
        today: No date on a paper lies after it.
        page_lines: The page's lines where they have been found already.
        text: What they say where it has been read already.
        paper: The paper in pixels of the page's picture, where its edges were seen.
    """
    page_lines = page_lines or open_page_lines(page.image, readers.text)
    page_lines, text, paper = _right_way_up(page_lines, text or read_text(page_lines), paper)
    guess, fields, _ = text
    guess, portrait, faces = _portrait(page_lines, guess)
    fields, marked = _reread(page_lines, guess.kind, fields, readers, today)
    scale = page.size[0] / page.image.shape[1]
    scene = PictureScene(
        page_lines.image, page_lines.small, page_lines.quads, guess.kind, fields, page=paper
    )
    measures = measure_signals(scene)
    quality = measure_quality(scene, measures, rotation=page_lines.rotation, scale=scale)
    stamped = _stamps(page_lines, guess.kind, readers)
    fields = _calibrated(fields, quality, readers.text.trust)
    return PageReading(
        guess,
        {name: _placed(field, page_lines, scale) for name, field in fields.items()},
        quality,
        signal_findings(scene, measures, quality) + stamped + marked,
        perceptual_hash(page_lines.small),
        portrait,
        faces,
        _face_share(guess, portrait, page_lines),
    )


def _right_way_up(
    page_lines: PageLines, text: PageText, paper: PageOutline | None
) -> tuple[PageLines, PageText, PageOutline | None]:
    """The page turned over where it shows much text of no kind, and one when upside down.

    Which way up a picture is, a sample of its lines says; print on what lies beneath the paper can
    mislead it. A paper upside down yields no kind: none of its words stand there.
    """
    if text.guess.kind is not DocumentKind.OTHER or len(page_lines.quads) < MANY_LINES:
        return page_lines, text, paper
    turned = page_lines.turned(180)
    again = read_text(turned)
    if again.guess.kind is DocumentKind.OTHER:
        return page_lines, text, paper
    if paper is not None:
        size = (page_lines.image.shape[1], page_lines.image.shape[0])
        paper = paper._replace(quad=turn_quad(paper.quad, 180, size))
    return turned, again, paper


def _portrait(
    page_lines: PageLines, guess: KindGuess
) -> tuple[KindGuess, bytes | None, int | None]:
    """The face on a paper that carries one; a picture of nothing else may be a selfie."""
    if guess.kind is DocumentKind.OTHER:
        return _selfie(page_lines, guess)
    if SPECS[guess.kind].bears_face:
        return guess, *cut_portrait(page_lines.image, guess.kind)
    return guess, None, None


def _face_share(guess: KindGuess, portrait: bytes | None, page_lines: PageLines) -> float:
    if guess.kind is not DocumentKind.SELFIE or portrait is None:
        return 0.0
    with Image.open(io.BytesIO(portrait)) as face:
        return float(face.width / reduced(page_lines.image, PICTURE_SIDE).shape[1])


def _reread(
    page_lines: PageLines, kind: DocumentKind, fields: Fields, readers: Readers, today: dt.date
) -> tuple[Fields, tuple[Finding, ...]]:
    """The fields after every further reading, and what marks on the page say of them."""
    fields = reread_numbers(page_lines, fields, today=today)
    fields = weigh_fields(kind, fields, _second_reader(page_lines, readers.numbers), today=today)
    fields = lower_implausible(fields, today=today)
    fields = lower_cut_off(fields, page_lines.image.shape[1])
    fields, marked = read_marks(page_lines, kind, fields)
    fields = fields | seal_station(page_lines, kind, fields, readers.text)
    return by_reader(fields, readers.text.trust), marked


def _calibrated(fields: Fields, quality: Quality, trust: float) -> Fields:
    """The fields as probabilities; the curves were measured with the main reader alone."""
    if trust < 1:
        return fields
    curves = calibration()
    tier = picture_tier(quality, curves)
    return {name: calibrated(name, field, tier, curves) for name, field in fields.items()}


def _stamps(page_lines: PageLines, kind: DocumentKind, readers: Readers) -> tuple[Finding, ...]:
    if not SPECS[kind].may_be_cancelled:
        return ()
    stamp = cancelling_stamp(page_lines.small, page_lines.small_quads, readers.text)
    return (stamp,) if stamp else ()


def perceptual_hash(image: Pixels) -> str:
    """The 64-bit DCT hash of an upright page as 16 hexadecimal digits."""
    small = cv2.resize(
        cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), (32, 32), interpolation=cv2.INTER_AREA
    )
    low = cv2.dct(small.astype(np.float32))[:8, :8].ravel()
    bits = low > np.median(low[1:])
    return f"{int(''.join('1' if bit else '0' for bit in bits), 2):016x}"


def _selfie(page_lines: PageLines, guess: KindGuess) -> tuple[KindGuess, bytes | None, int | None]:
    portrait, faces = find_selfie(page_lines)
    return (guess if portrait is None else SELFIE), portrait, faces


def _second_reader(
    page_lines: PageLines, numbers: NumberReader | None
) -> Callable[[Quad], str | None]:
    def measures(quad: Quad) -> str | None:
        if numbers is None:
            return None
        try:
            return numbers.read(cut_line(page_lines.image, quad, NUMBER_HEIGHT)) or None
        except EngineError:
            return None

    return measures


def _placed(field: FieldReading, page_lines: PageLines, scale: float) -> FieldReading:
    """The field with its quad in pixels of the uploaded image."""
    if field.quad is None:
        return field
    size = (page_lines.image.shape[1], page_lines.image.shape[0])
    back = turn_quad(field.quad, (360 - page_lines.rotation) % 360, size)
    a, b, c, d = ((round(x * scale, 1), round(y * scale, 1)) for x, y in back)
    return field.model_copy(update={"quad": (a, b, c, d)})
