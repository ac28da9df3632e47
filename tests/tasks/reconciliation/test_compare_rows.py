"""Every column of every table: a change is found, or it is said why it need not be."""

import contextlib
import re
import sqlite3

from storage.database.tables.base import Table
from tasks.reconciliation.reconcile import reconcile
from tests.tasks.reconciliation.conftest import LATER, alter, places

API_KEY = ("client", "created_at", "revoked_at")
SESSION = ("name", "csrf", "opened_at", "way")
DOCUMENT = (
    *("kind", "kind_confidence", "page", "part", "glare", "glyph_height_px", "rotation"),
    *("corners_visible", "fields_read", "mean_confidence", "seconds", "engine"),
)


def setting(table, names, value, fault):
    """One row for each of several columns that are set to the same value."""
    return [(" ".join(("UPDATE", table, "SET", name, "=", value)), (fault, "")) for name in names]


ROWS = [
    ("UPDATE rounds SET decided_by = 'ghost'", ("round_differs", "decided_by")),
    ("UPDATE rounds SET policy_version = 'other'", ("round_differs", "policy_version")),
    ("UPDATE rounds SET received_at = '2020-01-01 00:00:00'", ("round_differs", "received_at")),
    ("UPDATE rounds SET decided_at = '2020-01-01 00:00:00'", ("round_differs", "decided_at")),
    ("UPDATE rounds SET machine_outcome = 'returned'", ("round_differs", "machine_outcome")),
    ("UPDATE rounds SET region = '110000'", ("round_differs", "region")),
    ("UPDATE rounds SET content_digest = round_id", ("round_differs", "content_digest")),
    ("UPDATE rounds SET records_deleted_at = decided_at", ("deletion_unrecorded", "records")),
    ("DELETE FROM findings", ("findings_differ", "")),
    ("UPDATE findings SET code = 'Q01'", ("findings_differ", "")),
    ("DELETE FROM opinions", ("opinions_differ", "")),
    ("UPDATE opinions SET staff = 'ghost' WHERE ordinal = 2", ("opinions_differ", "")),
    ("UPDATE opinions SET outcome = 'approved'", ("opinions_differ", "")),
    ("UPDATE reviews SET outcome = 'approved'", ("review_differs", "")),
    ("UPDATE bindings SET status = 'ended'", ("binding_differs", "status")),
    ("UPDATE bindings SET relationship = 'spouse'", ("binding_differs", "relationship")),
    ("UPDATE bindings SET member_hash = applicant_hash", ("binding_differs", "member_hash")),
    ("DELETE FROM bindings", ("binding_lost", "register")),
    ("PRAGMA foreign_keys = OFF; DELETE FROM rounds", ("round_lost", "")),
    ("UPDATE rounds SET stage = 'taken_in'", ("round_differs", "stage")),
    ("UPDATE rounds SET retries = 3", ("round_differs", "retries")),
    ("UPDATE rounds SET answer_due_on = '2030-01-01'", ("round_differs", "answer_due_on")),
    ("UPDATE rounds SET batch_id = 'other'", ("round_differs", "place")),
    ("UPDATE rounds SET employer_ref = 'other'", ("round_differs", "place")),
    ("UPDATE rounds SET round = 7", ("round_differs", "place")),
    ("UPDATE rounds SET stage = 'elsewhere'", ("row_unreadable", "stage")),
    ("UPDATE rounds SET outcome = 'none'", ("row_unreadable", "outcome")),
    ("UPDATE reviews SET state = 'lost'", ("row_unreadable", "state")),
    ("UPDATE reviews SET decided_codes = '['", ("row_unreadable", "")),
    ("UPDATE reviews SET application_id = 'A1'", ("review_differs", "application_id")),
    ("UPDATE opinions SET outcome = 'maybe'", ("row_unreadable", "outcome")),
    ("UPDATE bindings SET end_reason = 'bored'", ("row_unreadable", "end_reason")),
    ("UPDATE traces SET application_id = 'A9'", ("match_keys_differ", "match_keys")),
    ("UPDATE traces SET round = 9", ("match_keys_differ", "match_keys")),
    ("UPDATE round_figures SET route = 'by air'", ("row_unreadable", "route")),
    ("UPDATE findings SET severity = 'info'", ("findings_differ", "")),
    ("DELETE FROM findings WHERE origin = 'machine'", ("findings_differ", "")),
    ("UPDATE documents SET blur = 0.9", ("documents_differ", "")),
    ("DELETE FROM documents", ("documents_differ", "")),
    ("UPDATE round_figures SET figures = '{}'", ("figures_differ", "figures")),
    ("UPDATE round_figures SET sex = 'male'", ("figures_differ", "groups")),
    ("UPDATE round_figures SET proof_class = 'ties'", ("figures_differ", "proof_class")),
    ("UPDATE round_figures SET form_version = NULL", ("figures_differ", "figures")),
    ("DELETE FROM round_figures", ("figures_differ", "figures")),
    ("DELETE FROM traces WHERE kind = 'number'", ("match_keys_differ", "match_keys")),
    ("UPDATE traces SET fingerprint = round_id", ("match_keys_differ", "match_keys")),
    ("UPDATE opinions SET words = zeroblob(0)", ("opinions_differ", "")),
    ("UPDATE opinions SET given_at = '2020-01-01 00:00:00'", ("opinions_differ", "")),
    ("UPDATE opinions SET codes = '[]'", ("opinions_differ", "")),
    ("UPDATE opinions SET withdrawn_at = given_at", ("opinions_differ", "")),
    ("UPDATE reviews SET holder = 'nobody'", ("review_differs", "decision")),
    ("UPDATE reviews SET decided_at = opened_at", ("review_differs", "decision")),
    ("UPDATE reviews SET due_at = '2030-01-01 00:00:00'", ("review_differs", "due_at")),
    ("UPDATE reviews SET kind = 'sample'", ("review_differs", "kind")),
    ("UPDATE reviews SET codes = '[]'", ("review_differs", "codes")),
    ("DELETE FROM review_reasons", ("review_differs", "codes")),
    ("UPDATE reviews SET escalated_at = due_at", ("review_differs", "escalated_at")),
    ("DELETE FROM corrections", ("corrections_differ", "")),
    ("UPDATE corrections SET staff = 'ghost'", ("corrections_differ", "")),
    ("UPDATE corrections SET value = zeroblob(40)", ("corrections_differ", "")),
    ("UPDATE review_drafts SET content = zeroblob(40)", ("draft_changed", "wang")),
    ("UPDATE review_drafts SET staff = 'ghost'", ("draft_changed", "ghost")),
    ("DELETE FROM views", ("view_lost", "")),
    ("UPDATE views SET staff = 'ghost'", ("view_lost", "")),
    ("DELETE FROM deliveries; DELETE FROM notices;", ("notice_lost", "")),
    ("DELETE FROM deliveries WHERE destination = 'webhook'", ("notice_lost", "webhook")),
    ("UPDATE deliveries SET state = 'delivered'", ("delivery_unrecorded", "webhook")),
    ("UPDATE deliveries SET state = 'given_up'", ("delivery_unrecorded", "folder")),
    ("UPDATE notices SET outcome = 'approved'", ("notice_changed", "")),
    ("UPDATE notices SET body = NULL", ("notice_changed", "")),
    ("UPDATE notices SET body = zeroblob(60)", ("notice_changed", "")),
    (
        "INSERT INTO notices SELECT 'msg_x', kind, application_id, round_id, outcome, happened_at,"
        " body FROM notices LIMIT 1",
        ("notice_unknown", ""),
    ),
    ("UPDATE bindings SET claim = NULL", ("binding_differs", "claim")),
    ("UPDATE bindings SET claim = 'x'", ("binding_differs", "claim")),
    ("UPDATE bindings SET slot = 'x'", ("binding_differs", "register")),
    ("UPDATE bindings SET ended_at = claimed_at", ("binding_differs", "ended_at")),
    ("UPDATE bindings SET ends_on = '2030-01-01'", ("binding_differs", "ends_on")),
    ("UPDATE staff SET role = 'admin'", ("account_differs", "")),
    ("UPDATE staff SET password = 'x'", ("account_differs", "")),
    ("UPDATE staff SET active = NOT active", ("account_differs", "")),
    ("UPDATE staff SET os_user = 'x'", ("account_differs", "")),
    ("DELETE FROM sessions; DELETE FROM staff", ("account_lost", "")),
    (
        "INSERT INTO staff SELECT 'ghost', 'senior', password, active, must_change, created_at,"
        " NULL, NULL, NULL FROM staff",
        ("account_unknown", ""),
    ),
    ("UPDATE sessions SET session_id = 'x'", ("session_unknown", "")),
    ("UPDATE sessions SET expires_at = '2050-01-01 00:00:00'", ("session_unknown", "")),
    ("UPDATE api_keys SET key_hash = 'x'", ("api_key_differs", "")),
    ("UPDATE api_keys SET channels = '[\"counter\"]'", ("api_key_differs", "")),
    ("UPDATE api_keys SET key_id = 'x'", ("api_key_unknown", "")),
    ("DELETE FROM api_keys", ("api_key_lost", "")),
    *setting("api_keys", API_KEY, "'2020-01-01 00:00:00'", "api_key_differs"),
    ("UPDATE rounds SET round_id = 'x' || round_id", ("round_lost", "")),
    ("UPDATE rounds SET application_id = 'A' || application_id", ("round_lost", "")),
    ("UPDATE rounds SET product = 'mutual_aid'", ("round_differs", "product")),
    ("UPDATE rounds SET channel = 'kiosk'", ("round_differs", "channel")),
    ("UPDATE rounds SET submitted_at = received_at", ("round_differs", "submitted_at")),
    ("UPDATE rounds SET answer_due_provisional = 1", ("round_differs", "answer_due_provisional")),
    ("UPDATE rounds SET pictures_deleted_at = decided_at", ("deletion_unrecorded", "pictures")),
    ("UPDATE rounds SET readings_deleted_at = decided_at", ("deletion_unrecorded", "readings")),
    ("UPDATE staff SET name = 'ghost'", ("account_lost", "")),
    ("UPDATE staff SET must_change = NOT must_change", ("account_differs", "")),
    ("UPDATE staff SET created_at = '2020-01-01 00:00:00'", ("account_differs", "")),
    ("UPDATE staff SET identity = 'x'", ("account_differs", "")),
    ("UPDATE views SET at = '2020-01-01 00:00:00'", ("view_lost", "")),
    ("UPDATE views SET kind = 'picture'", ("view_lost", "")),
    ("UPDATE views SET detail = '1:sex'", ("view_lost", "")),
    ("UPDATE views SET application_id = 'A9'", ("view_lost", "")),
    ("UPDATE views SET round_id = NULL", ("view_lost", "")),
    ("UPDATE bindings SET binding_id = 'x'", ("binding_lost", "register")),
    ("UPDATE bindings SET round_id = 'x'", ("binding_lost", "register")),
    ("UPDATE bindings SET application_id = 'A9'", ("binding_differs", "application_id")),
    ("UPDATE bindings SET applicant_hash = member_hash", ("binding_differs", "applicant_hash")),
    ("UPDATE bindings SET product = 'mutual_aid'", ("binding_differs", "product")),
    ("UPDATE bindings SET region = '110000'", ("binding_differs", "region")),
    ("UPDATE bindings SET effective_date = '2020-01-01'", ("binding_differs", "effective_date")),
    ("UPDATE bindings SET object_digest = 'x'", ("binding_differs", "object_digest")),
    ("UPDATE bindings SET claimed_at = '2020-01-01 00:00:00'", ("binding_differs", "register")),
    ("UPDATE corrections SET round_id = 'x'", ("corrections_differ", "")),
    ("UPDATE corrections SET paper = paper + 1", ("corrections_differ", "")),
    ("UPDATE corrections SET field = 'sex'", ("corrections_differ", "")),
    ("UPDATE corrections SET made_at = '2020-01-01 00:00:00'", ("corrections_differ", "")),
    *setting("documents", DOCUMENT, "7", "documents_differ"),
    ("UPDATE documents SET seal = NOT coalesce(seal, 0)", ("documents_differ", "")),
    ("UPDATE documents SET colour = NOT coalesce(colour, 0)", ("documents_differ", "")),
    ("UPDATE documents SET round_id = 'x' || round_id", ("documents_differ", "")),
    ("UPDATE documents SET ordinal = ordinal + 50", ("documents_differ", "")),
    ("UPDATE findings SET round_id = 'x' || round_id", ("findings_differ", "")),
    ("UPDATE findings SET ordinal = 99 - ordinal", ("findings_differ", "")),
    ("UPDATE findings SET verdict = 'passed'", ("findings_differ", "")),
    ("UPDATE findings SET subject = 'member'", ("findings_differ", "")),
    ("UPDATE findings SET kind = 'other'", ("findings_differ", "")),
    ("UPDATE findings SET origin = 'nobody'", ("findings_differ", "")),
    ("UPDATE notices SET notice_id = 'x' || notice_id", ("notice_lost", "")),
    ("UPDATE notices SET kind = 'binding.ended'", ("notice_changed", "")),
    ("UPDATE notices SET application_id = 'A9'", ("notice_changed", "")),
    ("UPDATE notices SET round_id = 'x'", ("notice_lost", "")),
    ("UPDATE notices SET happened_at = '2020-01-01 00:00:00'", ("notice_changed", "")),
    ("UPDATE deliveries SET notice_id = 'x' || notice_id", ("notice_lost", "folder")),
    ("UPDATE deliveries SET destination = 'x' || destination", ("notice_lost", "folder")),
    ("UPDATE reviews SET review_id = 'x'", ("row_unreadable", "")),
    ("UPDATE reviews SET round_id = 'x'", ("review_lost", "")),
    ("UPDATE reviews SET opened_at = '2020-01-01 00:00:00'", ("review_differs", "opening")),
    ("UPDATE reviews SET due_provisional = NOT due_provisional", ("review_differs", "opening")),
    ("UPDATE reviews SET turn = turn + 1", ("review_differs", "opening")),
    ("UPDATE reviews SET subject = 'reopened'", ("review_differs", "opening")),
    ("UPDATE reviews SET product = 'x'", ("review_differs", "opening")),
    ("UPDATE reviews SET risk = risk - 1", ("review_differs", "opening")),
    ("UPDATE reviews SET state = 'decided', settled_at = NULL", ("review_differs", "state")),
    ("UPDATE reviews SET settled_at = NULL", ("review_differs", "state")),
    ("UPDATE reviews SET outcome = NULL", ("review_differs", "")),
    ("UPDATE reviews SET note = NULL", ("review_differs", "decision")),
    ("UPDATE reviews SET decided_codes = '[]'", ("review_differs", "decision")),
    ("UPDATE reviews SET senior = NOT senior", ("review_differs", "senior")),
    ("UPDATE reviews SET second = NOT second", ("review_differs", "second")),
    ("UPDATE reviews SET assigned_to = 'wang'", ("review_differs", "assigned_to")),
    (
        "UPDATE reviews SET postponed_until = '2050-01-01 00:00:00'",
        ("review_differs", "postponed_until"),
    ),
    ("UPDATE review_reasons SET code = 'Q01'", ("review_differs", "codes")),
    ("UPDATE review_reasons SET over = NOT over", ("review_differs", "codes")),
    ("UPDATE review_reasons SET review_id = 'x'", ("review_differs", "codes")),
    ("UPDATE round_figures SET round_id = 'x' || round_id", ("figures_differ", "figures")),
    ("UPDATE round_figures SET relationship = 'spouse'", ("figures_differ", "groups")),
    ("UPDATE round_figures SET age_band = NULL", ("figures_differ", "groups")),
    ("UPDATE round_figures SET ethnicity_group = 'other'", ("figures_differ", "groups")),
    *setting("sessions", SESSION, "'2020-01-01 00:00:00'", "session_unknown"),
    ("UPDATE traces SET round_id = 'x'", ("match_keys_differ", "match_keys")),
    ("UPDATE traces SET kind = 'image'", ("match_keys_differ", "match_keys")),
    ("UPDATE traces SET role = 'x'", ("match_keys_differ", "match_keys")),
    ("UPDATE opinions SET review_id = 'x'", ("opinions_differ", "")),
    ("UPDATE opinions SET ordinal = ordinal + 50", ("opinions_differ", "")),
    ("UPDATE opinions SET binding = NOT binding", ("opinions_differ", "")),
]
"""What somebody who owns the database may do, and where it is found."""

