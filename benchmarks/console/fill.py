"""Open cases that are whole: forms, readings and pictures, decided by the real steps."""

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from typing import Final

from models.intake.application import Application
from models.intake.arrival import Arrival
from models.reading.document import DocumentReading, Readings
from models.staff.staff_member import StaffRole
from specimens.applications.invented_application import InventedApplication, each_application
from specimens.applications.perfect_reader import perfect_face, perfect_readings
from specimens.situations.catalogue import SITUATIONS
from storage.bootstrap import Repositories
from tasks.intake.application_match_keys import application_match_keys
from tasks.intake.parse_form import parse_form
from tasks.rounds.round_results import arrival_key, face_key, policy_for, readings_key
from tasks.verification.cross_check import cross_check
from tasks.verification.decide_round import decide_round

PASSWORD: Final = "long enough to measure with"  # noqa: S105  (invented)


def add_people(repositories: Repositories, reviewers: int) -> None:
    """So many reviewers `r0`, `r1`, …, and a senior `s0`."""
    for name in ("s0", *(f"r{number}" for number in range(reviewers))):
        repositories.staff.add(name, StaffRole.SENIOR if name == "s0" else StaffRole.REVIEWER)
        repositories.staff.choose_password(name, PASSWORD)


def add_whole_cases(repositories: Repositories, count: int) -> list[str]:
    """Cases decided by the real steps, each of a family of its own; their review identifiers.

    The pictures are of phone size and shared by all; forms and readings are each case's own.
    """
    pictures = [repositories.archive.keep_upload(data) for data in _pictures()]
    opened: list[str] = []
    for seed in range(count * 3):
        name = _doubtful()[seed % len(_doubtful())]
        (application,) = each_application([SITUATIONS[name]], seed, "sketch")
        review_id = _decide(repositories, application, f"W{seed:05d}", pictures)
        opened += [review_id] if review_id else []
        if len(opened) == count:
            break
    return opened


def _doubtful() -> tuple[str, ...]:
    return tuple(
        name for name, s in SITUATIONS.items() if s.outcome.value == "in_review" and s.honest
    )


def _pictures() -> Iterator[bytes]:
    """The files of a few applications as phones send them."""
    for application in each_application([SITUATIONS[name] for name in _doubtful()[:2]], 1, "phone"):
        yield from application.files.values()


def _decide(
    repositories: Repositories, application: InventedApplication, name: str, pictures: Sequence[str]
) -> str | None:
    """The review's identifier; None where nobody has to decide."""
    parsed = parse_form(json.dumps(application.form).encode()).application
    if parsed is None:
        return None
    form = parsed.model_copy(update={"application_id": name})
    arrival = Arrival(application_id=name, application=form, digest=name)
    now = dt.datetime.now(dt.UTC)
    case = repositories.cases.register(
        name,
        name,
        batch_id="whole",
        received_at=now,
        region=form.region,
        product=form.product,
        submitted_at=form.submitted_at,
    ).round
    repositories.archive.put_record(arrival_key(case.round_id), arrival)
    readings = repositories.archive.find_or_keep(
        readings_key(case.round_id), Readings, lambda: _readings(application, pictures)
    ).digest
    _keep_face(repositories, application, form, case.round_id)
    repositories.match_keys.save(case.round_id, application_match_keys(form, arrival))
    report = cross_check(repositories, case.round_id, readings, None)
    decide_round(repositories, case.round_id, readings, None, report)
    review = repositories.reviews.find(case.round_id, "application")
    return review.review_id if review else None


def _keep_face(
    repositories: Repositories, application: InventedApplication, form: Application, round_id: str
) -> None:
    verdict = perfect_face(application, policy_for(repositories, form).face.thresholds)
    if verdict:
        repositories.archive.put_record(face_key(round_id), verdict)


def _readings(application: InventedApplication, pictures: Sequence[str]) -> Readings:
    papers = perfect_readings(application)
    return Readings(
        papers=tuple(
            _placed(paper, pictures[number % len(pictures)]) for number, paper in enumerate(papers)
        )
    )


def _placed(paper: DocumentReading, digest: str) -> DocumentReading:
    """The reading as of a picture, each field with a place on it."""
    fields = {
        name: field.model_copy(update={"quad": _line(number)})
        for number, (name, field) in enumerate(paper.fields.items())
    }
    return paper.model_copy(update={"digest": digest, "page": 1, "fields": fields})


def _line(number: int) -> tuple[tuple[float, float], ...]:
    top = 200.0 + 90 * number
    return (300.0, top), (900.0, top), (900.0, top + 60), (300.0, top + 60)
