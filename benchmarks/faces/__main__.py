"""How often the face bands accept the right person, and somebody of the family who poses.

    .venv/bin/python -m benchmarks.faces specimens/faces/gallery --families families.csv --out faces

FOLDER holds a folder of photographs for each person, or photographs named `person_anything.jpg`.
A photograph with `portrait` in its name stands on the card, else the first one does; the others
are selfies. `families.csv` has the columns `one,other,relation`: what `other` is to `one`
(spouse, parent, child, sibling, grandparent, grandchild), and `one_sex,other_sex` (男, 女) where
known. Without it only strangers pose.

For each set of bands of the policies, and each relation:

- genuine: the member's own selfie is accepted, the applicant's portrait beside it;
- posing: the applicant's selfie is handed in as the member's, and accepted.

Copies and the second engine are left out: both only ever lower an answer. Intervals are
Wilson's, 95 %. `--out NAME` writes the ROC of every relation as NAME.csv, and NAME.png.
"""

import argparse
import csv
import itertools
import math
import os
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

os.environ.setdefault("OMP_NUM_THREADS", "1")

import datetime as dt

import cv2
import numpy as np
from numpy.typing import NDArray

from models.faces.face_thresholds import FacePair
from models.intake.application import Relationship
from models.policy.face_rules import FaceRules
from storage.policy.policies import PolicyRepository
from tasks.faces.sface import sface_engine

_SUFFIXES = {".jpg", ".jpeg", ".png", ".webp", ".bmp"}
_STEPS = [round(0.20 + 0.02 * n, 2) for n in range(31)]


Template = NDArray[np.float32]


class PhotographedPerson(NamedTuple):
    """Templates of one person's pictures; they end with this process."""

    portrait: Template
    selfies: tuple[Template, ...]


class KinPhotos(NamedTuple):
    """One pair: what `other` is to `one`; relation None for strangers."""

    one: str
    other: str
    relation: Relationship | None
    same_sex: bool | None


class Try(NamedTuple):
    """One selfie that is handed in for the member: nearness to member and applicant."""

    kin: KinPhotos
    to_member: float
    to_applicant: float


def main() -> None:
    """Print the table; write the curves where asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--families", type=Path)
    parser.add_argument("--policies", type=Path, default=Path("policies"))
    parser.add_argument("--strangers", type=int, default=2000, help="at most so many pairs")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    cv2.setNumThreads(1)
    people, lost = read_people(options.folder)
    kin = [k for k in read_families(options.families) if {k.one, k.other} <= people.keys()]
    kin += strangers(sorted(people), kin, options.strangers)
    genuine, posing = tries(people, kin)
    print(f"{len(people)} people, {lost} pictures without a face, {len(kin)} pairs")
    for name, rules in policies(options.policies):
        print_table(name, rules, genuine, posing)
    if options.out:
        write_curves(options.out, genuine, posing)


def read_people(folder: Path) -> tuple[dict[str, PhotographedPerson], int]:
    """Everybody with a portrait and a selfie that show a face, and how many pictures show none."""
    pictures: dict[str, list[Path]] = defaultdict(list)
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in _SUFFIXES:
            own = path.parent.name if path.parent != folder else path.stem.split("_")[0]
            pictures[own].append(path)
    people, lost = {}, 0
    for name, paths in pictures.items():
        paths.sort(key=lambda path: ("portrait" not in path.name, path.name))
        faces = [template(path) for path in paths]
        lost += sum(face is None for face in faces)
        found = [face for face in faces if face is not None]
        if faces[0] is not None and len(found) > 1:
            people[name] = PhotographedPerson(found[0], tuple(found[1:]))
    return people, lost


def template(path: Path) -> Template | None:
    """Of the largest face of a picture, at length 1."""
    image = cv2.imdecode(np.frombuffer(path.read_bytes(), np.uint8), cv2.IMREAD_COLOR)
    if image is None:
        return None
    scale = max(1.0, 330 / min(image.shape[:2])) * min(1.0, 640 / max(image.shape[:2]))
    picture = np.asarray(cv2.resize(image, None, fx=scale, fy=scale), np.uint8)
    engine = sface_engine()
    found = engine.find(picture)
    if not found:
        return None
    raw = engine.template(engine.align(picture, found[0])).ravel()
    return np.asarray(raw / np.linalg.norm(raw), np.float32)


def read_families(path: Path | None) -> Iterator[KinPhotos]:
    """Each line in both directions: either may be the applicant."""
    if path is None:
        return
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            relation = Relationship(row["relation"].strip())
            sexes = {(row.get("one_sex") or "").strip(), (row.get("other_sex") or "").strip()}
            same = None if "" in sexes else len(sexes) == 1
            yield KinPhotos(row["one"].strip(), row["other"].strip(), relation, same)
            yield KinPhotos(row["other"].strip(), row["one"].strip(), relation.inverse, same)


def strangers(names: list[str], kin: list[KinPhotos], most: int) -> list[KinPhotos]:
    """Pairs that no line relates, evenly chosen."""
    related = {(k.one, k.other) for k in kin}
    pairs = [p for p in itertools.permutations(names, 2) if p not in related]
    step = max(1, len(pairs) // most)
    return [KinPhotos(one, other, None, None) for one, other in pairs[::step][:most]]


def tries(
    people: dict[str, PhotographedPerson], kin: list[KinPhotos]
) -> tuple[list[Try], list[Try]]:
    """Every member's selfie beside the applicant's portrait; every applicant's, as the member's."""
    genuine: list[Try] = []
    posing: list[Try] = []
    for pair in kin:
        applicant, member = people[pair.one], people[pair.other]
        for selfies, told in ((member.selfies, genuine), (applicant.selfies, posing)):
            for selfie in selfies:
                own, rival = selfie @ member.portrait, selfie @ applicant.portrait
                told.append(Try(pair, float(own), float(rival)))
    return genuine, posing


def policies(folder: Path) -> list[tuple[str, FaceRules]]:
    """The sets of bands in force today, each once, by the files that have them."""
    shelf, today = PolicyRepository.load(folder), dt.datetime.now(dt.UTC).date()
    sets: dict[str, tuple[list[str], FaceRules]] = {}
    for region in ("000000", *(f"{n}0100" for n in range(11, 66))):
        policy = shelf.for_case(region, today, None)
        names, _ = sets.setdefault(policy.face.model_dump_json(), ([], policy.face))
        if (file := policy.version.partition("@")[0]) not in names:
            names.append(file)
    return [(" ".join(names), rules) for names, rules in sets.values()]


def accepted(tried: Try, rules: FaceRules) -> bool:
    """Whether the machine takes the selfie for the member's."""
    pair = FacePair(tried.kin.relation, tried.kin.same_sex, member_age=30, portrait_years=3)
    bands = rules.bands_for(pair)
    near = tried.to_member >= bands.thresholds.match
    nearer = tried.to_member - tried.to_applicant >= bands.thresholds.margin
    return near and nearer and not bands.person_decides


