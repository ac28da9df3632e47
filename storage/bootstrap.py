"""The composition root: everything that is kept, opened together."""

import contextlib
import functools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Engine, insert, select

from models.errors import SettingError
from storage.audit.access_log import AccessLog
from storage.audit.audit_log import AuditLog
from storage.audit.audit_search import AuditSearch
from storage.audit.chain.log_guard import LogGuard
from storage.audit.chain.log_proofs import LogProofs
from storage.audit.stored_rows import StoredRows
from storage.bindings.binding_repository import BindingRepository
from storage.cases.attempts import AttemptRepository
from storage.cases.case_repository import CaseRepository
from storage.cases.case_retention import CaseRetention
from storage.cases.earlier_returns import EarlierReturns
from storage.cases.match_key_repository import MatchKeyRepository
from storage.cases.similar_applications import SimilarApplications
from storage.database.engine import open_engine
from storage.database.schema import upgrade
from storage.database.tables.cases import InstallationRow
from storage.database.transactions import reading, reading_together, unit_of_work, writing
from storage.intake.api_keys import ApiKeyRepository
from storage.intake.submissions import SubmissionRepository
from storage.keys.keyring import Keyring
from storage.notices.outbox import Outbox
from storage.objects.archive import Archive
from storage.objects.open_store import open_roots, open_store, refuse_overwriting
from storage.operator_log import start_log
from storage.policy.policies import PolicyRepository
from storage.private_files import close_home
from storage.reports.dashboard_counts import DashboardQueries
from storage.reports.oversight import OversightQueries
from storage.reports.run_history import RunHistory
from storage.reviews.corrections import CorrectionRepository
from storage.reviews.drafts import DraftRepository
from storage.reviews.kept_answers import KeptAnswerRepository
from storage.reviews.opinions import OpinionRepository
from storage.reviews.queue_pages import QueuePages
from storage.reviews.remarks import RemarkRepository
from storage.reviews.review_claims import ReviewClaims
from storage.reviews.review_repository import ReviewRepository
from storage.reviews.samples import SampleRepository
from storage.reviews.workloads import WorkloadQueries
from storage.settings import Settings, load_settings
from storage.staff.sessions import SessionRepository
from storage.staff.staff_register import StaffRegister

_KEY_CHECK: Final = "key_check"
_KNOWN_KEY: Final = select(InstallationRow.value).where(InstallationRow.name == _KEY_CHECK)


@dataclass(frozen=True)
class Repositories:
    """All repositories of one installation, opened once in each process and closed at its end."""

    settings: Settings
    keyring: Keyring
    archive: Archive
    cases: CaseRepository
    match_keys: MatchKeyRepository
    retention: CaseRetention
    attempts: AttemptRepository
    bindings: BindingRepository
    audit: AuditLog
    proofs: LogProofs
    stored_rows: StoredRows
    reviews: ReviewRepository
    queue: QueuePages
    claims: ReviewClaims
    opinions: OpinionRepository
    samples: SampleRepository
    workloads: WorkloadQueries
    corrections: CorrectionRepository
    earlier_returns: EarlierReturns
    drafts: DraftRepository
    kept_answers: KeptAnswerRepository
    remarks: RemarkRepository
    staff: StaffRegister
    sessions: SessionRepository
    access: AccessLog
    search: AuditSearch
    similar: SimilarApplications
    dashboard: DashboardQueries
    oversight: OversightQueries
    run_history: RunHistory
    api_keys: ApiKeyRepository
    submissions: SubmissionRepository
    outbox: Outbox
    policies: PolicyRepository
    engine: Engine

    def unit_of_work(self) -> contextlib.AbstractContextManager[None]:
        """One transaction for everything that the repositories read and write inside the block.

        Files and objects take no part in it: put an object before the row that names it. Events
        come last in the block: the head of the audit log stays locked until it ends.
        """
        return unit_of_work(self.engine)

    def reading_together(self) -> contextlib.AbstractContextManager[None]:
        """One connection for everything that is read inside the block, and not written."""
        return reading_together(self.engine)

    def close(self) -> None:
        """Close the database connections."""
        self.keyring.close()
        self.engine.dispose()


