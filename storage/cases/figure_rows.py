"""The row of a round's figures, written inside the transaction of its decision."""

from sqlalchemy import Connection, delete, insert, update

from models.decision.proof_class import ProofClass
from models.reports.round_figures import MemberGroups, RoundFigures
from storage.database.tables.reports import RoundFiguresRow


def save_figures(connection: Connection, round_id: str, figures: RoundFigures) -> None:
    """Write the figures of a round in the place of earlier ones."""
    own = RoundFiguresRow.round_id == round_id
    connection.execute(delete(RoundFiguresRow).where(own))
    connection.execute(
        insert(RoundFiguresRow).values(
            round_id=round_id,
            **figures.groups.model_dump(),
            proof_class=figures.proof_class,
            form_version=figures.form_version,
            figures=figures.counted,
        )
    )


def save_proof_class(connection: Connection, round_id: str, proof: ProofClass | None) -> None:
    """Say on what a person's decision rests, beside what the machine's figures were."""
    own = RoundFiguresRow.round_id == round_id
    connection.execute(update(RoundFiguresRow).where(own).values(proof_class=proof))


def forget_groups(connection: Connection, round_id: str) -> None:
    """Empty the groups of a round; what was counted stays."""
    own = RoundFiguresRow.round_id == round_id
    nothing = dict.fromkeys(MemberGroups.model_fields)
    connection.execute(update(RoundFiguresRow).where(own).values(nothing))
