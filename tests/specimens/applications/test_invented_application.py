import io
import json

import pytest
from PIL import Image

from models.checks.reason import Reason
from models.decision.decision import Outcome
from models.intake.application import Application, Relationship
from specimens.applications.demo import demo_situations
from specimens.applications.invented_application import choose_situations, each_application
from specimens.applications.write_specimens import write_application, write_specimens
from specimens.dice import Dice
from specimens.situations.catalogue import SITUATIONS
from specimens.situations.exhibits import MEMBER, lookalike

UNREADABLE = {"unknown_key_in_the_form"}
BROKEN_FOLDER = {"file_missing", "file_outside_the_folder"}


def draw(*names, seed=2, level="sketch"):
    return list(each_application([SITUATIONS[name] for name in names], seed, level))


@pytest.mark.parametrize("name", SITUATIONS)
def test_a_situation_is_planned_from_its_seed_alone(name):
    situation = SITUATIONS[name]
    for seed in range(6):
        first, second = (situation.plan(Dice(seed, name)) for _ in range(2))
        assert first[:5] == second[:5]
        assert first.exhibits
        assert situation.description.endswith(".")


@pytest.mark.parametrize(
    "name", [n for n, s in SITUATIONS.items() if s.outcome is Outcome.APPROVED]
)
def test_what_deserves_approval_is_true(name):
    for seed in range(6):
        plan = SITUATIONS[name].plan(Dice(seed, name))
        claimed = plan.claimed is plan.true or name == "adopted_child"
        assert claimed
        assert plan.true is not Relationship.OTHER
        assert plan.twist is None


def test_every_situation_that_deserves_no_approval_says_why():
    for situation in SITUATIONS.values():
        if situation.outcome is not Outcome.APPROVED:
            assert situation.codes or situation.any_codes, situation.name
            # An honest family's pages may be tied to one book, or be left to a person.
            assert situation.honest or Outcome.APPROVED not in situation.acceptable, situation.name


def test_the_situations_cover_the_reasons_of_the_first_release():
    told = {code for s in SITUATIONS.values() for code in s.codes + s.any_codes}
    wanted = "A03 A07 C01 C02 F01 F02 F04 F05 D02 D03 D04 D10 D11 D14 D16 D20 D31 E01 E02 E03 Q01 "
    wanted += "Q02 Q03 Q04 Q05 X01 X02 X03 X05 X06 X10 X20 R01 R02 R03 P01 P02 P04 P06 B06"
    assert told >= {Reason(code) for code in wanted.split()}


def test_the_demonstration_shows_every_outcome():
    assert {s.outcome for s in demo_situations()} == set(Outcome)
    assert 10 <= len(demo_situations()) <= 14


def test_forms_parse_and_name_exactly_their_files():
    names = ("child_by_birth_certificate", "all_pages_in_one_pdf")
    for application in draw(*names):
        form = Application.model_validate(application.form)
        assert {entry.file for entry in form.documents} == set(application.files)
        assert set(application.truth["files"]) == set(application.files)
        assert form.application_id == application.application_id


@pytest.mark.parametrize("name", sorted(set(SITUATIONS) - UNREADABLE))
def test_every_form_parses_but_the_one_that_must_not(name):
    plan = SITUATIONS[name].plan(Dice(3, name))
    cheap = (lookalike("bank_card", plan.member, MEMBER, None),)
    bare = SITUATIONS[name]._replace(plan=lambda _: plan._replace(exhibits=cheap))
    (application,) = each_application([bare], 3, "sketch")
    Application.model_validate(application.form)


def test_a_form_with_an_unknown_key_does_not_parse():
    (application,) = draw("unknown_key_in_the_form")
    with pytest.raises(ValueError, match="priority"):
        Application.model_validate(application.form)


def test_truth_names_people_as_the_form_does_in_an_honest_application():
    (application,) = draw("child_by_birth_certificate")
    told = application.truth["files"]
    certificate = next(
        p for parts in told.values() for p in parts if p["kind"] == "birth_certificate"
    )
    assert certificate["fields"]["newborn_name"] == application.form["member"]["name"]
    parents = {certificate["fields"][f"{p}_id_number"] for p in ("mother", "father")}
    assert application.form["applicant"]["id_number"] in parents


