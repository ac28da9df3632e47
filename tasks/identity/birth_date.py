"""When somebody was born, as far as the form or a certificate that was surely read tells."""

import datetime as dt

from models.decision.decision import Dossier
from models.intake.application import Application, PersonRole
from models.policy.measures import ReadingRules
from models.reading.document import DocumentKind
from tasks.identity.assign_documents import AssignedDocuments, sort_papers
from tasks.identity.identities import People, date_or_none
from tasks.identity.witnesses import weigh_readings


def birth_date_of(
    role: PersonRole,
    application: Application,
    people: People,
    papers: AssignedDocuments,
    rules: ReadingRules,
) -> dt.date | None:
    """The date inside a person's number; without one, that on the member's birth certificate."""
    stated = people.stated[role.value].born
    if stated or application.member.id_number or role is PersonRole.APPLICANT:
        return stated
    for paper in papers.of(DocumentKind.BIRTH_CERTIFICATE, role):
        if paper.sure and rules.trusts("birth_time", paper.reading.fields.get("birth_time")):
            return date_or_none(paper.reading.value("birth_time"))
    return None


def member_born(dossier: Dossier, rules: ReadingRules) -> dt.date | None:
    """The member's birth date by everything that lies in a dossier."""
    application = dossier.application
    readings = weigh_readings(application, dossier.readings, rules, dossier.stated)
    papers = sort_papers(dossier.model_copy(update={"readings": readings}), rules)
    people = People.of(application)
    return birth_date_of(PersonRole.MEMBER, application, people, papers, rules)
