"""Rows of scenarios.yaml as dossiers: a base application, and what is different about it."""

import datetime as dt
from pathlib import Path
from typing import Any

import yaml

from models.checks.finding import CheckVerdict, Evidence, Finding, finding
from models.checks.reason import Reason
from models.decision.check_report import CheckReport
from models.decision.decision import Decision, Dossier, History, Resubmission
from models.intake.arrival import EmployerBatch
from models.policy.policy import Policy
from models.reading.document import DocumentReading, FieldReading
from tasks.checks import check_application
from tasks.decision.decide import decide
from tests.tasks.checks import dossiers as build
from tests.tasks.checks.dossiers import K, Person, field, reading

BOOK: dict[str, Any] = yaml.load(
    Path(__file__).with_name("scenarios.yaml").read_text("utf-8"), yaml.CSafeLoader
)
PEOPLE: dict[str, Person] = {
    name: build.person(
        who["name"],
        str(who["born"]),
        who["sex"],
        serial=who.get("serial", 10),
        region=str(who.get("region", "330102")),
    )
    for name, who in BOOK["people"].items()
}
ROWS: list[dict[str, Any]] = [row for theme in BOOK["scenarios"].values() for row in theme]
PICTURES: dict[str, dict[str, Any]] = {
    "small": {"glyph_height_px": 9},
    "unsealed": {"seal": False},
    "sealed": {"seal": True},
    "grey": {"colour": False},
}


def dossier_of(row: dict[str, Any]) -> Dossier:
    """What lies on the desk in this row."""
    base = BOOK["bases"][row["base"]]
    wanted = row.get("papers", base["papers"])
    kept = [p for p in wanted if handle(p) not in row.get("without", ())]
    papers = {handle(text): paper(text) for text in (*kept, *row.get("add", ()))}
    for name, values in row.get("fields", {}).items():
        papers[name] = with_fields(papers[name], values)
    for name, what in row.get("picture", {}).items():
        papers[name] = pictured(papers[name], what)
    face = row.get("face", base.get("face"))
    batch = EmployerBatch(**row["employer_batch"]) if "employer_batch" in row else None
    return build.dossier(
        form_of(row, base, papers),
        *papers.values(),
        face=build.same_face(**face) if isinstance(face, dict) else None,
        history=History(**row.get("history", {})),
        intake=tuple(finding(Reason(code)) for code in row.get("intake", ())),
    ).model_copy(
        update={
            "employer_batch": batch,
            "turn": Resubmission(**row.get("turn", {})),
            "taken_on": row.get("taken_on", {}),
        }
    )


def policy_of(row: dict[str, Any], dossier: Dossier) -> Policy:
    """The rules in force, with what this row says otherwise (`evidence.hukou_cover: wanted`)."""
    policy = build.policy_of(dossier)
    for key, value in row.get("policy", {}).items():
        group, _, name = key.partition(".")
        altered = getattr(policy, group).model_copy(update={name: value})
        policy = policy.model_copy(update={group: altered})
    return policy


def checked(row: dict[str, Any]) -> CheckReport:
    """What all checks answer to a row."""
    return _answers(row)[0]


def judged(row: dict[str, Any]) -> Decision:
    """What is decided about a row."""
    return _answers(row)[1]


def _answers(row: dict[str, Any]) -> tuple[CheckReport, Decision]:
    """Both, and of a row of the table once only: several tests go over all of them."""
    name = row.get("name")
    if name in _ANSWERS and _ANSWERS[name][0] is row:
        return _ANSWERS[name][1]
    dossier = dossier_of(row)
    policy, at = policy_of(row, dossier), dossier.application.submitted_at
    report = check_application(dossier, policy, build.SHELF.divisions)
    answers = report, decide(dossier, report, policy, decided_at=at)
    if name is not None:
        _ANSWERS[name] = row, answers
    return answers


_ANSWERS: dict[str, tuple[dict[str, Any], tuple[CheckReport, Decision]]] = {}


