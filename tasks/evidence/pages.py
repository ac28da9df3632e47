"""The evidence file for people: its pages, from the whole to the single event."""

import json
from typing import Final

from models.audit import AuditEvent
from models.decision import Outcome
from models.event_words import event_words
from models.evidence import Evidence, PaperEvidence, RoundEvidence
from tasks.evidence.sheet import Sheet
from tasks.evidence.words import WORDS as _WORDS
from tasks.evidence.words import both, field_words, kind_words, moment

JSON_NAME: Final = "evidence.json"
SIGNATURE_NAME: Final = "evidence.json.sig"
_OVERRULED: Final = "系统此前的意见，由审核人员判定不妨碍通过 · found by the machine, overruled"
_TIMES: Final = "时间均为北京时间 · all times are China Standard Time (UTC+8)"


def evidence_pages(evidence: Evidence, machine_form: bytes, signature: bytes) -> bytes:
    """The PDF, not signed yet, with the file for machines and its signature inside.

    Args:
        evidence: What it says.
        machine_form: The same as JSON.
        signature: Over that.

    Raises:
        MissingPartError: No font with Chinese glyphs is installed.
    """
    sheet = Sheet(
        title=f"审计证据 Evidence {evidence.application_id}",
        footer=f"{evidence.application_id} · 证书 certificate SHA-256 {evidence.signer[:16]}…",
    )
    sheet.set_creation_date(evidence.exported_at)
    _first_page(sheet, evidence)
    for handing_in in evidence.rounds:
        _round(sheet, handing_in)
    _log(sheet, evidence)
    _how_to_check(sheet, evidence)
    about = "The same for machines; signed by itself with the file beside it."
    sheet.attach(JSON_NAME, machine_form, "application/json", about, evidence.exported_at)
    about = "ECDSA P-256 over SHA-256 of evidence.json, DER."
    kind = "application/octet-stream"
    sheet.attach(SIGNATURE_NAME, signature, kind, about, evidence.exported_at)
    return bytes(sheet.output())


