"""Which rules each check enforces and which codes it can raise, and what no check covers.

The table is held to the code: no check may raise a code that it does not declare here, and every
rule and every code stands here at least once.
"""

from types import MappingProxyType
from typing import Final, NamedTuple

from models.checks.finding import Message
from models.checks.reason import Code
from models.checks.rule import Rule


class Declared(NamedTuple):
    """What one check is there for.

    Attributes:
        zh: The statement that should hold, in Chinese.
        rules: The rules that it enforces.
        codes: Everything that it can raise.
    """

    zh: str
    rules: tuple[Rule, ...]
    codes: tuple[Code, ...]


R, C = Rule, Code

DECLARED: Final = MappingProxyType(
    {
        "product_is_offered": Declared("业务在当地开办", (R.R01,), (C.A01,)),
        "binding_method_is_offered": Declared("绑定方式受支持", (R.R02, R.R03), (C.A02,)),
        "channel_is_offered": Declared(
            "渠道在当地开通", (R.R20, R.R21, R.R22, R.R23, R.R25), (C.A05,)
        ),
        "employer_batch_is_complete": Declared("单位清单完整", (R.R19,), (C.A04,)),
        "mutual_aid_is_filed": Declared("家庭共济已备案", (R.R24,), (C.A06,)),
        "applicant_is_verified": Declared("申请人已实名认证", (R.R04,), (C.A03,)),
        "names_are_well_formed": Declared("姓名填写规范", (R.R06,), (C.F01,)),
        "id_numbers_are_well_formed": Declared("号码格式与校验码正确", (R.R06,), (C.F02,)),
        "birth_dates_in_numbers_exist": Declared("号码中的出生日期真实", (R.R06,), (C.F03,)),
        "division_codes_are_known": Declared("号码中的行政区划有记录", (R.R06,), (C.W01,)),
        "birth_certificate_number_is_well_formed": Declared(
            "出生证编号格式正确", (R.R02, R.R06), (C.F04,)
        ),
        "relationship_is_given": Declared("已选择亲属关系", (R.R06,), (C.F05,)),
        "relationship_is_eligible": Declared("该亲属可以绑定", (R.R28,), (C.R01,)),
        "persons_are_two": Declared("不是绑定本人", (R.R28,), (C.B06,)),
        "member_is_insured": Declared("被绑定人已参保", (R.R32,), (C.A07,)),
        "applicant_has_employee_account": Declared("申请人有职工医保", (R.R32,), (C.A08,)),
        "notice_is_agreed": Declared("已同意告知书", (R.R05,), (C.C01,)),
        "commitment_is_made": Declared("已作承诺", (R.R07,), (C.C02,)),
        "commitment_letter_is_signed_and_consistent": Declared(
            "承诺书已签名且内容一致", (R.R07,), (C.C03,)
        ),
        "guardian_or_spouse_has_confirmed": Declared(
            "监护人或配偶已确认", (R.R12, R.R35), (C.C04,)
        ),
        "files_were_taken_in": Declared(
            "文件可以接收", (R.R06,), (C.A01, C.A02, C.A05, C.D04, C.F01, C.F05)
        ),
        "every_file_was_read": Declared("每个文件都已识读", (R.R29,), (C.Q05,)),
        "hints_are_right": Declared("材料种类与填报一致", (R.R08, R.R09), (C.D04,)),
        "pictures_are_good": Declared(
            "照片清晰完整",
            (R.R08, R.R09, R.R13, R.R29),
            (C.D04, C.D14, C.P02, C.P03, C.Q01, C.Q02, C.Q03, C.Q04, C.Q05, C.Q06, C.Q07),
        ),
        "needed_fields_were_read": Declared("所需字段均已识读", (R.R29,), (C.Q05,)),
        "required_papers_are_there": Declared(
            "要求的材料齐全",
            (R.R08, R.R09, R.R10, R.R11, R.R13, R.R22),
            (C.D01, C.D02, C.D10, C.D11, C.D20, C.P02),
        ),
        "both_sides_of_the_card_are_there": Declared("身份证两面各一张", (R.R08,), (C.D03,)),
        "hukou_cover_is_there": Declared("有户口簿首页", (R.R09,), (C.D12,)),
        "insurance_in_another_province_is_shown": Declared("跨省的有参保凭证", (R.R18,), (C.D31,)),
        "incapacity_is_certified": Declared("失能有医学证明", (R.R17,), (C.D30,)),
        "cards_are_in_force": Declared("身份证在有效期内", (R.R08,), (C.E01,)),
        "card_terms_fit_ages": Declared("身份证期限与年龄相符", (R.R08, R.R29), (C.E02,)),
        "sides_belong_together": Declared("身份证两面属同一证件", (R.R08,), (C.X04,)),
        "certificate_dates_fit": Declared("出生证日期与编号相符", (R.R29,), (C.X07,)),
        "pages_are_in_force": Declared("户口页未注销", (R.R09,), (C.E03,)),
        "changed_entries_are_verified": Declared("户口页无未核实的变更", (R.R29,), (C.X08,)),
        "names_agree": Declared("姓名一致", (R.R29,), (C.X01,)),
        "numbers_agree": Declared("号码一致", (R.R29,), (C.X03,)),
        "birth_dates_agree": Declared("出生日期一致", (R.R29,), (C.X02,)),
        "sexes_agree": Declared("性别与号码、称谓相符", (R.R29,), (C.X03,)),
        "certificate_is_the_child_s": Declared(
            "出生证属该子女", (R.R10, R.R29), (C.X02, C.X03, C.X06)
        ),
        "certificate_number_is_the_stated_one": Declared(
            "出生证编号与填报一致", (R.R02,), (C.X07,)
        ),
        "certificate_names_the_claimed_parent": Declared(
            "出生证载明该父母", (R.R10, R.R29), (C.X06,)
        ),
        "pages_lie_in_one_book": Declared("户口页同属一本", (R.R09,), (C.X05,)),
        "relationship_is_proven": Declared(
            "亲属关系得到证明", (R.R10, R.R11, R.R28), (C.D16, C.R02, C.R03)
        ),
        "notarial_certificate_carries_the_proof": Declared(
            "单凭公证书时其公证处、日期与印章可以确认", (R.R10, R.R29), (C.R03,)
        ),
        "ages_fit_the_relationship": Declared("年龄差合乎常理", (R.R29,), (C.X10,)),
        "spouses_were_of_age": Declared("登记时已达婚龄", (R.R29,), (C.X11,)),
        "spouses_are_married_by_their_pages": Declared(
            "户口页婚姻状况与配偶关系不矛盾", (R.R28, R.R29), (C.R03,)
        ),
        "householder_did_not_change": Declared("称谓对应同一户主", (R.R09, R.R29), (C.X05,)),
        "member_s_will_is_shown": Declared(
            "被绑定人本人同意",
            (R.R11, R.R12, R.R13, R.R14, R.R15, R.R16),
            (C.P01, C.P02, C.P03, C.P04, C.P05, C.P06),
        ),
        "handing_in_is_in_turn": Declared(
            "再次提交的是对退回的答复", (R.R06, R.R23), (C.B03, C.D04)
        ),
        "files_are_new": Declared("材料未用于他人", (R.R29,), (C.X20,)),
        "numbers_are_one_person_s": Declared("号码只属一人", (R.R29,), (C.X21,)),
        "faces_are_one_person_s": Declared("人像照片只属一人", (R.R29,), (C.X22,)),
        "applicant_may_bind_one_more": Declared("申请人未达上限", (R.R34,), (C.B01,)),
        "member_may_be_bound_once_more": Declared("被绑定人未达上限", (R.R20, R.R34), (C.B02,)),
        "binding_is_new": Declared("尚无有效绑定", (R.R23,), (C.B03,)),
        "spouse_is_the_only_one": Declared("配偶、父、母各只有一人", (R.R34,), (C.B05,)),
    }
)
"""Every check, by its name."""

