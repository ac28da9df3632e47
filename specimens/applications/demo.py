"""The demonstration: twelve situations in which every outcome occurs for its commonest reason."""

from typing import Final

from specimens.situations.catalogue import SITUATIONS
from specimens.situations.situation import Situation

_DEMO: Final = (
    "child_by_birth_certificate",
    "child_in_own_book",
    "spouse_in_one_book",
    "grandchild_in_grandparents_book",
    "three_generations_without_certificate",
    "selfie_of_the_applicant",
    "verified_without_a_face",
    "expired_card",
    "number_with_a_changed_digit",
    "blurred_page",
    "parent_in_law_claimed_as_parent",
    "applicant_binds_themselves",
)


def demo_situations() -> list[Situation]:
    """The situations of the demonstration, in the order of telling."""
    return [SITUATIONS[name] for name in _DEMO]