def form_of(
    row: dict[str, Any], base: dict[str, Any], papers: dict[str, DocumentReading]
) -> dict[str, Any]:
    who = {role: PEOPLE[row.get(role, base[role])] for role in ("applicant", "member")}
    claims = row.get("claims", base["claims"])
    form = build.application(who["applicant"], who["member"], claims)
    form["documents"] = [
        {
            "file": p.file,
            "kind": row.get("called", {}).get(name),
            "person": row.get("said_to_be", {}).get(name),
        }
        for name, p in papers.items()
    ] + [{"file": name} for name in row.get("unread_files", ())]
    changes = base.get("form", {}) | row.get("form", {})
    for who_is in ("applicant", "member"):
        # Who applies in a place is insured there, unless the row says otherwise.
        form[who_is]["insured_region"] = changes.get("region", form["region"])
    for key, value in changes.items():
        place, _, last = key.rpartition(".")
        target = form[place] if place else form
        target[last] = consents(value, form) if key == "consents" else said(value, last)
    return form


def consents(kinds: list[str | dict[str, str]], form: dict[str, Any]) -> list[dict[str, str]]:
    """Agreed to in the hour before the submission, to the text of that day, unless one says else.

    A kind alone, or a mapping that begins with it: `{kind: guardian, by: mother}`.
    """
    submitted = dt.datetime.fromisoformat(form["submitted_at"])
    usual = {
        "version": "2026-01" if submitted.year >= 2026 else "2021-04",
        "agreed_at": (submitted - dt.timedelta(minutes=30)).isoformat(),
    }
    return [usual | ({"kind": kind} if isinstance(kind, str) else kind) for kind in kinds]


def said(value: Any, key: str) -> Any:
    """A value of the form; `=father` is that person's own."""
    if isinstance(value, str) and value.startswith("="):
        return own(PEOPLE[value[1:]], key)
    return value


def own(who: Person, key: str) -> str:
    """What a person's papers say under this key."""
    if key.endswith("id_number"):
        return who.number
    return {"birth_date": who.born.isoformat(), "sex": who.sex}.get(key, who.name)


def handle(text: str) -> str:
    """How a row speaks of a paper: its kind and its bearer."""
    words = text.split()
    numbered = [w for w in words if w.startswith("#")]
    return " ".join((*words[:2], *numbered))


def paper(text: str) -> DocumentReading:
    """`page child 长女`, `birth child mother father`, `card mother #2`, `selfie`, ..."""
    kind, *rest = (w for w in text.split() if not w.startswith("#"))
    file = handle(text).replace(" ", "-").replace("#", "") + ".jpg"
    people = [PEOPLE.get(w) for w in rest]
    made: DocumentReading = MAKERS[kind](rest, people)
    return made.model_copy(update={"file": file, "digest": build.digest_of(file)})


def _birth(child: Person, mother: Person | None, father: Person | None) -> DocumentReading:
    """A certificate of before 2000 has a number without a letter."""
    made = build.birth(child, mother, father)
    number = (made.value("certificate_number") or "")[1:]
    return with_fields(made, {"certificate_number": number}) if child.born.year < 2000 else made


def _emblem(rest: list[str], people: list[Any]) -> DocumentReading:
    if len(rest) > 1:
        return build.emblem(rest[1], None if rest[2] == "long" else rest[2])
    born = people[0].born.year
    return build.emblem(
        "2018-04-02", None if born <= 1970 else "2038-04-02" if born < 1992 else "2028-04-02"
    )


def _personal(kind: K, rest: list[str], people: list[Any]) -> DocumentReading:
    number = field(people[0].number, second=people[0].number)
    values: dict[str, Any] = {"name": people[0].name, "id_number": number}
    return reading(kind, "", values | ({"issue_date": rest[1]} if rest[1:] else {}))


