"""Whose face may be cut out and kept."""

import datetime as dt

import pytest

from models.intake.application import Application
from models.reading.document import DocumentKind
from tasks.verification.face_permit import FacePermit, reason_not_to_compare
from tests.tasks.checks.dossiers import (
    CHILD,
    FATHER,
    MOTHER,
    SHELF_POLICY,
    application,
    card,
    page,
    selfie,
)

ON = dt.date(2026, 11, 20)
FACE = {"kind": "face", "version": "2026-01", "agreed_at": "2026-11-20T09:00:00+08:00"}


def form(**changes) -> Application:
    base = {"identity_route": "face", "consents": [FACE]}
    return Application.model_validate(application(FATHER, MOTHER, "spouse", **(base | changes)))


def test_a_face_is_compared_with_consent_on_that_route():
    assert reason_not_to_compare(form(), SHELF_POLICY) is None


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"identity_route": "non_face"}, id="another route"),
        pytest.param({"consents": []}, id="no consent"),
        pytest.param(
            {"consents": [FACE | {"withdrawn_at": "2026-11-20T09:10:00+08:00"}]},
            id="a consent taken back",
        ),
    ],
)
def test_without_consent_or_on_another_route_no_face_is(changes):
    assert reason_not_to_compare(form(**changes), SHELF_POLICY)


@pytest.mark.parametrize(
    ("reading", "kept"),
    [
        pytest.param(card(MOTHER), True, id="an adult's card"),
        pytest.param(selfie(), True, id="a selfie"),
        pytest.param(card(CHILD), False, id="a minor's card"),
        pytest.param(page(MOTHER, "妻"), False, id="a page without a face"),
    ],
)
def test_only_an_adult_s_face_on_what_bears_one_may_be_kept(reading, kept):
    assert FacePermit(SHELF_POLICY, ON).may_keep(reading) is kept


def test_where_no_face_is_compared_none_is_kept():
    permit = FacePermit(None, ON)
    assert not permit.may_keep(selfie())
    assert selfie().kind is DocumentKind.SELFIE
