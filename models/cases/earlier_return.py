"""A return that was answered."""

from pydantic import AwareDatetime

from models.record import Record


class EarlierReturn(Record):
    """What the round before was returned for, and by whom (退回后补件).

    Attributes:
        round_id: The returned round.
        round: Its number, from 1.
        returned_by: "machine" or a member of staff.
        codes: The reasons that the applicant was told.
    """

    round_id: str
    round: int
    returned_by: str | None
    returned_at: AwareDatetime | None
    codes: tuple[str, ...] = ()
