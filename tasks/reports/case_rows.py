"""Columns of the tables about rounds, made of one portion of the case database."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from models.checks.reason import Severity
from models.clock import CHINA
from models.decision.decision import Outcome
from models.reports.dataset_table import DatasetTable
from storage.reports.dataset_source import Portion

Columns = dict[str, list[Any]]
_MACHINE: Final = "machine"
_PERSON: Final = "person"
_HOUR: Final = 3600.0


class TellableRound(NamedTuple):
    """One round as it may be told.

    Attributes:
        case: Its pseudonym.
        linked: The same; None where the round is detached.
        of_papers: The same in the tables of papers and fields.
        told: The columns of `applications` that anonymisation decided.
    """

    case: str
    linked: str | None
    of_papers: str | None
    told: Mapping[str, Any]


Tellable = Mapping[str, TellableRound]
"""Round identifier to how it may be told; a round that is not in it is withheld."""


def application_columns(portion: Portion, rounds: Tellable) -> Columns:
    """Rows of `applications`."""
    columns: Columns = {}
    for row in portion.rounds:
        if one := rounds.get(row.round_id):
            _add(columns, {"case": one.case, **one.told, **_ending(row, portion, one)})
    return columns


def _ending(row: Any, portion: Portion, one: TellableRound) -> dict[str, Any]:  # noqa: ANN401
    """How a round ended. A policy's version names a province, and is hidden with the region."""
    _, proof = portion.figures.get(row.round_id, ("", None))
    return {
        "stage": row.stage,
        "outcome": row.outcome,
        "machine_outcome": row.machine_outcome,
        "decided_by": None if row.decided_by is None else _origin(row.decided_by),
        "proof_class": proof if row.outcome == Outcome.APPROVED else None,
        "policy_version": row.policy_version if one.told["region"] else None,
    }


def document_columns(portion: Portion, rounds: Tellable) -> Columns:
    """Rows of `documents`."""
    columns: Columns = {}
    for row in portion.documents:
        if one := rounds.get(row.round_id):
            values = dict(row._mapping)
            del values["round_id"]
            _add(columns, {"case": one.of_papers, "paper": values.pop("ordinal"), **values})
    return columns


def finding_columns(portion: Portion, rounds: Tellable) -> Columns:
    """Rows of `findings`; a person's approval keeps no copies of what it overruled."""
    ends = {row.round_id: row for row in portion.rounds}
    given = {(r.round_id, r.code) for r in portion.findings if r.origin == _PERSON}
    columns: Columns = {}
    for row in portion.findings:
        one, end = rounds.get(row.round_id), ends[row.round_id]
        by_person = _origin(end.decided_by) == _PERSON
        approved = by_person and end.outcome == Outcome.APPROVED
        if one is None or (approved and row.origin == _PERSON):
            continue
        note = row.severity == Severity.INFO
        stands = (row.origin == _PERSON) == by_person
        overruled = by_person and (approved or (row.round_id, row.code) not in given)
        _add(
            columns,
            {
                "case": one.linked,
                "received_on": one.told["received_on"],
                "note": note,
                "in_force": stands and not note and end.outcome is not None,
                "overruled": overruled and not note and row.origin == _MACHINE,
                "outcome": end.outcome,
                "kind": row.kind if one.of_papers or one.linked is None else None,
                **{n: getattr(row, n) for n in ("ordinal", "code", "severity", "verdict")},
                **{n: getattr(row, n) for n in ("subject", "origin")},
            },
        )
    return columns


class _Expanded(NamedTuple):
    """What the figures of a portion's rounds unfold to."""

    checks: Columns
    fields: Columns
    kinship: Columns
    faces: Columns


def figure_columns(portion: Portion, rounds: Tellable) -> dict[str, Columns]:
    """Rows of `checks`, `fields`, `kinship` and `faces`."""
    papers = {(row.round_id, row.ordinal): row for row in portion.documents}
    out = _Expanded({}, {}, {}, {})
    for round_id, (text, _) in portion.figures.items():
        if one := rounds.get(round_id):
            figures = json.loads(text)
            _unfold_checks(out.checks, one, figures["checks"])
            _unfold_fields(out.fields, one, figures["fields"], _About(round_id, papers, portion))
            _unfold_kinship(out.kinship, one, figures["kinship"])
            _unfold_face(out.faces, one, figures["face"])
    return {name: getattr(out, name) for name in _Expanded._fields}


