"""What a check of policies finds: days without one rule, values without source, idle settings."""

import pytest

from models.policy.policy_fault import FaultLevel
from tasks.policy.check.check_policies import check_policies
from tests.tasks.policy.check.drafts import FOLDER, HEAD, LIMITS, found, group


def test_a_draft_that_says_where_each_value_comes_from_is_sound(folder):
    assert found(folder, LIMITS) == []


def test_the_shipped_folder_holds_nothing_wrong_and_nothing_to_be_completed():
    levels = {fault.level for fault in check_policies([], FOLDER).faults}
    assert levels == {FaultLevel.NOTE}


def test_a_folder_is_checked_as_a_whole_with_its_tables(folder):
    (folder / "sources.csv").write_text("id,title\nx,y\n", "utf-8")
    faults = check_policies([folder], FOLDER).faults
    assert any(f.file == "sources.csv" and f.line == 2 for f in faults)
    assert len(check_policies([folder], FOLDER).files) == len(list(FOLDER.glob("*.yaml")))


def test_an_empty_folder_holds_no_policy(tmp_path):
    (fault,) = check_policies([tmp_path], FOLDER).faults
    assert fault.level is FaultLevel.WRONG


def test_two_files_of_one_place_and_first_day_are_an_overlap(folder):
    (folder / "other.yaml").write_text(HEAD.replace("zhejiang", "other") + LIMITS, "utf-8")
    faults = found(folder, LIMITS)
    (fault,) = [f for f in faults if f.key == "region"]
    assert fault.level is FaultLevel.WRONG
    other = {"zhejiang.yaml": "other.yaml:2", "other.yaml": "zhejiang.yaml:2"}[fault.file]
    assert other in fault.en
    assert other in fault.zh
    assert "effective_from" in fault.zh


@pytest.mark.parametrize(
    ("body", "line", "says"),
    [
        pytest.param(
            group("limits", "max_bound_per_applicant: 3", "effective_until: 2026-12-31"),
            "limits:",
            "limits is not in force on 2027-01-01",
            id="a group that ends before its file",
        ),
        pytest.param(
            group("limits", "max_bound_per_applicant: 3", first="2026-01-01"),
            "limits:",
            "limits is not in force on 2021-04-22",
            id="a group that begins after its file",
        ),
        pytest.param(
            "products:\n  family_account:\n    eligible:\n      - source: a notice\n"
            "        effective_from: 2021-04-22\n        effective_until: 2026-12-31\n"
            "        relationships: [child]\n        sources: {relationships: design}\n",
            "eligible:",
            "on 2027-01-01 nobody is eligible",
            id="a term of eligibility without successor",
        ),
        pytest.param(
            group("limits", "max_bound_per_applicant: 3", first="2021-04-31"),
            "effective_from: 2021-04-31",
            "2021-04-31 is no day of the calendar",
            id="a day that there is not",
        ),
        pytest.param(
            group("limits", "max_bound_per_applicant: 3", "effective_until: 2020-01-01"),
            "effective_until: 2020-01-01",
            "the last day lies before the first",
            id="a term that ends before it begins",
        ),
        pytest.param(
            group("limits", "max_bound_per_applicant: 3", cite='"*": limit-weak'),
            "sources:",
            "did you mean limits-weak?",
            id="a source that nobody knows",
        ),
        pytest.param(
            group("limits", "max_bound_per_applicant: 3", first="2026-01-01 10:00:00"),
            "effective_from: 2026-01-01 10",
            "write it like 2026-01-31",
            id="a moment for a day",
        ),
        pytest.param(
            group("limits", "max_bound_per_applicant: yes"),
            "max_bound_per_applicant: yes",
            "Must be a whole number",
            id="yes for a number",
        ),
        pytest.param(
            group("ages", "applicant_min_age: 0"),
            "applicant_min_age: 0",
            "Must be 16 or more",
            id="children who apply",
        ),
        pytest.param(
            group("face", "thresholds: {mismatch: 0.6}"),
            "face:",
            "mismatch must not be above",
            id="bands that cross",
        ),
        pytest.param(
            group("plausibility", "parent_min_years: 60"),
            "plausibility:",
            "above its most",
            id="a least above its most",
        ),
        pytest.param(
            group("validity", "terms: [{below_age: 26, years: 10}, {below_age: 16, years: 5}]"),
            "validity:",
            "terms must rise by below_age",
            id="terms of cards out of order",
        ),
        pytest.param(
            group("consents", "guardian_implied_by: [other]"),
            "consents:",
            "nobody is a guardian by that",
            id="a guardian by no relation",
        ),
        pytest.param(
            group(
                "consents",
                "versions: [{kind: notice, version: a, first_day: 2021-01-01},"
                " {kind: notice, version: a, first_day: 2022-01-01}]",
            ),
            "consents:",
            "name notice a twice",
            id="one version in two terms",
        ),
        pytest.param(
            "products:\n  mutual_aid:\n    source: a notice\n    effective_from: 2021-04-22\n"
            "    filing_needed: true\n    filing_pattern: \"[\"\n    sources: {\"*\": design}\n",
            "filing_pattern",
            "no regular expression",
            id="a pattern that is none",
        ),
        pytest.param(
            group(
                "consents",
                "versions: [{kind: notice, version: a, first_day: 2021-01-01,"
                " last_day: 2026-06-30}]",
            ),
            "versions:",
            "no version of notice can be agreed to",
            id="a text without successor",
        ),
        pytest.param(
            "products:\n  mutual_aid:\n    source: a notice\n    effective_from: 2021-04-22\n"
            "    filing_needed: true\n    filing_pattern: \"(?=A)[A-Z]+\"\n"
            "    sources: {\"*\": design}\n",
            "filing_pattern",
            "no regular expression",
            id="a pattern that looks ahead",
        ),
        pytest.param(
            group("limits", "max_bound_per_applicant: 3", first="0202-01-01"),
            "effective_from: 0202-01-01",
            "the year is too early",
            id="a year with a slip",
        ),
        pytest.param(
            group("limits", "max_bound_per_applicant: 010"),
            "010",
            "plain decimal number",
            id="a number to the base of eight",
        ),
        pytest.param(
            group("limits", "max_bound_per_applicant: 3").replace("a notice", '"   "'),
            "source:",
            "too short",
            id="a source of spaces",
        ),
        pytest.param(
            group("face", "thresholds: {match: 1.42}"),
            "match",
            "1",
            id="a likeness above one",
        ),
        pytest.param(
            "limits: &a [x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]\n"
            "c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]\nd: &d [*c, *c, *c, *c, *c, *c, *c]\n"
            "e: [*d, *d, *d, *d, *d, *d]\n",
            "limits",
            "holds too much",
            id="aliases that grow without end",
        ),
    ],
)  # fmt: skip
def test_what_cannot_hold_is_wrong_and_named_on_its_line(folder, body, line, says):
    faults = [f for f in found(folder, body) if f.level is FaultLevel.WRONG]
    texts = (HEAD + body).splitlines()
    assert any(says in f.en and line in texts[f.line - 1] for f in faults), faults
    assert all(f.file == "zhejiang.yaml" and not f.zh.isascii() for f in faults)


