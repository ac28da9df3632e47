"""A picture stands on the page as a person would hold it."""

import pytest

from console.web.review.view.paper_bearers import PaperBearer
from console.web.review.view.paper_view import PaperTab
from models.reading.document import DocumentKind
from tests.tasks.checks.dossiers import FATHER, cover


@pytest.mark.parametrize(("kind", "turn"), [("selfie", 0), ("hukou_cover", 180)])
def test_a_paper_is_turned_by_its_text_and_a_face_stands_as_it_was_taken(kind, turn):
    reading = cover(FATHER)
    assert reading.quality is not None
    quality = reading.quality.model_copy(update={"rotation": 180})
    turned = reading.model_copy(update={"quality": quality, "kind": DocumentKind(kind)})
    assert PaperTab(0, turned, (), PaperBearer()).turn == turn
