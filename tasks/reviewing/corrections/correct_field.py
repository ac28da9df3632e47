"""Correct a field: what a person reads stands beside what the machine read."""

import datetime as dt

from models.audit.event import Detail, EventTag
from models.reading.document import FIELDS, DocumentReading
from models.reviews.review_work import Correction
from storage.bootstrap import Repositories
from storage.objects.store import ObjectMissingError
from tasks.reviewing.claims import locked_for
from tasks.reviewing.corrections.apply_corrections import normalise_correction
from tasks.reviewing.review_events import record_review_event
from tasks.rounds.round_results import load_readings
from tasks.rounds.row_digests import CORRECTION, row_digest, rows_detail


def correct_field(
    repositories: Repositories, review_id: str, document: int, field: str, text: str, staff: str
) -> Correction:
    """Keep a correction with its audit event; earlier ones of the field stay.

    Args:
        repositories: Where everything is kept.
        review_id: The case, which this person holds.
        document: Place of the document in the readings, from 0.
        field: Which field of it.
        text: As it was typed; empty: nothing stands there.
        staff: Who corrects.

    Raises:
        ValueError: The text cannot be a value of this field.
        ObjectMissingError: There is no such field.
        NotHolderError: This person does not hold the case.
    """
    round_id = repositories.claims.get(review_id).review.round_id
    documents = load_readings(repositories, round_id).papers
    if document >= len(documents) or field not in field_names(documents[document]):
        raise ObjectMissingError("该字段不存在。There is no such field; open the case again.")
    correction = Correction(
        round_id=round_id,
        paper=document,
        field=field,
        value=normalise_correction(field, text),
        staff=staff,
        made_at=dt.datetime.now(dt.UTC),
    )
    with repositories.unit_of_work():
        case = locked_for(repositories, review_id, staff)
        repositories.corrections.add(correction)
        row = row_digest(repositories.keyring, CORRECTION, correction)
        details: dict[str, Detail] = {
            "field": f"{document}:{field}",
            **rows_detail({CORRECTION: row}),
        }
        record_review_event(repositories, case, EventTag.FIELD_CORRECTED, staff, details)
    return correction


def field_names(paper: DocumentReading) -> tuple[str, ...]:
    """The fields of a document in the order in which it carries them."""
    known = FIELDS.get(paper.kind, ())
    return (*known, *(name for name in paper.fields if name not in known))