ELSEWHERE = {
    "audit_events": "tests/storage/audit/test_audit_log.py",
    "audit_head": "tests/storage/audit/test_log_end.py",
    "audit_tiles": "tests/storage/audit/test_log_proofs.py",
    "audit_checkpoints": "tests/storage/audit/test_log_check.py",
    "kept_answers": "tests/tasks/reviewing/test_idempotency.py",
    "parcels": "tests/tasks/reconciliation/test_reconcile.py",
    "review_remarks": "tests/tasks/reconciliation/test_reconcile.py",
}
"""Tables whose rows are changed in another test."""

HARMLESS = {
    **dict.fromkeys(("attempts", "installation", "sign_in_failures", "sign_in_places"), "*"),
    "api_keys": "last_used_at",
    "bindings": "look_on",
    "corrections": "correction_id",
    "deliveries": "tries first_tried_at next_try_at delivered_at problem",
    "review_drafts": "review_id saved_at",
    "review_skips": "*",
    "reviews": "lease_until settle_after",
    "sessions": "seen_at",
    "staff": "signed_in_at",
    "traces": "trace_id",
    "views": "view_id",
}
"""Columns that decide nothing and prove nothing: nobody looks for a change."""


ALONE = re.compile(
    r"elsewhere|bored|'none'|'lost'|'\['|maybe|by air|records_deleted_at|'reopened'"
    r"|FROM (rounds|bindings|staff)|FROM notices;"
    r"|UPDATE (rounds|reviews|bindings|staff|notices|deliveries) SET (\w+_id|name|outcome|dest)"
)
"""What hides other differences."""


