"""Whole applications: a plan drawn into pictures, a form, and the truth about both."""

import datetime as dt
import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, NamedTuple

from models.clock import CHINA
from models.decision.decision import Outcome
from models.intake.application import BindingMethod, IdentityRoute, InsuranceType, Product
from models.reading.document import DocumentKind
from specimens.applications.draw_paper import DrawnPaper, DrawnPart, paper_scale, take_picture
from specimens.dice import Dice
from specimens.people.person import TODAY, InventedPerson
from specimens.photography.bind_pdf import bind_pdf
from specimens.printing.paper import Bench
from specimens.printing.print_sheet import Corners
from specimens.printing.typefaces import StyleSet
from specimens.situations.catalogue import SITUATIONS
from specimens.situations.situation import AS_IT_IS, Exhibit, Files, Form, Plan, Situation

LEVELS: Final = ("scan", "phone", "hard", "mixed", "sketch")
_SHARP: Final = {"scan", "phone", "sketch"}
_CHANNELS: Final = ("national_app", "alipay_mini_program", "wechat_account", "local_app", "website")
Progress = Callable[[int, int], None]


class InventedApplication(NamedTuple):
    """One folder and the truth that lies beside it.

    Attributes:
        application_id: Also the folder's name.
        situation: What happened.
        form: The content of application.json.
        files: The pictures by name.
        truth: What a judge of the system may know and the system may not.
    """

    application_id: str
    situation: Situation
    form: Form
    files: Files
    truth: dict[str, Any]

    @property
    def form_bytes(self) -> bytes:
        """application.json as it is written."""
        return json.dumps(self.form, ensure_ascii=False, indent=2).encode()


def each_application(
    situations: Sequence[Situation],
    seed: int,
    level: str,
    *,
    style_set: StyleSet = "tuning",
    numbered: bool = True,
) -> Iterator[InventedApplication]:
    """Draw applications one after another, so that a large set needs little memory.

    Args:
        situations: What happens in each.
        seed: 0 to 9,999 for tuning; from 90,000 on for measuring only.
        level: "scan", "phone", "hard", "mixed" (drawn for each application), or "sketch" (quick
            and illegible, for trying what comes after reading).
        style_set: "held_out" takes typefaces and layouts that tuning never sees.
        numbered: False draws members' pages without a household number, as most provinces do;
            what only that number would show is left out.

    Raises:
        ValueError: No such level.
    """
    if level not in LEVELS:
        message = f"no level {level!r}; there are {', '.join(LEVELS)}"
        raise ValueError(message)
    for number, situation in enumerate(situations, 1):
        if situation.shown_by_number and not numbered:
            continue
        dice = Dice(seed, f"application {number}", situation.name)
        at = dice.fork("level").pick(LEVELS[:3]) if level == "mixed" else level
        application_id = f"A20261120-{seed:05d}{number:04d}"
        yield _invent(situation, application_id, at, style_set, dice, numbered=numbered)


def choose_situations(count: int, seed: int) -> list[Situation]:
    """Honest and faulty in turn, every one of them before any comes twice."""
    dice = Dice(seed, "situations")
    good = [s for s in SITUATIONS.values() if s.outcome is Outcome.APPROVED]
    rest = [s for s in SITUATIONS.values() if s.outcome is not Outcome.APPROVED]
    chosen: list[Situation] = []
    decks: tuple[list[Situation], list[Situation]] = ([], [])
    while len(chosen) < count:
        for deck, source in zip(decks, (good, rest), strict=True):
            if not deck:
                deck.extend(dice.some(source, len(source)))
            chosen.extend(_with_companion(deck.pop()))
    return chosen[:count]


def _with_companion(situation: Situation) -> list[Situation]:
    return [SITUATIONS[situation.companion], situation] if situation.companion else [situation]


def _invent(
    situation: Situation,
    application_id: str,
    level: str,
    style_set: StyleSet,
    dice: Dice,
    *,
    numbered: bool,
) -> InventedApplication:
    plan = situation.plan(dice.fork("plan"))
    form = _form(plan, application_id, dice.fork("form"))
    files: Files = {}
    told: dict[str, list[dict[str, Any]]] = {}
    for number, exhibit in enumerate(plan.exhibits, 1):
        stream = dice.common(exhibit.stream) if exhibit.stream else dice.fork(f"file {number}")
        drawn = _draw(exhibit, level, style_set, stream, numbered=numbered)
        name = f"{number:02d}.jpg"
        files[name] = drawn.data
        told[name] = _told(drawn, exhibit)
        form["documents"].append(_entry(name, exhibit, drawn, dice.fork(f"entry {number}")))
    if plan.bound_as_pdf:
        told = _bind(form, files, told)
    if plan.twist:
        plan.twist(form, files)
    truth = _truth(situation, plan, application_id, level)
    return InventedApplication(application_id, situation, form, files, truth | {"files": told})


def _draw(
    exhibit: Exhibit, level: str, style_set: StyleSet, dice: Dice, *, numbered: bool
) -> DrawnPaper:
    if level != "sketch":
        level = "phone" if exhibit.stream else exhibit.level or level
    scale = paper_scale(exhibit.kind, level)
    flat = exhibit.draw(Bench(dice.fork("bench"), style_set, scale, numbered))
    return take_picture(
        flat, level, dice.fork("picture"), spoil=exhibit.spoil, adjust=exhibit.adjust
    )


