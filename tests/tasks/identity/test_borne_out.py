"""What a picture bears out stands where reading was not sure, and nowhere else."""

import pytest

from models.reading.stated_value import StatedAnswer, StatedComparison
from tasks.identity.witnesses import weigh_readings
from tests.tasks.checks.dossiers import CHILD, FATHER, application, field, page, policy_of
from tests.tasks.checks.dossiers import dossier as dossier_of

BORNE_OUT = StatedAnswer.BORNE_OUT


def judged(name, reading_of_field, *comparisons, **others):
    """A field of the child's page after the comparisons (person, answer)."""
    paper = page(CHILD, "长女", **{name: reading_of_field, **others})
    dossier = dossier_of(application(FATHER, CHILD, "child"), paper)
    stated = tuple(
        StatedComparison(
            digest=paper.digest,
            field=name,
            person=person,
            read=True,
            answer=answer,
            margin=4.0 if answer is BORNE_OUT else -4.0,
            deficit=0.0,
        )
        for person, answer in comparisons
    )
    rules = policy_of(dossier).reading
    (heard,) = weigh_readings(dossier.application, (paper,), rules, stated)
    assert paper.fields[name] == reading_of_field
    found = heard.fields[name]
    return found.value, rules.trusts(name, found)


OWN = ("member", BORNE_OUT)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (field(CHILD.number, 0.99), (CHILD.name, True)),
        (field(CHILD.number, 0.1), ("某某", False)),
        (field(None, 0.1), ("某某", False)),
        (field(FATHER.number, 0.99), ("某某", False)),
    ],
)
def test_a_name_that_is_nearly_the_likeliest_counts_beside_its_own_sure_number(number, expected):
    near = ("member", StatedAnswer.NEARLY)
    assert judged("name", field("某某", 0.2), near, id_number=number) == expected


@pytest.mark.parametrize(
    ("name", "read", "comparisons", "expected"),
    [
        pytest.param("id_number", field(None, 0.3), [OWN], (CHILD.number, True), id="unread"),
        pytest.param("id_number", field(CHILD.number, 0.1), [OWN], (CHILD.number, True), id="weak"),
        pytest.param("name", field("某某", 0.2), [OWN], (CHILD.name, True), id="look-alike"),
        pytest.param(
            "birth_date", field(None, 0.2), [OWN], (CHILD.born.isoformat(), True), id="birth"
        ),
        pytest.param("name", field("某某", 0.99), [OWN], ("某某", True), id="read surely"),
        pytest.param("name", field(None, 0.2), [], (None, False), id="not compared"),
        pytest.param(
            "name",
            field(None, 0.2),
            [("member", StatedAnswer.CANNOT_TELL), ("applicant", StatedAnswer.CONTRADICTED)],
            (None, False),
            id="not borne out",
        ),
        pytest.param("id_number", field(None, 0.99), [OWN], (None, False), id="surely blank"),
        pytest.param(
            "name",
            field(CHILD.name, 0.8),
            [("member", StatedAnswer.CANNOT_TELL)],
            (CHILD.name, True),
            id="read as stated, and the picture cannot tell",
        ),
        pytest.param(
            "name",
            field(CHILD.name, 0.8),
            [("member", StatedAnswer.CONTRADICTED)],
            (CHILD.name, False),
            id="read as stated, and the picture shows a look-alike",
        ),
        pytest.param(
            "name", field(None, 0.2), [OWN, ("applicant", BORNE_OUT)], (None, False), id="two"
        ),
        pytest.param(
            "id_number",
            field(CHILD.number, 0.9, second=FATHER.number),
            [OWN],
            (CHILD.number, False),
            id="the second reader saw another whole number",
        ),
        pytest.param(
            "id_number",
            field(CHILD.number, 0.7, second=f"{CHILD.number[:10]}4{CHILD.number[11:]}"),
            [OWN],
            (CHILD.number, True),
            id="the second reader saw a month that is none",
        ),
        pytest.param(
            "id_number",
            field(CHILD.number, 0.7, second=f"4{CHILD.number[:-1]}"),
            [OWN],
            (CHILD.number, True),
            id="the second reader's number is moved by a place",
        ),
        pytest.param(
            "id_number",
            field(None, 0.3, second=CHILD.number[:9]),
            [OWN],
            (CHILD.number, True),
            id="the second reader saw a part",
        ),
    ],
)
def test_what_the_checks_take(name, read, comparisons, expected):
    assert judged(name, read, *comparisons) == expected
