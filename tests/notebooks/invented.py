"""A case book full of invented rounds, and what a plain recount of them must give."""

import datetime as dt
import hashlib
import random
from typing import NamedTuple

from models.checks.finding import Evidence, Subject, finding
from models.checks.reason import Reason
from models.decision.decision import Decision, Outcome
from models.reading.document import FIELDS, DocumentKind, DocumentReading, FieldReading, Quality
from storage.cases.case_repository import CaseRepository

START = dt.datetime(2026, 11, 2, 1, 0, tzinfo=dt.UTC)
PERSON, NUMBER, ADDRESS = "欧阳春晓", "110105194912310021", "浙江省杭州市余杭区虚构路77号"
FILE, REVIEWER = "欧阳春晓-身份证.jpg", "reviewer-shangguan"
SECRETS = (PERSON, NUMBER, ADDRESS, FILE, REVIEWER, "身份证.jpg")
"""What stood on the papers, and must not stand in the tables."""

REGIONS = ("330100", "330200", "330110", "410100", "440300", "510100", "110105", None)
CHANNELS = ("national_app", "alipay_mini_program", "counter", "employer", "wechat_account", None)
KINDS = (
    DocumentKind.ID_CARD_PORTRAIT,
    DocumentKind.ID_CARD_EMBLEM,
    DocumentKind.HUKOU_COVER,
    DocumentKind.HUKOU_MEMBER,
    DocumentKind.HUKOU_MEMBER,
    DocumentKind.BIRTH_CERTIFICATE,
    DocumentKind.SELFIE,
)
_SECONDS = {kind: 0.3 + 0.28 * len(fields) ** 0.7 for kind, fields in FIELDS.items()}
_REASONS = {
    Outcome.APPROVED: (
        (),
        (),
        (),
        (Reason.MINOR_WITHOUT_FACE,),
        (Reason.HUKOU_COVER_MISSING,),
        (Reason.MINOR_WITHOUT_FACE, Reason.HUKOU_COVER_MISSING),
    ),
    Outcome.RETURNED: (
        (Reason.PICTURE_BLURRED, Reason.FIELD_UNREADABLE),
        (Reason.PICTURE_BLURRED,),
        (Reason.GLARE_OR_DARK, Reason.FIELD_UNREADABLE),
        (Reason.CROPPED_OR_COVERED,),
        (Reason.APPLICANT_HUKOU_PAGE_MISSING, Reason.RELATIONSHIP_PROOF_MISSING),
        (Reason.EMBLEM_SIDE_MISSING, Reason.RESOLUTION_TOO_LOW),
        (Reason.NAMES_DIFFER, Reason.SEX_OR_NUMBER_CONFLICT),
        (Reason.COMMITMENT_MISSING,),
        (Reason.PICTURE_BLURRED, Reason.CROPPED_OR_COVERED, Reason.FIELD_UNREADABLE),
    ),
    Outcome.IN_REVIEW: (
        (Reason.RELATIONSHIP_NOT_DETERMINED,),
        (Reason.RELATIONSHIP_NOT_DETERMINED, Reason.HOUSEHOLDS_DIFFER, Reason.HUKOU_COVER_MISSING),
        (Reason.FACE_NOT_MATCHED,),
        (Reason.FIELD_UNREADABLE,),
        (Reason.VERIFICATION_WITHOUT_FACE,),
        (Reason.FIELD_UNREADABLE, Reason.SEAL_OR_COLOUR_MISSING),
    ),
    Outcome.REJECTED: (
        (Reason.RELATIONSHIP_NOT_ELIGIBLE,),
        (Reason.ALREADY_BOUND,),
        (Reason.RELATIONSHIP_NOT_ELIGIBLE, Reason.CERTIFICATE_NAMES_OTHER_PARENTS),
        (Reason.ID_NUMBER_USED_BY_ANOTHER,),
        (Reason.APPLICANT_LIMIT_REACHED,),
    ),
}


class Written(NamedTuple):
    """One round as it was put into the book: what a recount goes by."""

    day: dt.date
    region: str | None
    channel: str | None
    outcome: Outcome | None
    by_machine: bool
    codes: tuple[Reason, ...]
    kinds: tuple[DocumentKind, ...]
    seconds: tuple[float, ...]


def fill(book: CaseRepository, rounds: int, *, days: int = 19, seed: int = 5) -> list[Written]:
    """Put rounds with papers, findings and outcomes into a case book."""
    dice = random.Random(seed)  # noqa: S311
    return [_hand_in(book, dice, number, days) for number in range(rounds)]


