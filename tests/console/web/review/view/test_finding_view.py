"""Evidence on the page: which paper it is, what differs, and who sees it whole."""

import pytest

from console.web.review.view.finding_view import finding_views
from models.checks.finding import Evidence, finding
from models.checks.reason import Reason
from models.identity.masking import mask_field
from models.intake.application import Application
from models.reading.document import DocumentKind, DocumentReading, FieldReading
from tests.tasks.checks.dossiers import CHILD, FATHER, application

OTHER_NUMBER = CHILD.number[:10] + "31" + CHILD.number[12:]


def paper(part, **fields):
    return DocumentReading(
        file="all.pdf",
        page=part,
        digest="0" * 64,
        kind=DocumentKind.HUKOU_MEMBER,
        kind_confidence=1,
        fields={name: FieldReading(value=value, confidence=1) for name, value in fields.items()},
    )


def seen(field, value, document="all.pdf"):
    return Evidence(document=document, field=field, value=mask_field(field, value))


PAPERS = (
    paper(1, name=FATHER.name, id_number=FATHER.number),
    paper(2, name=CHILD.name, id_number=CHILD.number),
    paper(3, name=CHILD.name, id_number=OTHER_NUMBER),
)
FORM = Application.model_validate(application(FATHER, CHILD, "child"))
DIFFER = finding(
    Reason.NAMES_DIFFER,
    seen("id_number", CHILD.number),
    seen("id_number", OTHER_NUMBER),
    seen("member.id_number", CHILD.number, "application.json"),
)


def test_of_a_file_of_several_papers_each_piece_leads_to_the_one_where_it_stands():
    (view,) = finding_views([DIFFER], PAPERS, FORM, holder=True)
    assert [item.paper for item in view.evidence] == [1, 2, None]


@pytest.mark.parametrize(("holder", "shown"), [(True, OTHER_NUMBER), (False, None)])
def test_only_who_holds_the_case_sees_whole_what_differs_and_that_is_told_for_the_log(
    holder, shown
):
    (view,) = finding_views([DIFFER], PAPERS, FORM, holder=holder)
    second = view.evidence[1]
    assert second.value == (shown or mask_field("id_number", OTHER_NUMBER))
    assert second.whole is holder
    assert second.place == "2:id_number"
    assert [part.text for part in second.parts if part.differs] == (["31"] if holder else [])


def test_the_names_and_numbers_of_two_people_are_no_difference():
    pages = finding(
        Reason.HOUSEHOLDS_DIFFER,
        seen("name", FATHER.name),
        seen("name", CHILD.name),
        seen("id_number", FATHER.number),
        seen("id_number", CHILD.number),
    )
    roles = ("applicant", "member", "")
    (view,) = finding_views([pages], PAPERS, FORM, holder=True, roles=roles)
    assert not view.differs
    assert not any(item.whole for item in view.evidence)
    (view,) = finding_views([DIFFER], PAPERS, FORM, holder=True, roles=roles)
    assert view.differs


def test_values_that_agree_stay_masked():
    same = finding(
        Reason.NAMES_DIFFER,
        seen("id_number", CHILD.number),
        seen("member.id_number", CHILD.number, "application.json"),
    )
    (view,) = finding_views([same], PAPERS, FORM, holder=True)
    assert not view.differs
    assert CHILD.number not in {item.value for item in view.evidence}
