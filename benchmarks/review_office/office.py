"""An office with open cases of many kinds, people of every role, and some work done."""

import datetime as dt
import hashlib
import json
from collections.abc import Callable
from typing import Final, NamedTuple

import cv2
import numpy as np

from models.audit.event import EventTag
from models.cases.case_round import ApplicationRound
from models.decision.decision import Outcome
from models.intake.arrival import Arrival
from models.reading.document import DocumentKind, DocumentReading, Readings
from models.reviews.decision_rules import OpinionDraft
from models.reviews.review import APPLICATION
from models.reviews.review_work import ReviewNote
from models.staff.staff_member import StaffRole
from specimens.applications.invented_application import InventedApplication, each_application
from specimens.applications.perfect_reader import perfect_face, perfect_readings
from specimens.faces.gallery import photo
from specimens.situations.catalogue import SITUATIONS
from storage.bootstrap import Repositories
from tasks.intake.application_match_keys import application_match_keys
from tasks.intake.parse_form import parse_form
from tasks.reviewing.claims import claim
from tasks.reviewing.give_opinion import record_opinion
from tasks.reviewing.samples.draw_samples import open_sample
from tasks.rounds.round_events import record_event
from tasks.rounds.round_results import arrival_key, face_key, policy_for, readings_key
from tasks.verification.cross_check import cross_check
from tasks.verification.decide_round import decide_round

PASSWORD: Final = "long enough for a look"  # noqa: S105  (invented)
PEOPLE: Final = {
    "lin": StaffRole.REVIEWER,
    "wang": StaffRole.REVIEWER,
    "su": StaffRole.SENIOR,
    "he": StaffRole.AUDITOR,
    "ops": StaffRole.OPERATOR,
    "chen": StaffRole.ADMIN,
}
_OPEN: Final = (
    "three_generations_without_certificate",
    "selfie_of_a_stranger",
    "verified_without_a_face",
    "black_and_white_hukou",
    "too_young_a_parent",
    "daughter_in_law_and_grandchild",
    "pages_without_household_number",
)
_MISREAD: Final = "child_in_own_book"
_LOOK_ALIKE: Final = "侗"
_UNSURE: Final = 0.62

Papers = tuple[DocumentReading, ...]


class FilledOffice(NamedTuple):
    """What was put there: identifiers of reviews by what they are.

    Attributes:
        names: The name as it should have been read, by review.
        number: The ID number of an applicant, for a search.
    """

    misread: tuple[str, ...]
    tree: tuple[str, ...]
    face: tuple[str, ...]
    disputed: tuple[str, ...]
    sample: tuple[str, ...]
    names: dict[str, str]
    number: str
    every: tuple[str, ...]


def fill(repositories: Repositories, cases: int, level: str = "sketch") -> FilledOffice:
    """Put so many open cases there, a tenth of them misread, and a few that were approved."""
    for name, role in PEOPLE.items():
        repositories.staff.add(name, role)
        repositories.staff.choose_password(name, PASSWORD)
    misread: dict[str, str] = {}
    open_: dict[str, list[str]] = {name: [] for name in _OPEN}
    number = ""
    for seed in range(cases):
        if seed % 10 == 0:
            wrong, true_name = _misread_case(repositories, seed, level)
            misread[wrong] = true_name
            continue
        situation = _OPEN[seed % len(_OPEN)]
        (drawn,) = each_application([SITUATIONS[situation]], seed, level)
        number = number or str(drawn.form["applicant"]["id_number"])
        if review_id := _decide(repositories, drawn, seed):
            open_[situation].append(review_id)
    disputed = tuple(open_["too_young_a_parent"][:3])
    for review_id in disputed:
        _dispute(repositories, review_id)
    return FilledOffice(
        misread=tuple(misread),
        tree=tuple(open_["three_generations_without_certificate"]),
        face=tuple(open_["selfie_of_a_stranger"]),
        disputed=disputed,
        sample=_samples(repositories, cases, level),
        names=misread,
        number=number,
        every=tuple(r.review_id for r in repositories.reviews.list()),
    )


def _misread_case(repositories: Repositories, seed: int, level: str) -> tuple[str, str]:
    (drawn,) = each_application([SITUATIONS[_MISREAD]], seed, level)
    true_name = str(drawn.form["member"]["name"])
    wrong = true_name[:-1] + _LOOK_ALIKE

    def alter(papers: Papers) -> Papers:
        return tuple(
            paper.model_copy(
                update={
                    "fields": paper.fields
                    | {
                        "name": paper.fields["name"].model_copy(
                            update={"value": wrong, "raw": wrong, "confidence": _UNSURE}
                        )
                    }
                }
            )
            if paper.kind is DocumentKind.HUKOU_MEMBER and paper.value("name") == true_name
            else paper
            for paper in papers
        )

    review_id = _decide(repositories, drawn, seed, alter)
    if review_id is None:
        raise RuntimeError("the misread case was decided by the machine")
    return review_id, true_name


