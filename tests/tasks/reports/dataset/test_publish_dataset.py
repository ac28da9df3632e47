import datetime as dt
import secrets
import shutil
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter

import pytest
from sqlalchemy import select

from kinbind.frames import load, manifest
from kinbind.frames.contracts import contract
from models.audit.event import EventTag
from models.checks.finding import Evidence, finding
from models.checks.reason import Reason
from models.clock import CHINA
from models.decision.decision import Decision, Outcome
from models.reading.document import DocumentKind
from models.reports.office_tables import TABLES
from storage.bootstrap import using_repositories
from storage.database.copy_tables import copy_tables
from storage.database.engine import open_engine
from storage.database.schema import upgrade
from storage.database.tables.cases import DocumentRow, RoundRow
from storage.database.tables.reports import RoundFiguresRow
from storage.database.transactions import reading
from storage.objects.open_store import open_dataset
from storage.settings import Settings
from tasks.reports.dataset.publish_dataset import publish_dataset
from tests.history import K
from tests.servers import ACCESS, SECRET, s3_settings_of
from tests.tasks.conftest import BOOK

PICTURES_OF_BOOK = {name: seed for name, (seed, _) in BOOK.items()}
NOW = dt.datetime(2026, 11, 20, 2, 0, tzinfo=dt.UTC)


@pytest.fixture
def settings(tmp_path):
    return Settings(home=tmp_path / "home", anonymity=1)


@pytest.fixture
def tables(settings):
    """Loads a table of what was published last."""
    return lambda name: load(name, folder=settings.dataset_location)


def test_a_real_run_fills_every_table_as_its_contract_says(
    repositories, send, verify, returned, tables
):
    approved = send({n: s + 40 for n, s in PICTURES_OF_BOOK.items()}, application_id="A2")
    assert verify(approved, [paper for _, paper in BOOK.values()]).outcome == "approved"
    publish_dataset(repositories)
    found = {table.name: contract(table.name).validate(tables(table.name)) for table in TABLES}
    assert set(found["applications"]["outcome"]) == {"returned", "approved"}
    (proof,) = found["applications"]["proof_class"].dropna()
    assert proof == "number"
    blurred = found["findings"].query("code == 'Q01'")
    assert set(blurred["kind"]) == {"hukou_member"}
    assert set(found["fields"]["kind"]) == {"hukou_cover", "hukou_member"}
    assert found["checks"]["check"].value_counts().eq(2).all()
    assert set(found["kinship"]["path"]) >= {"hukou"}
    assert found["applications"]["age_band"].eq("6-17").all()
    assert found["applications"]["sex"].eq("female").all()


def test_notes_reasons_in_force_and_overruled_ones_stand_apart(repositories, tables):
    machine = decision(
        Outcome.IN_REVIEW, Reason.RELATIONSHIP_NOT_DETERMINED, Reason.MINOR_WITHOUT_FACE
    )
    ends = {
        "waits": None,
        "returned": decision(Outcome.RETURNED, Reason.RELATIONSHIP_PROOF_MISSING, by="lin"),
        "confirmed": decision(Outcome.REJECTED, Reason.RELATIONSHIP_NOT_DETERMINED, by="lin"),
        "approved": machine.model_copy(
            update={"outcome": Outcome.APPROVED, "decided_by": "lin", "decided_at": NOW + HOUR}
        ),
    }
    cases = {name: decided(repositories, name, machine, end) for name, end in ends.items()}
    publish_dataset(repositories)
    rows = tables("findings")
    names = {pseudonym(repositories, r): n for n, r in cases.items()}
    told = {
        (names[row.case], row.code, row.origin): (row.note, row.in_force, row.overruled)
        for row in rows.itertuples()
    }
    note, stands, overruled, past = (
        (True, False, False),
        (False, True, False),
        (False, False, True),
        (False, False, False),
    )
    assert told == {
        ("waits", "R03", "machine"): stands,
        ("returned", "R03", "machine"): overruled,
        ("returned", "D20", "person"): stands,
        ("confirmed", "R03", "machine"): past,
        ("confirmed", "R03", "person"): stands,
        ("approved", "R03", "machine"): overruled,
        **{(name, "P05", "machine"): note for name in cases},
    }