ELSEWHERE: Final = MappingProxyType(
    {
        Code.S01: Message(
            zh="不由材料产生，由 watch-deadlines 流程按审核时限提出",
            en="Not from papers: the flow watch-deadlines escalates a review whose term is over",
        ),
        Code.S02: Message(
            zh="不由材料产生，由 watch-deadlines 流程按补件时限提出",
            en="Not from papers: the flow watch-deadlines ends a return that nobody answered",
        ),
        Code.B04: Message(
            zh="不由材料产生，由 kinbind unbind 提出",
            en="Not from papers: kinbind unbind refuses what is not bound, or not long enough",
        ),
    }
)
"""Codes that no check raises, and why."""

_BY_THE_FORM: Final = Message(
    zh="依据表单、同意记录或渠道，不经识读，不存在看不清",
    en="Told by the form, its consents or its channel; nothing is read that could be unclear",
)
_BY_THE_RECORDS: Final = Message(
    zh="依据在案记录的数目或加密指纹，相同即相同",
    en="Told by what is on file: counts and keyed hashes are the same or are not",
)
_BY_MEASURE: Final = Message(
    zh="依据图像的测量值，低于阈值即提出；识读无碍时仅作提示",
    en="A measure of the picture against a threshold; a note where everything was read",
)
NEVER_IN_DOUBT: Final = MappingProxyType(
    dict.fromkeys(
        (
            *(C.A01, C.A02, C.A03, C.A04, C.A06, C.C01, C.C02, C.C04),
            *(C.F01, C.F02, C.F03, C.F04, C.F05, C.R01, C.B06, C.P04, C.P05, C.W01),
        ),
        _BY_THE_FORM,
    )
    | dict.fromkeys((C.B01, C.B02, C.X21), _BY_THE_RECORDS)
    | dict.fromkeys((C.P03, C.Q06), _BY_MEASURE)
)
"""Errors and notes that are always told for certain, and why. A warning needs no such line: a
person decides wherever one is raised."""

