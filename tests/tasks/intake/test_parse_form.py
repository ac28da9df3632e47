"""Forms, whatever is wrong with them."""

import json
from typing import Any

import pytest

from models.checks.finding import CheckVerdict
from models.checks.reason import Reason
from models.intake.application import ConsentGiver, ConsentKind, Product, Relationship
from tasks.intake.parse_form import parse_form

FORM: dict[str, Any] = {
    "schema_version": 1,
    "application_id": "A20261120-000123",
    "submitted_at": "2026-11-20T09:30:00+08:00",
    "product": "family_account",
    "binding_method": "id_number",
    "channel": "national_app",
    "region": "330100",
    "applicant": {"name": "甲乙", "id_number": "11010519491231002X"},
    "member": {"name": "甲丙", "incapacitated": False},
    "relationship": "child",
    "identity_route": "none",
    "consents": [
        {"kind": "notice", "version": "2026-01", "agreed_at": "2026-11-20T09:22:00+08:00"}
    ],
    "documents": [{"file": "01.jpg", "kind": "id_card_portrait", "person": "member"}],
}


def parsed(**changes):
    return parse_form(json.dumps(FORM | changes).encode())


def test_a_whole_form_is_understood_without_findings():
    application, findings = parsed()
    assert application is not None
    assert application.relationship is Relationship.CHILD
    assert application.product is Product.FAMILY_ACCOUNT
    assert findings == ()


def test_absent_and_null_answers_are_no_fault_of_the_form():
    form = {k: v for k, v in FORM.items() if k not in {"channel", "relationship", "consents"}}
    application, findings = parse_form(json.dumps(form | {"product": None}).encode())
    assert application is not None
    assert application.relationship is None
    assert application.product is None
    assert findings == ()


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"{", id="cut off"),
        pytest.param(b"\xff\xfe\x00", id="no UTF-8"),
        pytest.param(b"[1]", id="a list"),
        pytest.param(b'"text"', id="a text"),
        pytest.param(b"[" * 100_000, id="nested without end"),
    ],
)
def test_what_is_no_form_is_one_finding_and_no_crash(content):
    application, findings = parse_form(content)
    assert application is None
    assert [f.code for f in findings] == [Reason.DOCUMENT_UNUSABLE]
    assert findings[0].verdict is CheckVerdict.FAILED


def test_a_byte_order_mark_is_no_fault():
    application, findings = parse_form(b"\xef\xbb\xbf" + json.dumps(FORM).encode())
    assert application is not None
    assert findings == ()


def test_an_unknown_key_goes_to_a_person_and_the_rest_is_kept():
    application, findings = parsed(applicant=FORM["applicant"] | {"phone": "1"}, extra=1)
    assert application is not None
    assert application.applicant.name == "甲乙"
    assert {f.evidence[0].field for f in findings} == {"applicant.phone", "extra"}
    assert {f.verdict for f in findings} == {CheckVerdict.CANNOT_TELL}


@pytest.mark.parametrize(
    ("key", "code"),
    [
        ("product", Reason.PRODUCT_UNCLEAR),
        ("binding_method", Reason.BINDING_METHOD_UNSUPPORTED),
        ("relationship", Reason.RELATIONSHIP_NOT_STATED),
    ],
)
def test_an_answer_outside_its_list_counts_as_not_given(key, code):
    application, findings = parsed(**{key: "something else"})
    assert application is not None
    assert getattr(application, key) is None
    assert [f.code for f in findings] == [code]
    assert "something else" not in findings[0].model_dump_json()


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"application_id": "../../etc"}, id="id that is a path"),
        pytest.param({"region": "33"}, id="short region"),
        pytest.param({"submitted_at": "2026-11-20T09:30:00"}, id="time without offset"),
        pytest.param({"schema_version": 2}, id="other schema"),
        pytest.param({"applicant": None}, id="nobody applies"),
        pytest.param({"member": "甲丙"}, id="member is a text"),
    ],
)
def test_a_form_without_its_frame_is_returned(changes):
    application, findings = parsed(**changes)
    assert application is None
    assert any(
        f.verdict is CheckVerdict.FAILED and f.code is Reason.DOCUMENT_UNUSABLE for f in findings
    )


