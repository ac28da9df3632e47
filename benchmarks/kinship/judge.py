"""Asks the prover about invented papers and counts what comes back."""

import contextlib
import random
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from benchmarks.kinship.families import SimulatedPerson, truth
from benchmarks.kinship.papers import SimulatedPapers, issue_papers
from benchmarks.kinship.readers import Reader
from benchmarks.kinship.worlds import TooManyWorldsError
from models.intake.application import Relationship
from models.kinship.claim import KinshipAnswer, KinshipVerdict
from tasks.kinship.proof.derive import derive_kinship

EXCLUDED = "TRUTH EXCLUDED"
WRONG_PROOF = "WRONG PROOF"
CONCEIVABLE = "REFUSED, though some family fits"
UNNAMED = "PROVEN, though another family fits and no presumption is named"
PRESUMED = "wrong proof, as the policy presumes of a book (K6, K8)"
SINCE = "wrong proof, by a certificate from before an adoption or a divorce"
UNREAD = "papers that too many families fit, not tried out"
OTHER = Relationship.OTHER
Open = frozenset[Relationship]
BINDABLE = tuple(r for r in Relationship if r is not OTHER)


def simulate(families: int, seed: int) -> Counter[str]:
    """Judge every ordered pair of people in the papers of `families` families."""
    rng = random.Random(seed)  # noqa: S311
    counts: Counter[str] = Counter()
    known: dict[str, tuple[Open, Open]] = {}
    for _ in range(families):
        papers = issue_papers(rng)
        whole = _Readers(papers, counts)
        for x, y in pairs(papers):
            judge(papers, x, y, "all papers", whole, counts)
            two = papers.two_pages(x, y)
            if len(two.books) == 1:
                judge(two, x, y, "two pages", _Two(two, known), counts)
    return counts


def pairs(papers: SimulatedPapers) -> Iterator[tuple[SimulatedPerson, SimulatedPerson]]:
    """Every ordered pair of people who have a page."""
    return ((x, y) for x in papers.bearers for y in papers.bearers if x is not y)


class _Two:
    """Readers of two pages; the same words leave the same open in every family."""

    read = True

    def __init__(self, papers: SimulatedPapers, known: dict[str, tuple[Open, Open]]) -> None:
        self._papers, self._known = papers, known

    def strictly(self, x: SimulatedPerson, y: SimulatedPerson) -> Open:
        """Everything that y may be to x."""
        return self._opened(x, y)[0]

    def literally(self, x: SimulatedPerson, y: SimulatedPerson) -> Open:
        """The same with 子, 女, 父, 母 taken at their word."""
        return self._opened(x, y)[1]

    def conceivable(self, x: SimulatedPerson, y: SimulatedPerson, claimed: Relationship) -> bool:
        """Whether some family fits."""
        return claimed in self.strictly(x, y)

    def _opened(self, x: SimulatedPerson, y: SimulatedPerson) -> tuple[Open, Open]:
        pages = {p.person.number: p for b in self._papers.books for p in b.pages}
        key = " ".join(pages[p.number].word + p.sex for p in (x, y))
        if key not in self._known:
            strict, literal = (Reader(self._papers, literally=how) for how in (False, True))
            self._known[key] = strict.open_between(x, y), literal.open_between(x, y)
        return self._known[key]


class _Readers:
    """Readers of the same papers: strict, and as the policy reads."""

    def __init__(self, papers: SimulatedPapers, counts: Counter[str]) -> None:
        self._papers = papers
        self._outdated: tuple[tuple[_Named, Reader], ...] | None = None
        self.read = True
        try:
            self.literal = Reader(papers, literally=True)
            self.strict = Reader(papers, literally=False)
        except TooManyWorldsError:
            self.read = False
            counts[UNREAD] += 1

    def strictly(self, x: SimulatedPerson, y: SimulatedPerson) -> Open:
        """Everything that y may be to x."""
        return self.strict.open_between(x, y)

    def literally(self, x: SimulatedPerson, y: SimulatedPerson) -> Open:
        """The same with 子, 女, 父, 母 taken at their word."""
        return self.literal.open_between(x, y)

    def conceivable(self, x: SimulatedPerson, y: SimulatedPerson, claimed: Relationship) -> bool:
        """Whether some family fits, an adoption or a divorce after one certificate included.

        Whom a certificate names as spouses or as the parents of a child are no relatives of each
        other, and a parent by birth never becomes the child's spouse, child or grandchild.
        """
        if claimed in self.strict.open_between(x, y):
            return True
        pair, downwards = {x.number, y.number}, {Relationship.CHILD, Relationship.GRANDCHILD}
        for named, reader in self._after():
            if pair in named.couples:
                continue
            of_birth = next((c for c, p in named.births if {c, p} == pair), None)
            allowed = set(BINDABLE)
            if of_birth is not None:
                line = downwards if of_birth == y.number else {r.inverse for r in downwards}
                allowed = line | {Relationship.SIBLING}
            if claimed in allowed and claimed in reader.open_between(x, y):
                return True
        return False

    def _after(self) -> tuple[tuple["_Named", Reader], ...]:
        """One reader for each certificate that something may have come after, and whom it names."""
        if self._outdated is None:
            found = []
            for certificate, named in _certificates(self._papers):
                with contextlib.suppress(TooManyWorldsError):
                    reader = Reader(self._papers, literally=False, without=certificate)
                    found.append((named, reader))
            self._outdated = tuple(found)
        return self._outdated


