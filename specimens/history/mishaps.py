"""What goes wrong with a paper or a picture, as values: each is mended by an answer to a return."""

from collections.abc import Callable
from typing import Final

from models.checks.finding import Evidence, finding
from models.checks.reason import Reason
from models.reading.document import DocumentKind, DocumentReading, FieldReading
from specimens.dice import Dice

Papers = tuple[DocumentReading, ...]
Mishap = Callable[[Papers, Dice], Papers]
_NUMBERS: Final = ("id_number", "newborn_name", "household_number")


def blurred(papers: Papers, dice: Dice) -> Papers:
    """One picture is so blurred that most of it could not be read."""
    place = _one_of(papers, dice)
    hit = papers[place]
    lost = {
        n: f.model_copy(
            update={"value": None, "confidence": 0.3, "second": None, "long_term": False}
        )
        for n, f in hit.fields.items()
    }
    quality = (
        hit.quality.model_copy(update={"blur": 0.6 + 0.3 * dice.real(0, 1)})
        if hit.quality
        else None
    )
    found = finding(Reason.PICTURE_BLURRED, Evidence(document=hit.file))
    return _with(
        papers,
        place,
        hit.model_copy(update={"fields": lost, "quality": quality, "findings": (found,)}),
    )


def misread(papers: Papers, dice: Dice) -> Papers:
    """A field was read unsurely: a person reads it at once."""
    place = _one_of(papers, dice)
    hit = papers[place]
    names = [n for n in hit.fields if n in {"name", "relation_to_householder", *_NUMBERS}]
    name = dice.pick(names or list(hit.fields))
    unsure = hit.fields[name].model_copy(update={"confidence": 0.2 + 0.3 * dice.real(0, 1)})
    return _with(papers, place, hit.model_copy(update={"fields": hit.fields | {name: unsure}}))


def contested(papers: Papers, dice: Dice) -> Papers:
    """Two readers saw different numbers."""
    place = _one_of(papers, dice, field="id_number")
    hit = papers[place]
    number = hit.fields.get("id_number")
    if number is None or number.value is None:
        return papers
    at = dice.whole(6, 16)
    other = f"{number.value[:at]}{(int(number.value[at]) + 1) % 10}{number.value[at + 1 :]}"
    seen = number.model_copy(update={"second": other, "confidence": 0.6})
    return _with(papers, place, hit.model_copy(update={"fields": hit.fields | {"id_number": seen}}))


def left_out(papers: Papers, dice: Dice) -> Papers:
    """One paper was not sent."""
    place = _one_of(papers, dice)
    return papers[:place] + papers[place + 1 :]


def expired(papers: Papers, _dice: Dice) -> Papers:
    """The card's term is over."""
    return _emblem_until(papers, "2019-01-01")


def _emblem_until(papers: Papers, end: str) -> Papers:
    for place, one in enumerate(papers):
        if one.kind is DocumentKind.ID_CARD_EMBLEM:
            until = FieldReading(value=end, raw=end, confidence=0.99)
            start = FieldReading(value="2009-01-01", raw="2009-01-01", confidence=0.99)
            fields = one.fields | {"valid_until": until, "valid_from": start}
            return _with(papers, place, one.model_copy(update={"fields": fields}))
    return papers


def unsealed(papers: Papers, dice: Dice) -> Papers:
    """A black-and-white copy, on which no seal can be seen."""
    place = _one_of(papers, dice, kind=DocumentKind.HUKOU_MEMBER)
    hit = papers[place]
    if hit.quality is None:
        return papers
    seal = False if hit.quality.seal is not None else None
    copied = hit.quality.model_copy(update={"colour": False, "seal": seal})
    found = finding(Reason.SEAL_OR_COLOUR_MISSING, Evidence(document=hit.file))
    return _with(papers, place, hit.model_copy(update={"quality": copied, "findings": (found,)}))


MISHAPS: Final[dict[str, tuple[Mishap, float]]] = {
    "none": (lambda papers, _: papers, 66.0),
    "blurred": (blurred, 8.0),
    "misread": (misread, 7.0),
    "contested": (contested, 3.0),
    "left_out": (left_out, 8.0),
    "expired": (expired, 3.0),
    "unsealed": (unsealed, 3.0),
}
"""What may go wrong and how often, weights in percent of honest applications."""


def _one_of(
    papers: Papers, dice: Dice, *, field: str | None = None, kind: DocumentKind | None = None
) -> int:
    """The place of a paper, by chance: one with this field or of this kind where there is one."""
    fitting = [
        place
        for place, one in enumerate(papers)
        if one.fields
        and (field is None or field in one.fields)
        and (kind is None or one.kind is kind)
    ]
    return dice.pick(fitting or range(len(papers)))


def _with(papers: Papers, place: int, new: DocumentReading) -> Papers:
    return (*papers[:place], new, *papers[place + 1 :])
