"""Step two: do the pictures show what the form states, where reading was not sure?"""

import itertools

from models.intake.application import Application
from models.reading.document import DocumentReading
from models.reading.stated_value import StatedComparison, StatedComparisons
from storage.bootstrap import Repositories
from storage.objects.archive import upload_key
from tasks.identity.witnesses import weigh_readings
from tasks.reading.process.contained_reader import (
    ContainedReader,
    ReadingEndedError,
    UnsureFields,
    contained_reader,
)
from tasks.reading.stated_values.compare_papers import stated_sort
from tasks.rounds.round_context import HandedOn, RoundContext
from tasks.rounds.round_results import stated_key
from tasks.verification.ask_seals import ask_seals


def compare_stated_values(repositories: Repositories, round_id: str, readings: str) -> str | None:
    """Hold the form's values against every field that nothing else makes sure; keep the answers.

    The seals of pages are asked for the station that another page names as well.

    Args:
        repositories: Where everything is kept.
        round_id: The round.
        readings: Digest of what reading kept; the readings themselves stay as they are.

    Returns:
        The digest of the answers; None for a form that cannot be judged.
    """
    context = RoundContext.load(repositories, round_id, HandedOn(readings=readings))
    application = context.arrival.application
    if application is None:
        return None
    return repositories.archive.find_or_keep(
        stated_key(round_id), StatedComparisons, lambda: _compared(context, application)
    ).digest


def _compared(context: RoundContext, application: Application) -> StatedComparisons:
    rules, archive = context.policy.reading, context.repositories.archive
    papers = context.readings.papers
    weighed = weigh_readings(application, papers, rules)
    judged = {_place(paper): paper for paper in weighed}
    reader = contained_reader()
    comparisons: list[StatedComparison] = []
    for digest, of_file in itertools.groupby(papers, key=lambda paper: paper.digest):
        unsure = [
            UnsureFields(
                paper,
                tuple(
                    field
                    for field in paper.fields
                    if stated_sort(paper.kind, field) is not None
                    and not rules.trusts(field, judged[_place(paper)].fields[field])
                ),
            )
            for paper in of_file
        ]
        if any(fields for _, fields in unsure) and archive.exists(upload_key(digest)):
            content = archive.get_bytes(upload_key(digest))
            comparisons += _of_file(reader, application, unsure, content)
    seals = ask_seals(weighed, rules, archive, reader)
    return StatedComparisons(
        comparisons=tuple(comparisons),
        seals=seals,
        engine=reader.text_engine if comparisons or seals else "",
    )


def _of_file(
    reader: ContainedReader,
    application: Application,
    unsure: list[UnsureFields],
    content: bytes,
) -> tuple[StatedComparison, ...]:
    try:
        return reader.compare(application, unsure, content)
    except ReadingEndedError:
        return ()  # it was read before: what is missing is one witness more


def _place(paper: DocumentReading) -> tuple[str, str, int, int]:
    return paper.file, paper.digest, paper.page, paper.part
