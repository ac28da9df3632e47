"""Put a share of the machine's approvals before people, who are not told so."""

import datetime as dt
from typing import Final

from models.audit import EventTag
from models.case import CaseRound
from models.decision import Outcome
from models.errors import SettingError
from storage.open import Office
from tasks.stages.note import note
from tasks.stages.results import load_arrival, policy_for
from tasks.working_days import CHINA, add_working_days, read_overrides

_SCALE: Final = 1 << 32
_MACHINE: Final = "machine"


def draw_sample(office: Office, *, since: dt.datetime) -> int:
    """Open a review for each drawn approval; which ones is settled by a keyed hash, not by luck.

    Nobody without the key can tell beforehand whether an application will be looked at, and
    drawing again gives the same ones.

    Args:
        office: Where everything is kept.
        since: Only approvals decided after this moment.

    Returns:
        How many were put before people now.
    """
    recent = office.searches.decided(Outcome.APPROVED, since)
    return sum(_open(office, case) for case in recent if _drawn(office, case))


def _drawn(office: Office, case: CaseRound) -> bool:
    if case.decided_by != _MACHINE:
        return False
    form = load_arrival(office, case.round_id).application
    try:
        share = policy_for(office, form).review.sample_share if form else 0.0
    except SettingError:
        return False
    lot = int(office.keyring.fingerprint("sample-lot", case.round_id)[:8], 16)
    return lot < share * _SCALE


def _open(office: Office, case: CaseRound) -> bool:
    now = dt.datetime.now(dt.UTC)
    overrides = read_overrides(office.policies.working_days)
    due = add_working_days(now.astimezone(CHINA).date(), 3, overrides).day
    end = dt.datetime.combine(due, dt.time(23, 59, 59), CHINA)
    review_id = office.samples.open(case.round_id, opened_at=now, due_at=end)
    if review_id is None:
        return False
    note(office, case, EventTag.CASE_SAMPLED, {"review_id": review_id})
    return True
