"""Random families with their books and certificates, held against what the prover says.

    python -m benchmarks.kinship --families 2000

A family has three to four generations, in-laws with their own parents, second marriages with
step-children, adopted children. A book has a random householder and random relatives of that
person; each page prints a word as clerks do. For every ordered pair of people on its pages, the
prover is asked about the true relation and about a wrong one, once with the two pages alone and
once with a random selection of further papers. This module shares no code with the prover but
the vocabulary.
"""

import argparse
import dataclasses
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator

from models.application import Relationship
from models.kinship import (
    APPLICANT,
    MEMBER,
    Claims,
    HukouClaim,
    KinshipAnswer,
    KinshipVerdict,
    MarriageClaim,
    ParentageClaim,
)
from tasks.kinship.derive import derive_kinship

EXCLUDED = "TRUTH EXCLUDED"
WRONG_PROOF = "WRONG PROOF"
BEFORE_ADOPTION = "truth excluded, certificate from before the adoption"
PRESUMED = "wrong proof, step relation registered as 子, 女, 父, 母 (policy's presumption)"
NO_WORD = ("其他亲属", "非亲属", "亲戚")


@dataclasses.dataclass
class Person:
    """One invented person: parents in law, parents by birth (None: nobody of this family)."""

    number: int
    sex: str
    parents: tuple["Person", ...] = ()
    birth_parents: tuple["Person", ...] = ()
    spouse: "Person | None" = None
    children: list["Person"] = dataclasses.field(default_factory=list)
    adopted: bool = False


class Family:
    """A random family."""

    def __init__(self, rng: random.Random) -> None:
        """Grow one from an old couple downwards."""
        self.rng = rng
        self.people: list[Person] = []
        self._grow(self._couple(self._person("男"), self._person("女")), depth=0)

    def _person(self, sex: str) -> Person:
        person = Person(len(self.people), sex)
        self.people.append(person)
        return person

    def _couple(self, husband: Person, wife: Person) -> tuple[Person, Person]:
        husband.spouse, wife.spouse = wife, husband
        return husband, wife

    def _grow(self, couple: tuple[Person, Person], depth: int) -> None:
        for _ in range(self.rng.choice((0, 1, 1, 2, 2, 3))):
            self._descend(self._child(couple), depth)
        if self.rng.random() < 0.25:
            for _ in range(self.rng.choice((1, 1, 2))):
                self._descend(self._child((self.rng.choice(couple),)), depth)

    def _child(self, parents: tuple[Person, ...]) -> Person:
        child = self._person(self.rng.choice("男女"))
        child.parents = parents
        child.adopted = self.rng.random() < 0.06
        child.birth_parents = () if child.adopted else parents
        for parent in parents:
            parent.children.append(child)
        return child

    def _descend(self, child: Person, depth: int) -> None:
        if depth >= 2 or self.rng.random() > 0.7:
            return
        spouse = self._in_law("女" if child.sex == "男" else "男")
        pair = (child, spouse) if child.sex == "男" else (spouse, child)
        self._grow(self._couple(*pair), depth + 1)

    def _in_law(self, sex: str) -> Person:
        if self.rng.random() < 0.5:
            return self._person(sex)
        parents = self._couple(self._person("男"), self._person("女"))
        spouse = self._child(parents)
        spouse.sex = sex
        for _ in range(self.rng.choice((0, 0, 1))):
            self._child(parents)
        return spouse


def truth(x: Person, y: Person) -> Relationship:
    """What y is to x by law."""
    checks: tuple[tuple[Relationship, Callable[[], bool]], ...] = (
        (Relationship.SPOUSE, lambda: x.spouse is y),
        (Relationship.PARENT, lambda: y in x.parents),
        (Relationship.CHILD, lambda: x in y.parents),
        (Relationship.SIBLING, lambda: any(p in y.parents for p in x.parents)),
        (Relationship.GRANDPARENT, lambda: any(y in p.parents for p in x.parents)),
        (Relationship.GRANDCHILD, lambda: any(x in p.parents for p in y.parents)),
    )
    return next((relation for relation, holds in checks if holds()), Relationship.OTHER)


def _pick(rng: random.Random, person: Person, men: str, women: str) -> str:
    return rng.choice((men if person.sex == "男" else women).split())


def print_word(holder: Person, person: Person, rng: random.Random) -> tuple[str, bool]:
    """The word on a person's page, and whether it is stretched over a step relation."""
    if person is holder:
        return "户主", False
    if holder.spouse is person:
        return _pick(rng, person, "夫 丈夫 配偶", "妻 妻子 配偶"), False
    word = _near_word(holder, person, rng)
    if word:
        return word, False
    step = _step_word(holder, person, rng)
    if step:
        return step, not step.startswith("继")
    return _further_word(holder, person, rng), False