def open_repositories(settings: Settings) -> Repositories:
    """Open everything, making what is not there yet: folder, key, tables, bucket.

    Raises:
        SettingError: A setting is wrong, or the master key is not the one of this database.
        StorageUnavailableError: A database or an object store did not answer.
    """
    policies = PolicyRepository.load(settings.policies)
    close_home(settings.home)
    with contextlib.ExitStack() as opened:
        engine = open_engine(settings)
        opened.callback(engine.dispose)
        upgrade(engine)
        keyring = Keyring.open(settings, known_as=_known_key(engine))
        opened.callback(keyring.close)
        _check_key(engine, keyring)
        archive = Archive(open_store(settings), keyring)
        roots = open_roots(settings)
        opened.pop_all()
    audit = AuditLog(engine, keyring, LogGuard(archive, roots))
    staff = StaffRegister(engine)
    return Repositories(
        settings=settings,
        keyring=keyring,
        archive=archive,
        cases=CaseRepository(engine, keyring),
        match_keys=MatchKeyRepository(engine, keyring),
        retention=CaseRetention(engine),
        attempts=AttemptRepository(engine),
        bindings=BindingRepository(engine, keyring, archive),
        audit=audit,
        proofs=LogProofs(engine, keyring),
        stored_rows=StoredRows(engine, keyring),
        reviews=ReviewRepository(engine, keyring),
        queue=QueuePages(engine),
        claims=ReviewClaims(engine),
        opinions=OpinionRepository(engine, keyring),
        samples=SampleRepository(engine, keyring),
        workloads=WorkloadQueries(engine),
        corrections=CorrectionRepository(engine, keyring),
        earlier_returns=EarlierReturns(engine),
        drafts=DraftRepository(engine, keyring),
        kept_answers=KeptAnswerRepository(engine),
        remarks=RemarkRepository(engine, keyring),
        staff=staff,
        sessions=SessionRepository(engine, keyring, staff),
        access=AccessLog(engine, audit),
        search=AuditSearch(engine, keyring, audit),
        similar=SimilarApplications(engine),
        dashboard=DashboardQueries(engine),
        oversight=OversightQueries(engine),
        run_history=RunHistory(engine, audit),
        api_keys=ApiKeyRepository(engine, keyring),
        submissions=SubmissionRepository(engine, keyring, archive),
        outbox=Outbox(engine, keyring, settings),
        policies=policies,
        engine=engine,
    )


@functools.cache
def current_repositories() -> Repositories:
    """The repositories of this process, by the settings of its environment; opened once."""
    settings = load_settings()
    start_log(settings.home)
    repositories = open_repositories(settings)
    refuse_overwriting(repositories.archive.store, settings)
    return repositories


@contextlib.contextmanager
def using_repositories(settings: Settings) -> Iterator[Repositories]:
    """Repositories that are open for the length of a block."""
    opened = open_repositories(settings)
    try:
        yield opened
    finally:
        opened.close()


def _known_key(engine: Engine) -> str | None:
    """By what the database knows its keys; None where it is new."""
    with reading(engine) as connection:
        return connection.scalar(_KNOWN_KEY)


def _check_key(engine: Engine, keyring: Keyring) -> None:
    """A database belongs to one master key: with another, nothing could be found or opened."""
    with writing(engine) as connection:
        value = connection.scalar(_KNOWN_KEY)
        if value is None:
            connection.execute(
                insert(InstallationRow).values(name=_KEY_CHECK, value=keyring.check_value)
            )
        elif value != keyring.check_value:
            raise SettingError(
                "主密钥与案件库不匹配，请恢复该库的密钥备份。"
                "The master key is not the one of this case database; restore the key's backup."
            )
