"""An office with many open cases: some whole, with papers and pictures, the others rows alone."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Sequence
from typing import Final

from models.audit.event import EventTag, NewEvent
from models.cases.case_round import MatchKey, MatchKeyKind
from models.checks.reason import Reason
from models.intake.application import Application, Product
from models.intake.arrival import Arrival
from models.reading.document import DocumentReading, Readings
from models.staff.staff_member import StaffRole
from specimens.applications.invented_application import InventedApplication, each_application
from specimens.applications.perfect_reader import perfect_face, perfect_readings
from specimens.dice import Dice
from specimens.situations.catalogue import SITUATIONS
from storage.bootstrap import Repositories
from tasks.intake.application_match_keys import application_match_keys
from tasks.intake.parse_form import parse_form
from tasks.rounds.round_results import arrival_key, face_key, policy_for, readings_key
from tasks.verification.cross_check import cross_check
from tasks.verification.decide_round import decide_round

PASSWORD: Final = "long enough to measure with"  # noqa: S105  (invented)
_HOURS: Final = 24 * 9
_CODES: Final = tuple(code.value for code in Reason)
_STEPS: Final = (
    EventTag.APPLICATION_RECEIVED,
    EventTag.DOCUMENT_READ,
    EventTag.RELATION_DERIVED,
    EventTag.APPLICATION_CHECKED,
    EventTag.APPLICATION_DECIDED,
    EventTag.CASE_OPENED,
)


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


def add_rows(repositories: Repositories, first: int, count: int) -> None:
    """Cases that the queue shows and nobody opens: rows and events, no papers.

    Args:
        repositories: Where to.
        first: The number of the first one.
        count: How many.
    """
    now = dt.datetime.now(dt.UTC)
    for number in range(first, first + count):
        dice = Dice(number, "row")
        received = now - dt.timedelta(minutes=dice.whole(1, _HOURS * 60))
        case = repositories.cases.register(
            f"R{number:06d}",
            hashlib.sha256(str(number).encode()).hexdigest(),
            batch_id=f"b{number // 200}",
            received_at=received,
            region="330100",
            product=dice.pick(tuple(Product)),
            channel="national_app",
            submitted_at=received,
        ).round
        repositories.match_keys.save(case.round_id, tuple(_traces(number)))
        repositories.reviews.open(
            case.round_id,
            sorted(set(dice.some(_CODES, dice.whole(1, 3)))),
            opened_at=received,
            due_at=(received + dt.timedelta(days=5)).replace(hour=15, minute=59, second=59),
        )
        repositories.audit.append_many(
            [_event(case.application_id, case.round_id, t) for t in _STEPS]
        )


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


def _traces(number: int) -> Iterator[MatchKey]:
    for kind in (MatchKeyKind.NUMBER, MatchKeyKind.NAME, MatchKeyKind.FILE):
        for place in "am":
            yield MatchKey(kind=kind, value=f"{kind}-{place}-{number}")


def _event(application_id: str, round_id: str, tag: EventTag) -> NewEvent:
    return NewEvent(
        tag=tag,
        application_id=application_id,
        round_id=round_id,
        actor="machine",
        details={},
        idempotency_key=f"{round_id}:{tag.value}:",
    )
