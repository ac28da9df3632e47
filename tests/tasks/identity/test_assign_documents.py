import pytest

from models.intake.application import PersonRole
from models.kinship.claim import APPLICANT, MEMBER
from tasks.identity.assign_documents import AssignedDocuments, sort_papers
from tests.tasks.checks.dossiers import (
    CHILD,
    FATHER,
    GRANDMA,
    GRANDPA,
    MOTHER,
    SHELF_POLICY,
    STRANGER,
    K,
    application,
    birth,
    card,
    cover,
    dossier,
    emblem,
    field,
    page,
    person,
)

TWIN = person("沈雨欣", "2019-05-06", "女", serial=12)
RULES = SHELF_POLICY.reading


def sorted_papers(
    *readings, claimed="child", applicant=FATHER, member=CHILD, hints=None
) -> AssignedDocuments:
    form = application(applicant, member, claimed)
    return sort_papers(dossier(form, *readings, hints=hints), RULES)


def who(papers: AssignedDocuments) -> list[tuple[str, bool]]:
    return [(p.person, p.sure) for p in papers.all]


def test_a_valid_number_decides():
    papers = sorted_papers(page(CHILD, "长女"), page(FATHER, "户主"))
    assert who(papers) == [(MEMBER, True), (APPLICANT, True)]


def test_without_a_number_name_and_birth_date_decide_together():
    papers = sorted_papers(page(CHILD, "长女", id_number=field(None, 0.2)))
    assert who(papers) == [(MEMBER, True)]


def test_a_name_alone_settles_nobody():
    papers = sorted_papers(
        page(CHILD, "长女", id_number=field(None, 0.2), birth_date=field(None, 0.2))
    )
    assert who(papers) == [(MEMBER, False)]


def test_a_namesake_with_another_valid_number_is_another_person():
    namesake = person(CHILD.name, "2001-02-03", "女", region="440305")
    paper = sorted_papers(page(namesake, "长女")).all[0]
    assert paper.person not in {APPLICANT, MEMBER}
    assert paper.meant_for is PersonRole.MEMBER


@pytest.mark.parametrize("places", [1, 2])
def test_a_number_that_fails_its_check_nearby_is_probably_the_same_one(places):
    number = list(CHILD.number)
    for i in range(places):
        number[15 - i] = str((int(number[15 - i]) + 3) % 10)
    wrong = "".join(number)
    paper = sorted_papers(page(CHILD, "长女", id_number=field(wrong), name=field(None, 0.1))).all[0]
    assert (paper.person, paper.sure) == (MEMBER, False)


def test_a_twin_is_not_the_member():
    paper = sorted_papers(page(TWIN, "次女")).all[0]
    assert paper.person not in {APPLICANT, MEMBER}


def test_a_hint_is_not_believed_against_a_number():
    paper = sorted_papers(page(FATHER, "户主", "p.jpg"), hints={"p.jpg": {"person": "member"}})
    assert who(paper) == [(APPLICANT, True)]


def test_a_hint_fills_a_silence_and_settles_nothing():
    silent = page(CHILD, "长女", "p.jpg", name=field(None, 0.1), id_number=field(None, 0.1))
    silent = silent.model_copy(update={"fields": silent.fields | {"birth_date": field(None, 0.1)}})
    hinted = sorted_papers(silent, hints={"p.jpg": {"person": "member"}})
    assert who(hinted) == [(MEMBER, False)]
    assert sorted_papers(silent).all[0].meant_for is None


def test_a_third_person_is_the_same_on_two_papers_by_number_only():
    by_number = sorted_papers(birth(CHILD, MOTHER, FATHER), page(MOTHER, "妻"))
    assert by_number.all[0].parents[0] == by_number.all[1].person
    unnumbered = page(MOTHER, "妻", id_number=field(None, 0.1))
    by_name = sorted_papers(birth(CHILD, MOTHER, FATHER), unnumbered)
    assert by_name.all[0].parents[0] != by_name.all[1].person


