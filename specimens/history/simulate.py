"""Applications over months, one after another: who asks, with which papers, on which day.

Nothing decides here. Whoever runs the history asks the real checks, and asks `answer_to` for the
next round of what was returned.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from models.clock import CHINA
from models.decision.decision import Dossier
from models.faces.face_verdict import FaceBand, FaceVerdict
from models.intake.application import Application, DocumentEntry, Relationship
from models.reading.document import DocumentKind, DocumentReading
from specimens.dice import Dice
from specimens.history.mishaps import MISHAPS, Papers
from specimens.history.value_papers import (
    ENGINE,
    Values,
    birth_values,
    cover_values,
    emblem_values,
    page_values,
    paper,
    portrait_values,
)
from specimens.people.families import InventedFamily, invent_family
from specimens.people.households import invent_household
from specimens.people.person import TODAY, InventedPerson, card_term

K = DocumentKind
_REGIONS: Final = {
    "330100": 9.0,
    "330200": 5.0,
    "330300": 4.0,
    "330400": 3.0,
    "330600": 2.0,
    "320100": 4.0,
    "440300": 3.0,
    "510100": 3.0,
}
_CHANNELS: Final = {
    "national_app": 9.0,
    "alipay_mini_program": 5.0,
    "wechat_account": 3.0,
    "counter": 3.0,
    "local_app": 1.5,
    "kiosk": 0.5,
}
_PAIRS: Final = {
    ("father", "child1"): 22.0,
    ("mother", "child1"): 22.0,
    ("father", "mother"): 13.0,
    ("mother", "father"): 9.0,
    ("father", "grandfather"): 12.0,
    ("father", "grandmother"): 14.0,
    ("father", "cousin"): 2.0,
}
"""Applicant and member, by weight; the last is a nephew or niece who is said to be a child."""
_FORGED: Final = {True: 0.004, False: 0.03}
"""Share of applications whose papers are good forgeries, by whether pages print a number."""
_ADULT: Final = 16
"""policies/national.yaml: ages."""


class PlantedDrift(NamedTuple):
    """Something that changes on a day: to find it is what watching is for.

    Attributes:
        since: First day of it.
        mishap: What happens oftener.
        factor: How many times.
        region: Only there; None: everywhere.
        engine: The reader's name from that day; None: as before.
    """

    since: dt.date
    mishap: str = "none"
    factor: float = 1.0
    region: str | None = None
    engine: str | None = None


class SimulatedCase(NamedTuple):
    """One application as it comes in.

    Attributes:
        mended: The papers as they should have been.
        honest: Whether it deserves an approval.
    """

    dossier: Dossier
    mended: Papers
    received_at: dt.datetime
    honest: bool

    def answered(self, dice: Dice) -> "SimulatedCase":
        """The next round: mostly everything is mended, some days later."""
        days = dt.timedelta(days=dice.whole(1, 9))
        papers = self.mended if dice.chance(0.85) else self.dossier.readings
        before = self.dossier.application
        changed = {
            "submitted_at": before.submitted_at + days,
            "documents": tuple(DocumentEntry(file=one.file) for one in papers),
        }
        form = before.model_copy(update=changed)
        later = self.dossier.model_copy(update={"application": form, "readings": papers})
        return self._replace(dossier=later, received_at=self.received_at + days)


def simulate(
    count: int, *, seed: int, days: int = 250, drifts: Sequence[PlantedDrift] = ()
) -> Iterator[SimulatedCase]:
    """First rounds in the order in which they come in, spread over days that end before `TODAY`.

    Args:
        count: How many.
        seed: Another one is another history.
        days: Over how many days; fewer come in at weekends.
        drifts: What changes on the way.
    """
    calendar = [TODAY - dt.timedelta(days=back) for back in range(days, 0, -1)]
    shares = [0.35 if day.weekday() >= 5 else 1.0 for day in calendar]
    whole, done, reached = sum(shares), 0, 0.0
    for day, share in zip(calendar, shares, strict=True):
        reached += share
        until = round(count * reached / whole)
        for number in range(done, until):
            dice = Dice(seed, "history", str(number))
            yield _case(number, day, dice, drifts, place=(number - done) / max(1, until - done))
        done = until


def _case(
    number: int, day: dt.date, dice: Dice, drifts: Sequence[PlantedDrift], *, place: float
) -> SimulatedCase:
    applicant_key, member_key = dice.weighted(_PAIRS)
    family = invent_family(dice.fork("family"), child_ages=(dice.whole(1, 14),))
    applicant, member = family.people[applicant_key], family.people[member_key]
    region = dice.weighted(_REGIONS)
    engine = next((d.engine for d in reversed(drifts) if d.engine and day >= d.since), ENGINE)
    minor, numbered = member.age < _ADULT, dice.chance(0.55)
    bench = _Bench(day, dice.fork("papers"), engine)
    whole = _papers(family, (applicant, member), bench, numbered=numbered)
    mishap, _ = MISHAPS[_mishap(day, region, dice, drifts)]
    papers = mishap(whole, dice.fork("mishap"))
    moment = dt.datetime.combine(day, dt.time(8), CHINA) + dt.timedelta(hours=10) * place
    form = _form(number, region, moment, (applicant, member), family, dice)
    documents = [{"file": one.file} for one in papers]
    dossier = Dossier(
        application=Application.model_validate(form | {"documents": documents}),
        readings=papers,
        face=None if minor else _face(dice),
    )
    honest = member_key != "cousin" and not dice.chance(_FORGED[numbered])
    return SimulatedCase(dossier, whole, moment, honest)


class _Bench(NamedTuple):
    """Where the papers of one application are made: nothing on them is later than this day."""

    day: dt.date
    dice: Dice
    engine: str

    def read(self, kind: DocumentKind, file: str, values: Values) -> DocumentReading:
        """A paper that was read well."""
        return paper(kind, file, values, self.dice, engine=self.engine)


def _mishap(day: dt.date, region: str, dice: Dice, drifts: Sequence[PlantedDrift]) -> str:
    weights = {name: weight for name, (_, weight) in MISHAPS.items()}
    for drift in drifts:
        if day >= drift.since and drift.region in {None, region}:
            weights[drift.mishap] *= drift.factor
    return dice.weighted(weights)


def _papers(
    family: InventedFamily,
    people: tuple[InventedPerson, InventedPerson],
    bench: _Bench,
    *,
    numbered: bool,
) -> Papers:
    applicant, member = people
    minor, dice = member.age < _ADULT, bench.dice
    if minor and member.key != "cousin" and dice.chance(0.45):
        values = birth_values(family, member, dice)
        return (bench.read(K.BIRTH_CERTIFICATE, "birth.jpg", values),)
    made = () if minor else _card(member, bench)
    head = "mother" if applicant.key == "mother" and minor else "father"
    others = tuple(sorted({applicant.key, member.key} - {head}))
    house = invent_household(family, head, others, dice.fork("book"))
    house = house._replace(
        numbered=numbered,
        entered={k: min(d, bench.day - dt.timedelta(days=9)) for k, d in house.entered.items()},
    )
    if dice.chance(0.5):
        made = (*made, bench.read(K.HUKOU_COVER, "cover.jpg", cover_values(house)))
    pages = (("applicant.jpg", applicant), ("member.jpg", member))
    return (*made, *(bench.read(K.HUKOU_MEMBER, f, page_values(house, p)) for f, p in pages))


def _card(member: InventedPerson, bench: _Bench) -> Papers:
    terms = (card_term(member, bench.dice.fork(f"term {n}")) for n in range(100))
    term = next(one for one in terms if one.start <= bench.day)
    return (
        bench.read(K.ID_CARD_PORTRAIT, "card.jpg", portrait_values(member)),
        bench.read(K.ID_CARD_EMBLEM, "emblem.jpg", emblem_values(term)),
        bench.read(K.SELFIE, "selfie.jpg", {}),
    )


def _face(dice: Dice) -> FaceVerdict:
    band = dice.weighted({FaceBand.MATCH: 94.0, FaceBand.UNSURE: 4.0, FaceBand.MISMATCH: 2.0})
    score = {FaceBand.MATCH: 0.62, FaceBand.UNSURE: 0.33, FaceBand.MISMATCH: 0.1}[band]
    return FaceVerdict(
        compared=True,
        score=score,
        score_to_applicant=0.1,
        band=band,
        engine="simulated faces 1",
        thresholds="",
        faces=1,
        sharpness=400.0,
    )


def _form(
    number: int,
    region: str,
    moment: dt.datetime,
    people: tuple[InventedPerson, InventedPerson],
    family: InventedFamily,
    dice: Dice,
) -> dict[str, object]:
    applicant, member = people
    relation = family.relationship(applicant.key, member.key)
    if relation is Relationship.OTHER:
        relation = Relationship.SIBLING if member.age > 15 else Relationship.CHILD
    agreed = {"version": "2026-01", "agreed_at": (moment - dt.timedelta(minutes=8)).isoformat()}
    insured = {"insured_region": region, "insurance_type": "employee"}
    minor = member.age < _ADULT
    kinds = ("notice", "commitment") if minor else ("notice", "commitment", "face")
    return {
        "application_id": f"H{number:07}",
        "submitted_at": moment.isoformat(),
        "product": dice.weighted({"family_account": 3.0, "mutual_aid": 1.0}),
        "binding_method": "id_number",
        "channel": dice.weighted(_CHANNELS),
        "region": region,
        "applicant": {
            "name": applicant.name,
            "id_number": applicant.id_number,
            "real_name_verified_at": (moment - dt.timedelta(minutes=9)).isoformat(),
            **insured,
        },
        "member": {"name": member.name, "id_number": member.id_number, **insured},
        "relationship": relation,
        "identity_route": "none" if minor else "face",
        "consents": [{"kind": kind, **agreed} for kind in kinds],
    }
