"""The codes of the system in the reader's words: no page shows a code where it has a name."""

from types import MappingProxyType
from typing import Final

from models.reading.document import DocumentKind
from models.reading.field_name import field_zh

_CHOICES: Final = MappingProxyType(
    {
        # outcomes, states, answers
        "approved": ("通过", "approved"),
        "returned": ("退回补件", "returned"),
        "in_review": ("人工审核", "in review"),
        "rejected": ("拒绝", "rejected"),
        "decided": ("已决定", "decided"),
        "needs_second": ("待第二人复核", "needs a second person"),
        "needs_senior": ("待主管处理", "needs a senior"),
        "failed": ("不符", "failed"),
        "cannot_tell": ("存疑", "in doubt"),
        "passed": ("通过", "passed"),
        "proven": ("已证明", "proven"),
        "contradicted": ("与材料矛盾", "contradicted"),
        "not_determined": ("未能确定", "not determined"),
        "match": ("同一人", "match"),
        "unsure": ("不确定", "unsure"),
        "mismatch": ("非同一人", "mismatch"),
        # people and relations
        "applicant": ("申请人", "applicant"),
        "member": ("被绑定人", "member"),
        "application": ("申请", "application"),
        "guardian": ("监护人", "guardian"),
        "mother": ("母亲", "mother"),
        "spouse": ("配偶", "spouse"),
        "parent": ("父母", "parent"),
        "child": ("子女", "child"),
        "sibling": ("兄弟姐妹", "sibling"),
        "grandparent": ("祖父母、外祖父母", "grandparent"),
        "grandchild": ("孙子女、外孙子女", "grandchild"),
        "other": ("其他", "other"),
        # the form
        "family_account": ("亲情账户", "family account"),
        "mutual_aid": ("家庭共济", "mutual aid"),
        "id_number": ("身份证号码", "ID number"),
        "hukou": ("户口簿", "hukou book"),
        "birth_certificate": ("出生医学证明", "birth certificate"),
        "marriage_certificate": ("结婚证", "marriage certificate"),
        "kinship_notarial": ("亲属关系公证书", "notarial certificate of kinship"),
        "national_app": ("国家医保服务平台", "national app"),
        "alipay_mini_program": ("支付宝小程序", "Alipay mini-program"),
        "wechat_account": ("微信公众号", "WeChat account"),
        "local_app": ("地方医保应用", "local app"),
        "employer": ("用人单位", "employer"),
        "kiosk": ("自助终端", "kiosk"),
        "website": ("网上服务大厅", "website"),
        "counter": ("经办窗口", "counter"),
        "face": ("人脸", "face"),
        "remote_authorization": ("远程授权", "remote authorization"),
        "non_face": ("非人脸方式", "without a face"),
        "none": ("无需", "not needed"),
        "employee": ("职工医保", "employee scheme"),
        "resident": ("居民医保", "resident scheme"),
        "notice": ("告知书", "notice"),
        "commitment": ("承诺书", "commitment"),
        "true": ("是", "yes"),
        "false": ("否", "no"),
        "machine": ("系统", "machine"),
    }
)
_FORM: Final = MappingProxyType(
    {
        "identity_route": "本人意愿核验",
        "product": "业务",
        "region": "地区",
        "channel": "渠道",
        "binding_method": "绑定方式",
        "submitted_at": "提交时间",
        "consents": "授权",
        "documents": "材料",
        "birth_certificate_number": "出生医学证明编号",
        "incapacitated": "失能",
        "real_name_verified_at": "实名认证时间",
        "filing_id": "备案号",
        "identity_document": "证件",
        "number": "号码",
        "kind": "种类",
        "round": "提交次数",
        "objection": "异议",
        "to_round": "针对的提交",
        "text": "内容",
        "member": "被绑定人",
        "applicant": "申请人",
        "application_id": "申请编号",
        "schema_version": "表单版本",
        "name": "姓名",
        "file": "文件",
        "person": "人员",
    }
)
"""What stands on the form alone; papers' fields have their words in `models.reading.field_name`."""
_SHORT_KINDS: Final = MappingProxyType(
    {
        DocumentKind.ID_CARD_PORTRAIT: ("身份证人像面", "ID card"),
        DocumentKind.ID_CARD_EMBLEM: ("身份证国徽面", "ID emblem"),
        DocumentKind.HUKOU_COVER: ("户口簿首页", "hukou cover"),
        DocumentKind.HUKOU_MEMBER: ("户口登记卡", "hukou page"),
        DocumentKind.BIRTH_CERTIFICATE: ("出生证明", "birth certificate"),
        DocumentKind.SELFIE: ("本人自拍照", "selfie"),
        DocumentKind.COMMITMENT_LETTER: ("承诺书", "commitment"),
        DocumentKind.MARRIAGE_CERTIFICATE: ("结婚证", "marriage"),
        DocumentKind.KINSHIP_NOTARIAL: ("关系公证书", "notarial"),
        DocumentKind.INSURANCE_CERTIFICATE: ("参保凭证", "insurance"),
        DocumentKind.INCAPACITY_CERTIFICATE: ("失能证明", "incapacity"),
        DocumentKind.OTHER: ("其他材料", "other"),
    }
)
_CODED: Final = (
    "identity_route",
    "relationship",
    "product",
    "channel",
    "binding_method",
    "insurance_type",
    "incapacitated",
    "signed",
    "kind",
    "person",
)
"""Fields whose values are codes, wherever they stand."""
_FACE_REASONS: Final = MappingProxyType(
    {
        "no face in the selfie": "本人自拍照中未找到人脸",
        "no face in the portrait": "证件照中未找到人脸",
        "no face found": "未找到人脸",
        "the selfie is nearly the portrait itself": "本人自拍照与证件照几乎相同，疑为翻拍",
        "another person of the case is as near": "与本案另一人同样接近",
        "the second engine disagrees": "第二引擎的结论不同",
        "no face engine is installed": "未安装人脸比对引擎",
        "the first face engine is missing": "主用人脸比对引擎不可用",
        "another route was chosen": "申请选择了其他核验方式",
        "no separate consent": "没有单独的人脸授权",
        "the member's age is not known": "无法得知被绑定人的年龄",
        "a minor needs no face check": "未成年人无需人脸核验",
    }
)


def counted(number: int, noun: str) -> str:
    """So many of something, in English."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def say(language: str, zh: str, en: str) -> str:
    """What is in the reader's language."""
    return en if language == "en" else zh


def choice_word(language: str, code: str | None) -> str:
    """A code in words; one without words stands for itself, readable."""
    if not code:
        return ""
    return say(language, *_CHOICES.get(code, (code, code.replace("_", " "))))


def field_word(language: str, name: str) -> str:
    """A field of a paper or of the form (`member.name`) in the reader's language."""
    role, _, plain = name.rpartition(".")
    if language == "en":
        return name.replace("_", " ").replace(".", " ")
    word = field_zh(plain)
    if word == plain:
        word = _FORM.get(plain, plain)
    return f"{choice_word(language, role)}{word}" if role in {"applicant", "member"} else word


def value_word(language: str, field: str | None, value: str) -> str:
    """A value as it stands on a paper; a code of the form in the reader's language."""
    plain = (field or "").rpartition(".")[2]
    return choice_word(language, value) if plain in _CODED else value


def kind_word(language: str, kind: str) -> str:
    """The short name of a kind of paper, for a tab."""
    return say(language, *_SHORT_KINDS[DocumentKind(kind)])


def face_word(language: str, reason: str) -> str:
    """Why faces were not compared, or why the band was lowered."""
    return reason if language == "en" else _FACE_REASONS.get(reason, "其他原因")
