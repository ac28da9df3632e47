"""The stages of a round: each takes the last one's result from the archive and leaves its own.

A stage that finds its result already there does nothing: a run that was killed goes on where it
stopped. What a stage computes is computed by plain functions elsewhere in `tasks`.
"""

from tasks.stages.close_batch import close_batch, open_batch
from tasks.stages.compare_faces import compare_faces
from tasks.stages.cross_check import cross_check
from tasks.stages.decide import decide
from tasks.stages.deliver_notices import deliver_notices
from tasks.stages.hand_to_person import hand_to_person
from tasks.stages.handed_in import take_in_handed, take_in_left_over, take_in_parcel
from tasks.stages.purge_expired import purge_expired
from tasks.stages.read_documents import read_documents
from tasks.stages.reconcile import reconcile
from tasks.stages.reverify import reverify_bindings
from tasks.stages.settle_review import settle_review
from tasks.stages.take_in import TakenIn, take_in_inbox
from tasks.stages.unbind import unbind
from tasks.stages.watch_deadlines import watch_deadlines

__all__ = [
    "TakenIn",
    "close_batch",
    "compare_faces",
    "cross_check",
    "decide",
    "deliver_notices",
    "hand_to_person",
    "open_batch",
    "purge_expired",
    "read_documents",
    "reconcile",
    "reverify_bindings",
    "settle_review",
    "take_in_handed",
    "take_in_inbox",
    "take_in_left_over",
    "take_in_parcel",
    "unbind",
    "watch_deadlines",
]