def batches():
    """Statements that are looked for together: one for each table at a time."""
    found = {}
    for statement, place in ROWS:
        (table, *_) = re.findall(r"(?:UPDATE|FROM|INTO) (\w+)", statement)
        alone = ALONE.search(statement)
        turn = sum(name == table for batch in found.values() for _, _, name in batch)
        key = statement if alone else turn
        found.setdefault(key, []).append((statement, place, table))
    return found.values()


CHANGED = {
    (table, column)
    for statement, _ in ROWS
    for table, changes in re.findall(r"UPDATE (\w+) SET (.*)", statement)
    for column in re.findall(r"(?:^|, )(\w+) = ", changes)
}


def unsaid(table):
    """The columns of a table that nobody has said anything about."""
    harmless = HARMLESS.get(table.name, "").split()
    names = () if harmless == ["*"] else (column.name for column in table.columns)
    return [n for n in names if (table.name, n) not in CHANGED and n not in harmless]


def test_of_every_column_it_is_said_what_finds_a_change():
    tables = {table.name: table for table in Table.metadata.sorted_tables}
    assert {*ELSEWHERE, *HARMLESS} <= tables.keys()
    mine = tables.keys() - ELSEWHERE.keys()
    assert {name: left for name in mine if (left := unsaid(tables[name]))} == {}


def test_a_row_that_the_log_tells_otherwise_is_found(office):
    case_db = office.settings.home / "case.db"
    missed = []
    for batch in batches():
        with (
            contextlib.closing(sqlite3.connect(case_db)) as database,
            contextlib.closing(sqlite3.connect(":memory:")) as before,
        ):
            database.backup(before)
            for statement, _, _ in batch:
                database.executescript(statement)
            database.commit()
            found = places(office, pictures=False)
            missed += [statement for statement, place, _ in batch if place not in found]
            before.backup(database)
    assert missed == []
    assert reconcile(office, LATER) == ()


def test_what_is_called_harmless_is_looked_for_by_nobody(office):
    named = [(table, name) for table, names in HARMLESS.items() for name in names.split()]
    for table, name in named:
        if name != "*" and not name.endswith("_id"):
            alter(office, " ".join(("UPDATE", table, "SET", name, "= '2050-01-01 00:00:00'")))
    assert reconcile(office, LATER, pictures=False) == ()
