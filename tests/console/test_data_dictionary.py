from pathlib import Path

from console.data_dictionary import data_dictionary

PAGE = Path(__file__).parents[2] / "docs" / "data-dictionary.md"


def test_the_page_is_made_of_the_code():
    assert PAGE.read_text("utf-8") == data_dictionary(), (
        "run: python -m console.data_dictionary > docs/data-dictionary.md"
    )
