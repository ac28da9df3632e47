"""The evidence file for people: its pages, from the whole to the single event."""

import json
from typing import Final

from models.audit.event import AuditEvent
from models.audit.event_wording import event_words
from models.evidence_file.content import JSON_NAME, SIGNATURE_NAME, EvidenceContent
from tasks.evidence_file.evidence_words import both, moment
from tasks.evidence_file.round_pages import round_pages
from tasks.reports.pdf_sheet import PdfSheet

_TIMES: Final = "时间均为北京时间 · all times are China Standard Time (UTC+8)"


def evidence_pages(evidence: EvidenceContent, machine_form: bytes, signature: bytes) -> bytes:
    """The PDF, not signed yet, with the file for machines and its signature inside.

    Args:
        evidence: What it says.
        machine_form: The same as JSON.
        signature: Over that.

    Raises:
        MissingPartError: No font with Chinese glyphs is installed.
    """
    sheet = PdfSheet(
        title=f"审计证据 Evidence {evidence.application_id}",
        footer=f"{evidence.application_id} · 证书 certificate SHA-256 {evidence.signer[:16]}…",
    )
    sheet.set_creation_date(evidence.exported_at)
    _first_page(sheet, evidence)
    for handing_in in evidence.rounds:
        round_pages(sheet, handing_in)
    _log(sheet, evidence)
    _how_to_check(sheet, evidence)
    about = "The same for machines; signed by itself with the file beside it."
    sheet.attach(JSON_NAME, machine_form, "application/json", about, evidence.exported_at)
    about = "ECDSA P-256 over SHA-256 of evidence.json, DER."
    kind = "application/octet-stream"
    sheet.attach(SIGNATURE_NAME, signature, kind, about, evidence.exported_at)
    return bytes(sheet.output())


def _first_page(sheet: PdfSheet, evidence: EvidenceContent) -> None:
    sheet.title_line("审计证据", "Evidence file")
    last = evidence.rounds[-1] if evidence.rounds else None
    sheet.pairs(
        [
            ("申请编号 application", evidence.application_id),
            ("结果 outcome", both(last.outcome) if last else ""),
            ("决定 decided", f"{both(last.decided_by)}  {moment(last.decided_at)}" if last else ""),
            ("提交次数 rounds", str(len(evidence.rounds))),
            ("导出 exported", f"{moment(evidence.exported_at)}  {evidence.exported_by}"),
            ("软件 software", evidence.software),
            ("证书 certificate", f"SHA-256 {_grouped(evidence.signer)}"),
            ("附件 attached", f"{JSON_NAME}, {SIGNATURE_NAME}"),
        ]
    )
    sheet.say(_TIMES, size=7.5)
    sheet.heading("本文件证明什么", "What this file proves")
    for sentence in evidence.proves:
        sheet.both(f"· {sentence.zh}", sentence.en)
    sheet.heading("本文件不证明什么", "What it does not prove")
    for sentence in evidence.does_not_prove:
        sheet.both(f"· {sentence.zh}", sentence.en)


def _log(sheet: PdfSheet, evidence: EvidenceContent) -> None:
    sheet.add_page()
    sheet.heading("审计记录", "The log's events of this application")
    sheet.pairs(
        [
            ("树根 root", evidence.log.root),
            ("覆盖事件数 events covered", str(evidence.log.size)),
            ("链头 keyed head", evidence.log.head),
        ]
    )
    sheet.ln(1)
    events = [AuditEvent.model_validate(json.loads(one.record)) for one in evidence.log.events]
    head = ("#", "时间 when", "事件 event", "何人 who", "内容 details", "哈希 hash")
    rows = [
        (
            str(event.sequence),
            moment(event.recorded_at),
            "\n".join(event_words(event.tag)),
            event.actor,
            _details(event),
            event.hash[:12],
        )
        for event in events
    ]
    sheet.rows(head, rows, (11, 21, 27, 19, 82, 22), size=6.5)


def _details(event: AuditEvent) -> str:
    """Codes and counts; of the checks' answers those that did not pass."""
    rows = []
    for name, value in event.details.items():
        if name == "answers" and isinstance(value, list):
            open_ = [answer for answer in value if not answer.endswith("=passed")]
            rows.append(f"{len(value)} checks asked; not passed: {' '.join(open_) or 'none'}")
        elif value not in ("", []):
            rows.append(f"{name} {' '.join(value) if isinstance(value, list) else value}")
    return " · ".join(rows)


def _how_to_check(sheet: PdfSheet, evidence: EvidenceContent) -> None:
    sheet.heading("如何核验", "How to check this file")
    sheet.both(
        "1. 从机构以另一途径取得其证书（kinbind audit key），核对指纹与本文件首页一致。",
        "1. Get the office's certificate by another way (kinbind audit key prints it); its SHA-256"
        " must be the one on the first page.",
    )
    sheet.both(
        "2. 在 PDF 阅读器中信任该证书后查看签名；或取出附件，执行下列命令，应显示 Verified OK：",
        "2. Trust that certificate in a PDF reader and look at the signature; or take the attached"
        " files out and run this, which must say Verified OK:",
    )
    sheet.say(
        "openssl x509 -in office.pem -pubkey -noout > key.pem\n"
        f"openssl dgst -sha256 -verify key.pem -signature {SIGNATURE_NAME} {JSON_NAME}",
        size=8,
    )
    sheet.ln(1)
    sheet.both(
        "3. 每条事件：SHA-256(0x00 ‖ record) 依 path 逐级与左（L）右（R）相邻哈希合并"
        " SHA-256(0x01 ‖ 左 ‖ 右)，应得树根；再与机构此前公布的同一事件数的树根比对。",
        "3. Each event: SHA-256(0x00 ‖ record), joined along its path with the hash on the left (L)"
        " or right (R) as SHA-256(0x01 ‖ left ‖ right), must give the root; compare it with a root"
        " that the office published for as many events.",
    )


def _grouped(digest: str) -> str:
    """Hexadecimal digits in groups of eight, to compare by eye."""
    return " ".join(digest[i : i + 8] for i in range(0, len(digest), 8))
