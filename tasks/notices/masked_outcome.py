"""An outcome as it may leave the house: nothing in it tells who somebody is."""

import re
from typing import Any, Final

from models.decision.decision import Decision
from models.identity.masking import mask_certificate_number, mask_id_number, mask_name
from models.intake.application import Application
from tasks.reports.outcome_line import outcome_line

_NUMBER: Final = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|\d{15})(?!\d)")
_PLAIN_NAME: Final = re.compile(r"[A-Za-z0-9 ()._/-]{1,128}")


def masked_outcome(
    decision: Decision, application: Application | None, application_id: str
) -> dict[str, Any]:
    """The published form of a decision, once more without anything personal.

    The evidence of a finding is masked where it is made. What the sender chose itself is looked at
    here: a file may be named for a person, and an unknown key of the form may be anything.

    Args:
        decision: The outcome with its findings.
        application: The form, whose names and numbers must not show; None where it is unusable.
        application_id: The public identifier, which stands in place of one that could be personal.
    """
    line = outcome_line(decision)
    places = _places(application)
    masks = _masks(application)
    for found in line["findings"]:
        found["message"] = {key: _masked(text, masks) for key, text in found["message"].items()}
        found["evidence"] = [
            {
                "document": _document(item["document"], places, masks),
                "field": _masked(item["field"], masks),
                "value": _masked(item["value"], masks),
            }
            for item in found["evidence"]
        ]
    body = line | {"application_id": application_id, "round": decision.round}
    if application and application.objection:
        body["objection_to_round"] = application.objection.to_round
    return body


def _places(application: Application | None) -> dict[str, str]:
    """What a file is called that must not be called by its name: its place in the form."""
    documents = application.documents if application else ()
    return {entry.file: f"documents[{place}]" for place, entry in enumerate(documents)}


def _document(name: str, places: dict[str, str], masks: dict[str, str]) -> str:
    if _PLAIN_NAME.fullmatch(name):
        return _masked(name, masks) or ""
    return places.get(name, "a file")


def _masks(application: Application | None) -> dict[str, str]:
    """Everything of the two persons that must not show, the longest first, and what does."""
    if application is None:
        return {}
    applicant, member = application.applicant, application.member
    masks: dict[str, str] = {}
    for name in (applicant.name, member.name):
        if name and len(name) > 1:
            masks[name] = mask_name(name)
    for number in (applicant.id_number, member.id_number):
        if number:
            masks[number] = mask_id_number(number)
    certificate = member.birth_certificate_number
    if certificate and len(certificate) > 5:
        masks[certificate] = mask_certificate_number(certificate)
    return dict(sorted(masks.items(), key=lambda pair: -len(pair[0])))


def _masked(text: str | None, masks: dict[str, str]) -> str | None:
    if text is None:
        return None
    for personal, mask in masks.items():
        text = text.replace(personal, mask)
    return _NUMBER.sub(lambda number: mask_id_number(number.group()), text)
