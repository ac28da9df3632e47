"""Bindings are written once. All persons are invented."""

import datetime as dt
import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from models.bindings.binding import ProvingDocument
from models.bindings.binding_limits import AlreadyBoundError, BindingRefusedError
from models.cases.case_round import MatchKey, MatchKeyKind
from models.checks.reason import Reason
from models.decision.decision import Decision, Outcome
from models.errors import IntegrityError
from models.intake.application import (
    Applicant,
    Application,
    Member,
    PersonRole,
    Product,
    Relationship,
)
from models.policy.policy import Limits
from models.reading.document import DocumentKind
from storage.bindings.binding_repository import binding_key
from storage.objects.store import ObjectMissingError
from tasks.bindings.write_binding import write_binding

ON_BOTH_DATABASES = True

NOW = dt.datetime(2026, 11, 20, 1, 30, tzinfo=dt.UTC)
LIMITS = Limits(
    source="test",
    effective_from=dt.date(2026, 1, 1),
    count_window="in_force",
    max_bound_per_applicant=5,
    max_applicants_per_person=2,
    max_new_per_month=None,
)
ANNA, BEN, CARL = "11010519491231002X", "330106201001010026", "330106201201010021"


def application(application_id="A1", member=BEN, relationship=Relationship.CHILD):
    return Application(
        application_id=application_id,
        submitted_at=NOW,
        product=Product.FAMILY_ACCOUNT,
        region="330100",
        relationship=relationship,
        applicant=Applicant(name="欧阳虚构", id_number=ANNA),
        member=Member(name="虚小构", id_number=member),
    )


@pytest.fixture
def write(repositories):
    def written(asked, outcome=Outcome.APPROVED, digest="d"):
        case = repositories.cases.register(
            asked.application_id, digest, batch_id="b", received_at=NOW
        ).round
        decision = Decision(
            application_id=asked.application_id,
            outcome=outcome,
            decided_at=NOW,
            policy_version="330000@2026-01-01",
        )
        return write_binding(
            repositories,
            case,
            asked,
            decision,
            effective_date=dt.date(2026, 11, 20),
            evidence=[ProvingDocument(digest="0" * 64, kind=DocumentKind.HUKOU_MEMBER)],
            engine_versions={"reading": "engine 1"},
            audit_head="0" * 64,
        )

    return written


@pytest.fixture
def write_for():
    """Writes a binding of two numbers under limits."""

    def written(
        opened, applicant, member, application_id, limits, *, decided_at=NOW, decided_by="machine",
        relationship=Relationship.CHILD,
    ):  # fmt: skip
        asked = application(application_id, member, relationship)
        asked = asked.model_copy(
            update={"applicant": Applicant(name="欧阳虚构", id_number=applicant)}
        )
        case = opened.cases.register(application_id, "d", batch_id="b", received_at=NOW).round
        decision = Decision(
            application_id=application_id,
            outcome=Outcome.APPROVED,
            decided_at=decided_at,
            decided_by=decided_by,
            policy_version="330000@2026-01-01",
        )
        return write_binding(
            opened,
            case,
            asked,
            decision,
            effective_date=NOW.date(),
            evidence=[],
            engine_versions={},
            audit_head="0" * 64,
            limits=limits,
        )

    return written


def test_writing_twice_yields_one_binding(repositories, write):
    first, again = write(application()), write(application())
    assert (first.created, again.created) == (True, False)
    assert again.binding == first.binding
    assert again.object_digest == first.object_digest
    assert repositories.bindings.in_force() == (first.binding.binding_id,)
    assert list(repositories.archive.store.keys("bindings/")) == [
        binding_key(first.binding.binding_id)
    ]


def test_threads_that_write_one_binding_agree(write):
    with ThreadPoolExecutor(8) as pool:
        written = list(pool.map(lambda _: write(application()), range(8)))
    assert [answer.created for answer in written].count(True) == 1
    assert len({answer.binding.sealed for answer in written}) == 1


