"""The composition root: everything that is kept, opened together."""

import contextlib
import functools
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Engine, insert, select

from models.errors import SettingError
from storage.audit.access_log import AccessLog
from storage.audit.audit_log import AuditLog
from storage.audit.audit_search import Searches
from storage.audit.log_proofs import LogProofs
from storage.bindings.binding_repository import BindingRegister
from storage.cases.case_repository import CaseBook
from storage.cases.similar_applications import Alikes
from storage.database.engine import open_engine, writing
from storage.database.schema import upgrade
from storage.database.tables import InstallationRow
from storage.intake.api_keys import ApiKeyRegister
from storage.intake.parcels import ParcelShelf
from storage.keys.keyring import Keyring
from storage.notices.outbox import Outbox
from storage.objects.archive import Archive
from storage.objects.open_store import open_store
from storage.policy.policies import PolicyShelf
from storage.reports.figures import FigureBook
from storage.reports.run_history import RunBook
from storage.reviews.corrections import CorrectionBook
from storage.reviews.opinions import OpinionBook
from storage.reviews.queue_pages import QueuePages
from storage.reviews.review_claims import ReviewDesk
from storage.reviews.review_repository import ReviewQueue
from storage.reviews.samples import Samples
from storage.settings import Settings, load_settings
from storage.staff.sessions import SessionBook
from storage.staff.staff_register import StaffRegister

_KEY_CHECK = "key_check"


@dataclass(frozen=True)
class Office:
    """One installation's drawers. Open it once in each process, and close it at the end."""

    settings: Settings
    keyring: Keyring
    archive: Archive
    cases: CaseBook
    bindings: BindingRegister
    audit: AuditLog
    proofs: LogProofs
    reviews: ReviewQueue
    queue: QueuePages
    desk: ReviewDesk
    opinions: OpinionBook
    samples: Samples
    corrections: CorrectionBook
    staff: StaffRegister
    sessions: SessionBook
    access: AccessLog
    searches: Searches
    alikes: Alikes
    figures: FigureBook
    runs: RunBook
    api_keys: ApiKeyRegister
    parcels: ParcelShelf
    outbox: Outbox
    policies: PolicyShelf
    engine: Engine

    def close(self) -> None:
        """Give the database connections back."""
        self.engine.dispose()


def open_office(settings: Settings) -> Office:
    """Open everything, making what is not there yet: folder, key, tables, bucket.

    Raises:
        SettingError: A setting is wrong, or the master key is not the one of this database.
        StorageUnavailableError: A database or an object store did not answer.
    """
    policies = PolicyShelf.load(settings.policies)
    settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    keyring = Keyring.open(settings)
    engine = open_engine(settings)
    try:
        upgrade(engine)
        _check_key(engine, keyring)
        archive = Archive(open_store(settings), keyring)
    except BaseException:
        engine.dispose()
        raise
    audit, staff = AuditLog(engine, keyring), StaffRegister(engine)
    return Office(
        settings=settings,
        keyring=keyring,
        archive=archive,
        cases=CaseBook(engine, keyring),
        bindings=BindingRegister(engine, keyring, archive),
        audit=audit,
        proofs=LogProofs(engine, keyring),
        reviews=ReviewQueue(engine, keyring),
        queue=QueuePages(engine),
        desk=ReviewDesk(engine),
        opinions=OpinionBook(engine, keyring),
        samples=Samples(engine, keyring),
        corrections=CorrectionBook(engine, keyring),
        staff=staff,
        sessions=SessionBook(engine, keyring, staff),
        access=AccessLog(engine, audit),
        searches=Searches(engine, keyring),
        alikes=Alikes(engine),
        figures=FigureBook(engine),
        runs=RunBook(engine, audit),
        api_keys=ApiKeyRegister(engine, keyring),
        parcels=ParcelShelf(engine, keyring, archive),
        outbox=Outbox(engine, keyring, settings),
        policies=policies,
        engine=engine,
    )


@functools.cache
def current_office() -> Office:
    """This process's office, by the settings of its environment; opened once, kept to the end."""
    return open_office(load_settings())


@contextlib.contextmanager
def office(settings: Settings) -> Iterator[Office]:
    """An open office for the length of a block."""
    opened = open_office(settings)
    try:
        yield opened
    finally:
        opened.close()


def _check_key(engine: Engine, keyring: Keyring) -> None:
    """A database belongs to one master key: with another, nothing could be found or opened."""
    known = select(InstallationRow.value).where(InstallationRow.name == _KEY_CHECK)
    with writing(engine) as connection:
        value = connection.scalar(known)
        if value is None:
            connection.execute(
                insert(InstallationRow).values(name=_KEY_CHECK, value=keyring.check_value)
            )
        elif value != keyring.check_value:
            raise SettingError(
                "The master key is not the one of this case database; restore its backup."
            )