def _near_word(holder: Person, person: Person, rng: random.Random) -> str | None:
    if person in holder.children and person.adopted and rng.random() < 0.5:
        return _pick(rng, person, "养子", "养女")
    if person in holder.children:
        return _pick(rng, person, "子 长子 次子 三子 独生子 儿子", "女 长女 次女 二女 女儿")
    if person in holder.parents:
        return _pick(rng, person, "父 父亲", "母 母亲")
    return None


def _step_word(holder: Person, person: Person, rng: random.Random) -> str | None:
    if holder.spouse and person in holder.spouse.children:
        return _pick(rng, person, "继子 子 长子", "继女 女 长女")
    if any(parent.spouse is person for parent in holder.parents):
        return _pick(rng, person, "继父 父 父亲", "继母 母 母亲")
    return None


def _further_word(holder: Person, person: Person, rng: random.Random) -> str:
    for child in holder.children:
        if child.spouse is person:
            return _pick(rng, person, "女婿", "儿媳 媳妇 儿媳妇 长媳")
        if person in child.children:
            by_son = (child.sex == "男") != (rng.random() < 0.05)
            if by_son:
                return _pick(rng, person, "孙子 孙 长孙", "孙女 孙 长孙女")
            return _pick(rng, person, "外孙 外孙子", "外孙女")
        for grandchild in child.children:
            if grandchild.spouse is person:
                return _pick(rng, person, "孙女婿", "孙媳")
            if person in grandchild.children:
                return _pick(rng, person, "曾孙子", "曾孙女")
    return _upper_word(holder, person, rng) or _side_word(holder, person, rng)


def _upper_word(holder: Person, person: Person, rng: random.Random) -> str | None:
    if holder.spouse and person in holder.spouse.parents:
        if holder.sex == "女":
            return _pick(rng, person, "公公 家公", "婆婆 家婆")
        return _pick(rng, person, "岳父 丈人", "岳母 丈母")
    for parent in holder.parents:
        if person in parent.parents:
            if parent.sex == "男":
                return _pick(rng, person, "祖父 爷爷", "祖母 奶奶")
            return _pick(rng, person, "外祖父 外公 姥爷", "外祖母 外婆 姥姥")
    return None


def _siblings(person: Person) -> list[Person]:
    found = [c for p in person.parents for c in p.children if c is not person]
    return list({c.number: c for c in found}.values())


def _side_word(holder: Person, person: Person, rng: random.Random) -> str:
    words = [_sibling_line(s, person, rng) for s in _siblings(holder)]
    words += [
        _pick(rng, person, *(("伯父 叔父", "姑母") if parent.sex == "男" else ("舅父", "姨母")))
        for parent in holder.parents
        if person in _siblings(parent)
    ]
    return next(filter(None, words), None) or rng.choice(NO_WORD)


def _sibling_line(sibling: Person, person: Person, rng: random.Random) -> str | None:
    if sibling is person:
        return _pick(rng, person, "兄 弟 哥哥 弟弟", "姐 妹 姐姐 妹妹")
    if sibling.spouse is person:
        return _pick(rng, person, "姐夫 妹夫", "嫂 弟媳 嫂子")
    if person in sibling.children and sibling.sex == "男":
        return _pick(rng, person, "侄子 侄儿", "侄女")
    if person in sibling.children:
        return _pick(rng, person, "外甥", "外甥女")
    return None


@dataclasses.dataclass
class Papers:
    """The pages of one book and the certificates of its people."""

    family: Family
    rng: random.Random
    holder: Person
    members: list[Person]
    words: dict[int, tuple[str, bool]]

    def identity(self, person: Person, x: Person, y: Person) -> str:
        """How claims call a person when x applies for y."""
        return {x.number: APPLICANT, y.number: MEMBER}.get(person.number, f"p{person.number}")

    def page(self, person: Person, x: Person, y: Person) -> HukouClaim:
        """One registration card."""
        return HukouClaim(
            document=f"page-{person.number}",
            person=self.identity(person, x, y),
            book="book",
            word=self.words[person.number][0],
            sex=person.sex,
            householder_sex=self.rng.choice((None, self.holder.sex)),
            confidence=0.99,
        )

    def birth(self, person: Person, x: Person, y: Person) -> ParentageClaim:
        """A birth certificate; an outsider where no parent by birth is of the family."""
        named: dict[str, str | None] = {
            sex: None if self.rng.random() < 0.2 else f"out-{sex}-{person.number}" for sex in "男女"
        }
        named |= {p.sex: self.identity(p, x, y) for p in person.birth_parents}
        return ParentageClaim(
            document=f"birth-{person.number}",
            child=self.identity(person, x, y),
            mother=named["女"],
            father=named["男"],
            confidence=0.99,
        )

    def all_papers(self, x: Person, y: Person) -> Claims:
        """Both pages and a random selection of the others."""
        pages = [p for p in self.members if p in (x, y) or self.rng.random() < 0.5]
        born = [p for p in self.family.people if p.parents and self.rng.random() < 0.3]
        couples = [p for p in self.family.people if p.spouse and self.rng.random() < 0.1]
        return Claims(
            hukou=tuple(self.page(p, x, y) for p in pages),
            parentage=tuple(self.birth(p, x, y) for p in born),
            marriages=tuple(
                MarriageClaim(
                    document=f"marriage-{p.number}",
                    spouses=(self.identity(p, x, y), self.identity(p.spouse, x, y)),
                    confidence=0.99,
                )
                for p in couples
                if p.spouse
            ),
        )


