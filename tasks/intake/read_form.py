"""The form of an application folder, as far as it can be judged by rules of its day."""

from models.checks.finding import Evidence, Subject, finding
from models.checks.reason import Reason
from storage.intake.inbox import ApplicationFolder
from storage.policy.policies import PolicyRepository
from tasks.intake.parse_form import FORM_FILE, MAX_FORM_BYTES, ParsedForm, parse_form


def read_form(policies: PolicyRepository, folder: ApplicationFolder) -> tuple[bytes, ParsedForm]:
    """The form's bytes, none where it is missing or too large, and what they say."""
    form = _form_content(folder)
    parsed = parse_form(form) if form is not None else _no_form()
    return form or b"", _dated_within_rules(policies, parsed)


def _form_content(folder: ApplicationFolder) -> bytes | None:
    size = folder.files().get(FORM_FILE)
    return folder.read(FORM_FILE, MAX_FORM_BYTES) if size and size <= MAX_FORM_BYTES else None


def _dated_within_rules(policies: PolicyRepository, parsed: ParsedForm) -> ParsedForm:
    """A form of a day before any rule was in force cannot be judged, whatever else it says."""
    form = parsed.application
    if form is None or form.submitted_on >= policies.first_day(form.deciding_region):
        return parsed
    too_early = finding(
        Reason.DOCUMENT_UNUSABLE,
        Evidence(document=FORM_FILE, field="submitted_at"),
        subject=Subject.APPLICATION,
        zh="提交日期早于本业务开办之日，没有可以适用的规定",
        en="it is dated before the first day of this service, for which there are no rules",
    )
    return ParsedForm(None, (*parsed.findings, too_early))


def _no_form() -> ParsedForm:
    missing = finding(
        Reason.DOCUMENT_UNUSABLE,
        Evidence(document=FORM_FILE),
        subject=Subject.APPLICATION,
        zh=f"缺少 {FORM_FILE}，或文件为空或过大",
        en=f"{FORM_FILE} is missing, empty or too large",
    )
    return ParsedForm(None, (missing,))