def test_a_file_that_ends_leaves_its_place_to_the_country_and_says_so(folder):
    head = HEAD + "effective_until: 2026-12-31\n"
    (fault,) = found(folder, LIMITS, head=head)
    assert fault.level is FaultLevel.WEAK
    assert "2027-01-01" in fault.en
    assert "country" in fault.en


def test_a_country_that_ends_is_wrong(folder):
    path = folder / "national.yaml"
    first = "effective_from: 2021-04-22\n"
    text = path.read_text("utf-8").replace(first, f"{first}effective_until: 2026-12-31\n", 1)
    path.write_text(text, "utf-8")
    wrong = [f for f in check_policies([folder], FOLDER).faults if f.level is FaultLevel.WRONG]
    assert any(f.file == "national.yaml" and "nor has the country" in f.en for f in wrong)
    assert any(f.file == "henan.yaml" and "not in force on 2027-01-01" in f.en for f in wrong)


def test_a_term_that_ends_behind_the_first_day_of_the_next_is_told(folder):
    limits = group("limits", "max_bound_per_applicant: 3").splitlines()[1:]
    later = [line.replace("2021-04-22", "2026-06-01") for line in limits]
    terms = [["  effective_until: 2026-12-31", *limits], later]
    body = "limits:\n" + "".join(
        f"  {'- ' if i == 0 else '  '}{line.strip()}\n"
        for term in terms
        for i, line in enumerate(term)
    )
    (fault,) = found(folder, body)
    assert (fault.level, fault.key) == (FaultLevel.WEAK, "limits.0.effective_until")
    assert "2026-06-01" in fault.en


def test_a_file_that_begins_with_a_mark_of_its_encoding_is_read(folder):
    assert found(folder, LIMITS, head="\ufeff" + HEAD) == []


def test_a_file_for_a_place_that_there_is_not_is_never_used(folder):
    (fault,) = found(folder, LIMITS, head=HEAD.replace('"33"', '"3399"'))
    assert (fault.key, fault.line) == ("region", 2)


def test_a_file_without_a_rule_is_told(folder):
    (fault,) = found(folder, "")
    assert (fault.level, fault.key) == (FaultLevel.WEAK, "name")


def test_one_mistake_is_told_once_and_the_gravest_comes_first(folder):
    body = group("codes", "changes: {D14: returned}") + group("limits", "max_bound: 3")
    faults = found(folder, body)
    assert [f.key for f in faults] == ["limits.max_bound"]
    (folder / "zhejiang.yaml").write_text(HEAD + group("codes", "changes: {D14: returned}"))
    assert [f.key for f in check_policies([folder / "zhejiang.yaml"], folder).faults] == [
        "codes.changes.D14"
    ]


def test_what_is_wrong_with_single_values_is_told_at_once(folder):
    text = HEAD.replace("2021-04-22", "2021-04-31") + group(
        "limits", "max_bound_per_applicant: 010", "max_bound_per_applicant: 3", first="2021-02-30"
    )
    (folder / "zhejiang.yaml").write_text(
        text + "evidence: {effective_from: 2021-04-22}\n", "utf-8"
    )
    faults = check_policies([folder], folder).faults
    assert [(f.key, f.en) for f in faults if f.level is FaultLevel.WRONG] == [
        ("effective_from", "2021-04-31 is no day of the calendar; correct it."),
        ("limits.effective_from", "2021-02-30 is no day of the calendar; correct it."),
        ("limits.max_bound_per_applicant", "010: write it as a plain decimal number."),
        ("limits.max_bound_per_applicant", "is written twice; take one out."),
        ("evidence", "evidence names no source; add one."),
    ]


def test_what_rests_on_a_file_that_cannot_be_read_waits_until_that_is_mended(folder):
    (folder / "zhejiang.yaml").write_text(HEAD.replace("2021-04-22", "2021-04-31"), "utf-8")
    city = HEAD.replace("zhejiang", "hangzhou").replace('"33"', '"3301"')
    (folder / "hangzhou.yaml").write_text(
        city.replace("extends: national", "extends: zhejiang") + LIMITS, "utf-8"
    )
    faults = check_policies([folder], folder).faults
    assert {f.file for f in faults if f.level is FaultLevel.WRONG} == {"zhejiang.yaml"}
