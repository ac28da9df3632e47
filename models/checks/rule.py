"""The rules of the field, R01 to R35: what must hold, in our own words.

They are no reason codes: a code tells an applicant what is wrong, a rule says what is demanded.
"""

from enum import StrEnum
from types import MappingProxyType
from typing import Final, NamedTuple


class Wording(NamedTuple):
    """A rule in both languages."""

    zh: str
    en: str


class Rule(StrEnum):
    """Every rule, by its number."""

    TWO_PRODUCTS = "R01"
    BINDING_METHOD = "R02"
    OTHER_IDENTITY_DOCUMENTS = "R03"
    REAL_NAME = "R04"
    NOTICE_AGREED = "R05"
    FORM_COMPLETE = "R06"
    COMMITMENT_SIGNED = "R07"
    BOTH_CARD_SIDES = "R08"
    HUKOU_PAGES = "R09"
    PROOF_FOR_MINORS = "R10"
    PROOF_FOR_ADULTS = "R11"
    NO_FACE_OF_MINORS = "R12"
    RECENT_SELFIE = "R13"
    OWN_FACE = "R14"
    ALTERNATIVE_TO_FACE = "R15"
    REMOTE_AUTHORISATION = "R16"
    INCAPACITY_CERTIFIED = "R17"
    INSURED_ELSEWHERE = "R18"
    EMPLOYER_LIST = "R19"
    HENAN_ONE_EMPLOYEE = "R20"
    CHONGQING_CHANNELS = "R21"
    NANNING_CHANNELS = "R22"
    ACROSS_CHANNELS = "R23"
    BEIJING_FILING = "R24"
    COUNTERS = "R25"
    REVIEW_TERM = "R26"
    OWN_CARD = "R27"
    ELIGIBLE_RELATIONSHIPS = "R28"
    TRUE_AND_CONSISTENT = "R29"
    NO_LENDING = "R30"
    OWN_SHARES_ONLY = "R31"
    INSURED = "R32"
    UNBINDING = "R33"
    LIMITS = "R34"
    JIANGSU_SPOUSE = "R35"


