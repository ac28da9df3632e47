"""Step two: do the pictures show what the form states, where reading was not sure?"""

from models.intake.application import Application
from models.reading.document import DocumentReading
from models.reading.stated_value import StatedComparisons
from storage.bootstrap import Repositories
from storage.objects.archive import upload_key
from tasks.identity.witnesses import hear_witnesses
from tasks.reading.engines.readers import this_process_readers
from tasks.reading.stated_values.compare_papers import compare_papers
from tasks.rounds.round_context import HandedOn, RoundContext
from tasks.rounds.round_results import stated_key


def compare_stated_values(repositories: Repositories, round_id: str, readings: str) -> str | None:
    """Hold the form's values against every field that nothing else makes sure; keep the answers.

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
    judged = {_place(paper): paper for paper in hear_witnesses(application, papers, rules)}

    def is_unsure(paper: DocumentReading, field: str) -> bool:
        shown = archive.exists(upload_key(paper.digest))
        return shown and not rules.trusts(field, judged[_place(paper)].fields[field])

    reader = this_process_readers().text
    comparisons = compare_papers(
        application,
        papers,
        is_unsure=is_unsure,
        fetch=lambda digest: archive.get_bytes(upload_key(digest)),
        reader=reader,
    )
    return StatedComparisons(comparisons=comparisons, engine=reader.name if comparisons else "")


def _place(paper: DocumentReading) -> tuple[str, str, int, int]:
    return paper.file, paper.digest, paper.page, paper.part