def test_one_broken_document_entry_does_not_take_the_others_with_it():
    application, findings = parsed(
        documents=[
            {"file": "01.jpg"},
            {"kind": "id_card_portrait"},
            {"file": "03.jpg", "kind": "x"},
        ]
    )
    assert application is not None
    assert [d.file for d in application.documents] == ["01.jpg"]
    assert {f.evidence[0].field for f in findings} == {"documents.1.file", "documents.2.kind"}


def test_no_personal_value_reaches_a_finding():
    number = "11010519491231002X"
    _, findings = parsed(member={"name": 5, "id_number": [number], "张三丰": number})
    text = "".join(f.model_dump_json() for f in findings)
    assert findings
    assert number not in text


FURTHER: dict[str, Any] = {
    "remote_authorization": {
        "reference": "SQ20261101-0042",
        "authorized_at": "2026-11-01T10:00:00+08:00",
        "system": "国家医保服务平台",
    },
    "filing_id": "BJ-2026-1",
    "round": 2,
    "objection": {"to_round": 1, "text": "请人工复核"},
    "consents": [
        {
            "kind": "guardian",
            "version": "2026-01",
            "agreed_at": "2026-11-20T09:22:00+08:00",
            "by": "mother",
            "name": "甲丁",
            "withdrawn_at": "2026-11-20T09:25:00+08:00",
        }
    ],
    "member": {
        "name": "甲丙",
        "identity_document": {
            "kind": "passport",
            "number": "e 1234567",
            "birth_date": "1990-07-25",
        },
    },
}


def test_the_further_keys_are_understood():
    application, findings = parsed(**FURTHER)
    assert findings == ()
    assert application is not None
    assert application.remote_authorization is not None
    assert application.remote_authorization.system == "国家医保服务平台"
    assert application.objection is not None
    assert application.objection.to_round == 1
    document = application.member.identity_document
    assert document is not None
    assert (document.kind.value, document.number) == ("passport", "E1234567")
    assert application.consents[0].by is ConsentGiver.MOTHER
    assert not application.has_consent(ConsentKind.GUARDIAN)  # it was taken back


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"objection": {"to_round": "the first"}}, "objection"),
        ({"objection": "no"}, "objection"),
        ({"remote_authorization": {"authorized_at": "yesterday"}}, "remote_authorization"),
        ({"filing_id": 12}, "filing_id"),
        (
            {"member": {"name": "甲丙", "identity_document": {"kind": "library card"}}},
            "member.identity_document",
        ),
    ],
)
def test_a_broken_further_key_goes_to_a_person_and_the_rest_is_kept(changes, key):
    application, findings = parsed(**changes)
    assert application is not None
    assert application.member.name == "甲丙"
    assert [(f.evidence[0].field, f.verdict) for f in findings] == [(key, CheckVerdict.CANNOT_TELL)]


def test_numbers_are_taken_as_printed_however_they_were_typed():
    member = {"name": "甲丙", "birth_certificate_number": "z 330-012 345"}
    applicant = {"name": "甲乙", "id_number": "110105 19491231 002x"}
    application, _ = parsed(member=member, applicant=applicant)
    assert application is not None
    assert application.member.birth_certificate_number == "Z330012345"
    assert application.applicant.id_number == "11010519491231002X"


@pytest.mark.parametrize(
    ("insured", "decides"), [("410100", "410100"), (None, "330100"), ("河南", "330100")]
)
def test_the_place_that_decides_is_where_the_applicant_is_insured(insured, decides):
    application, _ = parsed(applicant={"name": "甲乙", "insured_region": insured})
    assert application is not None
    assert application.deciding_region == decides