def _samples(repositories: Repositories, first: int, level: str) -> tuple[str, ...]:
    """Approvals of the machine that were drawn: the easiest of cases."""
    drawn_ones = []
    for seed in range(first, first + 4):
        (drawn,) = each_application([SITUATIONS[_MISREAD]], seed, level)
        _decide(repositories, drawn, seed)
        (round_,) = repositories.cases.find(f"J{seed:05d}")
        if round_.outcome is Outcome.APPROVED and seed < first + 3:
            open_sample(repositories, round_)
            review = repositories.reviews.find(round_.round_id, APPLICATION)
            drawn_ones.append(review.review_id if review else "")
    return tuple(filter(None, drawn_ones))


def _dispute(repositories: Repositories, review_id: str) -> None:
    """Two people who differ, so that a senior has to settle it."""
    for staff, draft in (
        ("lin", OpinionDraft(outcome=Outcome.APPROVED, words=ReviewNote(note="已核对原件，相符"))),
        (
            "wang",
            OpinionDraft(
                outcome=Outcome.RETURNED,
                codes=("X10",),
                words=ReviewNote(note="年龄差可疑", advice={"X10": "请补充出生医学证明。"}),
            ),
        ),
    ):
        claim(repositories, review_id, staff, StaffRole.REVIEWER)
        record_opinion(repositories, review_id, staff, draft, four_eyes=True)


def _decide(
    repositories: Repositories,
    drawn: InventedApplication,
    seed: int,
    alter: Callable[[Papers], Papers] = tuple,
) -> str | None:
    """Decide an application by the real steps; its review, None where nobody has to decide."""
    name = f"J{seed:05d}"
    parsed = parse_form(json.dumps(drawn.form).encode()).application
    if parsed is None:
        return None
    form = parsed.model_copy(update={"application_id": name})
    round_ = _register(repositories, name, form.region, form.product, form.submitted_at)
    record_event(repositories, round_, EventTag.APPLICATION_RECEIVED, {"content": name})
    arrival = Arrival(application_id=name, application=form, digest=name)
    repositories.archive.put_record(arrival_key(round_.round_id), arrival)
    papers = alter(_with_pictures(repositories, drawn))
    readings = repositories.archive.find_or_keep(
        readings_key(round_.round_id), Readings, lambda: Readings(papers=papers)
    ).digest
    thresholds = policy_for(repositories, form).face.thresholds
    if verdict := perfect_face(drawn, thresholds):
        repositories.archive.put_record(face_key(round_.round_id), verdict)
    keys = application_match_keys(form, arrival)
    repositories.match_keys.save(round_.round_id, keys)
    report = cross_check(repositories, round_.round_id, readings, None)
    decide_round(repositories, round_.round_id, readings, None, report)
    review = repositories.reviews.find(round_.round_id, "application")
    return review.review_id if review else None


def _register(
    repositories: Repositories,
    name: str,
    region: str | None,
    product: str | None,
    submitted_at: dt.datetime | None,
) -> ApplicationRound:
    return repositories.cases.register(
        name,
        name,
        batch_id="office",
        received_at=dt.datetime.now(dt.UTC),
        region=region,
        product=product,
        channel="national_app",
        submitted_at=submitted_at,
    ).round


def _with_pictures(repositories: Repositories, drawn: InventedApplication) -> Papers:
    parts = [part for parts in drawn.truth["files"].values() for part in parts]
    return tuple(
        _placed(repositories, paper, drawn.files.get(paper.file, b""), part["conditions"])
        for paper, part in zip(perfect_readings(drawn), parts, strict=True)
    )


def _placed(
    repositories: Repositories, paper: DocumentReading, data: bytes, conditions: dict[str, str]
) -> DocumentReading:
    """The reading with its picture kept, each field on a line of it, and the face cut out."""
    if not data:
        return paper
    repositories.archive.keep_upload(data)
    seen = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_GRAYSCALE)
    height, width = seen.shape if seen is not None else (600, 400)
    step = height / (len(paper.fields) + 2)
    fields = {}
    for line, (name, field) in enumerate(paper.fields.items(), 1):
        left, right, top = 0.3 * width, 0.85 * width, line * step
        bottom = top + 0.7 * step
        quad = ((left, top), (right, top), (right, bottom), (left, bottom))
        fields[name] = field.model_copy(update={"quad": quad} if field.value else {})
    portrait = None
    if face := conditions.get("face"):
        portrait = f"portraits/office-{face}-{paper.kind.value}"
        shot = "selfie" if paper.kind is DocumentKind.SELFIE else "portrait"
        cut = cv2.imencode(".png", cv2.resize(photo(face, shot), (240, 240)))[1].tobytes()
        if not repositories.archive.exists(portrait):
            repositories.archive.put_bytes(portrait, cut)
    digest = hashlib.sha256(data).hexdigest()
    return paper.model_copy(update={"digest": digest, "fields": fields, "portrait": portrait})
