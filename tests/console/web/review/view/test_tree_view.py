"""The picture of a family: every box and every word for itself, however many there are."""

import datetime as dt
from itertools import combinations, pairwise

from console.web.review.view.tree_view import BOX, tree_view
from models.kinship.claim import APPLICANT, MEMBER
from tasks.decision.decide import decide
from tasks.identity.assign_documents import sort_papers
from tasks.reviewing.corrections.recheck import Recheck
from tests.tasks.checks.dossiers import (
    BROTHER,
    CHILD,
    FATHER,
    GRANDMA,
    GRANDPA,
    MOTHER,
    SISTER,
    application,
    checked,
    child_in_book,
    cover,
    dossier,
    page,
    person,
    policy_of,
)

BORN = {"沈雨林": "2012-05-06", "沈雨山": "2014-05-06", "沈雨川": "2016-05-06"}
SONS = tuple(person(name, born, "男") for name, born in BORN.items())
BOOK = (
    (FATHER, "户主"),
    (CHILD, "女"),
    (MOTHER, "妻"),
    (GRANDPA, "父亲"),
    (GRANDMA, "母亲"),
    (BROTHER, "弟"),
    (SISTER, "妹"),
    *zip(SONS, ("长子", "次子", "三子"), strict=True),
)
_WORD = (13, 16)
"""Width of a character and height of a line of a tie's word, in units of the picture."""


def drawn(given):
    policy, report = policy_of(given), checked(given)
    decision = decide(given, report, policy, decided_at=dt.datetime.now(dt.UTC), round_number=1)
    papers = sort_papers(given, policy.reading)
    return tree_view(Recheck(given.readings, given, papers, policy, report, decision))


def of_ten():
    given = child_in_book()
    pages = [page(who, word, file=f"{n}.jpg") for n, (who, word) in enumerate(BOOK)]
    return drawn(given.model_copy(update={"readings": (given.readings[0], *pages)}))


def apart(one, other):
    """Whether two boxes (left, top, right, bottom) share no point."""
    return one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


def around(x, y, width, height):
    return (x - width / 2, y - height / 2, x + width / 2, y + height / 2)


def test_ten_people_stand_in_boxes_of_their_own_and_no_word_lies_on_another():
    tree = of_ten()
    boxes = [around(node.x, node.y, *BOX) for node in tree.nodes]
    words = [
        around(x, y - 4, _WORD[0] * len(line.word), _WORD[1])
        for line in tree.lines
        for x, y in (line.where,)
    ]
    assert len(boxes) == len(BOOK)
    assert {node.name for node in tree.nodes} == {who.name for who, _ in BOOK}
    assert {APPLICANT, MEMBER} <= {node.person for node in tree.nodes}
    assert len(words) == len(BOOK) - 1
    for part in (*boxes, *words):
        assert 0 <= part[0] < part[2] <= tree.width
        assert 0 <= part[1] < part[3] <= tree.height
    for one, other in combinations((*boxes, *words), 2):
        assert apart(one, other), (one, other)


def test_a_tie_within_a_row_runs_behind_nobody_else_s_box():
    tree = of_ten()
    runs = [
        sorted((one, other))
        for line in tree.lines
        for one, other in pairwise(tuple(map(int, at.split(","))) for at in line.points.split())
        if one[1] == other[1]
    ]
    assert len(runs) == 3
    for (left, y), (right, _) in runs:
        behind = [n for n in tree.nodes if left < n.x < right and abs(n.y - y) <= BOX[1] / 2]
        assert not behind


def test_a_householder_whose_page_is_not_seen_is_called_by_the_cover():
    papers = cover(GRANDPA), page(FATHER, "长子"), page(CHILD, "孙女")
    tree = drawn(dossier(application(FATHER, CHILD, "child"), *papers))
    (third,) = (node for node in tree.nodes if node.person not in {APPLICANT, MEMBER})
    assert third.name == GRANDPA.name