def _hand_in(book: CaseRepository, dice: random.Random, number: int, days: int) -> Written:
    at = START + dt.timedelta(days=dice.randrange(days), minutes=number % 600)
    region = dice.choices(REGIONS, (9, 5, 4, 6, 5, 3, 2, 1))[0]
    channel = dice.choices(CHANNELS, (9, 5, 4, 3, 2, 1))[0]
    case = book.register(
        f"{PERSON}_{NUMBER}" if number % 11 == 0 else f"A{number // 2:06}",
        hashlib.sha256(f"{number}".encode()).hexdigest(),
        batch_id=f"b{number // 50}",
        received_at=at,
        region=region,
        product=dice.choice(("family_account", "mutual_aid")),
        channel=channel,
        submitted_at=at - dt.timedelta(hours=1),
    ).round
    outcome = dice.choices((*Outcome, None), (11, 6, 4, 2, 1))[0]
    codes = dice.choice(_REASONS[outcome]) if outcome else ()
    papers = [_paper(dice, index, kind, codes) for index, kind in enumerate(_kinds(dice))]
    book.record_documents(case.round_id, papers)
    by_machine = outcome is not Outcome.APPROVED or dice.random() < 0.7
    if outcome:
        evidence = {code: _evidence(dice, code, papers) for code in codes}
        decision = Decision(
            application_id=case.application_id,
            outcome=outcome,
            decided_at=at + dt.timedelta(hours=3),
            decided_by="machine" if by_machine else REVIEWER,
            policy_version="330000@2026-01-01",
            findings=tuple(finding(code, evidence[code], subject=Subject.MEMBER) for code in codes),
        )
        kinds = {paper.file: paper.kind for paper in papers}
        book.decide(case.round_id, decision, kinds=kinds)
    return Written(
        day=at.date(),
        region=region,
        channel=channel,
        outcome=outcome,
        by_machine=bool(outcome) and by_machine,
        codes=codes,
        kinds=tuple(paper.kind for paper in papers),
        seconds=tuple(paper.seconds for paper in papers),
    )


def _kinds(dice: random.Random) -> list[DocumentKind]:
    return [KINDS[index] for index in sorted(dice.sample(range(len(KINDS)), dice.randint(3, 6)))]


def _paper(
    dice: random.Random, index: int, kind: DocumentKind, codes: tuple[Reason, ...]
) -> DocumentReading:
    """A paper whose figures fit the round's codes, as far as chance lets them."""
    confidence = min(
        1.0, max(0.0, dice.gauss(0.7 if Reason.FIELD_UNREADABLE in codes else 0.95, 0.05))
    )
    return DocumentReading(
        file=f"{index}-{FILE}",
        digest=hashlib.sha256(f"{index}{FILE}".encode()).hexdigest(),
        kind=kind,
        kind_confidence=0.97,
        fields={
            "name": FieldReading(value=PERSON, raw=PERSON, confidence=confidence),
            "id_number": FieldReading(value=NUMBER, raw=NUMBER, confidence=confidence),
            "address": FieldReading(value=ADDRESS, raw=ADDRESS, confidence=confidence),
        },
        quality=Quality(
            blur=min(
                1.0, max(0.0, dice.gauss(0.62 if Reason.PICTURE_BLURRED in codes else 0.18, 0.1))
            ),
            glare=min(
                1.0, max(0.0, dice.gauss(0.16 if Reason.GLARE_OR_DARK in codes else 0.01, 0.03))
            ),
            glyph_height_px=max(
                4.0, dice.gauss(11 if Reason.RESOLUTION_TOO_LOW in codes else 27, 5)
            ),
            rotation=dice.choice((0, 0, 0, 0, 90, 180)),
            corners_visible=dice.randint(1, 3) if Reason.CROPPED_OR_COVERED in codes else 4,
            colour=Reason.SEAL_OR_COLOUR_MISSING not in codes,
        ),
        seconds=max(0.05, dice.lognormvariate(0, 0.3) * _SECONDS.get(kind, 0.2)),
        engine="rapidocr 3.10.0",
    )


def _evidence(dice: random.Random, code: Reason, papers: list[DocumentReading]) -> Evidence:
    """Mostly one of the papers; now and then nothing in particular."""
    if dice.random() < 0.12:
        return Evidence(document="application.json", field="name", value="欧**晓")
    return Evidence(document=dice.choice(papers).file, field="name", value="欧**晓")
