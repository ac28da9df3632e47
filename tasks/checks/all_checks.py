"""Every check, in its numbered order, and the one way to ask them all.

All are asked always, whatever an earlier one says: an applicant is asked once for everything.
"""

from itertools import chain
from typing import Final

from models.decision.check_report import CheckReport
from models.decision.decision import Dossier
from models.identity.division import NO_DIVISIONS, Divisions
from models.intake.application import Application, BindingMethod, Relationship
from models.kinship.claim import MEMBER, Claims, KinshipAnswer, KinshipVerdict, StatedClaim
from models.policy.policy import Policy
from models.policy.proof_rules import RequiredPaper
from models.reading.document import DocumentKind
from tasks.checks.application import (
    confirmations,
    consent,
    form,
    identity_documents,
    insurance,
    member_authorisation,
    offer,
)
from tasks.checks.application import earlier_applications as past
from tasks.checks.check_context import Check, CheckContext
from tasks.checks.consistency import agreement, contradictions, third_people
from tasks.checks.consistency import one_book as books
from tasks.checks.consistency import relationship as kinship
from tasks.checks.consistency import words_and_births as words
from tasks.checks.documents import birth_certificates as certificates
from tasks.checks.documents import (
    certificate_parents,
    completeness,
    householder_changes,
    incapacity,
    marital_entries,
    pictures,
)
from tasks.checks.documents import hukou_entries as entries
from tasks.checks.documents import id_cards as cards
from tasks.checks.documents import notarial_certificates as notarial
from tasks.checks.doubted_values import without_consequences
from tasks.identity.assign_documents import AssignedDocuments, sort_papers
from tasks.identity.identities import People
from tasks.identity.seal_stations import with_stations
from tasks.identity.witnesses import weigh_readings
from tasks.kinship.collect_claims import build_claims
from tasks.kinship.proof.derive import derive_kinship

CHECKS: Final[tuple[Check, ...]] = (
    # (1) What is asked for is on offer here, and the form is whole.
    offer.product_is_offered,
    offer.binding_method_is_offered,
    offer.channel_is_offered,
    offer.region_is_where_one_is_insured,
    offer.employer_batch_is_complete,
    offer.mutual_aid_is_filed,
    form.applicant_is_verified,
    form.applicant_is_of_age,
    form.names_are_well_formed,
    form.id_numbers_are_well_formed,
    form.birth_dates_in_numbers_exist,
    form.division_codes_are_known,
    identity_documents.people_hold_resident_cards,
    form.birth_certificate_number_is_well_formed,
    form.relationship_is_given,
    form.relationship_is_eligible,
    form.persons_are_two,
    insurance.member_is_insured,
    insurance.applicant_has_employee_account,
    # (2) What had to be agreed to was agreed to.
    consent.notice_is_agreed,
    consent.commitment_is_made,
    consent.commitment_letter_is_signed_and_consistent,
    confirmations.guardian_or_spouse_has_confirmed,
    # (3) The files could be used, and what matters was read.
    pictures.files_were_taken_in,
    pictures.every_file_was_read,
    pictures.hints_are_right,
    pictures.pictures_are_good,
    pictures.needed_fields_were_read,
    # (4) Every paper that is asked for is there.
    completeness.required_papers_are_there,
    cards.both_sides_of_the_card_are_there,
    completeness.hukou_cover_is_there,
    insurance.insurance_in_another_province_is_shown,
    incapacity.incapacity_is_certified,
    # (5) Each paper holds in itself.
    cards.cards_are_in_force,
    cards.card_terms_fit_ages,
    cards.sides_belong_together,
    certificates.certificate_dates_fit,
    entries.pages_are_in_force,
    entries.changed_entries_are_verified,
    # (6) The papers and the form speak of the same people.
    agreement.names_agree,
    agreement.numbers_agree,
    agreement.birth_dates_agree,
    agreement.sexes_agree,
    marital_entries.marital_entries_fit_ages,
    certificates.certificate_is_the_child_s,
    certificates.certificate_number_is_the_stated_one,
    certificate_parents.certificate_names_the_claimed_parent,
    books.pages_lie_in_one_book,
    # (7) They are what they claim to be to each other.
    kinship.relationship_is_proven,
    contradictions.no_weaker_reading_contradicts,
    third_people.third_people_are_the_same,
    notarial.notarial_certificate_carries_the_proof,
    kinship.ages_fit_the_relationship,
    kinship.spouses_were_of_age,
    marital_entries.spouses_are_married_by_their_pages,
    householder_changes.householder_did_not_change,
    words.relation_words_fit_births,
    # (8) The member wants it.
    member_authorisation.member_s_will_is_shown,
    # (9) Nothing on file stands against it.
    past.handing_in_is_in_turn,
    past.files_are_new,
    past.numbers_are_one_person_s,
    past.faces_are_one_person_s,
    past.applicant_may_bind_one_more,
    past.member_may_be_bound_once_more,
    past.binding_is_new,
    past.spouse_is_the_only_one,
)

