"""The tables of a run, as Markdown."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable
from statistics import mean, median
from typing import TypeVar

from benchmarks.intervals import MeasuredShare
from benchmarks.reading.rivals import KEY_FIELDS, RivalScore
from benchmarks.reading.score import FieldOutcome, PageOutcome, right_share

Item = TypeVar("Item")
Key = TypeVar("Key", bound=Hashable)


def accuracy(outcomes: list[FieldOutcome]) -> str:
    """Right, surely wrong, and unread fields by level and kind."""
    rows = [
        "| level | kind | fields right | wrong at >= 0.95 | unread |",
        "|---|---|---|---|---|",
    ]
    for level, of_level in _grouped(outcomes, lambda o: o.level).items():
        rows += [
            _row(level, kind, of_kind)
            for kind, of_kind in _grouped(of_level, lambda o: o.kind).items()
        ]
        rows.append(_row(level, "all", of_level))
    return "\n".join(rows)


def by_field(outcomes: list[FieldOutcome]) -> str:
    """The fields that were not always right."""
    rows = ["| kind | field | fields right |", "|---|---|---|"]
    for (kind, field), mine in _grouped(outcomes, lambda o: (o.kind, o.field)).items():
        if not all(outcome.right for outcome in mine):
            rows.append(f"| {kind} | {field} | {right_share(mine)} |")
    return "\n".join(rows)


def kinds(pages: list[PageOutcome]) -> str:
    """How often the kind was right, and what was taken for what."""
    right = MeasuredShare(sum(page.kind == page.read_as for page in pages), len(pages))
    wrong = Counter((page.kind, page.read_as) for page in pages if page.kind != page.read_as)
    rows = [f"kinds right: {right}"]
    rows += [f"- {true} taken for {taken}: {n}" for (true, taken), n in wrong.most_common()]
    return "\n".join(rows)


def findings(pages: list[PageOutcome]) -> str:
    """Which findings reading raised, by kind."""
    count = Counter((code, page.kind) for page in pages for code in page.codes)
    rows = ["| finding | kind | pages |", "|---|---|---|"]
    rows += [f"| {code} | {kind} | {n} |" for (code, kind), n in sorted(count.items())]
    return "\n".join(rows)


def costs(pages: list[PageOutcome]) -> str:
    """CPU seconds a page by kind."""
    rows = ["| kind | pages | CPU s mean | median |", "|---|---|---|---|"]
    for kind, mine in _grouped(pages, lambda p: p.kind).items():
        rows.append(_cost_row(kind, [page.seconds for page in mine]))
    rows.append(_cost_row("all", [page.seconds for page in pages]))
    return "\n".join(rows)


def against(
    rivals: list[RivalScore], outcomes: list[FieldOutcome], pages: list[PageOutcome]
) -> str:
    """Our reader beside whole-page readers, on the key fields of the same pictures."""
    key = [o for o in outcomes if o.wanted and o.field.endswith(KEY_FIELDS)]
    ours = median(page.seconds for page in pages)
    rows = [
        "| reader | key fields | CPU s a page, median | ours is faster by |",
        "|---|---|---|---|",
        f"| kinbind: read, and known which field it is | {right_share(key)} | {ours:.3f} | 1 |",
    ]
    for rival in rivals:
        theirs = median(rival.seconds)
        rows.append(f"| {rival.name} | {rival.found} | {theirs:.3f} | {theirs / ours:.2f} |")
    return "\n".join(rows)


def misses(outcomes: Iterable[FieldOutcome]) -> str:
    """Every wrong field."""
    return "\n".join(
        f"{'SURE AND WRONG' if o.sure else 'miss'} {o.level} {o.paper} {o.field}:"
        f" wanted {o.wanted}, found {o.found}, raw {o.raw}, {o.confidence:.3f}"
        for o in outcomes
        if not o.right
    )


def _row(level: str, kind: str, mine: list[FieldOutcome]) -> str:
    wrong = MeasuredShare(sum(o.sure and not o.right for o in mine), len(mine))
    unread = sum(o.found is None and o.wanted is not None for o in mine)
    return f"| {level} | {kind} | {right_share(mine)} | {wrong.hits} | {unread} |"


def _cost_row(kind: str, seconds: list[float]) -> str:
    return f"| {kind} | {len(seconds)} | {mean(seconds):.3f} | {median(seconds):.3f} |"


def _grouped(items: Iterable[Item], key: Callable[[Item], Key]) -> dict[Key, list[Item]]:
    groups: dict[Key, list[Item]] = defaultdict(list)
    for item in items:
        groups[key(item)].append(item)
    return dict(groups)