def test_the_object_is_plain_json_with_masks_where_the_contract_says(settings, write):
    binding_id = write(application()).binding.binding_id
    path = settings.home / "objects" / "bindings" / f"{binding_id}.json"
    content = json.loads(path.read_bytes())
    assert content["applicant"]["masked_name"] == "欧**构"
    assert content["applicant"]["masked_number"] == "110105********002X"
    assert content["member"]["masked_name"] == "虚*构"
    assert content["relationship"] == "child"
    assert content["evidence"] == [{"digest": "0" * 64, "kind": "hukou_member"}]
    assert [p.name for p in (settings.home / "objects").rglob("*.json")] == [path.name]


def test_names_and_numbers_come_back_from_the_sealed_part_only(repositories, write):
    binding = write(application()).binding
    names = repositories.bindings.names(repositories.bindings.get(binding.binding_id))
    assert (names.applicant_name, names.applicant_number) == ("欧阳虚构", ANNA)
    assert (names.member_name, names.member_number) == ("虚小构", BEN)
    elsewhere = binding.model_copy(update={"binding_id": "other"})
    with pytest.raises(IntegrityError):
        repositories.bindings.names(elsewhere)


def test_a_writer_that_died_between_reservation_and_object_is_completed(
    repositories, write, monkeypatch
):
    def dies(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(repositories.archive, "put_plain", dies)
        with pytest.raises(KeyboardInterrupt):
            write(application())
    assert repositories.bindings.in_force() == ()
    assert write(application()).created
    assert len(repositories.bindings.in_force()) == 1


def test_a_writer_that_died_before_the_row_keeps_the_first_object(repositories, write, monkeypatch):
    def dies(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(repositories.bindings, "activate", dies)
        with pytest.raises(KeyboardInterrupt):
            write(application())
    (key,) = repositories.archive.store.keys("bindings/")
    content = repositories.archive.get_plain(key)
    write(application())
    assert repositories.archive.get_plain(key) == content
    assert len(repositories.bindings.in_force()) == 1


def test_two_applications_cannot_bind_one_pair(repositories, write):
    write(application("A1"))
    with pytest.raises(AlreadyBoundError):
        write(application("A2"))
    assert len(list(repositories.archive.store.keys("bindings/"))) == 1


def test_of_eight_applications_for_one_pair_one_is_bound(repositories, write):
    def attempt(number):
        try:
            return write(application(f"A{number}")).created
        except AlreadyBoundError:
            return False

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(attempt, range(8))).count(True) == 1
    assert len(repositories.bindings.in_force()) == 1


def test_a_pair_can_be_bound_again_after_its_binding_ended(repositories, write):
    first = write(application("A1")).binding
    assert repositories.bindings.end(first.binding_id, NOW)
    assert not repositories.bindings.end(first.binding_id, NOW)
    second = write(application("A2")).binding
    assert repositories.bindings.in_force() == (second.binding_id,)
    assert repositories.bindings.get(first.binding_id) == first


def test_only_an_approved_round_becomes_a_binding(repositories, write):
    with pytest.raises(ValueError, match="approved"):
        write(application(), outcome=Outcome.IN_REVIEW)
    assert list(repositories.archive.store.keys("")) == []


def test_an_unknown_binding_is_missing(repositories):
    with pytest.raises(ObjectMissingError):
        repositories.bindings.get("none")


def test_a_binding_that_was_edited_on_the_disk_is_noticed(repositories, settings, write):
    binding = write(application()).binding
    path = settings.home / "objects" / binding_key(binding.binding_id)
    path.chmod(0o600)
    path.write_text(path.read_text().replace('"child"', '"parent"'))
    with pytest.raises(IntegrityError):
        repositories.bindings.get(binding.binding_id)


def test_later_applications_see_the_bindings_in_force(repositories, write):
    write(application("A1", relationship=Relationship.SPOUSE))

    def seen(applicant, member, product=Product.FAMILY_ACCOUNT, application_id="A9"):
        numbers = {PersonRole.APPLICANT: applicant, PersonRole.MEMBER: member}
        traces = [MatchKey(kind=MatchKeyKind.NUMBER, role=r, value=v) for r, v in numbers.items()]
        found = repositories.match_keys.history(application_id, traces, product=product)
        return (
            found.applicant_bindings,
            found.member_bindings,
            found.spouse_bound,
            found.already_bound,
        )

    assert seen(ANNA, BEN) == (1, 0, False, True)
    assert seen(ANNA, CARL) == (1, 0, True, False)
    assert seen(CARL, BEN) == (0, 1, True, False)
    assert seen(ANNA, BEN, product=Product.MUTUAL_AID) == (0, 0, False, False)
    assert seen(ANNA, BEN, application_id="A1") == (0, 0, False, False)


def test_a_newborn_is_bound_by_the_certificates_number(write):
    newborn = Member(name="虚小构", birth_certificate_number="T330012345")
    asked = application().model_copy(update={"member": newborn})
    assert write(asked).binding.member.masked_number == "T33*****45"


def test_of_two_approvals_at_once_the_limit_lets_one_pass(write_for, repositories):
    limits = LIMITS.model_copy(update={"max_bound_per_applicant": 3})
    numbers = iter(range(100))

    def attempt(member):
        try:
            return write_for(repositories, ANNA, member, f"A{next(numbers)}", limits).created
        except BindingRefusedError as refused:
            return refused.code

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(attempt, members(8)))
    assert answers.count(True) == 3
    assert answers.count(Reason.APPLICANT_LIMIT_REACHED) == 5
    assert len(repositories.bindings.in_force()) == 3