def issue_papers(rng: random.Random) -> Papers:
    """A random family and one random book of it."""
    family = Family(rng)
    holder = rng.choice(family.people)
    others = [p for p in family.people if p is not holder]
    words = {p.number: print_word(holder, p, rng) for p in family.people}
    near = [p for p in others if words[p.number][0] not in NO_WORD]
    members = [holder, *rng.sample(near, min(len(near), rng.choice((2, 3, 4, 5, 6))))]
    far = [p for p in others if p not in members]
    if far and rng.random() < 0.2:
        members.append(rng.choice(far))
    return Papers(family, rng, holder, members, words)


def judge(papers: Papers, x: Person, y: Person, claims: Claims, counts: Counter[str]) -> None:
    """Ask about the true relation and a wrong one, and count what comes back."""
    real = truth(x, y)
    told = "two_pages" if not claims.parentage and not claims.marriages else "more_papers"
    right = derive_kinship(claims, real, min_confidence=0.9)
    wrong_claim = papers.rng.choice(
        [r for r in Relationship if r not in (real, Relationship.OTHER)]
    )
    wrong = derive_kinship(claims, wrong_claim, min_confidence=0.9)
    counts["questions"] += 2
    counts[f"{told}: pairs"] += 1
    if _excludes(right, real):
        counts[_exclusion(right, x, y)] += 1
    if wrong.answer is KinshipAnswer.PROVEN:
        counts[PRESUMED if _stretched(papers, wrong) else WRONG_PROOF] += 1
    if wrong.answer is KinshipAnswer.CONTRADICTED:
        counts[f"{told}: false claim contradicted"] += 1
    if real is not Relationship.OTHER:
        counts[f"{told}: bindable pairs"] += 1
        counts[f"{told}: bindable pairs {right.answer.value}"] += 1


def _excludes(verdict: KinshipVerdict, real: Relationship) -> bool:
    return verdict.answer is KinshipAnswer.CONTRADICTED or real not in verdict.derived


def _exclusion(verdict: KinshipVerdict, x: Person, y: Person) -> str:
    """Which kind of exclusion it is: a certificate of birth does not know of an adoption."""
    by_birth = "birth_certificate" in verdict.proof and (x.adopted or y.adopted)
    return BEFORE_ADOPTION if by_birth else EXCLUDED


def _stretched(papers: Papers, verdict: KinshipVerdict) -> bool:
    """Whether the proof rests on a page that prints a step relation as 子, 女, 父 or 母."""
    pages = {f"page-{number}" for number, (_, stretched) in papers.words.items() if stretched}
    return bool(pages & set(verdict.documents))


def pairs(papers: Papers) -> Iterator[tuple[Person, Person]]:
    """Every ordered pair of people who have a page."""
    return ((x, y) for x in papers.members for y in papers.members if x is not y)


def simulate(families: int, seed: int) -> Counter[str]:
    """Judge every ordered pair of `families` books."""
    rng = random.Random(seed)  # noqa: S311
    counts: Counter[str] = Counter()
    for _ in range(families):
        papers = issue_papers(rng)
        for x, y in pairs(papers):
            two = Claims(hukou=(papers.page(x, x, y), papers.page(y, x, y)))
            judge(papers, x, y, two, counts)
            judge(papers, x, y, papers.all_papers(x, y), counts)
    return counts


def main() -> None:
    """Print the counts."""
    parser = argparse.ArgumentParser(description="Hold the kinship prover against random families.")
    parser.add_argument("--families", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=20261120)
    options = parser.parse_args()
    started = time.perf_counter()
    counts = simulate(options.families, options.seed)
    for name in (EXCLUDED, WRONG_PROOF):
        counts.setdefault(name, 0)
    for name in sorted(counts):
        print(f"{counts[name]:>9}  {name}")
    for told in ("two_pages", "more_papers"):
        open_share = counts[f"{told}: bindable pairs not_determined"] / max(
            1, counts[f"{told}: bindable pairs"]
        )
        print(f"{open_share:>9.1%}  {told}: bindable pairs left open by ambiguity")
    print(f"{time.perf_counter() - started:>9.1f}  seconds")


if __name__ == "__main__":
    main()
