"""What there is to know of one kind of document, as data that the generic code takes."""

import re
from collections.abc import Callable, Mapping
from enum import Enum
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

from models.reading.document import DocumentKind
from tasks.reading.engines.text_lines import TextSpan
from tasks.reading.layout.find_labels import Lexicon
from tasks.reading.layout.normalise_values import Normaliser
from tasks.reading.layout.pair_values import LabelledValues
from tasks.reading.layout.read_field import Fields

NOTHING: Final[frozenset[str]] = frozenset()


class RequiredLabels(NamedTuple):
    """What makes some text a whole paper of its kind.

    Attributes:
        one_of: At least one of these labels,
        others: and so many of those.
        least: See `others`.
        beside_another: Labels that do instead of `one_of` beside a paper of another kind.
        repeats_itself: One paper bears its labels twice: a certificate with its counterfoil.
        above: Labels that stand above
        below: all of these, on every form of the kind.
        of_each_of_two: Labels that stand there for each of two people, and for no third one.
        words: Wordings of these labels that tell the kind's papers apart and announce no value; a
            kind that says things in sentences has no others.
    """

    one_of: frozenset[str]
    others: frozenset[str]
    least: int
    beside_another: frozenset[str] = NOTHING
    repeats_itself: bool = False
    above: frozenset[str] = NOTHING
    below: frozenset[str] = NOTHING
    of_each_of_two: frozenset[str] = NOTHING
    words: Lexicon = MappingProxyType({})


class SkippedText(NamedTuple):
    """Where a kind prints nothing of interest.

    Attributes:
        rows: A row that begins with one of these labels holds no wanted field.
        row_ends: After the value of one of these labels the row holds no wanted field.
        values: A long line after one of these labels is its value, and not wanted.
        lowest: Once this label was seen, only the rows at the foot are left to be read.
        foot: What is wanted of them, from below.
        not_on_all: Wanted labels that not every form of the kind prints.
    """

    rows: frozenset[str]
    row_ends: frozenset[str] = NOTHING
    values: frozenset[str] = NOTHING
    lowest: str | None = None
    foot: str | None = None
    not_on_all: frozenset[str] = NOTHING


class ShapeRange(NamedTuple):
    """From the least to the most that a width may be of its height."""

    least: float
    most: float

    def holds(self, ratio: float) -> bool:
        """Whether a ratio lies in between."""
        return self.least <= ratio <= self.most


CARD_SHAPE: Final = ShapeRange(1.35, 1.85)  # 85.6 by 54 mm, seen at a slant
BOOK_PAGE_SHAPE: Final = ShapeRange(1.15, 1.6)  # 143 by 105 mm


class Seal(Enum):
    """What is asked about a red seal on a kind."""

    NOT_ASKED = "none belongs on it"
    LOOKED_FOR = "one that is seen counts; nothing is said of one that is missing"
    EXPECTED = "one belongs on it"


class Coloured(Enum):
    """How much colour an original of a kind has at least."""

    PLAIN = "may be grey but for its seal"
    CARD = "a printed card"


class KindSpec(NamedTuple):
    """One kind of document.

    Attributes:
        kind: Which.
        cues: How much each word speaks for it; a long one may have a misread character.
        exact_cues: Cues that count only as they are: one misread character makes another paper's.
        must_show: What its page must show as it is, whatever else speaks for it.
        labels: The labels it prints, with their wordings; empty for sentences.
        read_form: From labels with values to fields, of a form.
        read_page: From all text to fields, of a paper that may say things in sentences.
        several_lines: Labels whose values may run over more than one line.
        repeated_labels: Labels that one paper bears more than once: forms print them in two rows,
            each of which may pass for the label, or once for each of two people.
        reread: Labels whose values are read again where they were not found whole, each with what
            makes a text such a value.
        skipped: Where it prints nothing of interest; without it every line is read.
        whole_paper: By which labels it is told from a half; None where it is never split off.
        page_shape: Width by height of the upright paper.
        text_shape: Of all its text together, where its print reaches from edge to edge.
        most_text: Width and height of all its text together in usual line heights, at most; None
            where that varies.
        number_shows_label: An identity number alone counts as its label.
        seal: What is asked about its seal.
        coloured: How much colour an original has.
        original_only: No office printer makes it: a copy or a screen is a doubt.
        bears_face: A face is cut out of it.
        portrait_right_of_text: A portrait stands right of the text and above the number.
        emblem_beside_text: A red emblem stands left of the heading.
        pictures_among_text: Photographs stand among the text; skin there is no finger.
        filled_in_by_pen: Some offices and people fill it in by hand.
        sign_label: A pattern of what announces the place for a signature; None where none is.
        coded_field: The field that a machine-readable code repeats and no check digit protects.
        notes_changes: It may bear notes that an entry was changed.
        may_be_divorce: It may be a divorce certificate, which ends what other papers still show.
        may_be_cancelled: A stamp may cancel it.
        seal_names_station: A round seal names the police station along its rim, and it is read:
            never, where the paper prints no household number, or always.
    """

    kind: DocumentKind
    cues: Mapping[str, float] = MappingProxyType({})
    exact_cues: frozenset[str] = NOTHING
    must_show: re.Pattern[str] | None = None
    labels: Lexicon = MappingProxyType({})
    read_form: Callable[[LabelledValues], Fields] | None = None
    read_page: Callable[[tuple[TextSpan, ...]], Fields] | None = None
    several_lines: frozenset[str] = NOTHING
    repeated_labels: frozenset[str] = NOTHING
    reread: Mapping[str, Normaliser] = MappingProxyType({})
    skipped: SkippedText | None = None
    whole_paper: RequiredLabels | None = None
    page_shape: ShapeRange | None = None
    text_shape: ShapeRange | None = None
    most_text: float | None = None
    number_shows_label: bool = False
    seal: Seal = Seal.NOT_ASKED
    coloured: Coloured = Coloured.PLAIN
    original_only: bool = False
    bears_face: bool = False
    portrait_right_of_text: bool = False
    emblem_beside_text: bool = False
    pictures_among_text: bool = False
    filled_in_by_pen: bool = False
    sign_label: str | None = None
    coded_field: str | None = None
    notes_changes: bool = False
    may_be_divorce: bool = False
    may_be_cancelled: bool = False
    seal_names_station: Literal["never", "unnumbered", "always"] = "never"

    @property
    def on_every_form(self) -> frozenset[str]:
        """Wanted labels that each form of the kind prints."""
        return frozenset(self.reread) - (self.skipped.not_on_all if self.skipped else NOTHING)
