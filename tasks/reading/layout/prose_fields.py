"""What certificates say in a sentence where others have a labelled box."""

import re
from typing import Final

from models.reading.document import FieldReading
from tasks.reading.confidence.witnesses import FROM_PROSE, GUESSED, at_most
from tasks.reading.layout import normalise_values as values
from tasks.reading.layout.pair_values import LabelledValues
from tasks.reading.layout.prose import DATE, HAN, Prose
from tasks.reading.layout.read_field import NOT_FOUND, read_field

_NUMBER_LABEL: Final = (
    r"(?:公民身份号码|公民身份证号码|居民身份证号码|身份证件?号码?|社会保障号码|证件号码)"
)
_NAMED: Final = re.compile(
    rf"(?P<run>(?:{HAN}|·){{2,30}})[，（](?:性别：?)?(?:[男女][，）]?)?（?{_NUMBER_LABEL}"
)


def prefer_labelled(labelled: FieldReading, in_prose: FieldReading) -> FieldReading:
    """The labelled value; where there is none, what a sentence says."""
    if labelled.value is not None or in_prose.value is None:
        return labelled
    return at_most(in_prose, FROM_PROSE)


def name_before_number(prose: Prose) -> FieldReading:
    """The name that stands before sex or number, as in 兹证明张三，男，公民身份号码."""
    match = _NAMED.search(prose.text)
    if match is None:
        return NOT_FOUND
    start, stop = match.span("run")
    said = max(prose.text.rfind(word, start, stop) + len(word) for word in ("证明", "姓名"))
    rows = [row for row in prose.rows if start < row <= stop - 2]
    return prose.field(max(start, said if said > start else start, *rows, start), stop, values.name)


def number_after_label(prose: Prose) -> FieldReading:
    """The identity number behind its label, over the end of a line too."""
    match = prose.first(rf"{_NUMBER_LABEL}[：为]?(?P<number>\d{{17}}[\dXx×])(?!\d)")
    return prose.group(match, "number", values.id_number)


def date_of_issue(form: LabelledValues, prose: Prose, instead: str | None = None) -> FieldReading:
    """The day of issue by its label; else the date at the foot.

    What is left of a date that a seal covers is none, and then another day of the paper is the last
    one: such a day, and any that stands elsewhere where the label's own is unreadable, is a guess.

    Args:
        form: The labels with what stands beside them.
        prose: The page.
        instead: A label whose day some papers print in its stead.
    """
    labelled = read_field(form.first("issue_date"), values.date)
    other = read_field(form.first(instead), values.date) if instead else NOT_FOUND
    last = last_date(prose)
    last = last if last.value is not None else other
    elsewhere = {
        read_field(entry, values.date).value
        for entry in form.entries
        if entry.label.key != "issue_date"
    }
    if labelled.raw or last.value in elsewhere:
        last = at_most(last, GUESSED)
    return prefer_labelled(labelled, last)


def last_date(prose: Prose) -> FieldReading:
    """The date at the foot."""
    dates = [m for m in prose.all(DATE) if m.start() > len(prose.text) // 2]
    if not dates:
        return NOT_FOUND
    return prose.field(dates[-1].start(), dates[-1].end(), values.date)


def office_at_foot(prose: Prose, endings: str) -> FieldReading:
    """The last row of the lower half that is the name of an office.

    Args:
        prose: The page.
        endings: What such names end with, as alternatives of a pattern.
    """
    office = NOT_FOUND
    for start in prose.rows:
        stop = prose.row_end(start)
        match = re.search(rf"{HAN}{{3,28}}(?:{endings})", prose.text[start:stop])
        if match and start > len(prose.text) // 2:
            office = prose.field(start + match.start(), start + match.end(), values.organisation)
    return office
