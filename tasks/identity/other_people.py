"""Whether a later form of an application is about two other people than an earlier one."""

from models.intake.application import Applicant, Application, Member
from tasks.identity.similarity import Similarity, compare_names


def is_about_others(form: Application, earlier: Application) -> bool:
    """Whether neither of the two stood on the earlier form, in whichever part.

    A name or a number that was mistyped makes nobody another person, nor does another parent who
    asks for the same child: one of the two stays.
    """
    return not any(
        _may_be_one(one, other)
        for one in (form.applicant, form.member)
        for other in (earlier.applicant, earlier.member)
    )


def _may_be_one(one: Applicant | Member, other: Applicant | Member) -> bool:
    if one.id_number and one.id_number == other.id_number:
        return True
    named = compare_names(one.name or "", other.name or "")
    return named is not Similarity.DIFFERENT
