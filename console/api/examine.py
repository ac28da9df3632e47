"""Check an upload before it is accepted: what a program did wrong it learns at once.

What an applicant did wrong is a finding of the application, as with a folder; here is refused only
what cannot be judged, or what the sender's program left out.
"""

from collections.abc import Collection

from console.api.problems import FieldFault, ProblemError, fault
from console.api.upload import FILE_PART, FORM_PART
from models.checks.finding import Finding
from models.checks.reason import Severity
from models.intake.application import Application
from models.notices.exchange import ApiKey
from storage.keys.keyring import holds_id_number
from tasks.intake.parse_form import parse_form


def examine_upload(form: bytes, files: Collection[str], key: ApiKey) -> Application:
    """Understand the form and hold it against the files.

    Args:
        form: The content of `application.json`.
        files: The names of the files that came.
        key: Whose program hands it in.

    Raises:
        ProblemError: It cannot be accepted; names everything that is to be mended.
    """
    parsed = parse_form(form)
    application = parsed.application
    if application is None:
        raise ProblemError(422, _form_faults(parsed.findings))
    faults = [*_identifier_faults(application), *_file_faults(application, files)]
    if faults:
        raise ProblemError(422, faults)
    if key.channels and application.channel not in key.channels:
        allowed = "、".join(key.channels), ", ".join(key.channels)
        zh, en = f"该密钥只可用于：{allowed[0]}", f"this key is for: {allowed[1]}"
        raise ProblemError(403, [fault(f"{FORM_PART}.channel", zh, en)], kind="channel")
    return application


def _form_faults(findings: Collection[Finding]) -> list[FieldFault]:
    """Why the form cannot be judged; what would have been only a note is left out."""
    grave = [found for found in findings if found.severity is Severity.ERROR] or findings
    return [
        FieldFault(
            field=".".join((FORM_PART, *(e.field for e in found.evidence if e.field))),
            message=found.message,
        )
        for found in grave
    ]


def _identifier_faults(application: Application) -> list[FieldFault]:
    if holds_id_number(application.application_id):
        zh, en = "编号不得含有公民身份号码", "must not hold a citizen's number"
        return [fault(f"{FORM_PART}.application_id", zh, en)]
    return []


def _file_faults(application: Application, files: Collection[str]) -> list[FieldFault]:
    """Files that came and are not named, and files that are named and did not come.

    An answer to a return, and an objection, may name files that the office has from before.
    """
    named = [entry.file for entry in application.documents]
    faults = [
        fault(f"{FILE_PART} (file {place})", "申请未列出该文件", "the form does not name this file")
        for place, name in enumerate(files)
        if name not in named
    ]
    if (application.round or 1) > 1 or application.objection:
        return faults
    faults += [
        fault(
            f"{FORM_PART}.documents[{place}].file",
            "该文件未随请求提交",
            "this file did not come with the request",
        )
        for place, name in enumerate(named)
        if name not in files
    ]
    return faults