def test_two_strangers_without_numbers_stay_two():
    nameless = [page(STRANGER, "非亲属", f"{i}.jpg", id_number=field(None, 0.1)) for i in range(2)]
    papers = sorted_papers(*nameless)
    assert papers.all[0].person != papers.all[1].person


def test_a_parent_with_a_misread_number_is_nobody_rather_than_a_stranger():
    wrong = FATHER.number[:15] + str((int(FATHER.number[15]) + 3) % 10) + FATHER.number[16:]
    paper = sorted_papers(birth(CHILD, None, FATHER, father_id_number=wrong)).all[0]
    assert paper.parents == (None, None)


def test_the_only_card_of_nobody_stands_in_the_member_s_place():
    paper = sorted_papers(card(STRANGER), claimed="spouse", member=MOTHER).all[0]
    assert paper.meant_for is PersonRole.MEMBER
    assert paper.person != MEMBER


def test_an_emblem_side_follows_the_only_portrait_side():
    papers = sorted_papers(emblem(), card(MOTHER), claimed="spouse", member=MOTHER)
    assert papers.of(K.ID_CARD_EMBLEM, PersonRole.MEMBER)[0].sure


@pytest.mark.parametrize("turned", [False, True])
def test_of_two_cards_the_elder_s_is_the_one_that_lasts_longer_and_that_is_only_a_guess(turned):
    sides = [
        card(FATHER, "1.jpg"),
        emblem(end=None, file="2.jpg"),
        card(GRANDPA, "3.jpg"),
        emblem(file="4.jpg"),
    ]
    papers = sorted_papers(
        *(reversed(sides) if turned else sides), claimed="parent", member=GRANDPA
    )
    (his,) = papers.of(K.ID_CARD_EMBLEM, PersonRole.MEMBER)
    assert (his.reading.file, his.sure) == ("2.jpg", False)


def test_one_emblem_side_beside_two_cards_is_the_member_s():
    papers = sorted_papers(card(GRANDPA), card(FATHER), emblem(), claimed="parent", member=GRANDPA)
    assert len(papers.of(K.ID_CARD_EMBLEM, PersonRole.MEMBER)) == 1


def test_both_sides_on_one_picture_belong_together():
    papers = sorted_papers(
        card(FATHER, "1.jpg"),
        emblem(file="1.jpg").model_copy(update={"part": 2}),
        card(MOTHER, "3.jpg"),
        emblem(file="3.jpg").model_copy(update={"part": 2}),
        claimed="spouse",
        member=MOTHER,
    )
    (hers,) = papers.of(K.ID_CARD_EMBLEM, PersonRole.MEMBER)
    assert (hers.reading.file, hers.sure) == ("3.jpg", True)


def test_pages_share_a_book_by_their_household_number():
    papers = sorted_papers(
        cover(GRANDPA),
        page(GRANDPA, "户主"),
        page(CHILD, "孙女"),
        page(GRANDMA, "妻", household_number="990000000001"),
    )
    books = [(p.book, p.book_sure) for p in papers.all]
    assert books[0] == books[1] == books[2]
    assert books[3][0] != books[0][0]
    assert all(sure for _, sure in books)


@pytest.mark.parametrize("number", [None, "330102001284"])
def test_a_page_without_a_clear_household_number_stays_a_doubt(number):
    unclear = page(CHILD, "孙女", household_number=field(number))
    papers = sorted_papers(cover(GRANDPA), page(GRANDPA, "户主"), unclear)
    assert papers.all[2].book == papers.all[0].book
    assert not papers.all[2].book_sure


def test_a_file_of_which_nothing_was_read_is_remembered():
    form = application(FATHER, CHILD, "child", documents=[{"file": "lost.jpg"}])
    papers = sort_papers(dossier(form), RULES)
    assert [e.file for e in papers.unread] == ["lost.jpg"]