class _Named(NamedTuple):
    """Whom one certificate names: couples, and pairs of child and parent."""

    couples: list[set[int]]
    births: list[tuple[int, int]]


def _certificates(papers: SimulatedPapers) -> Iterator[tuple[str, _Named]]:
    for child, parents in papers.births:
        people = [p.number for p in parents.values() if isinstance(p, SimulatedPerson)]
        couples = [set(people)] if len(people) == 2 else []
        yield f"birth-{child.number}", _Named(couples, [(child.number, p) for p in people])
    for one, other in papers.marriages:
        yield f"marriage-{one.number}", _Named([{one.number, other.number}], [])


def judge(
    papers: SimulatedPapers,
    x: SimulatedPerson,
    y: SimulatedPerson,
    told: str,
    readers: _Readers | _Two,
    counts: Counter[str],
) -> None:
    """Claim every relation that can be bound, and count what comes back."""
    real, claims = truth(x, y), papers.claims(x, y)
    verdicts = {c: derive_kinship(claims, c, min_confidence=0.9) for c in BINDABLE}
    counts["questions"] += len(verdicts)
    counts[f"{told}: pairs"] += 1
    for claimed, verdict in verdicts.items():
        refused = verdict.answer is KinshipAnswer.CONTRADICTED
        if claimed is real:
            counts[EXCLUDED] += refused or claimed not in verdict.derived
        elif verdict.answer is KinshipAnswer.PROVEN:
            counts[_wrong(papers, verdict)] += 1
        else:
            counts[f"{told}: false claims refused"] += refused
            counts[f"{told}: false claims left open"] += not refused
        proven = verdict.answer is KinshipAnswer.PROVEN
        if proven and not verdict.presumed and readers.read:
            left = readers.strictly(x, y)
            counts["proofs without presumption tried out"] += 1
            counts[UNNAMED] += bool(left - {claimed})
            counts["proven, though the papers contradict each other elsewhere"] += not left
        if refused and readers.read:
            counts["refusals tried out"] += 1
            counts[CONCEIVABLE] += readers.conceivable(x, y, claimed)
    if real is not OTHER:
        _count_open(verdicts[real], told, readers, (x, y), counts)


def _count_open(
    verdict: KinshipVerdict,
    told: str,
    readers: _Readers | _Two,
    pair: tuple[SimulatedPerson, SimulatedPerson],
    counts: Counter[str],
) -> None:
    counts[f"{told}: bindable pairs"] += 1
    opened = verdict.answer is not KinshipAnswer.PROVEN
    counts[f"{told}: the prover leaves open"] += opened
    if not readers.read:
        return
    strict, literal = readers.strictly(*pair), readers.literally(*pair)
    counts[f"{told}: bindable pairs tried out"] += 1
    counts[f"{told}: no reader could tell"] += len(strict) != 1
    counts[f"{told}: nor with the presumption"] += len(literal) != 1
    counts[f"{told}: left open though a reader could tell"] += opened and len(strict) == 1
    counts[f"{told}: left open, two steps by the presumption"] += opened and len(literal) == 1


def _wrong(papers: SimulatedPapers, verdict: KinshipVerdict) -> str:
    """Which kind of wrong proof it is: what the policy takes for granted is no fault of a proof."""
    if verdict.presumed:
        return PRESUMED
    outdated = {f"birth-{p.number}" for p in papers.family.people if p.adopted}
    outdated |= {f"marriage-{husband.number}" for husband, _ in papers.family.ended}
    return SINCE if outdated & set(verdict.documents) else WRONG_PROOF