def _first_page(sheet: Sheet, evidence: Evidence) -> None:
    sheet.title_line("审计证据", "Evidence file")
    last = evidence.rounds[-1] if evidence.rounds else None
    sheet.pairs(
        [
            ("申请编号 application", evidence.application_id),
            ("结果 outcome", both(last.outcome) if last else ""),
            ("决定 decided", f"{both(last.decided_by)}  {moment(last.decided_at)}" if last else ""),
            ("轮次 rounds", str(len(evidence.rounds))),
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


def _round(sheet: Sheet, this: RoundEvidence) -> None:
    sheet.add_page()
    sheet.heading(f"第 {this.round} 轮", f"Round {this.round}")
    sheet.pairs(
        [
            ("收件 taken in", moment(this.received_at)),
            ("提交 submitted", moment(this.submitted_at)),
            ("业务 product", f"{both(this.product)}  {this.region or ''}  {this.channel or ''}"),
            *((f"{both(p.role)}", f"{p.name}  {p.number}") for p in this.people),
            ("填报关系 claimed", both(this.claimed)),
            ("内容哈希 content", f"SHA-256 {this.content_digest}"),
            ("批次 batch", this.batch or ""),
            ("运行 runs", "  ".join(this.runs)),
            ("政策版本 policy", this.policy_version or ""),
            ("政策哈希 its hash", f"SHA-256 {this.policy_digest}" if this.policy_digest else ""),
            ("机器结论 machine", both(this.machine_outcome)),
            ("结果 outcome", both(this.outcome)),
            ("决定 decided", f"{both(this.decided_by)}  {moment(this.decided_at)}"),
            *((f"已删除{both(name)}", moment(at)) for name, at in this.deleted.items()),
        ]
    )
    if this.missing:
        sheet.say(f"缺失 missing: {', '.join(this.missing)}", colour=(155, 28, 28))
    _kinship(sheet, this)
    _face(sheet, this)
    _decisions(sheet, this)
    _binding(sheet, this)
    _papers(sheet, this)


def _kinship(sheet: Sheet, this: RoundEvidence) -> None:
    verdict = this.kinship
    if verdict is None:
        return
    sheet.heading("亲属关系", "Kinship", level=2)
    sheet.both(verdict.path.zh, verdict.path.en)
    derived = "、".join(both(one.value) for one in verdict.derived)
    sheet.pairs(
        [
            ("结论 answer", both(verdict.answer.value)),
            ("可推出 derived", derived),
            ("依据 proof", ", ".join(verdict.proof).replace("_", " ")),
            ("材料 papers", ", ".join(verdict.documents)),
            ("疑点 doubts", ", ".join(one.value for one in verdict.ambiguities)),
        ]
    )


def _face(sheet: Sheet, this: RoundEvidence) -> None:
    verdict = this.face
    if verdict is None:
        return
    sheet.heading("人脸比对", "Faces", level=2)
    if not verdict.compared:
        sheet.say(f"未比对 not compared: {verdict.reason or ''}")
        return
    if verdict.score is not None and this.thresholds:
        bands = [_WORDS[word] for word in ("mismatch", "unsure", "match")]
        low, high = this.thresholds["mismatch"], this.thresholds["match"]
        sheet.scale(low, high, verdict.score, bands)
    near = verdict.score_to_applicant
    sheet.pairs(
        [
            ("区间 band", both(verdict.band.value if verdict.band else None)),
            ("相似度 score", "" if verdict.score is None else f"{verdict.score:.4f}"),
            ("与申请人 to the applicant", "" if near is None else f"{near:.4f}"),
            ("引擎 engine", f"{verdict.engine}  {verdict.thresholds}"),
            ("说明 reason", verdict.reason or ""),
            ("活体 liveness", verdict.liveness),
        ]
    )


def _decisions(sheet: Sheet, this: RoundEvidence) -> None:
    for made in this.decisions:
        sheet.heading("决定", f"Decision: {made.by}", level=2)
        by = both(made.decided_by)
        sheet.say(f"{moment(made.decided_at)}  {by}  →  {both(made.outcome.value)}")
        if made.findings and made.outcome is Outcome.APPROVED and made.by != "machine":
            sheet.say(_OVERRULED, size=7.5)
        if made.findings:
            head = ("规则 rule", "内容 what", "结论 verdict", "对象 about", "依据 evidence")
            rows = [
                (
                    f"{found.code}\n{found.severity}",
                    f"{found.title.zh}\n{found.title.en}",
                    both(found.verdict),
                    both(found.subject),
                    "\n".join(
                        f"{both(p.paper) if p.paper == 'form' else p.paper}"
                        f" {field_words(p.field)} {p.value or ''}".strip()
                        for p in found.places
                    ),
                )
                for found in made.findings
            ]
            sheet.rows(head, rows, (14, 50, 24, 24, 66))
    if this.opinions:
        sheet.heading("各人意见", "Opinions", level=2)
        columns = (
            "人员 who",
            "时间 when",
            "意见 outcome",
            "原因 reasons",
            "案件 case",
            "采纳 taken",
        )
        opinions = [
            (
                said.staff,
                moment(said.given_at),
                both(said.outcome.value),
                " ".join(said.codes),
                both(said.kind),
                "是 yes" if said.binding else "否 no",
            )
            for said in this.opinions
        ]
        sheet.rows(columns, opinions, (22, 34, 34, 30, 40, 18))


def _binding(sheet: Sheet, this: RoundEvidence) -> None:
    bound = this.binding
    if bound is None:
        return
    sheet.heading("绑定", "Binding", level=2)
    two = f"{bound.applicant.masked_name} {bound.applicant.masked_number}"
    other = f"{bound.member.masked_name} {bound.member.masked_number}"
    rows = [
        ("绑定编号 id", bound.binding_id),
        ("双方 both", f"{two}  ←  {both(bound.relationship)}  {other}"),
        ("对象哈希 object", f"SHA-256 {bound.object_digest}"),
        ("状态 status", f"{both(bound.status)}  自 from {bound.effective_date}"),
        ("引擎 engines", "  ".join(f"{k}: {v}" for k, v in bound.engine_versions.items())),
        ("链头 audit head", bound.audit_head),
    ]
    if bound.ended:
        rows.append(
            ("终止 ends", f"{bound.ended}  {bound.end_reason.zh if bound.end_reason else ''}")
        )
        rows.append(("解绑记录哈希 tombstone", f"SHA-256 {bound.tombstone_digest or ''}"))
    sheet.pairs(rows)


def _papers(sheet: Sheet, this: RoundEvidence) -> None:
    for paper in this.papers:
        _paper(sheet, paper)


def _paper(sheet: Sheet, paper: PaperEvidence) -> None:
    sheet.heading(
        f"{paper.paper} {kind_words(paper.kind)}",
        f"{paper.kind_confidence:.0%} · {paper.engine}",
        level=2,
    )
    shown = {name: value for name, value in paper.quality.items() if value is not None}
    quality = "  ".join(
        f"{name.replace('_', ' ')} {round(v, 2) if isinstance(v, float) else v}"
        for name, v in shown.items()
    )
    sheet.say(f"SHA-256 {paper.digest}\n{quality}", size=7)
    if paper.codes:
        sheet.say(f"图像问题 picture: {' '.join(paper.codes)}", size=7.5)
    if not paper.fields:
        return
    head = ("字段 field", "机读 read", "原文 raw", "复读 second", "置信", "人工更正 corrected")
    rows = [
        (
            field_words(field.name),
            field.value or "",
            field.raw if field.raw != field.value else "=",
            field.second or "",
            f"{field.confidence:.0%}",
            "\n".join(
                f"{made.value or '（空白 blank）'}  {made.staff} {moment(made.made_at)}"
                for made in field.corrections
            ),
        )
        for field in paper.fields
    ]
    sheet.rows(head, rows, (42, 36, 36, 28, 10, 36), size=7)


def _log(sheet: Sheet, evidence: Evidence) -> None:
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
    told = []
    for name, value in event.details.items():
        if name == "answers" and isinstance(value, list):
            open_ = [answer for answer in value if not answer.endswith("=passed")]
            told.append(f"{len(value)} checks asked; not passed: {' '.join(open_) or 'none'}")
        elif value not in ("", []):
            told.append(f"{name} {' '.join(value) if isinstance(value, list) else value}")
    return " · ".join(told)


def _how_to_check(sheet: Sheet, evidence: Evidence) -> None:
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
