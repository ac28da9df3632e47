"""Proofs that events stand in the log, held against the root of the whole log."""

import json

import pytest
from sqlalchemy import select, update

from models.audit.event import EventTag, NewEvent
from storage.audit.chain.hash_tree import leads_to
from storage.audit.chain.log_proofs import LogProofs
from storage.database.tables.audit import AuditTileRow
from storage.database.transactions import reading, writing

ON_BOTH_DATABASES = True


@pytest.fixture(autouse=True)
def small_tiles(monkeypatch):
    """Tiles of four events, so that few events fill several."""
    monkeypatch.setattr("storage.audit.chain.log_proofs.TILE", 4)


@pytest.fixture
def log(repositories):
    """Nineteen events of three applications in turn; appended one application at a time, too."""

    def event(index):
        return NewEvent(
            tag=EventTag.DOCUMENT_READ,
            application_id=f"A{index % 3}",
            round_id="0" * 32,
            details={"pages": index, "share": 0.1 * index, "sure": True, "codes": ["Q02", "X01"]},
            idempotency_key=f"{index}",
        )

    repositories.audit.append_many([event(n) for n in range(19)])
    return repositories


def good(proof):
    return all(leads_to(event.record, event.path, proof.root) for event in proof.events)


def test_every_event_leads_to_the_root_that_the_check_finds(log):
    report = log.audit.verify()
    for name, count in (("A0", 7), ("A1", 6), ("A2", 6)):
        proof = log.proofs.prove(name)
        assert (proof.root, proof.size, proof.head) == (report.root, 19, report.head)
        assert len(proof.events) == count
        assert good(proof)
        assert {json.loads(e.record)["application_id"] for e in proof.events} == {name}


def test_the_record_is_the_event_as_it_was_hashed(log):
    told = json.loads(log.proofs.prove("A1").events[0].record)
    event = log.audit.events("A1")[0]
    assert told == {
        **event.model_dump(mode="json"),
        "recorded_at": event.recorded_at.isoformat(),
    }


def test_an_earlier_root_is_proven_against_as_it_was(repositories):
    roots = []
    for number in range(13):
        repositories.audit.append(
            EventTag.CASE_VIEWED,
            application_id="A1",
            round_id=None,
            actor="su",
            idempotency_key=str(number),
        )
        roots.append(repositories.audit.verify().root)
    for size, root in enumerate(roots, start=1):
        proof = repositories.proofs.prove("A1", size=size)
        assert (proof.root, proof.size, len(proof.events)) == (root, size, size)
        assert good(proof)
    with pytest.raises(ValueError, match="not that many"):
        repositories.proofs.prove("A1", size=14)


def test_an_unknown_application_and_an_empty_log_have_nothing_to_prove(repositories, log):
    assert log.proofs.prove("A9").events == ()


def test_the_roots_of_full_tiles_are_kept_and_used(log):
    first = log.proofs.prove("A0")
    with reading(log.engine) as connection:
        assert len(connection.execute(select(AuditTileRow)).all()) == 4
    assert LogProofs(log.engine, log.keyring).prove("A0") == first


def test_a_kept_root_that_was_changed_proves_nothing_and_deceives_no_check(log):
    honest = log.proofs.prove("A0")
    with writing(log.engine) as connection:
        forged = update(AuditTileRow).where(AuditTileRow.tile == 1).values(root="ab" * 32)
        connection.execute(forged)
    proof = log.proofs.prove("A0")
    assert proof.root != honest.root
    assert not good(proof)
    assert log.audit.verify().root == honest.root
