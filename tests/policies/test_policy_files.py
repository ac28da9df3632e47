import datetime as dt
import shutil
from pathlib import Path

import pytest

from models.checks.reason import Reason, Severity
from models.checks.reason_catalogue import REASONS
from models.errors import SettingError
from models.identity.id_number import PROVINCES
from models.intake.application import (
    Application,
    BindingMethod,
    Channel,
    IdentityRoute,
    Product,
    Relationship,
)
from models.policy.code_rules import MACHINE_MAY_REJECT
from models.policy.policy import Offer, Policy
from models.policy.rule_group import AgeGroup
from storage.policy.policies import PolicyRepository
from tests.tasks.checks.dossiers import FATHER, MOTHER, application

FOLDER = Path(__file__).parents[2] / "policies"
TODAY = dt.date(2026, 11, 20)


@pytest.fixture(scope="module")
def shelf():
    return PolicyRepository.load(FOLDER)


@pytest.fixture(scope="module")
def national(shelf):
    return shelf.for_case("330100", TODAY, Product.FAMILY_ACCOUNT)


@pytest.fixture
def folder(tmp_path):
    return Path(shutil.copytree(FOLDER, tmp_path / "policies"))


def edited(folder: Path, old: str, new: str, name: str = "national.yaml") -> Path:
    path = folder / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return folder


def test_a_province_without_a_file_follows_the_national_policy(national):
    assert national.version.startswith("national.yaml@2021-04-22#")
    assert national.limits.max_applicants_per_person == 2
    assert national.limits.max_bound_per_applicant == 5


def test_henan_s_limit_is_one_of_mutual_aid_alone(shelf, national):
    henan = shelf.for_case("410100", TODAY, Product.MUTUAL_AID)
    assert henan.limits.max_applicants_per_person == 1
    assert henan.limits.max_bound_per_applicant == 5
    assert henan.evidence == national.evidence
    assert henan.version.startswith("henan.yaml@")
    family = shelf.for_case("410100", TODAY, Product.FAMILY_ACCOUNT)
    assert family.limits == national.limits


NEAR = {Relationship.SPOUSE, Relationship.PARENT, Relationship.CHILD}
WIDER = {Relationship.SIBLING, Relationship.GRANDPARENT, Relationship.GRANDCHILD}


@pytest.mark.parametrize("region", ["330100", "510100", "310100"])
@pytest.mark.parametrize(
    ("day", "sure", "doubtful"),
    [
        ("2024-07-25", NEAR, set()),
        ("2024-07-26", NEAR, WIDER),
        ("2024-08-15", NEAR, WIDER),
        ("2024-12-31", NEAR, WIDER),
        ("2025-01-01", NEAR | WIDER, set()),
    ],
)
def test_while_the_provinces_began_one_after_another_a_person_decides(
    shelf, region, day, sure, doubtful
):
    rules = shelf.for_case(region, dt.date.fromisoformat(day), Product.MUTUAL_AID)
    assert rules.eligible == sure
    assert rules.eligible_by_person == doubtful


def test_no_product_offers_nothing(shelf):
    policy = shelf.for_case("330100", TODAY, None)
    assert policy.offer is None
    assert policy.eligible == frozenset()


@pytest.mark.parametrize(
    ("born", "age", "group"),
    [
        ("2010-11-20", 16, AgeGroup.ADULT),
        ("2010-11-21", 15, AgeGroup.MINOR),
        ("2012-02-29", 14, AgeGroup.MINOR),
        ("1960-11-20", 66, AgeGroup.ADULT),
    ],
)
def test_a_year_is_completed_on_the_birthday(national, born, age, group):
    day = dt.date.fromisoformat(born)
    assert national.ages.age(day, TODAY) == age
    assert national.ages.group(day, TODAY) is group


def test_somebody_born_on_29_february_turns_older_on_1_march(national):
    born = dt.date(2008, 2, 29)
    assert national.ages.age(born, dt.date(2025, 2, 28)) == 16
    assert national.ages.age(born, dt.date(2025, 3, 1)) == 17


def test_the_other_way_of_counting_completes_a_year_a_day_later(national):
    ages = national.ages.model_copy(update={"attained": "day_after"})
    assert ages.age(dt.date(2010, 11, 20), TODAY) == 15
    assert ages.age(dt.date(2010, 11, 19), TODAY) == 16


