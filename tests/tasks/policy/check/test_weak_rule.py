"""Rules that hold and yet are not what their author can have meant, each told on its line."""

import pytest

from models.policy.policy_fault import FaultLevel
from tests.tasks.policy.check.drafts import HEAD, found, group


@pytest.mark.parametrize(
    ("body", "key", "says"),
    [
        pytest.param(
            group("limits", "max_bound_per_applicant: 3", cite=""),
            "limits",
            "max_bound_per_applicant: no source of their own",
            id="a value without source",
        ),
        pytest.param(
            group("retention", "pictures_days: 10", cite='"*": pipl'),
            "retention.effective_from",
            "in force from 2021-11-01 on",
            id="a rule that cites a law before it bound",
        ),
        pytest.param(
            "retention:\n  source: 个人信息保护法第47条\n  effective_from: 2021-04-22\n"
            "  pictures_days: 10\n  sources: {pictures_days: design}\n",
            "retention.effective_from",
            "in force from 2021-11-01 on",
            id="a law named in words before it bound",
        ),
        pytest.param(
            group("codes", "changes: {D14: returned}"),
            "codes.changes.D14",
            "it does nothing in returned",
            id="a doubt moved to what the applicant mends",
        ),
        pytest.param(
            group("codes", "changes: {W01: reviewed}"),
            "codes.changes.W01",
            "is a note",
            id="a note moved to a person",
        ),
        pytest.param(
            group("codes", "changes: {X21: noted}"),
            "codes.changes.X21",
            "is no note",
            id="an error moved to the notes",
        ),
        pytest.param(
            group("codes", "changes: {A08: returned}"),
            "codes.changes.A08",
            "cannot be mended by an applicant",
            id="a return that nobody can answer",
        ),
        pytest.param(
            group("evidence", "sets:", "  - {age_group: minor, all_of: [birth_certificate]}",
                  "  - {age_group: adult, all_of: [selfie]}",
                  "  - {age_group: adult, routes: [face], all_of: [kinship_notarial]}"),
            "evidence.sets.2",
            "set 3 is never used",
            id="a set behind one that fits everything",
        ),
        pytest.param(
            group("evidence", "sets: [{age_group: minor, all_of: [birth_certificate]}]"),
            "evidence.sets",
            "no set is for adult",
            id="nothing that is asked of adults",
        ),
        pytest.param(
            group("evidence", "sets:", "  - {age_group: minor, all_of: [birth_certificate]}",
                  "  - {age_group: adult}"),
            "evidence.sets.1",
            "asks for no paper",
            id="a set that asks for nothing",
        ),
        pytest.param(
            group("review", "final_codes: [P05]"),
            "review.final_codes",
            "nobody rejects for it",
            id="a rejection for a note",
        ),
        pytest.param(
            group("jurisdiction", "serves: ['99']"),
            "jurisdiction.serves",
            "no place has the code 99",
            id="a place served that there is not",
        ),
        pytest.param(
            group("evidence", "unnumbered_pages: person\n  tie_bars: [{min_evidence: 5.0}]"),
            "evidence.tie_bars",
            "unless unnumbered_pages is ties",
            id="bars that nothing asks for",
        ),
        pytest.param(
            group("face", "bands:",
                  "  - {rule: brothers, relationships: [sibling], sexes: same, decides: person}",
                  "  - {rule: all-siblings, relationships: [sibling], match: 0.6}",
                  "  - {rule: old-ones, relationships: [sibling], max_member_age: 90, match: 0.7}"),
            "face.bands.2",
            "old-ones is never used",
            id="a band behind a wider one",
        ),
        pytest.param(
            group("review", "sample_shares: {birth_certificate: 0.01}"),
            "review.sample_shares.birth_certificate",
            "is not above sample_share",
            id="a share below the usual one",
        ),
        pytest.param(
            group("review", "final_codes: [X20, D01]"),
            "review.final_codes",
            "D01: returned by codes",
            id="a rejection for what is mended",
        ),
        pytest.param(
            group("review", "role_outcomes: {reviewer: [approved], senior: [returned]}"),
            "review.role_outcomes",
            "no role may decide: rejected",
            id="a decision that nobody may give",
        ),
        pytest.param(
            group("review", "four_eyes_outcomes: [approved]", "overruled_by_one: [D12]"),
            "review.overruled_by_one",
            "every approval needs two",
            id="one person where two are needed",
        ),
        pytest.param(
            group("review", "four_eyes_from_reasons: 99"),
            "review.four_eyes_from_reasons",
            "never reached",
            id="more reasons than there are",
        ),
        pytest.param(
            group(
                "consents",
                "versions: [{kind: face, version: b, first_day: 2021-01-01}"
                + "".join(
                    f', {{kind: {kind}, version: "2026-01", first_day: 2026-01-01}}'
                    for kind in ("notice", "commitment", "guardian", "spouse")
                )
                + "]",
            ),
            "consents.versions",
            "holds no text of face b",
            id="a text that nobody can read",
        ),
        pytest.param(
            group("reading", "needed: {selfie: [name]}"),
            "reading.needed.selfie",
            "has no name",
            id="a field that such a paper has not",
        ),
        pytest.param(
            "products:\n  mutual_aid:\n    source: a notice\n    effective_from: 2021-04-22\n"
            "    filing_pattern: x\n    sources: {filing_pattern: design}\n",
            "products.mutual_aid.filing_pattern",
            "without filing_needed",
            id="a pattern for filings that nobody asks for",
        ),
    ],
)  # fmt: skip
def test_what_an_auditor_would_ask_is_told_on_its_line(folder, body, key, says):
    faults = found(folder, body)
    assert [f.level for f in faults] == [FaultLevel.WEAK], faults
    (fault,) = faults
    assert (fault.file, fault.key) == ("zhejiang.yaml", key)
    assert says in fault.en
    assert not fault.zh.isascii()
    assert fault.line > 4


LOOSE = (
    group(
        "consents",
        "notice: false",
        "guardian_below_age: 5",
        "guardian_implied_by: [child, sibling]",
        'versions: [{kind: notice, version: "2026-01", first_day: 2021-01-01}]',
    ),
    group("face", "required_for: []"),
    group("evidence", "tie_bars: [{age_group: adult, min_evidence: 0.5}, {age_group: minor}]"),
    group("reading", "confidence: {number: 0.6, name: 0.7}"),
    group("plausibility", "parent_min_years: 5", "marriage_min_age_man: 12"),
    group("review", "sla_working_days: 90"),
    "products:\n  mutual_aid:\n    source: a notice\n    effective_from: 2021-04-22\n"
    '    channels: []\n    filing_needed: true\n    filing_pattern: "[0-9]*"\n'
    '    sources: {"*": design}\n',
)


def test_what_takes_a_safeguard_away_is_told_on_its_line(folder):
    faults = found(folder, "".join(LOOSE))
    lines = (HEAD + "".join(LOOSE)).splitlines()
    told = {f.key for f in faults if f.level is FaultLevel.WEAK}
    assert told == {
        *("consents.notice", "consents.versions", "consents.guardian_below_age"),
        *("consents.guardian_implied_by", "face.required_for", "evidence.tie_bars.0"),
        *("evidence.tie_bars.1", "reading.confidence.name", "reading.confidence.number"),
        *("plausibility.parent_min_years", "plausibility.marriage_min_age_man"),
        *("review.sla_working_days", "products.mutual_aid.channels"),
        "products.mutual_aid.filing_pattern",
    }
    for fault in faults:
        last = fault.key.rpartition(".")[2]
        assert last.isdigit() or last in lines[fault.line - 1], fault
        assert not fault.zh.isascii()
