"""What audit events note of the rows that are written with them, so that a changed row shows.

A digest is keyed: a sex and an age band have so few values that a plain one would tell them.
"""

import datetime as dt
import json
from collections.abc import Collection, Mapping
from typing import Final

from models.audit.event import AuditEvent, Detail
from models.cases.case_round import ApplicationRound
from models.notices.exchange import Notice
from models.record import Record
from models.reports.round_figures import MemberGroups
from models.reviews.remark import Remark
from models.reviews.review_work import Opinion
from storage.bootstrap import Repositories
from storage.keys.keyring import Keyring

ROWS: Final = "rows"
"""Under this detail an event lists names of rows with their digests."""
ROUND: Final = "round"
"""What a round's row says of its place among others, which no object repeats."""
FIGURES: Final = "figures"
GROUPS: Final = "groups"
MATCH_KEYS: Final = "match_keys"
PRINTS: Final = "prints"
OPINION: Final = "opinion"
WORDS: Final = "words"
CORRECTION: Final = "correction"
ACCOUNT: Final = "account"
SESSION: Final = "session"
API_KEY: Final = "api_key"
REGISTER: Final = "register"
"""The row of a binding: whom it is kept for, not where it stands."""
REMARK: Final = "remark"
"""Who said why, when and on what occasion; the words are sealed, and go with the records."""
REVIEW: Final = "review:"
"""Before a case's identifier: its row as it was put before people, not what they did."""
NOTICE: Final = "notice:"
"""Before a notice's identifier: one event may write several."""
_DIGITS: Final = 32
"""128 bits of a digest: as many as nobody finds another row for."""


def rows_detail(rows: Mapping[str, str]) -> dict[str, Detail]:
    """The detail with which an event notes rows, by name; none for no row."""
    return {ROWS: [f"{name}={digest[:_DIGITS]}" for name, digest in rows.items()]} if rows else {}


def noted_rows(event: AuditEvent) -> dict[str, str]:
    """The rows that an event notes; none in an event of an older version."""
    listed = event.details.get(ROWS)
    pairs = (entry.rpartition("=") for entry in listed) if isinstance(listed, list) else ()
    return {name: digest for name, _, digest in pairs}


def same_row(noted: str, digest: str) -> bool:
    """Whether a row is the one that was noted."""
    return noted == digest[:_DIGITS]


def row_digest(keyring: Keyring, name: str, row: Record, *, without: Collection[str] = ()) -> str:
    """The keyed digest of a row as the value that it is read as.

    Args:
        keyring: Whose key.
        name: What sort of row it is.
        row: The value.
        without: Fields that do not count, e.g. because retention empties them.
    """
    values = row.model_dump(exclude=set(without))
    text = json.dumps(values, default=_text, sort_keys=True, ensure_ascii=True)
    return keyring.fingerprint(f"row {name}", text)


def figures_rows(
    keyring: Keyring, text: str, groups: MemberGroups, form_version: str | None
) -> dict[str, str]:
    """The two parts of a round's figures: what is counted, and the groups that retention empties.

    Args:
        keyring: Whose key.
        text: The figures as JSON, as `RoundFigures.counted` gives them.
        groups: The member's.
        form_version: Of the form; rounds of before that was kept have none, and the same digest.
    """
    counted = text if form_version is None else f"{text}\n{form_version}"
    return {
        FIGURES: keyring.fingerprint(f"row {FIGURES}", counted),
        GROUPS: row_digest(keyring, GROUPS, groups),
    }


def opinion_rows(keyring: Keyring, opinion: Opinion) -> dict[str, str]:
    """An opinion, and its words, which retention empties."""
    return {
        OPINION: row_digest(keyring, OPINION, opinion, without=("words",)),
        WORDS: row_digest(keyring, WORDS, opinion.words),
    }


def round_rows(keyring: Keyring, round_: ApplicationRound) -> dict[str, str]:
    """A round's number, the batch that it was verified in, and the delivery that it came with."""
    place = [round_.application_id, round_.round, round_.batch_id, round_.employer_ref]
    return {ROUND: keyring.fingerprint(f"row {ROUND}", json.dumps(place))}


def match_key_rows(repositories: Repositories, round_: ApplicationRound) -> dict[str, str]:
    """The match keys of a round, and the prints of its pictures, which are deleted sooner."""
    kept = repositories.stored_rows.match_keys(round_.round_id)
    return {MATCH_KEYS: kept.lasting, PRINTS: kept.prints}


def review_rows(repositories: Repositories, review_id: str) -> dict[str, str]:
    """The row of a case that was opened, opened again, or given another term just now."""
    return {f"{REVIEW}{review_id}": repositories.stored_rows.case(review_id)}


def remark_rows(keyring: Keyring, remark: Remark) -> dict[str, str]:
    """A remark without its words, and without its case, for which the words are sealed."""
    return {REMARK: row_digest(keyring, REMARK, remark, without=("words", "review_id"))}


def notice_rows(keyring: Keyring, notice: Notice) -> dict[str, str]:
    """A notice of the outbox by its identifier."""
    return {f"{NOTICE}{notice.notice_id}": row_digest(keyring, NOTICE, notice)}


def _text(value: object) -> str:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    return str(value)
