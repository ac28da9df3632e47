"""`kinbind audit export`, `check` and `key`: the evidence file and who signs it."""

import getpass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from console.commands.home import home_repositories
from console.commands.output import AsJson, print_json, say

if TYPE_CHECKING:
    from cryptography.x509 import Certificate


class EvidenceFormat(StrEnum):
    """The two forms of an evidence file."""

    PDF = "pdf"
    JSON = "json"


def export(
    application_id: Annotated[str, typer.Argument(help="申请编号 application id.")],
    *,
    form: Annotated[
        EvidenceFormat,
        typer.Option("--format", help="pdf carries the JSON inside; json is that alone."),
    ] = EvidenceFormat.PDF,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="Folder to write into.", file_okay=False)
    ] = Path(),
    events: Annotated[
        int | None,
        typer.Option(
            min=1,
            show_default=False,
            help="Prove against the root published over this many events; unset: the newest.",
        ),
    ] = None,
    by: Annotated[str, typer.Option(help="Who asks.", default_factory=getpass.getuser)],
    as_json: AsJson = False,
) -> None:
    """导出证据。One signed evidence file; its export is an event of the audit log."""
    from tasks.evidence_file.export_evidence import export_evidence

    with home_repositories() as repositories:
        try:
            file = export_evidence(repositories, application_id, by=by, size=events)
        except ValueError:
            msg = f"审计日志不足 {events} 条，请改小 the log has fewer than {events} events"
            raise typer.BadParameter(msg, param_hint="--events") from None
    contents = {
        EvidenceFormat.PDF: {"pdf": file.pdf},
        EvidenceFormat.JSON: {"json": file.machine_form, "json.sig": file.signature},
    }[form]
    output.mkdir(parents=True, exist_ok=True)
    written = [output / f"{file.name}.{suffix}" for suffix in contents]
    for path, content in zip(written, contents.values(), strict=True):
        path.write_bytes(content)
    if as_json:
        print_json({"files": [str(path) for path in written]})
    else:
        for path in written:
            say(f"已写出 written: {path}")


def check(
    file: Annotated[Path, typer.Argument(help="PDF or JSON.", exists=True, dir_okay=False)],
    *,
    certificate: Annotated[
        Path | None,
        typer.Option(
            help="The office's certificate (PEM); unset: that of KINBIND_HOME.",
            exists=True,
            dir_okay=False,
            show_default=False,
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """核验证据文件。Check an evidence file in either form; exit code 1 where it was touched.

    Beside a JSON file its signature has to lie (FILE.sig). Needs no access to the office.
    """
    from tasks.evidence_file.check_evidence import check_evidence

    beside = file.with_name(f"{file.name}.sig")
    signature = beside.read_bytes() if beside.is_file() else None
    own = _read_certificate(certificate) if certificate else _own_certificate()
    evidence, problem = check_evidence(file.read_bytes(), own, signature)
    if as_json:
        line = {
            "good": problem is None,
            "problem": problem.model_dump() if problem else None,
            "application_id": evidence.application_id if evidence else None,
            "exported_at": evidence.exported_at.isoformat() if evidence else None,
            "root": evidence.log.root if evidence else None,
            "events": evidence.log.size if evidence else None,
        }
        print_json(line)
    elif evidence:
        log = evidence.log
        say(f"签名有效，内容未被改动 as signed: {evidence.application_id}")
        say(f"导出于 exported {evidence.exported_at.isoformat(timespec='seconds')}")
        say(f"{len(log.events)} 条事件 events; 树根 root over {log.size}: {log.root}")
        say("不证明材料是真的。It does not prove that any paper is real.")
    elif problem:
        say(f"核验未通过 NOT as signed: {problem.zh}。{problem.en}.")
    if problem:
        raise typer.Exit(1)


def key(*, as_json: AsJson = False) -> None:
    """签名证书。The certificate by which anybody checks this office's evidence files."""
    from storage.keys.signing import OfficeSigner

    with home_repositories() as repositories:
        signer = OfficeSigner(repositories.keyring)
    if as_json:
        line = {
            "fingerprint": signer.fingerprint,
            "certificate": signer.certificate_pem,
            "public_key": signer.public_key_pem,
        }
        print_json(line)
        return
    say(*signer.certificate_pem.rstrip().split("\n"))
    say(f"SHA-256 {signer.fingerprint}", err=True)


def _read_certificate(path: Path) -> "Certificate":
    from cryptography import x509

    try:
        return x509.load_pem_x509_certificate(path.read_bytes())
    except ValueError:
        msg = f"{path} 不是 PEM 证书 is no PEM certificate; kinbind audit key 可导出 prints one"
        raise typer.BadParameter(msg, param_hint="--certificate") from None


def _own_certificate() -> "Certificate":
    """That of KINBIND_HOME; where there is no key none is made in passing."""
    from models.errors import MissingPartError
    from storage.keys.signing import OfficeSigner
    from storage.settings import load_settings

    if not load_settings().has_master_key:
        raise MissingPartError(
            "KINBIND_HOME 中没有密钥：请设置 KINBIND_HOME，或用 --certificate 给出证书。"
            "No keys in KINBIND_HOME: set it, or give the certificate with --certificate."
        )
    with home_repositories() as repositories:
        return OfficeSigner(repositories.keyring).certificate