CHECK_NAMES: Final = tuple(check.__name__ for check in CHECKS)


def check_application(
    dossier: Dossier, policy: Policy, divisions: Divisions = NO_DIVISIONS
) -> CheckReport:
    """Ask every check about one application; `prepare_checks` says what is given.

    Args:
        dossier: Everything that is known about it.
        policy: The rules for its place, day and product.
        divisions: The codes on record; without them none is called unknown.
    """
    return ask_checks(prepare_checks(dossier, policy, divisions))


def prepare_checks(
    dossier: Dossier, policy: Policy, divisions: Divisions = NO_DIVISIONS
) -> CheckContext:
    """What the checks of one application are given: papers assigned, kinship derived.

    Neither rests on what earlier applications tell, which may be put into the dossier later.

    Args:
        dossier: What is known about the application itself.
        policy: The rules for its place, day and product.
        divisions: The codes on record; without them none is called unknown.
    """
    application, reading = dossier.application, policy.reading
    readings = weigh_readings(application, dossier.readings, reading, dossier.stated)
    readings = with_stations(readings, dossier.seals, reading)
    dossier = dossier.model_copy(update={"readings": readings})
    people = People.of(application)
    papers = sort_papers(
        dossier, policy.reading, card_asked=_card_is_asked(application, people, policy)
    )
    related = _kinship(dossier, papers, people, policy)
    return CheckContext(dossier, papers, people, policy, related, divisions)


def ask_checks(context: CheckContext) -> CheckReport:
    """The answers of all checks, in order, less what only follows from a doubted value."""
    results = tuple(check(context) for check in CHECKS)
    return CheckReport(
        policy_version=context.policy.version,
        results=without_consequences(context, results),
        kinship=context.kinship,
    )


def _card_is_asked(application: Application, people: People, policy: Policy) -> bool:
    """Whether some set for the member's age, as far as it is stated, names the ID card.

    Who is bound by a certificate and has no number has no card either.
    """
    by_certificate = application.binding_method is BindingMethod.BIRTH_CERTIFICATE
    if by_certificate and not application.member.id_number:
        return False
    born = people.stated[MEMBER].born
    group = policy.ages.group(born, people.today) if born else None
    return any(
        RequiredPaper.MEMBER_ID_CARD_PORTRAIT in (*one.all_of, *chain(*one.one_set_of))
        for one in policy.evidence.sets
        if group is None or one.age_group is group
    )


def _kinship(
    dossier: Dossier, papers: AssignedDocuments, people: People, policy: Policy
) -> KinshipVerdict | None:
    claimed = dossier.application.relationship
    if claimed is None or claimed is Relationship.OTHER:
        return None
    least = min(policy.reading.confidence.relation_word, policy.reading.confidence.number)
    claims = build_claims(papers, people, policy.reading)
    aside = policy.kinship.set_aside
    verdict = derive_kinship(claims, claimed, min_confidence=least, set_aside=aside)
    if verdict.answer is not KinshipAnswer.PROVEN:
        return verdict
    certificates = (*claims.parentage, *claims.marriages, *claims.stated)
    if not (claims.hukou and certificates):  # all of it rests on the one or on the other
        return verdict.model_copy(update={"certified": not claims.hukou})
    by_certificates = (
        claims.model_copy(update={"hukou": (), "stated": ()}),
        claims.model_copy(update={"hukou": (), "stated": _sealed(claims, papers, policy)}),
    )
    alone = next(
        (
            proven
            for some in by_certificates
            for proven in (derive_kinship(some, claimed, min_confidence=least, set_aside=aside),)
            if proven.answer is KinshipAnswer.PROVEN
        ),
        None,
    )
    if alone is None:
        return verdict
    # What certificates prove by themselves rests on no page, whatever a book beside them says.
    return alone.model_copy(update={"certified": True})


def _sealed(claims: Claims, papers: AssignedDocuments, policy: Policy) -> tuple[StatedClaim, ...]:
    """What notarial certificates state whose office and seal were seen."""
    sealed = {
        paper.reading.place
        for paper in papers.of_kind(DocumentKind.KINSHIP_NOTARIAL)
        if notarial.is_sealed_by_notary(paper.reading, policy.reading)
    }
    return tuple(claim for claim in claims.stated if claim.document in sealed)
