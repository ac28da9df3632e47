import pytest

from models.intake.application import Application, ConsentKind
from tasks.reports.form_version import form_version
from tests.tasks.checks.dossiers import CHILD, FATHER, SHELF_POLICY, application

NOTICE, COMMITMENT = ConsentKind.NOTICE, ConsentKind.COMMITMENT


@pytest.mark.parametrize(
    ("agreed", "told"),
    [
        pytest.param(
            [(NOTICE, "2026-01", 2), (COMMITMENT, "2026-01", 1)],
            "1+notice 2026-01+commitment 2026-01",
            id="both texts",
        ),
        pytest.param(
            [(NOTICE, "2026-01", 1), (NOTICE, "2021-04", 2), (COMMITMENT, "2026-01", 1)],
            "1+notice 2026-01+commitment 2026-01",
            id="the text agreed to last",
        ),
        pytest.param([(NOTICE, "2026-01", 1)], None, id="one text alone"),
        pytest.param(
            [(NOTICE, "13800138000", 1), (COMMITMENT, "2026-01", 1)], None, id="no listed version"
        ),
    ],
)
def test_a_form_is_known_by_its_format_and_the_texts_that_it_showed(agreed, told):
    consents = [
        {"kind": kind, "version": version, "agreed_at": f"2026-11-20T09:{25 - ago}:00+08:00"}
        for kind, version, ago in agreed
    ]
    asked = application(FATHER, CHILD, "child", consents=consents)
    assert form_version(Application.model_validate(asked), SHELF_POLICY.consents) == told