def _bind(
    form: Form, files: Files, told: dict[str, list[dict[str, Any]]]
) -> dict[str, list[dict[str, Any]]]:
    """Make the pictures pages of one PDF; the truth about them, page by page."""
    name = "01.pdf"
    entries = [
        entry | {"page": page} for page, found in enumerate(told.values(), 1) for entry in found
    ]
    data = bind_pdf(list(files.values()))
    files.clear()
    files[name] = data
    form["documents"] = [{"file": name, "kind": None, "person": None}]
    return {name: entries}


def _form(plan: Plan, application_id: str, dice: Dice) -> Form:
    submitted = dt.datetime.combine(TODAY, dt.time(9, dice.whole(0, 59)), tzinfo=CHINA)
    region = plan.home.code[:4] + "00"
    by_certificate = plan.method is BindingMethod.BIRTH_CERTIFICATE
    member = _person(plan.member, region, _scheme(plan.member, dice))
    return {
        "schema_version": 1,
        "application_id": application_id,
        "submitted_at": submitted.isoformat(),
        "product": plan.product.value,
        "binding_method": plan.method.value,
        "channel": dice.pick(_CHANNELS),
        "region": region,
        "applicant": _person(plan.applicant, region, InsuranceType.EMPLOYEE)
        | {"real_name_verified_at": _earlier(submitted, dice.whole(5, 600))},
        "member": member
        | {"id_number": None if by_certificate else plan.member.id_number}
        | {"birth_certificate_number": plan.certificate_number, "incapacitated": False},
        "relationship": plan.claimed.value,
        "identity_route": plan.route.value,
        "remote_authorization": _record(plan.route, submitted),
        "consents": [
            {"kind": kind.value, "version": "2026-01", "agreed_at": _earlier(submitted, 4)}
            for kind in plan.consents
        ],
        "documents": [],
    }


def _record(route: IdentityRoute, submitted: dt.datetime) -> dict[str, Any] | None:
    """The record behind a remote authorisation of the day before."""
    if route is not IdentityRoute.REMOTE_AUTHORIZATION:
        return None
    given = submitted - dt.timedelta(days=1)
    reference = f"SQ{given:%Y%m%d}-{given.minute:04d}"
    return {
        "reference": reference,
        "authorized_at": given.isoformat(),
        "system": "国家医保服务平台",
    }


def _person(person: InventedPerson, region: str, scheme: InsuranceType) -> dict[str, Any]:
    return {
        "name": person.name,
        "id_number": person.id_number,
        "insured_region": region,
        "insurance_type": scheme.value,
    }


def _scheme(member: InventedPerson, dice: Dice) -> InsuranceType:
    working = member.age >= 18 and dice.chance(0.5)
    return InsuranceType.EMPLOYEE if working else InsuranceType.RESIDENT


def _earlier(moment: dt.datetime, minutes: int) -> str:
    return (moment - dt.timedelta(minutes=minutes)).isoformat()


def _entry(name: str, exhibit: Exhibit, drawn: DrawnPaper, dice: Dice) -> dict[str, Any]:
    """The form's line about a file; people leave hints out, but do not lie by chance."""
    hint = drawn.kind if exhibit.hint == AS_IT_IS else exhibit.hint
    if exhibit.hint == AS_IT_IS and (dice.chance(0.25) or drawn.kind is DocumentKind.OTHER):
        hint = None
    role = exhibit.role if dice.chance(0.8) else None
    return {
        "file": name,
        "kind": DocumentKind(hint).value if hint else None,
        "person": role.value if role else None,
    }


def _told(drawn: DrawnPaper, exhibit: Exhibit) -> list[dict[str, Any]]:
    roles = exhibit.part_roles or (exhibit.role,)
    parts: tuple[DrawnPaper | DrawnPart, ...] = drawn.parts or (drawn,)
    return [
        {
            "page": 1,
            "part": number,
            "kind": part.kind.value,
            "person": role.value if role else None,
            "fields": part.fields,
            "long_term": part.long_term,
            "conditions": drawn.conditions,
            "quads": {n: _rounded(quad) for n, quad in part.quads.items() if n in part.fields},
        }
        for number, (part, role) in enumerate(zip(parts, roles, strict=True), 1)
    ]


def _rounded(quad: Corners) -> list[list[float]]:
    return [[round(float(x), 1), round(float(y), 1)] for x, y in quad]


def _truth(situation: Situation, plan: Plan, application_id: str, level: str) -> dict[str, Any]:
    acceptable = {situation.outcome, *situation.acceptable}
    if level not in _SHARP and plan.exhibits:
        acceptable |= {Outcome.RETURNED, Outcome.IN_REVIEW}
    return {
        "application_id": application_id,
        "situation": situation.name,
        "description": situation.description,
        "honest": situation.honest,
        "expected_outcome": situation.outcome.value,
        "acceptable_outcomes": sorted(outcome.value for outcome in acceptable),
        "expected_codes": [code.value for code in situation.codes],
        "expected_any_code": [code.value for code in situation.any_codes],
        "relationship": {"claimed": plan.claimed.value, "true": plan.true.value},
        "level": level,
        "faces": {"applicant": plan.applicant.face, "member": plan.member.face},
        "face_due": plan.route is IdentityRoute.FACE,
        "moves_money": plan.product is Product.MUTUAL_AID,
    }
