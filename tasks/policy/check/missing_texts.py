"""Whether the product holds every text that a policy has people agree to."""

from collections.abc import Collection, Iterator, Sequence

from models.intake.application import ConsentKind
from models.policy.policy_fault import FaultLevel, PolicyFault
from storage.policy.consent_texts import TEXTS_FOLDER
from storage.policy.policies import PolicyRepository
from storage.policy.policy_files import PolicyFile


def missing_texts(
    shelf: PolicyRepository,
    checked: Sequence[PolicyFile],
    known: Collection[tuple[ConsentKind, str]],
) -> list[PolicyFault]:
    """Versions still in force whose text nobody can read here.

    Args:
        shelf: The policies; each of `checked` must resolve.
        checked: The files that are asked about.
        known: The texts beside the policies, by kind and version.
    """
    return [fault for file in checked for fault in _of_file(shelf, file, known)]


def _of_file(
    shelf: PolicyRepository, file: PolicyFile, known: Collection[tuple[ConsentKind, str]]
) -> Iterator[PolicyFault]:
    own = file.at(file.body["effective_from"], None)
    where = ("consents", "versions")
    if where not in own.lines:
        return
    for text in shelf.resolve(file, file.body["effective_from"], None).consents.versions:
        if text.last_day is None and (text.kind, text.version) not in known:
            yield PolicyFault(
                file=file.path.name,
                line=own.line(where),
                key=".".join(where),
                level=FaultLevel.WEAK,
                zh=f"{TEXTS_FOLDER}/ 中没有 {text.kind.value} {text.version} 的文本，请补上。",
                en=f"{TEXTS_FOLDER}/ holds no text of {text.kind.value} {text.version}; add it.",
            )