def test_a_publication_is_private_audited_and_writes_only_what_changed(repositories, settings):
    machine = decision(Outcome.APPROVED)
    for name, months in (("A1", 0), ("A2", 2)):
        decided(repositories, name, machine, None, at=NOW - months * dt.timedelta(days=31))
    first = publish_dataset(repositories)
    second = publish_dataset(repositories)
    assert [part.key for part in second.parts] == [part.key for part in first.parts]
    decided(repositories, "A3", machine, None)
    third = publish_dataset(repositories)
    changed = {p.month for p in third.parts} - {
        p.month for p in third.parts if p.key in {q.key for q in second.parts}
    }
    assert changed == {"2026-11"}
    assert third.rows["applications"] == 3
    folder = settings.home / "dataset"
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}
    events = repositories.audit.system_events((EventTag.DATASET_PUBLISHED,), 9)
    assert [event.details["rows_applications"] for event in events] == [3, 2, 2]
    assert manifest(folder) == third


def test_an_empty_book_is_published_as_empty_tables(repositories, tables):
    assert set(publish_dataset(repositories).rows.values()) == {0}
    for table in TABLES:
        assert contract(table.name).validate(tables(table.name)).empty


def test_fewer_rounds_than_k_are_not_told_at_all(tmp_path):
    with using_repositories(Settings(home=tmp_path / "few")) as office:
        for number in range(K - 1):
            decided(office, f"A{number}", decision(Outcome.APPROVED), None)
        published = publish_dataset(office)
    assert (published.rows["applications"], published.withheld) == (0, K - 1)


def test_nobody_is_singled_out_by_all_that_the_counter_knows(history):
    """Join every table that still carries pseudonyms with an insider's whole knowledge."""
    folder = history.coarse
    rounds = load("applications", folder=folder)
    papers = load("documents", folder=folder).dropna(subset="case")
    shown = papers.groupby("case", observed=True)["kind"].agg(lambda k: "+".join(sorted(k)))
    rounds["papers"] = rounds["case"].astype(str).map(shown.to_dict())
    proofs = load("kinship", folder=folder).dropna(subset="case").set_index("case")["path"]
    rounds["path"] = rounds["case"].astype(str).map(proofs.astype(str).to_dict())
    with using_repositories(history.settings) as office:
        told = set(rounds["case"])
        known = [one for one in insiders(office) if pseudonym(office, one["round_id"]) in told]
    assert len(known) > 200
    worst = min(len(candidates(rounds, one)) for one in known)
    assert worst >= K
    assert rounds["sex"].notna().mean() > 0.3, "something is told all the same"
    assert rounds["relationship"].notna().mean() > 0.5


def pseudonym(office, round_id):
    return office.keyring.fingerprint("dataset", round_id)[:24]


def insiders(office):
    """Of every round that was published or not, what the counter knows exactly."""
    query = select(
        *(getattr(RoundRow, n) for n in ("round_id", "round", "region", "product", "channel")),
        *(RoundRow.received_at, RoundFiguresRow.relationship, RoundFiguresRow.route),
        *(getattr(RoundFiguresRow, n) for n in ("age_band", "sex", "ethnicity_group")),
    ).join(RoundFiguresRow, RoundFiguresRow.round_id == RoundRow.round_id)
    with reading(office.engine) as connection:
        rows = connection.execute(query).all()
        kinds: dict[str, list[str]] = {}
        for round_id, kind in connection.execute(select(DocumentRow.round_id, DocumentRow.kind)):
            kinds.setdefault(round_id, []).append(kind)
    return [
        dict(row._mapping) | {"papers": "+".join(sorted(kinds.get(row.round_id, [])))}
        for row in rows
    ]


AGES = {"0-17": {"0-5", "6-17"}, "18-59": {"18-44", "45-59"}, "60+": {"60-74", "75+"}}


