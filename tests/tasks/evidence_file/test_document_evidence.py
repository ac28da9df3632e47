"""What an evidence file tells of one paper."""

from models.reading.stated_value import (
    PaperKey,
    SealComparison,
    StatedAnswer,
    StatedComparison,
    StatedComparisons,
)
from tasks.evidence_file.document_evidence import FileNames, paper_evidence
from tests.tasks.checks.dossiers import CHILD, FATHER, page


def test_a_field_tells_what_the_picture_said_of_the_form_s_value_and_whose_it_is():
    paper, other = page(CHILD, "长女"), page(FATHER, "户主")
    comparison = StatedComparison(
        digest=paper.digest,
        field="name",
        person="member",
        read=True,
        answer=StatedAnswer.BORNE_OUT,
        margin=4.25,
        deficit=0.1,
    )
    told = paper_evidence(
        (paper, other),
        (),
        StatedComparisons(comparisons=(comparison,)),
        FileNames.of(None, (paper, other)),
    )
    found = {(p.paper, f.name): f.comparisons for p in told for f in p.fields if f.comparisons}
    ((place, (compared,)),) = found.items()
    assert place == ("F1", "name")
    assert (compared.person, compared.answer, compared.margin) == ("member", "borne_out", 4.25)
    assert CHILD.name not in compared.model_dump_json()


def test_a_paper_tells_what_its_seal_was_asked_and_on_which_paper_that_was_read():
    paper, other = page(CHILD, "长女"), page(FATHER, "户主")
    seal = SealComparison(
        paper=PaperKey.of(paper),
        source=PaperKey.of(other),
        station="清波派出所",
        answer=StatedAnswer.BORNE_OUT,
        margin=-0.6,
        deficit=0.0,
    )
    names = FileNames.of(None, (paper, other))
    told, its_source = paper_evidence((paper, other), (), StatedComparisons(seals=(seal,)), names)
    ((asked,), none) = told.seals, its_source.seals
    assert (asked.source, asked.answer, asked.margin) == ("F2", "borne_out", -0.6)
    assert none == ()
