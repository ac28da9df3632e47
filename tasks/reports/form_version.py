"""Which form an application was handed in with, so that a new form can be held against the old."""

from typing import Final

from models.intake.application import Application, ConsentKind
from models.policy.consent_rules import ConsentRules

_TEXTS: Final = (ConsentKind.NOTICE, ConsentKind.COMMITMENT)
"""What everybody agrees to; the other texts are shown to some alone."""


def form_version(form: Application, rules: ConsentRules) -> str | None:
    """The format of the form and the texts that it showed, `1+notice 2026-01+commitment 2026-01`.

    None where one of the two was agreed to in no version that the policy lists: what a form says by
    itself is kept nowhere.
    """
    shown = [_text(form, rules, kind) for kind in _TEXTS]
    if None in shown:
        return None
    texts = (f"{kind} {version}" for kind, version in zip(_TEXTS, shown, strict=True))
    return "+".join((str(form.schema_version), *texts))


def _text(form: Application, rules: ConsentRules, kind: ConsentKind) -> str | None:
    """The version of a text that was agreed to last."""
    listed = {text.version for text in rules.versions if text.kind is kind}
    agreed = sorted((c.agreed_at, c.version) for c in form.consents_to(kind))
    return next((version for _, version in reversed(agreed) if version in listed), None)
