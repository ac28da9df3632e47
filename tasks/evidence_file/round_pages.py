"""One handing-in on the pages of an evidence file."""

from collections.abc import Sequence
from typing import Final

from models.decision.decision import Outcome
from models.evidence_file.content import (
    EvidenceComparison,
    EvidenceFinding,
    EvidencePaper,
    EvidenceRound,
    EvidenceSeal,
)
from models.reading.stated_value import StatedAnswer
from models.reviews.grounds import AskedPerson, GroundKind, VerificationChannel
from models.reviews.review_work import ReviewKind
from tasks.evidence_file.evidence_words import WORDS, both, field_words, kind_words, moment
from tasks.reports.pdf_sheet import BAD, PdfSheet

_OVERRULED: Final = "系统此前的意见，由审核人员判定不妨碍通过 · found by the machine, overruled"


def round_pages(sheet: PdfSheet, this: EvidenceRound) -> None:
    """Everything about one round, from a new page on."""
    sheet.add_page()
    sheet.heading(f"第 {this.round} 次提交", f"Round {this.round}")
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
            ("政策哈希 its hash", _policy_hash(this)),
            ("机器结论 machine", both(this.machine_outcome)),
            ("结果 outcome", both(this.outcome)),
            ("决定 decided", f"{both(this.decided_by)}  {moment(this.decided_at)}"),
            *((f"已删除{both(name)}", moment(at)) for name, at in this.deleted.items()),
        ]
    )
    if this.missing:
        sheet.say(f"缺失 missing: {', '.join(this.missing)}", colour=BAD)
    _kinship(sheet, this)
    _face(sheet, this)
    _decisions(sheet, this)
    _binding(sheet, this)
    _papers(sheet, this)


def _policy_hash(this: EvidenceRound) -> str:
    if this.policy_digest:
        return f"SHA-256 {this.policy_digest}"
    return "政策文件此后已变更 the files changed since" if this.policy_version else ""


def _kinship(sheet: PdfSheet, this: EvidenceRound) -> None:
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


def _face(sheet: PdfSheet, this: EvidenceRound) -> None:
    verdict = this.face
    if verdict is None:
        return
    sheet.heading("人脸比对", "Faces", level=2)
    if not verdict.compared:
        sheet.say(f"未比对 not compared: {verdict.reason or ''}")
        return
    if verdict.score is not None and this.thresholds:
        bands = [WORDS[word] for word in ("mismatch", "unsure", "match")]
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


def _decisions(sheet: PdfSheet, this: EvidenceRound) -> None:
    for made in this.decisions:
        sheet.heading("决定", f"Decision: {made.by}", level=2)
        by = both(made.decided_by)
        sheet.say(f"{moment(made.decided_at)}  {by}  →  {both(made.outcome.value)}")
        if made.findings and made.outcome is Outcome.APPROVED and made.by != "machine":
            sheet.say(_OVERRULED, size=7.5)
        if made.findings:
            _findings(sheet, made.findings)
    if this.opinions:
        _opinions(sheet, this)
        _how_verified(sheet, this)


def _findings(sheet: PdfSheet, findings: Sequence[EvidenceFinding]) -> None:
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
        for found in findings
    ]
    sheet.rows(head, rows, (14, 50, 24, 24, 66))


def _opinions(sheet: PdfSheet, this: EvidenceRound) -> None:
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
            "是 yes" if said.binding and said.kind == ReviewKind.DOUBT else "否 no",
        )
        for said in this.opinions
    ]
    sheet.rows(columns, opinions, (22, 34, 34, 30, 40, 18))


def _how_verified(sheet: PdfSheet, this: EvidenceRound) -> None:
    """Which failed checks people overruled and how, and how the member was asked."""
    rows = [(said.staff, *_ground_words(one)) for said in this.opinions for one in said.grounds]
    rows += [
        (said.staff, "P06", _verification_words(said.verified))
        for said in this.opinions
        if said.verified
    ]
    if rows:
        sheet.heading("核实方式", "How it was verified", level=2)
        sheet.rows(("人员 who", "原因 reason", "核实 how"), rows, (30, 24, 124))


def _ground_words(ground: str) -> tuple[str, str]:
    code, _, kind = ground.partition(":")
    how = GroundKind(kind)
    return code, f"{how.zh}\n{how.en}"


def _verification_words(verified: tuple[str, ...]) -> str:
    who, how, at = AskedPerson(verified[0]), VerificationChannel(verified[1]), verified[2]
    return f"{who.zh} · {how.zh}\n{who.en} · {how.en}\n{at}"


def _binding(sheet: PdfSheet, this: EvidenceRound) -> None:
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


def _papers(sheet: PdfSheet, this: EvidenceRound) -> None:
    for paper in this.papers:
        _paper(sheet, paper)


def _paper(sheet: PdfSheet, paper: EvidencePaper) -> None:
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
    for seal in paper.seals:
        sheet.say(_seal(seal), size=7.5)
    if not paper.fields:
        return
    head = (
        "字段 field",
        "一次识别 read",
        "原文 raw",
        "二次识别 second",
        "置信度",
        "申请表 form",
        "人工更正 corrected",
    )
    rows = [
        (
            field_words(field.name),
            field.value or "",
            field.raw if field.raw != field.value else "=",
            field.second or "",
            f"{field.confidence:.0%}",
            "\n".join(_compared(comparison) for comparison in field.comparisons),
            "\n".join(
                f"{made.value or '（空白 blank）'}  {made.staff} {moment(made.made_at)}"
                for made in field.corrections
            ),
        )
        for field in paper.fields
    ]
    sheet.rows(head, rows, (33, 31, 31, 31, 12, 25, 25), size=7)


def _seal(seal: EvidenceSeal) -> str:
    borne_out = seal.answer == StatedAnswer.BORNE_OUT
    zh, en = ("相符", "borne out") if borne_out else ("无法判断", "cannot tell")
    return (
        f"印章派出所与 {seal.source} 是否相符：{zh} "
        f"station of {seal.source} in this seal: {en} ({seal.margin:+.1f})"
    )


def _compared(comparison: EvidenceComparison) -> str:
    answer = StatedAnswer(comparison.answer)
    return f"{both(comparison.person)}：{answer.zh} {answer.en} ({comparison.margin:+.1f})"
