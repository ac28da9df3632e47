"""What other applications tell about one. All persons are invented."""

import datetime as dt

import pytest

from models.cases.case_round import MatchKey, MatchKeyKind
from models.decision.decision import History
from models.intake.application import PersonRole, Product
from storage.cases import match_keys
from storage.cases.match_keys import _latest_rounds as latest_rounds

NOW = dt.datetime(2026, 11, 20, 1, 30, tzinfo=dt.UTC)
APPLICANT, MEMBER = PersonRole.APPLICANT, PersonRole.MEMBER
ANNA, BEN, CARL, DORA = (
    "110105194912310021", "33010619870101001X", "330106201001010026", "330106199001010034",
)  # fmt: skip


def persons(applicant, member, names=("张三", "李四")):
    return [
        MatchKey(kind=MatchKeyKind.NUMBER, role=APPLICANT, value=applicant),
        MatchKey(kind=MatchKeyKind.NUMBER, role=MEMBER, value=member),
        MatchKey(kind=MatchKeyKind.NAME, role=APPLICANT, value=names[0]),
        MatchKey(kind=MatchKeyKind.NAME, role=MEMBER, value=names[1]),
    ]


def file(digest, role=None, label="01.jpg"):
    return MatchKey(kind=MatchKeyKind.FILE, role=role, value=digest, label=label)


@pytest.fixture
def remember(repositories):
    def remembered(application_id, traces, digest="d"):
        registered = repositories.cases.register(
            application_id, digest, batch_id="b", received_at=NOW
        )
        repositories.match_keys.save(registered.round.round_id, traces)

    return remembered


@pytest.fixture
def history(repositories):
    def asked(traces, application_id="A9"):
        return repositories.match_keys.history(
            application_id, traces, product=Product.FAMILY_ACCOUNT
        )

    return asked


def test_the_first_application_has_no_history(history):
    assert history([*persons(ANNA, BEN), file("f")]) == History()


def test_an_application_is_not_compared_with_itself(remember, history):
    remember("A9", [*persons(ANNA, BEN, names=("张三", "王五")), file("f", MEMBER)])
    assert history([*persons(CARL, DORA), file("f", MEMBER)]) == History()


def test_a_file_of_another_family_is_reused(remember, history):
    remember("A1", [*persons(ANNA, BEN), file("f")])
    assert history([*persons(CARL, DORA), file("f", label="07.jpg")]).reused_files == ("07.jpg",)


def test_a_book_that_one_family_shows_twice_is_not_reused(remember, history):
    remember("A1", [*persons(ANNA, BEN), file("cover"), file("own page", APPLICANT)])
    again = [*persons(ANNA, CARL), file("cover"), file("own page", APPLICANT)]
    assert history(again).reused_files == ()


def test_one_selfie_for_two_members_of_one_applicant_is_reused(remember, history):
    remember("A1", [*persons(ANNA, BEN), file("selfie", MEMBER)])
    again = [*persons(ANNA, CARL), file("selfie", MEMBER, label="selfie.jpg")]
    assert history(again).reused_files == ("selfie.jpg",)


def test_a_person_who_is_member_here_and_applicant_there_may_show_the_same_card(remember, history):
    remember("A1", [*persons(ANNA, BEN), file("card", MEMBER)])
    assert history([*persons(BEN, CARL), file("card", APPLICANT)]).reused_files == ()


def test_a_number_with_another_name_is_shared_whatever_the_role(remember, history):
    remember("A1", persons(ANNA, BEN, names=("张三", "李四")))
    assert history(persons(BEN, CARL, names=("王五", "李四"))).shared_numbers == ("applicant",)


def test_names_and_numbers_are_compared_in_one_spelling(remember, history):
    remember("A1", persons(ANNA, BEN.lower(), names=("张三", "阿·卜")))
    assert history(persons(ANNA, BEN, names=(" 张 三", "阿•卜"))).shared_numbers == ()


