"""What flows and pages ask the database for."""

import datetime as dt
from collections.abc import Callable, Mapping

from benchmarks.scale.growth.rows import NOW
from models.audit.event import EventTag, NewEvent
from models.cases.case_round import MatchKey, MatchKeyKind
from models.cases.retention import RetentionClass
from models.decision.decision import Outcome
from models.intake.application import PersonRole
from models.notices.exchange import Destination
from storage.audit.audit_search import AuditQuery
from storage.bootstrap import Repositories
from storage.reports.period_counts import period_counts
from storage.reviews.queue_queries import QueueFilters


def queries(repositories: Repositories, count: int) -> Mapping[str, Callable[[], object]]:
    """What flows and pages ask for, by name."""
    number = MatchKey(
        kind=MatchKeyKind.NUMBER, role=PersonRole.APPLICANT, value="330102198803120019"
    )
    last_day = NOW - dt.timedelta(days=1)
    event = iter(range(1_000_000))
    return {
        "batches that wait": lambda: repositories.cases.waiting_batches("L", 50),
        "rounds of a batch": lambda: repositories.cases.rounds(batch_id=f"B{count // 100:08}"),
        "received and undecided": lambda: repositories.cases.undecided_since(NOW),
        "decisions to settle": lambda: repositories.reviews.decided(NOW),
        "terms that may move": lambda: repositories.reviews.provisional(),
        "overdue reviews": lambda: repositories.reviews.overdue(NOW - dt.timedelta(days=99)),
        "approvals of ten minutes": lambda: list(
            repositories.search.decided(Outcome.APPROVED, NOW - dt.timedelta(minutes=10))
        ),
        "pictures to delete": lambda: list(
            repositories.retention.kept(RetentionClass.PICTURES, NOW - dt.timedelta(days=31))
        ),
        "numbers of an application": lambda: repositories.match_keys.history(
            "A", [number], product=None
        ),
        "queue, first page": lambda: repositories.queue.page(QueueFilters()),
        "cases of people": lambda: repositories.queue.first(QueueFilters(), 20),
        "figures of a day": lambda: repositories.dashboard.since(last_day),
        "workloads": lambda: repositories.workloads.since(last_day),
        "a day's report": lambda: period_counts(repositories.engine, last_day, NOW),
        "sampled approvals": lambda: repositories.oversight.sampled_approvals(),
        "second looks": lambda: repositories.samples.second_looks(),
        "decided by people": lambda: repositories.samples.decided_by_people(last_day),
        "opinions by day": lambda: repositories.oversight.decisions_by_day(last_day, NOW),
        "search: application": lambda: repositories.search.find(
            AuditQuery(application=f"A{count // 2:09}")
        ),
        "search: beginning": lambda: repositories.search.find(AuditQuery(application="A0000001")),
        "search: reason": lambda: repositories.search.find(AuditQuery(code="R03")),
        "search: outcome": lambda: repositories.search.find(
            AuditQuery(outcome=Outcome.RETURNED, start=last_day)
        ),
        "search: person": lambda: repositories.search.by_person("330102198803120019"),
        "employers' lists": lambda: repositories.search.deliveries(),
        "bindings of a night": lambda: repositories.bindings.due_for_reverification(
            NOW.date(), dt.timedelta(days=31)
        ),
        "bindings of an application": lambda: repositories.bindings.find(f"A{count // 2:09}"),
        "notices to send": lambda: repositories.outbox.claim(
            Destination.WEBHOOK, NOW, dt.timedelta(0)
        ),
        "notices, counted": lambda: repositories.outbox.counts(),
        "notices, a page": lambda: repositories.outbox.list(limit=50),
        "submissions into batches": lambda: repositories.submissions.gather("G", 50),
        "submissions not taken in": lambda: repositories.submissions.waiting(NOW),
        "returns without an answer": lambda: repositories.cases.unanswered(),
        "looks at papers": lambda: repositories.access.of_application(f"A{count // 20 * 10:09}"),
        "looks of a person": lambda: repositories.access.of_staff("person3", 100),
        "similar applications": lambda: repositories.similar.of(f"{count // 2:032x}"),
        "runs of a page": lambda: repositories.run_history.runs(20),
        "days of a page": lambda: repositories.run_history.days(last_day),
        "an append": lambda: repositories.audit.append_many(
            [
                NewEvent(
                    tag=EventTag.APPLICATION_RECEIVED,
                    application_id=f"A{count}",
                    round_id=None,
                    actor="machine",
                    details={},
                    idempotency_key=f"growth:{next(event)}",
                )
            ]
        ),
    }