def candidates(rounds, one):
    """The published rounds that may be this one's."""
    day = one["received_at"].astimezone(CHINA).date()
    starts = {
        "day": day,
        "week": day - dt.timedelta(days=day.weekday()),
        "month": day.replace(day=1),
    }
    fits = rounds["received_span"].astype(str).map(starts).eq(rounds["received_on"].dt.date)
    for name in ("product", "channel", "relationship", "route", "sex", "ethnicity_group", "papers"):
        fits &= rounds[name].isna() | rounds[name].astype(str).eq(str(one[name]))
    fits &= rounds["round"].isna() | rounds["round"].eq(one["round"])
    region = str(one["region"])
    fits &= (
        rounds["region"].astype(object).map(lambda r: r is None or r != r or region.startswith(r))
    )
    age = one["age_band"]
    fits &= rounds["age_band"].isna() | rounds["age_band"].astype(str).map(
        lambda told: told == age or age in AGES.get(told, set())
    )
    kinds = {kind.replace("hukou_member", "hukou") for kind in one["papers"].split("+")}
    fits &= rounds["path"].isna() | rounds["path"].map(
        lambda path: set(filter(None, str(path).split("+"))) <= kinds
    )
    return rounds[fits]


def test_every_table_of_a_history_keeps_its_contract(history):
    for table in TABLES:
        contract(table.name).validate(load(table.name, folder=history.coarse))
    assert Counter(load("samples", folder=history.coarse)["sort"].astype(str)).total() > 20


@pytest.mark.service
def test_an_office_on_postgresql_publishes_the_same_tables_into_a_bucket_of_its_own(
    history, postgresql_database, s3_server, tmp_path, monkeypatch
):
    settings = moved(history, postgresql_database, s3_server, tmp_path)
    elsewhere = manifest(history.coarse)
    with using_repositories(settings) as office:
        published = publish_dataset(office, now=elsewhere.as_of)
    for name, value in {
        "ENDPOINT_URL": s3_server,
        "ACCESS_KEY": ACCESS,
        "SECRET_KEY": SECRET,
        "REGION": settings.s3_region,
    }.items():
        monkeypatch.setenv(f"KINBIND_S3_{name}", value)
    assert published == elsewhere
    store = open_dataset(settings.dataset_location, settings)
    for part in published.parts:
        assert store.get(part.key) == (history.coarse / part.key).read_bytes(), part.key
    rows = len(load("checks", folder=settings.dataset_location))
    assert rows == published.rows["checks"] > 0
    some = urllib.parse.urlsplit(f"{settings.dataset_location}/{published.parts[0].key}")
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(f"{s3_server}/{some.netloc}{some.path}")  # noqa: S310


def moved(history, database, server, folder):
    """Settings of a copy of an office, in another database, that publishes to a bucket."""
    bucket = f"kinbind-{secrets.token_hex(6)}"
    shutil.copytree(history.settings.objects, folder / "objects")
    given = s3_settings_of(server, folder, bucket).model_dump(exclude={"object_store"})
    settings = Settings(
        **given
        | {
            "database_url": database,
            "anonymity": K,
            "master_key_file": history.settings.key_file,
            "key_database_url": history.settings.key_database,
            "dataset": f"s3://{bucket}/tables",
        }
    )
    source, target = open_engine(history.settings), open_engine(settings)
    upgrade(target)
    copy_tables(source, target)
    source.dispose()
    target.dispose()
    return settings


def test_groups_are_forgotten_with_the_records(repositories, send, verify):
    case = send(PICTURES_OF_BOOK)
    verify(case, [paper for _, paper in BOOK.values()])
    from models.cases.retention import RetentionClass

    repositories.retention.mark_deleted(case.round_id, RetentionClass.RECORDS, NOW)
    with reading(repositories.engine) as connection:
        row = connection.execute(select(*RoundFiguresRow.__table__.columns)).one()
    assert (row.relationship, row.age_band, row.sex, row.ethnicity_group) == (None,) * 4
    assert row.figures


HOUR = dt.timedelta(hours=1)


def decision(outcome, *reasons, by="machine"):
    return Decision(
        application_id="A",
        outcome=outcome,
        decided_at=NOW if by == "machine" else NOW + HOUR,
        decided_by=by,
        policy_version="v",
        findings=tuple(finding(r, Evidence(document="01.jpg")) for r in reasons),
    )


def decided(repositories, name, machine, person, at=NOW):
    """A round that the machine decided, and then a person."""
    case = repositories.cases.register(
        name, f"{name}-digest", batch_id="b1", received_at=at, region="330100"
    ).round
    kinds = {"01.jpg": DocumentKind.HUKOU_MEMBER}
    for one in filter(None, (machine, person)):
        repositories.cases.decide(case.round_id, one, kinds=kinds)
    return case.round_id