def print_table(name: str, rules: FaceRules, genuine: list[Try], posing: list[Try]) -> None:
    """One line a relation."""
    print(f"\n{name}  bands {rules.thresholds.version}")
    print(f"{'relation':28} {'genuine accepted':>34} {'posing accepted':>34}")
    for label in sorted({group(t.kin) for t in genuine}):
        told = [
            wilson([accepted(t, rules) for t in tries_ if group(t.kin) == label])
            for tries_ in (genuine, posing)
        ]
        print(f"{label:28} {told[0]:>34} {told[1]:>34}")


def group(kin: KinPhotos) -> str:
    """A relation and whether the sexes are the same."""
    if kin.relation is None:
        return "stranger"
    sex = {True: "same sex", False: "other sex", None: "sex not known"}[kin.same_sex]
    return f"{kin.relation.value}, {sex}"


def wilson(answers: list[bool]) -> str:
    """A share with its interval (Wilson, 95 %)."""
    count, hits, z = len(answers), sum(answers), 1.96
    if not count:
        return "-"
    share = hits / count
    centre = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = (
        z
        / (1 + z * z / count)
        * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    )
    low, high = max(0.0, centre - half), min(1.0, centre + half)
    return f"{hits}/{count} {share:.1%} [{low:.1%}, {high:.1%}]"


def write_curves(out: Path, genuine: list[Try], posing: list[Try]) -> None:
    """Shares accepted at every threshold, with a margin of 0.10 and with none."""
    rows: list[tuple[str, float, float, float, float]] = []
    for label, margin in itertools.product(sorted({group(t.kin) for t in genuine}), (0.0, 0.10)):
        right = [t for t in genuine if group(t.kin) == label]
        wrong = [t for t in posing if group(t.kin) == label]
        for step in _STEPS:
            taken, let_in = (
                round(sum(_taken(t, step, margin) for t in some) / len(some), 4)
                for some in (right, wrong)
            )
            rows.append((label, margin, step, taken, let_in))
    with out.with_suffix(".csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(("relation", "margin", "match", "genuine_accepted", "posing_accepted"))
        table.writerows(rows)
    _plot(out.with_suffix(".png"), rows)
    print(f"\n{out.with_suffix('.csv')} {out.with_suffix('.png')}")


def _taken(tried: Try, match: float, margin: float) -> bool:
    near = tried.to_member >= match
    return near and (margin == 0 or tried.to_member - tried.to_applicant >= margin)


def _plot(path: Path, rows: list[tuple[str, float, float, float, float]]) -> None:
    import matplotlib as mpl

    mpl.use("Agg")
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(1, 2, figsize=(12, 5), sharey=True)
    for axis, margin in zip(axes, (0.0, 0.10), strict=True):
        for label in sorted({row[0] for row in rows}):
            curve = [row for row in rows if row[:2] == (label, margin)]
            axis.plot([r[4] for r in curve], [r[3] for r in curve], marker=".", label=label)
        axis.set(title=f"margin {margin:.2f}", xlabel="posing accepted", ylabel="genuine accepted")
        axis.set_xscale("symlog", linthresh=0.001)
    axes[1].legend(fontsize=7)
    figure.tight_layout()
    figure.savefig(path, dpi=110)


if __name__ == "__main__":
    main()
