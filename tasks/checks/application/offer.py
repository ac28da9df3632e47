"""What is asked for: the product, the way, the channel, the place, and what they ask besides."""

import unicodedata
from typing import Final

from models.checks.finding import CheckVerdict, Evidence, finding
from models.checks.reason import Reason
from models.intake.application import Channel
from models.intake.arrival import EmployerBatch
from models.policy.policy import Offer
from tasks.checks.application.reference_numbers import can_be_reference, says_none
from tasks.checks.check_context import PASS, Answer, CheckContext, answer, check, filed, met


@check
def product_is_offered(case: CheckContext) -> Answer:
    """The application names a product that this place offers."""
    if case.policy.offer:
        return met(filed("product", case.application.product))
    return answer([finding(Reason.PRODUCT_UNCLEAR, filed("product", case.application.product))])


@check
def binding_method_is_offered(case: CheckContext) -> Answer:
    """The member is identified in a way that the product allows."""
    offer, method = case.policy.offer, case.application.binding_method
    if method and (offer is None or method in offer.binding_methods):
        return met(filed("binding_method", method))
    return answer([finding(Reason.BINDING_METHOD_UNSUPPORTED, filed("binding_method", method))])


@check
def channel_is_offered(case: CheckContext) -> Answer:
    """The application came through a channel that this place opens for the product."""
    offer, channel = case.policy.offer, case.application.channel
    if offer is None or channel in offer.channels:
        return met(filed("channel", channel))
    verdict = CheckVerdict.FAILED if channel else CheckVerdict.CANNOT_TELL
    return answer([finding(Reason.CHANNEL_NOT_OFFERED, filed("channel", channel), verdict=verdict)])


@check
def region_is_where_one_is_insured(case: CheckContext) -> Answer:
    """The place of the form is where one of the two is insured, or one that serves both.

    The rules that bind are those of the applicant's insured place (see `deciding_region`); another
    place on the form may be a slip or a way around them, so a person looks.
    """
    form = case.application
    homes = [form.applicant.insured_region, form.member.insured_region]
    said = {
        "region": form.region,
        "applicant.insured_region": homes[0],
        "member.insured_region": homes[1],
    }
    wrong = [name for name, code in said.items() if code and not _on_record(case, code)]
    serves = case.policy.jurisdiction.serves
    served = any(home and _within(home, code) for home in homes for code in serves)
    if not served and not any(home and _one_place(form.region, home) for home in homes):
        wrong.append("region")
    return answer(
        [
            finding(
                Reason.CHANNEL_NOT_OFFERED,
                *(filed(name, said[name]) for name in dict.fromkeys(wrong)),
                verdict=CheckVerdict.CANNOT_TELL,
                zh="办理地不是任何一方的参保地，或行政区划代码无此地",
                en="the place is where neither is insured, or its code is on no record",
            )
        ]
        if wrong
        else []
    )


PROVINCE_CITIES: Final = frozenset({"11", "12", "31", "50"})
"""Provinces that are one city (直辖市)."""


INSURED_BY_THEMSELVES: Final = frozenset({"71", "81", "82"})
"""Taiwan, Hong Kong and Macao have insurances of their own; nobody is insured there in this one."""
_UNDER_THE_PROVINCE: Final = "90"
"""Counties that belong to no city (省直辖县级行政单位, 429004 仙桃): each is a place of its own."""


def _on_record(case: CheckContext, code: str) -> bool:
    """Whether a code is a place of this insurance: on record, and not of 71, 81 or 82."""
    known = not case.divisions.eras or code in case.divisions.eras
    return known and code[:2] not in INSURED_BY_THEMSELVES


def _one_place(one: str, other: str) -> bool:
    """Whether two codes name one city, or one of them the other's province as a whole."""
    if one[:2] != other[:2]:
        return False
    whole = one[2:] == "0000" or other[2:] == "0000"
    if whole or one[:2] in PROVINCE_CITIES:
        return True
    by_itself = one[2:4] == _UNDER_THE_PROVINCE and other[2:4] == _UNDER_THE_PROVINCE
    return one == other if by_itself else one[:4] == other[:4]


def _within(home: str, code: str) -> bool:
    return home.startswith(code.rstrip("0") or code)


@check
def employer_batch_is_complete(case: CheckContext) -> Answer:
    """What an employer hands in comes with a list of employer, batch and this application (R19)."""
    batch = case.dossier.employer_batch
    if case.application.channel is not Channel.EMPLOYER:
        return PASS
    employers_list = Evidence(document="batch.json")
    if batch is not None and batch.complete and not _names_nobody(batch):
        return met(employers_list)
    return answer([finding(Reason.EMPLOYER_BATCH_INCOMPLETE, employers_list)])


def _names_nobody(batch: EmployerBatch) -> bool:
    return says_none(batch.employer_id) or says_none(batch.batch_id)


@check
def mutual_aid_is_filed(case: CheckContext) -> Answer:
    """Mutual aid was filed (备案) first, under a number that can be one, where that is asked."""
    offer = case.policy.offer
    if offer is None or not offer.filing_needed:
        return PASS
    typed = unicodedata.normalize("NFKC", case.application.filing_id or "")
    if _may_be_filing(case, "".join(typed.split()), offer):
        return met(filed("filing_id"))
    return answer([finding(Reason.POOLING_NOT_FILED, filed("filing_id"))])


_LEAST_DIGITS: Final = 4
_LEAST_SIGNS: Final = 6


def _may_be_filing(case: CheckContext, filing: str, offer: Offer) -> bool:
    """Whether a text can be the number of a filing: by the place's pattern, else by its digits."""
    fits = offer.filing_fits(filing)
    if fits is not None:
        return fits
    digits = sum(sign.isdigit() for sign in filing)
    enough = len(filing) >= _LEAST_SIGNS and digits >= _LEAST_DIGITS
    return enough and can_be_reference(filing, case.application, case.dossier.readings)