RULES: Final = MappingProxyType(
    {
        Rule.TWO_PRODUCTS: Wording(
            "亲情账户与家庭共济是两项业务，须分别申请",
            "Family account and mutual aid are two products, asked for separately",
        ),
        Rule.BINDING_METHOD: Wording(
            "绑定方式为身份证号或出生医学证明",
            "A member is bound by ID number or by birth certificate",
        ),
        Rule.OTHER_IDENTITY_DOCUMENTS: Wording(
            "部分地区可用其他证件绑定，均由人工办理",
            "Some places bind by another identity document, always by a person",
        ),
        Rule.REAL_NAME: Wording(
            "申请人须实名登录并激活医保电子凭证",
            "The applicant is logged in under the verified real name",
        ),
        Rule.NOTICE_AGREED: Wording(
            "须先阅读并同意《家庭成员添加告知书》", "The notice is read and agreed to first"
        ),
        Rule.FORM_COMPLETE: Wording(
            "须填写家庭成员的姓名、号码和关系",
            "The form gives the member's name, number and relation",
        ),
        Rule.COMMITMENT_SIGNED: Wording(
            "须签署个人承诺书，内容与申请一致",
            "The commitment is signed and says what the form says",
        ),
        Rule.BOTH_CARD_SIDES: Wording(
            "须有被绑定人身份证正反两面", "Both sides of the member's ID card are there"
        ),
        Rule.HUKOU_PAGES: Wording(
            "须有申请人与被绑定人的户口登记卡",
            "The hukou pages of applicant and member are there",
        ),
        Rule.PROOF_FOR_MINORS: Wording(
            "未成年人：出生医学证明、户口簿、关系公证书任选其一",
            "For a minor: one of birth certificate, hukou book, notarial certificate",
        ),
        Rule.PROOF_FOR_ADULTS: Wording(
            "成年人：户口簿与人脸核验", "For an adult: hukou book and face"
        ),
        Rule.NO_FACE_OF_MINORS: Wording("未成年人不作人脸核验", "No face is compared of a minor"),
        Rule.RECENT_SELFIE: Wording(
            "人脸核验用近期本人自拍照", "The face check uses a recent bare-headed photograph"
        ),
        Rule.OWN_FACE: Wording(
            "人脸核验的是被绑定人本人，即其授权",
            "The face that is checked is the member's own, as the member's authorisation",
        ),
        Rule.ALTERNATIVE_TO_FACE: Wording(
            "不能作人脸核验的，另有办法，由人工办理",
            "Who cannot show a face has another way, through a person",
        ),
        Rule.REMOTE_AUTHORISATION: Wording(
            "60周岁以上可远程授权", "From 60 on a remote authorisation will do"
        ),
        Rule.INCAPACITY_CERTIFIED: Wording("失能人员须有医学证明", "An incapacity is certified"),
        Rule.INSURED_ELSEWHERE: Wording(
            "跨省参保的另交参保凭证",
            "Insured in different provinces: an insurance certificate besides",
        ),
        Rule.EMPLOYER_LIST: Wording(
            "单位经办的，由单位汇总材料并附清单",
            "An employer collects the papers and hands them in with a list",
        ),
        Rule.HENAN_ONE_EMPLOYEE: Wording(
            "河南：一人只能被一名职工绑定", "Henan: one person is bound by one employee only"
        ),
        Rule.CHONGQING_CHANNELS: Wording(
            "重庆：微信公众号或区县窗口办理，亦可取消",
            "Chongqing: by the WeChat account or at a counter, cancelling too",
        ),
        Rule.NANNING_CHANNELS: Wording(
            "南宁：自助机、应用或网站，凭身份证或社会保障卡",
            "Nanning: kiosk, app or website, with ID card or social-security card",
        ),
        Rule.ACROSS_CHANNELS: Wording(
            "支付宝小程序与国家平台等效，跨渠道不得重复",
            "The Alipay mini-programme counts as the platform; no doubles across channels",
        ),
        Rule.BEIJING_FILING: Wording(
            "北京：家庭共济须先备案", "Beijing: mutual aid is filed before it is used"
        ),
        Rule.COUNTERS: Wording(
            "窗口、热线亦可办理，核验相同", "Counters are open too, with the same checks"
        ),
        Rule.REVIEW_TERM: Wording(
            "1至3个工作日内审核", "Reviewed within one to three working days"
        ),
        Rule.OWN_CARD: Wording(
            "通过后成员持本人卡码结算", "After approval members settle with their own card"
        ),
        Rule.ELIGIBLE_RELATIONSHIPS: Wording(
            "可绑定的亲属以业务、地区和日期为准",
            "Who may be bound depends on product, place and day",
        ),
        Rule.TRUE_AND_CONSISTENT: Wording(
            "材料须真实，前后一致", "The papers are true and agree with one another"
        ),
        Rule.NO_LENDING: Wording("不得出借凭证冒名使用", "Nobody lends the voucher to another"),
        Rule.OWN_SHARES_ONLY: Wording(
            "资金只用于合规的个人负担费用", "The money pays compliant own shares only"
        ),
        Rule.INSURED: Wording(
            "被绑定人已参保；共济的授权人为职工医保",
            "The member is insured; who pools has employee insurance",
        ),
        Rule.UNBINDING: Wording("可以解绑、取消", "A binding can be undone"),
        Rule.LIMITS: Wording("绑定人数有上限", "The number of bindings is limited"),
        Rule.JIANGSU_SPOUSE: Wording(
            "江苏：夫妻一方申请，另一方须确认", "Jiangsu: the other spouse confirms"
        ),
    }
)
"""Every rule with its wording."""