def test_a_15_digit_number_is_the_same_person_as_its_longer_form(remember, history):
    remember("A1", persons("110105491231002", BEN, names=("张三", "李四")))
    assert history(persons("11010519491231002X", CARL, names=("王五", "李四"))).shared_numbers


def test_a_slip_that_a_later_round_mended_does_not_count(remember, history):
    remember("A1", persons(ANNA, BEN, names=("张山", "李四")), digest="first")
    remember("A1", persons(ANNA, BEN, names=("张三", "李四")), digest="second")
    assert history(persons(ANNA, CARL, names=("张三", "赵六"))).shared_numbers == ()


def test_traces_remembered_again_are_kept_once(repositories, remember):
    from sqlalchemy import select

    from storage.database.tables.cases import MatchKeyRow

    for _ in range(2):
        remember("A1", [*persons(ANNA, BEN), file("f"), file("f")])
    assert len(list(repositories.cases.rows(select(MatchKeyRow.trace_id)))) == 5


def test_more_traces_than_one_statement_may_take(remember, history):
    many = [file(f"f{number}") for number in range(1500)]
    remember("A1", [*persons(ANNA, BEN), *many])
    assert len(history([*persons(CARL, DORA), *many]).reused_files) == 1


def picture(bands, role=MEMBER):
    return [
        MatchKey(kind=MatchKeyKind.IMAGE, role=role, value=f"{n}:{b}") for n, b in enumerate(bands)
    ]


def test_one_picture_of_a_face_for_two_people_is_shared(remember, history):
    remember("A1", [*persons(ANNA, BEN), *picture("abcdefgh")])
    resaved = picture("abxxxxxx")
    assert history([*persons(ANNA, CARL), *resaved]).shared_faces == ("member",)
    assert history([*persons(BEN, CARL), *picture("abcd", APPLICANT)]).shared_faces == ()


def test_pictures_that_share_one_band_are_two_pictures(remember, history):
    remember("A1", [*persons(ANNA, BEN), *picture("abcdefgh")])
    assert history([*persons(ANNA, CARL), *picture("axxxxxxx")]).shared_faces == ()


def certificate(number, child, label="birth.jpg"):
    return [
        MatchKey(kind=MatchKeyKind.CERTIFICATE, value=number, label=label),
        MatchKey(kind=MatchKeyKind.CERTIFICATE_CHILD, value=f"{number}|{child}", label=label),
    ]


def test_one_certificate_number_for_two_children_is_shared(remember, history):
    remember("A1", [*persons(ANNA, BEN), *certificate("T330012345", "李四|2019-05-06")])
    other = [*persons(ANNA, CARL), *certificate("T330012345", "王五|2020-01-01")]
    assert history(other).shared_certificates == ("birth.jpg",)
    again = [*persons(DORA, BEN), *certificate("T330012345", "李四|2019-05-06")]
    assert history(again).shared_certificates == ()
    own = [*persons(ANNA, CARL), *certificate("T330099999", "王五|2020-01-01")]
    assert history(own).shared_certificates == ()


def test_of_a_crowd_that_shares_a_file_the_first_and_the_last_are_looked_at(
    repositories, remember, history, monkeypatch
):
    """Whoever came first is not hidden behind a crowd that shows the same file after them."""
    looked_at = []

    def latest(rounds):
        looked_at.append(len(rounds))
        return latest_rounds(rounds)

    monkeypatch.setattr("storage.cases.match_keys.FEW", 10)
    monkeypatch.setattr(
        "storage.cases.match_keys._FIRST_AND_LAST",
        tuple(query.limit(3) for query in match_keys._FIRST_AND_LAST),
    )
    monkeypatch.setattr("storage.cases.match_keys._latest_rounds", latest)
    remember("A1", [*persons(ANNA, BEN), file("f")])
    for number in range(30):
        remember(f"B{number}", [*persons(CARL, DORA), file("f")])
    assert history([*persons(CARL, DORA), file("f", label="07.jpg")]).reused_files == ("07.jpg",)
    assert looked_at[-1] <= 9, "three of the first and last of one file and two numbers"