def test_a_pasted_number_is_what_the_truth_says_is_seen():
    (application,) = draw("number_pasted_over")
    (portrait,) = application.truth["files"]["01.jpg"]
    assert portrait["fields"]["id_number"] == application.form["member"]["id_number"]
    assert portrait["fields"]["birth_date"][:4] != portrait["fields"]["id_number"][6:10]


def test_several_papers_in_one_picture_are_told_one_by_one():
    (application,) = draw("both_sides_in_one_picture")
    parts = application.truth["files"]["01.jpg"]
    assert [part["kind"] for part in parts] == ["id_card_portrait", "id_card_emblem"]
    assert [part["part"] for part in parts] == [1, 2]
    assert parts[0]["quads"]["id_number"][0][1] < parts[1]["quads"]["issuing_authority"][0][1]


def test_a_reused_certificate_is_the_same_file_in_two_applications():
    first, second = draw("certificate_used_here_first", "certificate_used_elsewhere")
    assert first.files["01.jpg"] == second.files["01.jpg"]
    assert first.form["member"]["name"] != second.form["member"]["name"]


def test_whoever_needs_a_companion_comes_right_after_it():
    for seed in range(10):
        names = [s.name for s in choose_situations(60, seed)]
        for at, name in enumerate(names):
            companion = SITUATIONS[name].companion
            assert companion is None or names[at - 1] == companion


def test_about_half_of_a_set_is_honest_work():
    chosen = choose_situations(200, 4)
    approved = sum(s.outcome is Outcome.APPROVED for s in chosen)
    assert 80 <= approved <= 120
    assert len({s.name for s in chosen}) == len(SITUATIONS)


def test_the_same_seed_writes_the_same_bytes_with_the_truth_beside_and_not_in_the_folder(tmp_path):
    seen = []

    def written(name):
        folder = tmp_path / name
        seen.clear()
        (made,) = write_specimens(
            folder, count=1, seed=5, level="scan", progress=lambda *done: seen.append(done)
        )
        files = sorted(p for p in folder.rglob("*") if p.is_file())
        return made, [(str(p.relative_to(folder)), p.read_bytes()) for p in files]

    (folder, first), (_, second) = written("one"), written("two")
    assert first == second
    assert seen == [(1, 1)]
    named = {e["file"] for e in json.loads((folder / "application.json").read_text())["documents"]}
    assert {p.name for p in folder.iterdir()} == named | {"application.json"}
    truth = json.loads((folder.parent / f"{folder.name}.truth.json").read_text())
    assert truth["application_id"] == folder.name
    assert truth["expected_outcome"] in truth["acceptable_outcomes"]


def test_broken_folders_are_broken_as_told(tmp_path):
    for application in draw(*sorted(BROKEN_FOLDER)):
        folder = write_application(application, tmp_path)
        named = [e["file"] for e in application.form["documents"]]
        assert any(not (folder / file).is_file() for file in named)


def test_a_pdf_has_a_page_for_each_picture_and_no_clock_in_it():
    one, two = draw("all_pages_in_one_pdf"), draw("all_pages_in_one_pdf")
    data = one[0].files["01.pdf"]
    assert data == two[0].files["01.pdf"]
    assert data.startswith(b"%PDF")
    assert [part["page"] for part in one[0].truth["files"]["01.pdf"]] == [1, 2, 3]


def test_pictures_open(tmp_path):
    (application,) = draw("child_of_a_mother_alone")
    for data in application.files.values():
        assert Image.open(io.BytesIO(data)).format == "JPEG"


def test_what_only_a_number_shows_is_not_drawn_on_pages_without_one():
    both = [SITUATIONS[name] for name in ("household_numbers_differ", "adopted_child")]
    drawn = each_application(both, 3, "sketch", numbered=False)
    assert [(a.situation.name, a.application_id[-4:]) for a in drawn] == [("adopted_child", "0002")]


def test_an_unknown_level_is_refused():
    with pytest.raises(ValueError, match="no level"):
        next(each_application([SITUATIONS["child_in_own_book"]], 1, "perfect"))
