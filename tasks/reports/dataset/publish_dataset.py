"""Publish the data team's tables: one snapshot, month by month, nobody singled out."""

import contextlib
import datetime as dt
import gc
from collections.abc import Iterator
from typing import Final, NamedTuple

from models.audit.event import EventTag
from models.reports.dataset_manifest import DatasetManifest, DatasetPart
from models.reports.dataset_table import SCHEMA_VERSION
from models.reports.office_tables import TABLES
from storage.bootstrap import Repositories
from storage.database.transactions import snapshot
from storage.objects.open_store import open_dataset
from storage.objects.store import ObjectStore
from storage.reports.dataset_files import TableFile, last_manifest, put_manifest, state_digest
from storage.reports.dataset_source import DatasetSource, Month
from tasks.reports.dataset.anonymise import anonymise
from tasks.reports.dataset.case_rows import CASE_COLUMNS
from tasks.reports.dataset.figure_rows import figure_columns
from tasks.reports.dataset.office_rows import review_columns, run_columns, version_columns
from tasks.reports.dataset.publishable_round import Pseudonym, insider_knowledge, publishable_rounds

_BY_NAME: Final = {table.name: table for table in TABLES}
_MOST_RUNS: Final = 100_000


class _Publication(NamedTuple):
    """What is at hand while one snapshot is published."""

    repositories: Repositories
    source: DatasetSource
    store: ObjectStore
    before: DatasetManifest | None
    k: int
    as_of: dt.datetime


def publish_dataset(
    repositories: Repositories, location: str | None = None, *, now: dt.datetime | None = None
) -> DatasetManifest:
    """Publish all tables as they stand; months that did not change keep their files.

    The same rounds at the same moment give the same bytes, whichever database keeps them.

    Args:
        repositories: Where everything is kept.
        location: A folder or `s3://bucket/prefix`; None: where the settings say.
        now: The present, when not the clock's.

    Raises:
        IntegrityError: The tables would single somebody out; nothing was published.
        StorageUnavailableError: The database or the place to publish to did not answer.
    """
    settings = repositories.settings
    store = open_dataset(location or settings.dataset_location, settings)
    as_of, before = now or dt.datetime.now(dt.UTC), last_manifest(store)
    if before is not None and before.anonymity != settings.anonymity:
        before = None
    with snapshot(repositories.engine) as connection:
        source = DatasetSource(connection)
        work = _Publication(repositories, source, store, before, settings.anonymity, as_of)
        parts: list[DatasetPart] = []
        coarsened: dict[str, dict[str, int]] = {}
        for month in source.months():
            with _collector_paused():
                found, steps = _publish_month(work, month)
            parts += found
            coarsened |= steps
        parts += _publish_office(work)
    manifest = DatasetManifest(
        as_of=as_of, anonymity=settings.anonymity, coarsened=coarsened, parts=tuple(parts)
    )
    put_manifest(store, manifest)
    _record(repositories, manifest)
    return manifest


@contextlib.contextmanager
def _collector_paused() -> Iterator[None]:
    """Rows hold no cycles: to look for some among millions of them took a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _publish_month(
    work: _Publication, month: Month
) -> tuple[list[DatasetPart], dict[str, dict[str, int]]]:
    """The files of a month, and how many of its rounds were made coarser."""
    state = state_digest(SCHEMA_VERSION, work.k, month.name, work.source.state(month))
    if kept := _kept(work, month, state):
        coarsened = work.before.coarsened if work.before else {}
        return kept, {n: s for n, s in coarsened.items() if n.endswith(month.name)}
    of_month = work.source.rounds(month)
    anonymised = anonymise(insider_knowledge(of_month), work.k)
    round_ids = [row.round_id for row in of_month.rounds]
    publishable = publishable_rounds(round_ids, anonymised, _pseudonym(work.repositories))
    files = {
        table.name: TableFile(table, month.name, state, work.as_of.isoformat())
        for table in TABLES
        if table.monthly
    }
    for portion in work.source.portions(month, of_month.rounds):
        for name, columns_of in CASE_COLUMNS.items():
            files[name].add(columns_of(portion, publishable))
        for name, columns in figure_columns(portion, publishable).items():
            files[name].add(columns)
    reviews, steps = review_columns(work.source, month, _pseudonym(work.repositories), work.k)
    for name, columns in reviews.items():
        files[name].add(columns)
    return [file.finish(work.store) for file in files.values()], {
        f"applications {month.name}": anonymised.steps,
        f"reviews {month.name}": steps,
    }


def _kept(work: _Publication, month: Month, state: str) -> list[DatasetPart]:
    """The files of the publication before, where nothing of the month changed since."""
    parts = work.before.parts if work.before else ()
    mine = [part for part in parts if part.month == month.name]
    same = all(part.state == state and work.store.exists(part.key) for part in mine)
    return mine if same else []


def _publish_office(work: _Publication) -> Iterator[DatasetPart]:
    """The tables that are small and written whole."""
    pseudonym = _pseudonym(work.repositories)
    runs = work.repositories.run_history.runs(_MOST_RUNS)
    versions = work.source.versions()
    contents = {
        "runs": run_columns(runs, pseudonym),
        **{name: version_columns(used) for name, used in versions.items()},
    }
    for name, columns in contents.items():
        state = state_digest(SCHEMA_VERSION, name, columns)
        file = TableFile(_BY_NAME[name], None, state, work.as_of.isoformat())
        file.add(columns)
        yield file.finish(work.store)


def _pseudonym(repositories: Repositories) -> Pseudonym:
    def pseudonym(purpose: str, name: str) -> str:
        return repositories.keyring.fingerprint(purpose, name)[:24]

    return pseudonym


def _record(repositories: Repositories, manifest: DatasetManifest) -> None:
    repositories.audit.append(
        EventTag.DATASET_PUBLISHED,
        application_id=None,
        round_id=None,
        actor="dataset",
        details={
            "as_of": manifest.as_of.isoformat(),
            "schema": manifest.schema_version,
            "anonymity": manifest.anonymity,
            "withheld": manifest.withheld,
            **{f"rows_{name}": rows for name, rows in manifest.rows.items()},
        },
        idempotency_key=f"dataset:{manifest.key}",
    )
