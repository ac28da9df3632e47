"""The round that a submission answers or objects to; what of it need not be brought again.

An applicant answers with what was asked. What the office has already, and found nothing wrong
with, stands; what it complained of gives way to new pictures of the same sort.
"""

from collections.abc import Collection, Mapping
from typing import Final, NamedTuple

from models.cases.case_round import ApplicationRound
from models.checks.finding import CheckVerdict
from models.checks.reason import Severity
from models.decision.decision import Decision, Outcome
from models.intake.application import Application, DocumentEntry
from models.intake.arrival import ArrivedFile
from models.reading.document import DocumentKind, DocumentReading
from storage.bootstrap import Repositories
from storage.objects.archive import upload_key
from storage.objects.store import ObjectMissingError
from tasks.identity.other_people import is_about_others
from tasks.intake.examine_files import FileSource
from tasks.rounds.round_context import RoundContext
from tasks.rounds.round_results import load_decision


class EarlierRound(NamedTuple):
    """The returned round that is answered.

    Attributes:
        entries: Its documents as the form named them, by file.
        files: Its usable files, by file.
        kinds: What each file turned out to show.
        complained: Files that the return rests on.
    """

    entries: Mapping[str, DocumentEntry]
    files: Mapping[str, ArrivedFile]
    kinds: Mapping[str, frozenset[DocumentKind]]
    complained: frozenset[str]


_OBJECTED: Final = frozenset({Outcome.RETURNED, Outcome.REJECTED})
"""The outcomes that somebody can object to."""


class AnsweredRound(NamedTuple):
    """An earlier round that a submission goes on from, and what came with it.

    Attributes:
        objected: Its outcome is disputed; otherwise its return is answered.
    """

    round: ApplicationRound
    earlier: EarlierRound
    objected: bool = False


def answered_round(repositories: Repositories, application: Application) -> AnsweredRound | None:
    """The round that an application says it answers or objects to; None where there is none."""
    objection = application.objection
    number = objection.to_round if objection else (application.round or 1) - 1
    rounds = repositories.cases.find(application.application_id) if number else ()
    round_ = next((r for r in rounds if r.round == number), None)
    allowed = _OBJECTED if objection else {Outcome.RETURNED}
    if round_ is None or round_.outcome not in allowed:
        return None
    try:
        context = RoundContext(repositories, round_)
        arrival, readings = context.arrival, context.readings
    except ObjectMissingError:  # retention was quicker: everything has to come again
        return None
    decision = load_decision(repositories, round_.round_id)
    if arrival.application is None or decision is None:
        return None
    earlier = earlier_round(arrival.application, arrival.files, readings.papers, decision)
    if is_about_others(application, arrival.application):  # another family's papers prove nothing
        earlier = EarlierRound({}, {}, {}, frozenset())
    if objection:  # what was complained of is what is disputed: it stays
        earlier = earlier._replace(complained=frozenset())
    return AnsweredRound(round_, earlier, objected=objection is not None)


def kept_contents(
    repositories: Repositories,
    answered: AnsweredRound,
    application: Application,
    present: Mapping[str, int],
) -> dict[str, bytes]:
    """Earlier files that the form names again and the folder does not hold."""
    wanted = {entry.file for entry in application.documents} - set(present)
    return {
        file: repositories.archive.get_bytes(upload_key(arrived.digest))
        for file, arrived in answered.earlier.files.items()
        if file in wanted and repositories.archive.exists(upload_key(arrived.digest))
    }


class Uploads:
    """An answer's folder, with the earlier files of the same names behind it."""

    def __init__(
        self, folder: FileSource, earlier: EarlierRound, contents: Mapping[str, bytes]
    ) -> None:
        """Put what lies on file behind a folder; what the folder holds itself comes first."""
        self._folder = folder
        self._own = folder.files()
        self._earlier = {
            file: arrived.size for file, arrived in earlier.files.items() if file in contents
        }
        self._contents = contents

    def files(self) -> dict[str, int]:
        """Relative path and size in bytes of each file."""
        return self._earlier | self._own

    def read(self, name: str, limit: int) -> bytes:
        """At most `limit` bytes of a file."""
        if name in self._own or name not in self._contents:
            return self._folder.read(name, limit)
        return self._contents[name]


def earlier_round(
    application: Application,
    files: Collection[ArrivedFile],
    readings: Collection[DocumentReading],
    decision: Decision,
) -> EarlierRound:
    """Gather what the office has of a returned round."""
    kinds = {f.file: frozenset(r.kind for r in readings if r.digest == f.digest) for f in files}
    complained = {
        evidence.document
        for found in decision.findings
        if found.verdict is CheckVerdict.FAILED and found.severity is not Severity.INFO
        for evidence in found.evidence
    }
    return EarlierRound(
        entries={entry.file: entry for entry in application.documents},
        files={f.file: f for f in files},
        kinds=kinds,
        complained=frozenset(complained),
    )


def carried_over(
    application: Application, arrived: Collection[ArrivedFile], earlier: EarlierRound
) -> tuple[DocumentEntry, ...]:
    """The earlier documents that still count though the answer does not name them.

    Args:
        application: The answer's form.
        arrived: The answer's usable files.
        earlier: The round that was returned.
    """
    named = {entry.file for entry in application.documents}
    digests = {file.digest for file in arrived}
    new = _new_kinds(application, arrived, earlier)
    return tuple(
        earlier.entries[file]
        for file, kept in earlier.files.items()
        if file not in named
        and file in earlier.entries
        and kept.digest not in digests
        and not (file in earlier.complained and _gives_way(file, earlier, new))
    )


def _new_kinds(
    application: Application, arrived: Collection[ArrivedFile], earlier: EarlierRound
) -> set[DocumentKind | None]:
    """What the new pictures are said to show; None for one that is said to be anything."""
    known = {file.digest for file in earlier.files.values()}
    hints = {entry.file: entry.kind for entry in application.documents}
    return {hints.get(file.file) for file in arrived if file.digest not in known}


def _gives_way(file: str, earlier: EarlierRound, new: set[DocumentKind | None]) -> bool:
    kinds = {earlier.entries[file].kind, *earlier.kinds.get(file, ())} - {None, DocumentKind.OTHER}
    return bool(new) and (None in new or not kinds or bool(kinds & new))