def _married(rest: list[str], people: list[Any]) -> DocumentReading:
    values: dict[str, Any] = {"registration_date": rest[2]}
    for slot, who in zip(("spouse1", "spouse2"), people, strict=False):
        values[f"{slot}_name"] = who.name
        values[f"{slot}_id_number"] = field(who.number, second=who.number)
    return reading(K.MARRIAGE_CERTIFICATE, "", values)


def _notarial(rest: list[str], people: list[Any]) -> DocumentReading:
    """`notarial father child 女儿`; with one person only, one that nobody could read."""
    if len(rest) < 3:
        return reading(K.KINSHIP_NOTARIAL, "", {})
    values = {"relation_stated": rest[2], "notary_office": "某市公证处", "issue_date": "2024-03-05"}
    for slot, who in zip(("applicant", "related"), people, strict=False):
        values |= {f"{slot}_name": who.name, f"{slot}_birth_date": who.born.isoformat()}
    return reading(K.KINSHIP_NOTARIAL, "", values)


def _letter(rest: list[str], people: list[Any]) -> DocumentReading:
    values = {"applicant_name": people[0].name, "member_name": people[1].name, "signed": "true"}
    return reading(K.COMMITMENT_LETTER, "", values)


MAKERS: dict[str, Any] = {
    "card": lambda rest, people: build.card(people[0]),
    "emblem": _emblem,
    "page": lambda rest, people: build.page(people[0], rest[1]),
    "cover": lambda rest, people: build.cover(people[0]),
    "birth": lambda rest, people: _birth(*people),
    "selfie": lambda rest, people: build.selfie(),
    "married": _married,
    "letter": _letter,
    "insurance": lambda rest, people: _personal(K.INSURANCE_CERTIFICATE, rest, people),
    "incapacity": lambda rest, people: _personal(K.INCAPACITY_CERTIFICATE, rest, people),
    "notarial": lambda rest, people: _notarial(rest, people),
    "unknown": lambda rest, people: reading(K.OTHER, "", {}),
}


def with_fields(old: DocumentReading, values: dict[str, Any]) -> DocumentReading:
    read = {key: seen(value, key, old.fields.get(key)) for key, value in values.items()}
    return old.model_copy(update={"fields": old.fields | read})


def seen(value: Any, key: str, old: FieldReading | None) -> FieldReading:
    """A reading: `unread`, `blank`, `misread`, `same @0.8` (weak), `a / b` (two readers differ)."""
    text = str(value)
    if text in {"unread", "blank"}:
        return FieldReading(value=None, confidence=0.2 if text == "unread" else 0.99)
    if text == "misread":
        assert old is not None
        assert old.value is not None
        digit = str((int(old.value[15]) + 3) % 10)
        return field(old.value[:15] + digit + old.value[16:])
    text, _, confidence = text.partition(" @")
    text, _, other = text.partition(" / ")
    if text == "same":
        assert old is not None
        text = old.value or ""
    text = said(text, key)
    second = said(other, key) or (text if key.endswith("id_number") and not confidence else None)
    return field(text, float(confidence or 0.99), second=second)


def pictured(old: DocumentReading, what: str) -> DocumentReading:
    """`small`, `unsealed`, `grey`, `kind 0.3` (unsure of its kind), or codes that reading raised;
    `Q01?` could not be told, `Q02?/name` lies over that field.
    """
    if what in PICTURES:
        assert old.quality is not None
        quality = old.quality.model_copy(update=PICTURES[what])
        return old.model_copy(update={"quality": quality})
    if what.startswith("kind "):
        return old.model_copy(update={"kind_confidence": float(what[5:])})
    return old.model_copy(update={"findings": tuple(raised(code) for code in what.split())})


def raised(text: str) -> Finding:
    code, _, where = text.partition("/")
    verdict = CheckVerdict.CANNOT_TELL if code.endswith("?") else CheckVerdict.FAILED
    evidence = [Evidence(document="", field=where)] if where else []
    return finding(Reason(code.rstrip("?")), *evidence, verdict=verdict)