def test_of_two_applicants_at_once_one_may_bind_the_last_time(write_for, repositories):
    def attempt(applicant):
        try:
            name = f"A{applicant[-4:]}"
            grandchild = Relationship.GRANDCHILD
            return write_for(
                repositories, applicant, BEN, name, LIMITS, relationship=grandchild
            ).created
        except BindingRefusedError as refused:
            return refused.code

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(attempt, members(6)))
    assert answers.count(True) == LIMITS.max_applicants_per_person
    assert answers.count(Reason.MEMBER_LIMIT_REACHED) == 4


def test_the_machine_binds_one_spouse_and_a_person_may_say_otherwise(write_for, repositories):
    write_for(repositories, ANNA, BEN, "A1", LIMITS, relationship=Relationship.SPOUSE)
    with pytest.raises(BindingRefusedError) as refused:
        write_for(repositories, ANNA, CARL, "A2", LIMITS, relationship=Relationship.SPOUSE)
    assert refused.value.code is Reason.SPOUSE_OR_PARENT_CONFLICT
    by = {"relationship": Relationship.SPOUSE, "decided_by": "lin"}
    assert write_for(repositories, ANNA, CARL, "A2", LIMITS, **by).created


def test_the_machine_binds_one_father_and_one_mother(write_for, repositories):
    father, mother, other = members(3)
    mother = mother[:16] + ("2" if int(father[16]) % 2 else "1") + mother[17:]
    other = other[:16] + father[16] + other[17:]
    parent = Relationship.PARENT
    write_for(repositories, ANNA, father, "A1", LIMITS, relationship=parent)
    write_for(repositories, ANNA, mother, "A2", LIMITS, relationship=parent)
    with pytest.raises(BindingRefusedError) as refused:
        write_for(repositories, ANNA, other, "A3", LIMITS, relationship=parent)
    assert refused.value.code is Reason.SPOUSE_OR_PARENT_CONFLICT


def test_new_bindings_of_a_month_count_though_they_ended(write_for, repositories):
    limits = LIMITS.model_copy(update={"max_new_per_month": 2})
    one, two, three = members(3)
    for number, member in enumerate((one, two)):
        binding = write_for(repositories, ANNA, member, f"A{number}", limits).binding
        repositories.bindings.end(binding.binding_id, NOW)
    with pytest.raises(BindingRefusedError) as refused:
        write_for(repositories, ANNA, three, "A3", limits)
    assert refused.value.code is Reason.APPLICANT_LIMIT_REACHED
    later = NOW + dt.timedelta(days=30)
    assert write_for(repositories, ANNA, three, "A3", limits, decided_at=later).created


def members(count):
    """Numbers of invented people; only their being different matters here."""
    return [f"3301062012010{n + 10:02}0{n}1{n}"[:18] for n in range(count)]