def test_every_application_finds_an_evidence_set(national):
    for group in AgeGroup:
        for product in Product:
            for method in (*BindingMethod, None):
                for route in (*IdentityRoute, None):
                    sets = national.evidence.sets
                    assert any(s.fits(group, product, method, route) for s in sets)


def test_the_machine_rejects_only_what_no_person_could_see_differently(national):
    assert national.codes.rejected <= MACHINE_MAY_REJECT


def test_an_error_never_ends_as_a_note_and_a_note_never_returns(national):
    for code in Reason:
        noted = code in national.codes.noted
        assert noted == (REASONS[code].severity is Severity.INFO)


def test_whatever_is_returned_can_be_mended_by_the_applicant(national):
    assert all(REASONS[code].repairable for code in national.codes.returned)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("minor_max_age: 15", "minor_maxage: 15", r"yaml:\d+: .*did you mean minor_max_age\?"),
        ("minor_max_age: 15", "minor_max_age: old", r"national.yaml:\d+: ages.minor_max_age"),
        ("minor_max_age: 15", "minor_max_age: 15\n  minor_max_age: 16", "is written twice"),
        ("limits:\n  source:", "limits:\n  origin:", r"national.yaml:\d+: .*names no source"),
        ("rejected: [R01,", "rejected: [R02, R01,", "R02"),
        ("noted: [P05,", "noted: [", "P05"),
        ("age_16_group: adult", "age_16_group: minor", "makes somebody of 16 adult"),
        ("name_beside_number: 0.30", "name_beside_number: 0.99", "must not be above name"),
        ("required_for: [adult]", "required_for: [adult, minor]", "no policy may ask"),
        ("channels: [national_app", "channels: [telegraph", r"national.yaml:\d+: products"),
        ("2021-04-22\n  minor_max", "2030-01-01\n  minor_max", "not in force"),
        ('region: "00"', 'region: "33"', "no national policy"),
        ("ages:\n", "ages: [\n", "not YAML"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_file_is_refused_and_named(folder, old, new, told):
    with pytest.raises(SettingError, match=told):
        PolicyRepository.load(edited(folder, old, new))


def test_the_line_is_the_one_of_the_mistake(folder):
    edited(folder, "minor_max_age: 15", "minor_maxage: 15")
    lines = (folder / "national.yaml").read_text("utf-8").splitlines()
    line = next(i for i, text in enumerate(lines, 1) if "minor_maxage" in text)
    with pytest.raises(SettingError, match=f"national.yaml:{line}: ages.minor_maxage"):
        PolicyRepository.load(folder)


def test_a_mistake_of_a_province_is_named_in_its_own_file(folder):
    edited(folder, "max_applicants_per_person", "max_applicant_per_person", "henan.yaml")
    with pytest.raises(SettingError, match=r"henan.yaml:\d+: .*max_applicants_per_person\?"):
        PolicyRepository.load(folder)


def test_a_file_that_extends_nothing_known_is_refused(folder):
    edited(folder, "extends: national", "extends: nation", "henan.yaml")
    with pytest.raises(SettingError, match=r"henan.yaml:\d+: .*extends nation"):
        PolicyRepository.load(folder)


def test_before_the_first_policy_there_is_none(shelf):
    with pytest.raises(SettingError, match="no policy is in force"):
        shelf.for_case("330100", dt.date(2001, 1, 1), None)


def test_a_newer_file_of_the_same_place_takes_over_on_its_day(folder):
    text = (folder / "henan.yaml").read_text("utf-8")
    newer = text.replace("name: henan", "name: henan-2027").replace("2021-04-22", "2027-01-01")
    newer = newer.replace("max_applicants_per_person: 1", "max_applicants_per_person: 3")
    (folder / "henan-2027.yaml").write_text(newer, "utf-8")
    shelf = PolicyRepository.load(folder)
    limits = [
        shelf.for_case("410100", day, Product.MUTUAL_AID).limits.max_applicants_per_person
        for day in (dt.date(2026, 12, 31), dt.date(2027, 1, 1))
    ]
    assert limits == [1, 3]


def test_the_version_changes_with_the_content_of_the_file_and_of_what_it_extends(folder):
    def versions() -> tuple[str, str]:
        shelf = PolicyRepository.load(folder)
        national, henan = (shelf.for_case(r, TODAY, None) for r in ("330100", "410100"))
        return national.version, henan.version

    before = versions()
    edited(folder, "sla_working_days: 3", "sla_working_days: 2")
    after = versions()
    assert before[0] != after[0]
    assert before[1] != after[1]


@pytest.mark.parametrize(
    ("region", "file"),
    [
        ("110100", "beijing.yaml"),
        ("320500", "jiangsu.yaml"),
        ("410100", "henan.yaml"),
        ("450100", "nanning.yaml"),
        ("450102", "nanning.yaml"),
        ("450200", "national.yaml"),
        ("500101", "chongqing.yaml"),
        ("330100", "national.yaml"),
    ],
)
def test_a_place_follows_its_own_file_before_the_province_s_and_the_country_s(shelf, region, file):
    assert shelf.for_case(region, TODAY, None).version.startswith(f"{file}@")


def test_a_city_s_file_counts_before_its_province_s(folder):
    text = (folder / "nanning.yaml").read_text("utf-8")
    province = text.replace("name: nanning", "name: guangxi").replace('"4501"', '"45"')
    (folder / "guangxi.yaml").write_text(province, "utf-8")
    shelf = PolicyRepository.load(folder)
    files = [shelf.origins(region, TODAY).files[0] for region in ("450100", "450200")]
    assert files == ["nanning.yaml", "guangxi.yaml"]


def test_the_places_differ_where_their_rules_do(shelf):
    def rules(region: str):
        policy: Policy = shelf.for_case(region, TODAY, Product.MUTUAL_AID)
        return policy

    def offer(region: str) -> Offer:
        offered: Offer | None = rules(region).offer
        assert offered is not None
        return offered

    assert [offer(r).filing_needed for r in ("110100", "330100")] == [True, False]
    assert [rules(r).consents.spouse_confirmation for r in ("320100", "330100")] == [True, False]
    family = shelf.for_case("320100", TODAY, Product.FAMILY_ACCOUNT)
    assert not family.consents.spouse_confirmation
    assert rules("450100").evidence.social_security_card == "person"
    assert Channel.KIOSK in offer("450100").channels
    assert Channel.KIOSK not in offer("500100").channels
    assert Channel.WECHAT_ACCOUNT in offer("500100").channels


def test_where_a_list_of_channels_is_weakly_founded_the_machine_does_not_reject_by_it(shelf):
    for region in ("450100", "500100"):
        rules = shelf.for_case(region, TODAY, Product.MUTUAL_AID)
        assert Reason.CHANNEL_NOT_OFFERED in rules.codes.reviewed


def test_every_province_of_the_country_has_a_policy(shelf):
    for province in PROVINCES:
        assert shelf.for_case(f"{province}0100", TODAY, Product.FAMILY_ACCOUNT).offer


def test_the_divisions_know_current_retired_and_new_codes(shelf):
    divisions = shelf.divisions
    assert len(divisions.eras) > 7000
    assert {code[:2] for code in divisions.eras} == {str(p) for p in PROVINCES}
    for new in ("350404", "431181", "450181", "540581", "653228", "659012"):
        assert divisions.on_record(new, born=2025, year=2026)
    assert divisions.on_record("510202", born=1980, year=2026)  # retired since
    assert divisions.on_record("330181", born=1990, year=2026)  # given after the birth
    assert not divisions.on_record("330181", born=1960, year=1990)  # not yet there
    assert not divisions.on_record("110199", born=1980, year=2026)


def test_a_broken_line_of_the_divisions_is_named(folder):
    path = folder / "divisions.csv"
    path.write_text("code,name,from,to,source\n11010,x,,,y\n", "utf-8")
    with pytest.raises(SettingError, match=r"divisions.csv:2"):
        _ = PolicyRepository.load(folder).divisions


def test_a_folder_without_a_table_of_divisions_knows_none(folder):
    (folder / "divisions.csv").unlink()
    assert PolicyRepository.load(folder).divisions.eras == {}


def test_shanxi_lets_a_binding_stand_for_three_months(shelf, national):
    assert shelf.for_case("140200", TODAY, Product.MUTUAL_AID).unbind.min_days == 92
    family = shelf.for_case("140200", TODAY, Product.FAMILY_ACCOUNT)
    assert family.unbind.min_days == national.unbind.min_days == 0


def test_in_xianyang_sixteen_is_a_minor_and_a_face_stands_for_the_pages(shelf):
    city = shelf.for_case("610400", TODAY, Product.MUTUAL_AID)
    born = dt.date(TODAY.year - 16, TODAY.month, TODAY.day)
    assert city.ages.group(born, TODAY) is AgeGroup.MINOR
    for region, product in (("610100", Product.MUTUAL_AID), ("610400", Product.FAMILY_ACCOUNT)):
        elsewhere = shelf.for_case(region, TODAY, product)
        assert elsewhere.ages.group(born, TODAY) is AgeGroup.ADULT
    asked = {
        route: next(
            one
            for one in city.evidence.sets
            if one.fits(AgeGroup.ADULT, Product.MUTUAL_AID, BindingMethod.ID_NUMBER, route)
        ).all_of
        for route in (IdentityRoute.FACE, IdentityRoute.NON_FACE)
    }
    assert not any("hukou" in paper for paper in asked[IdentityRoute.FACE])
    assert "selfie" not in asked[IdentityRoute.NON_FACE]
    assert shelf.for_case("610400", dt.date(2023, 10, 31), None).version.startswith("national")


def test_jiujiang_puts_another_way_of_binding_before_a_person(shelf, national):
    city = shelf.for_case("360400", TODAY, None)
    assert Reason.BINDING_METHOD_UNSUPPORTED in city.codes.reviewed
    assert city.codes.returned | {Reason.BINDING_METHOD_UNSUPPORTED} == national.codes.returned
    assert city.codes.rejected == national.codes.rejected


@pytest.mark.parametrize("region", ["510100", "310100"])
def test_sichuan_and_shanghai_name_their_own_publication_for_the_country_s_circle(shelf, region):
    place = shelf.for_case(region, TODAY, Product.MUTUAL_AID)
    assert place.eligible == shelf.for_case("330100", TODAY, Product.MUTUAL_AID).eligible
    assert place.offer is not None
    assert place.offer.source[:2] in {"四川", "上海"}


@pytest.mark.parametrize(
    ("region", "channel"),
    [("450100", Channel.KIOSK), ("500100", Channel.COUNTER)],
)
def test_a_kiosk_or_counter_asks_for_what_its_own_notice_names(shelf, region, channel):
    rules = shelf.for_case(region, TODAY, Product.MUTUAL_AID).evidence
    form = application(FATHER, MOTHER, "spouse", product="mutual_aid", channel=channel.value)
    asked = rules.set_for(AgeGroup.ADULT, Application.model_validate(form))
    assert asked is not None
    assert {paper.value for paper in asked.all_of} == {
        "member_id_card_portrait",
        "member_id_card_emblem",
    }
    usual = Application.model_validate(form | {"channel": "national_app"})
    assert rules.set_for(AgeGroup.ADULT, usual) in rules.sets


@pytest.mark.parametrize(
    ("attained", "day", "years"),
    [
        ("on_birthday", "2026-02-28", 13),
        ("on_birthday", "2026-03-01", 14),
        ("on_birthday", "2028-02-28", 15),
        ("on_birthday", "2028-02-29", 16),
        ("day_after", "2026-03-01", 13),
        ("day_after", "2026-03-02", 14),
        ("day_after", "2028-02-29", 15),
        ("day_after", "2028-03-01", 16),
    ],
)
def test_somebody_born_on_29_february_turns_older_on_a_day_that_there_is(
    national, attained, day, years
):
    ages = national.ages.model_copy(update={"attained": attained})
    assert ages.age(dt.date(2012, 2, 29), dt.date.fromisoformat(day)) == years


def test_where_sixteen_belongs_must_follow_from_the_number(folder):
    edited(folder, "age_16_group: adult", "age_16_group: minor")
    with pytest.raises(SettingError, match="makes somebody of 16 adult"):
        PolicyRepository.load(folder)