NEVER_CERTAIN: Final = MappingProxyType(
    {
        C.Q05: Message(
            zh="没有读清不是申请人的过错，只交人工",
            en="That something was not read is nobody's fault; only a person is asked",
        ),
        C.X04: Message(
            zh="国徽面没有姓名，两面是否同属一证只能由人工判断",
            en="An emblem side names nobody; only a person can say whose it is",
        ),
        C.R03: Message(
            zh="材料未定的关系只交人工",
            en="What the papers leave open only a person can settle",
        ),
        C.P06: Message(
            zh="非人脸方式一律由人工核验",
            en="Another way than the face is always a person's to verify",
        ),
    }
)
"""Reasons that blame nobody, whatever is found, and why."""

NO_DOCUMENT_CHECK: Final = MappingProxyType(
    {
        Rule.R26: Message(
            zh="时限由审核队列按工作日计算",
            en="A term that the review queue counts in working days; no paper shows it",
        ),
        Rule.R27: Message(
            zh="属结算环节，通过后写入绑定记录即止",
            en="Settlement happens elsewhere; here the binding is written",
        ),
        Rule.R30: Message(
            zh="属使用环节，写入告知书与承诺书",
            en="About use; it stands in the notice and the commitment",
        ),
        Rule.R31: Message(
            zh="属资金使用，写入告知书与承诺书",
            en="About money; it stands in the notice and the commitment",
        ),
        Rule.R33: Message(
            zh="由 kinbind unbind 办理，不需材料核验",
            en="Done by kinbind unbind, which needs no papers",
        ),
    }
)
"""Rules that no paper can show, and why."""
