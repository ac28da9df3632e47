"""The tables about rounds: what came in, what was read, checked, found and decided."""

from typing import Final

from models.cases.case_round import Stage
from models.checks.finding import CheckVerdict, Subject
from models.checks.reason import Severity
from models.decision.decision import Outcome
from models.decision.proof_class import ProofClass
from models.faces.face_verdict import FaceBand
from models.intake.application import Channel, IdentityRoute, Product, Relationship
from models.kinship.claim import KinshipAnswer
from models.reading.document import DocumentKind
from models.reports.dataset_table import DatasetTable, day, flag, integer, number, text
from models.reports.round_figures import FieldTier

OUTCOMES: Final = tuple(Outcome)
_CASE: Final = text("case", "轮次代号（带密钥）", "Keyed pseudonym of the round; joins the tables")
_MAYBE_CASE: Final = text(
    "case",
    "轮次代号；为防单独识别而断开时为空",
    "The same; empty where it was detached, because joined with the rest it would single out",
    nullable=True,
)
_PAPER: Final = integer("paper", "材料序号，自0起", "Place of the paper in its round, from 0")

APPLICATIONS: Final = DatasetTable(
    name="applications",
    zh="申请轮次：谁（只到分组）、从何处、何时提交，结果如何",
    en="One row a round (one handing-in): groups, place and time, and how it ended. What would "
    "single an applicant out is coarser, or empty",
    columns=(
        _CASE,
        integer("round", "第几次提交", "Which handing-in, from 1", nullable=True),
        text(
            "region", "地区代码，6位、4位或2位", "GB/T 2260 code of 6, 4 or 2 digits", nullable=True
        ),
        text("product", "业务", "What the binding is for", nullable=True, values=tuple(Product)),
        text("channel", "渠道", "Where it was handed in", nullable=True, values=tuple(Channel)),
        text(
            "employer", "单位批次代号", "Keyed pseudonym of an employer's delivery", nullable=True
        ),
        day(
            "received_on",
            "收件日，或该周、该月首日",
            "Day of receipt, or first of its week or month",
        ),
        text(
            "received_span",
            "收件日精度",
            "What `received_on` stands for",
            values=("day", "week", "month"),
        ),
        text(
            "relationship",
            "所报关系",
            "Relation claimed",
            nullable=True,
            values=tuple(Relationship),
        ),
        text("route", "核验方式", "Identity route", nullable=True, values=tuple(IdentityRoute)),
        text(
            "age_band",
            "被绑定人年龄段",
            "The member's age in years; the three coarse bands where the fine ones are too rare",
            nullable=True,
            values=("0-5", "6-17", "18-44", "45-59", "60-74", "75+", "0-17", "18-59", "60+"),
        ),
        text("sex", "被绑定人性别", "The member's sex", nullable=True, values=("female", "male")),
        text(
            "ethnicity_group",
            "被绑定人民族组",
            "As read on the member's papers",
            nullable=True,
            values=("han", "minority"),
        ),
        text("stage", "办理阶段", "How far it came", values=tuple(Stage)),
        text(
            "outcome", "结果；办理中为空", "Empty while under way", nullable=True, values=OUTCOMES
        ),
        text(
            "machine_outcome", "机器结果", "What the machine said", nullable=True, values=OUTCOMES
        ),
        text(
            "decided_by",
            "由谁决定",
            "Whose word the outcome is",
            nullable=True,
            values=("machine", "person"),
        ),
        text(
            "proof_class",
            "通过所凭证明类别",
            "Class of proof of an approval; empty otherwise",
            nullable=True,
            values=tuple(ProofClass),
        ),
        text("policy_version", "政策版本", "Version of the policy", nullable=True),
    ),
)
DOCUMENTS: Final = DatasetTable(
    name="documents",
    zh="材料：每份读得如何，不含内容",
    en="One row a paper: how well it was read, never what it says",
    columns=(
        _MAYBE_CASE,
        _PAPER,
        text("kind", "材料类型", "Kind of paper", values=tuple(DocumentKind)),
        number("kind_confidence", "类型置信度", "0 to 1"),
        integer("page", "文件页码", "Page of its file, from 1"),
        integer("part", "页内第几份", "Which paper of that page, from 1"),
        number("blur", "模糊度", "0 sharp to 1", nullable=True),
        number("glare", "反光比例", "Share of the page, 0 to 1", nullable=True),
        number("glyph_height_px", "字高", "Median height of a line, pixels", nullable=True),
        integer("rotation", "旋转角度", "Degrees clockwise that were undone", nullable=True),
        integer("corners_visible", "可见页角", "0 to 4", nullable=True),
        flag("seal", "见红章", "A red seal was seen", nullable=True),
        flag("colour", "彩色", "False for a black-and-white copy", nullable=True),
        integer("fields_read", "读出字段数", "Fields with a value"),
        number("mean_confidence", "平均置信度", "Of its fields, 0 to 1", nullable=True),
        number("seconds", "识别用时", "Processor seconds"),
        text("engine", "识别引擎", "Names and versions"),
    ),
)
FIELDS_READ: Final = DatasetTable(
    name="fields",
    zh="字段：每个字段读得多稳、有无更正，不含内容",
    en="One row a field of a paper: how surely it was read, if people corrected it; no value",
    columns=(
        _MAYBE_CASE,
        _PAPER,
        text("kind", "材料类型", "Kind of paper", values=tuple(DocumentKind)),
        text("field", "字段", "Name of the field"),
        number("confidence", "置信度", "0 to 1"),
        text("tier", "可信级别", "How far it could be relied on", values=tuple(FieldTier)),
        flag("second_agreed", "第二引擎一致", "Empty where it did not look", nullable=True),
        flag("corrected", "人工更正过", "A person read something else"),
        text("engine", "识别引擎", "Names and versions"),
    ),
)
CHECKS: Final = DatasetTable(
    name="checks",
    zh="核验规则：每条规则的回答",
    en="One row a check: passed, failed, or cannot tell",
    columns=(
        _MAYBE_CASE,
        text("check", "规则", "Name of the check"),
        text("verdict", "回答", "Its answer", values=tuple(CheckVerdict)),
    ),
)
FINDINGS: Final = DatasetTable(
    name="findings",
    zh="审核意见：提示、现行、被推翻的分开",
    en="One row a finding; notes, those in force and those that a person overruled stand apart",
    columns=(
        _MAYBE_CASE,
        integer("ordinal", "序号", "Place among the round's findings, from 0"),
        day("received_on", "收件日", "As in applications"),
        text("code", "原因代码", "Reason code"),
        text("severity", "程度", "Severity", values=tuple(Severity)),
        flag("note", "仅为提示", "It only tells, and decides nothing"),
        text("verdict", "依据", "Failed, or could not tell", values=tuple(CheckVerdict)),
        text("subject", "涉及谁", "Whom it is about", nullable=True, values=tuple(Subject)),
        text(
            "kind",
            "材料类型",
            "Kind of paper that shows it; empty where none does, or where it would single out",
            nullable=True,
        ),
        text("origin", "来自", "Who raised it", values=("machine", "person")),
        flag(
            "in_force", "现行", "It belongs to the outcome as it stands; notes are never in force"
        ),
        flag("overruled", "被人工推翻", "A person decided, and not for this reason"),
        text("outcome", "该轮结果", "The round's outcome", nullable=True, values=OUTCOMES),
    ),
)
KINSHIP: Final = DatasetTable(
    name="kinship",
    zh="亲属关系推定：凭何规则",
    en="One row a round: what the papers say about the relation, and by which rule",
    columns=(
        _MAYBE_CASE,
        text("answer", "结论", "About the claim", values=tuple(KinshipAnswer)),
        text("derived", "推得关系", "Every relation left possible, joined by +"),
        text("path", "推定路径", "Kinds of paper that carry it, joined by +; empty for none"),
        flag("certified", "证明文件自足", "Certificates prove it by themselves"),
        text("ambiguities", "疑点", "Doubts in the way, K1 to K11, joined by +"),
        text("presumed", "政策排除的疑点", "Doubts that the policy sets aside, joined by +"),
    ),
)
FACES: Final = DatasetTable(
    name="faces",
    zh="人脸比对：区间与质量，不含分数",
    en="One row a round with a face verdict: band and quality; no score",
    columns=(
        _MAYBE_CASE,
        flag("compared", "已比对", "A comparison was made"),
        text("band", "区间", "Its band", nullable=True, values=tuple(FaceBand)),
        text("reason", "未比对或降级的原因", "Why not, or why lowered", nullable=True),
        flag("sharp", "清晰", "Sharp enough for the engine", nullable=True),
        flag("copied", "疑似翻用证件照", "The selfie is probably the card's own picture"),
        integer("faces", "自拍中人脸数", "Faces in the selfie", nullable=True),
        text("engine", "比对引擎", "Name and version; empty for none"),
        text("thresholds", "阈值版本", "Version of the bands; empty for none"),
    ),
)
TIMINGS: Final = DatasetTable(
    name="timings",
    zh="用时：机器、等待、总计",
    en="One row a round: how long it took, in hours and processor seconds",
    columns=(
        _MAYBE_CASE,
        number("reading_seconds", "识别用时", "Processor seconds of reading"),
        number("hours_to_outcome", "到结果", "From receipt to outcome", nullable=True),
        number("hours_in_review", "人工阶段", "Before people, to their decision", nullable=True),
        flag("within_term", "期限内", "People decided by the end of the term", nullable=True),
    ),
)