class _About(NamedTuple):
    round_id: str
    papers: Mapping[tuple[str, int], Any]
    portion: Portion


def _unfold_checks(columns: Columns, one: TellableRound, checks: Mapping[str, str]) -> None:
    columns.setdefault("case", []).extend([one.linked] * len(checks))
    columns.setdefault("check", []).extend(checks)
    columns.setdefault("verdict", []).extend(checks.values())


def _unfold_fields(
    columns: Columns, one: TellableRound, fields: Sequence[Sequence[Any]], about: _About
) -> None:
    case = columns.setdefault("case", [])
    paper, kind, engine = (columns.setdefault(n, []) for n in ("paper", "kind", "engine"))
    field, confidence = (columns.setdefault(n, []) for n in ("field", "confidence"))
    tier, agreed = (columns.setdefault(n, []) for n in ("tier", "second_agreed"))
    corrected = columns.setdefault("corrected", [])
    for place, name, sure, how, second in fields:
        shown = about.papers.get((about.round_id, place))
        if shown is None:
            continue
        case.append(one.of_papers)
        paper.append(place)
        kind.append(shown.kind)
        engine.append(shown.engine)
        field.append(name)
        confidence.append(sure)
        tier.append(how)
        agreed.append(second)
        corrected.append((about.round_id, place, name) in about.portion.corrected)


def _unfold_kinship(columns: Columns, one: TellableRound, told: Mapping[str, Any] | None) -> None:
    if told is not None:
        joined = {n: "+".join(told[n]) for n in ("derived", "ambiguities", "presumed")}
        plain = {n: told[n] for n in ("answer", "path", "certified")}
        _add(columns, {"case": one.linked, **joined, **plain})


def _unfold_face(columns: Columns, one: TellableRound, told: Mapping[str, Any] | None) -> None:
    if told is not None:
        _add(columns, {"case": one.linked, **told})


def timing_columns(portion: Portion, rounds: Tellable) -> Columns:
    """Rows of `timings`."""
    seconds: dict[str, float] = {}
    for row in portion.documents:
        seconds[row.round_id] = seconds.get(row.round_id, 0.0) + row.seconds
    columns: Columns = {}
    for row in portion.rounds:
        if one := rounds.get(row.round_id):
            opened, decided, due = portion.reviewed.get(row.round_id, (None, None, None))
            _add(
                columns,
                {
                    "case": one.linked,
                    "reading_seconds": seconds.get(row.round_id, 0.0),
                    "hours_to_outcome": hours(row.received_at, row.decided_at),
                    "hours_in_review": hours(opened, decided),
                    "within_term": decided <= due if decided and due else None,
                },
            )
    return columns


def hours(start: Any, end: Any) -> float | None:  # noqa: ANN401 - moments or None
    """Between two moments, to a tenth; None where one is not there."""
    return None if start is None or end is None else round((end - start).total_seconds() / _HOUR, 1)


CASE_COLUMNS: Final[Mapping[str, Callable[[Portion, Tellable], Columns]]] = {
    "applications": application_columns,
    "documents": document_columns,
    "findings": finding_columns,
    "timings": timing_columns,
}


def whole(columns: Columns, table: DatasetTable) -> Columns:
    """The columns of a table, also where there is no row."""
    return columns or {name: [] for name in table.names}


def known_of(rounds: Sequence[Any], papers: Mapping[str, tuple[str, ...]]) -> dict[str, list[Any]]:
    """What an insider knows of each round; see `tasks.reports.anonymise`."""
    same = ("region", "product", "channel", "relationship", "route", "age_band", "sex")
    known = {name: [getattr(row, name) for row in rounds] for name in (*same, "round")}
    known["ethnicity_group"] = [row.ethnicity_group for row in rounds]
    known["employer"] = [row.employer_ref for row in rounds]
    known["received_on"] = [row.received_at.astimezone(CHINA).date() for row in rounds]
    known["papers"] = ["+".join(sorted(papers.get(row.round_id, ()))) for row in rounds]
    return known


def _origin(decided_by: str | None) -> str:
    return _MACHINE if decided_by in {None, _MACHINE} else _PERSON


def _add(columns: Columns, row: Mapping[str, Any]) -> None:
    for name, value in row.items():
        columns.setdefault(name, []).append(value)
