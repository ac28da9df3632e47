"""The catalogue of reasons: every code with its title, its weight and whether it can be mended.

Codes and titles are the field's (return and rejection reasons). A title names the matter for
people of the office; what applicants are told stands in `tasks/wording`.
"""

from types import MappingProxyType
from typing import Final

from models.checks.reason import Reason, ReasonEntry, Severity


def _error(zh: str, en: str, *, final: bool = False) -> ReasonEntry:
    return ReasonEntry(zh=zh, en=en, severity=Severity.ERROR, repairable=not final)


def _warning(zh: str, en: str, *, final: bool = False) -> ReasonEntry:
    return ReasonEntry(zh=zh, en=en, severity=Severity.WARNING, repairable=not final)


def _info(zh: str, en: str) -> ReasonEntry:
    return ReasonEntry(zh=zh, en=en, severity=Severity.INFO, repairable=False)


REASONS: Final = MappingProxyType(
    {
        Reason.PRODUCT_UNCLEAR: _error(
            "办理业务类型不明确（亲情账户/家庭共济）", "Product not stated or not offered"
        ),
        Reason.BINDING_METHOD_UNSUPPORTED: _error("绑定方式不支持", "Binding method not supported"),
        Reason.REAL_NAME_NOT_VERIFIED: _error(
            "申请人未完成实名认证", "Applicant not real-name verified"
        ),
        Reason.EMPLOYER_BATCH_INCOMPLETE: _error("单位批量清单不完整", "Employer batch incomplete"),
        Reason.CHANNEL_NOT_OFFERED: _error(
            "当地不开通该渠道", "Channel not available in this region", final=True
        ),
        Reason.POOLING_NOT_FILED: _error("家庭共济未备案", "Pooling not filed"),
        Reason.MEMBER_NOT_INSURED: _error("被绑定人未参加基本医保", "Bound person not insured"),
        Reason.APPLICANT_WITHOUT_EMPLOYEE_ACCOUNT: _error(
            "申请人非职工医保或无个人账户", "Applicant has no employee account", final=True
        ),
        Reason.NOTICE_NOT_AGREED: _error(
            "未同意告知书或同意已撤回", "Notice not agreed or withdrawn"
        ),
        Reason.COMMITMENT_MISSING: _error("承诺书缺失", "Commitment letter missing"),
        Reason.COMMITMENT_INCONSISTENT: _error(
            "承诺书未签名或内容不符", "Commitment unsigned or inconsistent"
        ),
        Reason.CONFIRMATION_MISSING: _error(
            "缺少监护人或配偶确认", "Guardian or spouse confirmation missing"
        ),
        Reason.NAME_MALFORMED: _error("姓名缺失或含非法字符", "Name missing or malformed"),
        Reason.ID_NUMBER_INVALID: _error("公民身份号码格式或校验码错误", "ID number invalid"),
        Reason.BIRTH_DATE_INVALID: _error("出生日期无效", "Birth date invalid"),
        Reason.CERTIFICATE_NUMBER_MALFORMED: _error(
            "出生医学证明编号格式错误", "Birth-certificate number malformed"
        ),
        Reason.RELATIONSHIP_NOT_STATED: _error("亲属关系未选择", "Relation not given"),
        Reason.PORTRAIT_SIDE_MISSING: _error(
            "缺少身份证人像面", "Portrait side of the ID card missing"
        ),
        Reason.EMBLEM_SIDE_MISSING: _error(
            "缺少身份证国徽面", "Emblem side of the ID card missing"
        ),
        Reason.SAME_SIDE_TWICE: _error("身份证同一面重复上传", "Same side of the ID card twice"),
        Reason.DOCUMENT_UNUSABLE: _error(
            "上传的材料类型不符或文件无法使用", "Wrong document type or unusable file"
        ),
        Reason.APPLICANT_HUKOU_PAGE_MISSING: _error(
            "缺少申请人户口登记卡", "Applicant's hukou page missing"
        ),
        Reason.MEMBER_HUKOU_PAGE_MISSING: _error(
            "缺少被绑定人户口登记卡", "Member's hukou page missing"
        ),
        Reason.HUKOU_COVER_MISSING: _warning("缺少户口簿首页", "Hukou cover page missing"),
        Reason.SEAL_OR_COLOUR_MISSING: _warning(
            "户口页未见印章或为黑白件", "No seal, or a black-and-white copy"
        ),
        Reason.COLLECTIVE_HOUSEHOLD: _error(
            "集体户无法证明亲属关系", "A collective household proves no relationship"
        ),
        Reason.RELATIONSHIP_PROOF_MISSING: _error(
            "缺少关系证明（出生证/户口簿/公证书任一）", "No proof of relationship"
        ),
        Reason.INCAPACITY_CERTIFICATE_MISSING: _error(
            "缺少失能医学证明或已过期", "Incapacity certificate missing or expired"
        ),
        Reason.INSURANCE_CERTIFICATE_MISSING: _error(
            "跨省缺少社保证明", "Insurance certificate for another province missing"
        ),
        Reason.ID_CARD_EXPIRED: _error("身份证已过有效期", "ID card expired"),
        Reason.VALIDITY_TERM_IMPLAUSIBLE: _warning(
            "身份证有效期与年龄不符", "Validity term inconsistent with age"
        ),
        Reason.HUKOU_PAGE_CANCELLED: _error("户口页已注销或迁出", "Hukou page cancelled"),
        Reason.PICTURE_BLURRED: _error("图像模糊", "Blurred picture"),
        Reason.GLARE_OR_DARK: _error("反光或过暗", "Glare or too dark"),
        Reason.CROPPED_OR_COVERED: _error("边角不完整或遮挡", "Cropped or covered"),
        Reason.SCREEN_OR_COPY: _warning(
            "疑似翻拍屏幕或复印件", "Possibly a screen recapture or a copy"
        ),
        Reason.FIELD_UNREADABLE: _warning("关键字段无法识别", "Key field unreadable"),
        Reason.RESOLUTION_TOO_LOW: _error("分辨率过低", "Resolution too low"),
        Reason.POSSIBLY_EDITED: _warning("疑似涂改或拼接", "Possibly edited", final=True),
        Reason.NAMES_DIFFER: _error("姓名不一致", "Names differ between documents"),
        Reason.BIRTH_DATES_DIFFER: _error("出生日期不一致", "Birth dates differ"),
        Reason.SEX_OR_NUMBER_CONFLICT: _error(
            "性别或公民身份号码不一致", "Sex or ID number conflicts"
        ),
        Reason.CARD_SIDES_MAY_DIFFER: _warning(
            "身份证两面疑似不属同一证件", "The two sides may not belong together"
        ),
        Reason.HOUSEHOLDS_DIFFER: _error(
            "户号或户主姓名不一致", "Household number or householder differ"
        ),
        Reason.CERTIFICATE_NAMES_OTHER_PARENTS: _error(
            "出生证父母信息与申请人不符", "Parents on the certificate are not the applicant"
        ),
        Reason.CERTIFICATE_CONTRADICTS_ITSELF: _warning(
            "出生证版本、编号或日期矛盾",
            "Certificate version, number or dates conflict",
            final=True,
        ),
        Reason.CHANGE_NOT_VERIFIED: _warning(
            "登记事项有变更未核实", "A changed entry is not verified"
        ),
        Reason.AGE_GAP_IMPLAUSIBLE: _warning("年龄差不合常理", "Age gap implausible"),
        Reason.BELOW_MARRIAGE_AGE: _warning("未达法定婚龄", "Below the legal age of marriage"),
        Reason.DOCUMENT_USED_ELSEWHERE: _warning(
            "材料与其他申请重复", "Document used in another case", final=True
        ),
        Reason.ID_NUMBER_USED_BY_ANOTHER: _error(
            "同一证件号码对应多名人员", "One number, several persons", final=True
        ),
        Reason.FACE_USED_BY_ANOTHER: _warning(
            "同一人脸对应多个身份", "One face, several identities", final=True
        ),
        Reason.RELATIONSHIP_NOT_ELIGIBLE: _error(
            "亲属关系不在可绑定范围", "Relation not eligible", final=True
        ),
        Reason.RELATIONSHIP_CONTRADICTED: _error(
            "填报关系与材料不符", "Claimed relation contradicts the documents"
        ),
        Reason.RELATIONSHIP_NOT_DETERMINED: _warning(
            "关系无法由户口簿唯一确定", "The hukou book does not determine the relation"
        ),
        Reason.FACE_NOT_MATCHED: _warning("人脸比对未通过", "Face does not match"),
        Reason.NOT_ONE_FACE: _error("未检测到人脸或多张人脸", "No face, or several faces"),
        Reason.SELFIE_UNUSABLE: _error("人像照片不合格", "Portrait photo not acceptable"),
        Reason.FACE_CONSENT_MISSING: _error(
            "未取得人脸信息单独同意", "No separate consent for the face"
        ),
        Reason.MINOR_WITHOUT_FACE: _info("未成年人无需人脸验证", "A minor needs no face check"),
        Reason.VERIFICATION_WITHOUT_FACE: _info(
            "申请非人脸方式核验", "Verification without a face requested"
        ),
        Reason.APPLICANT_LIMIT_REACHED: _error(
            "绑定人数超过上限", "Applicant's limit reached", final=True
        ),
        Reason.MEMBER_LIMIT_REACHED: _error(
            "被绑定人已被他人绑定至上限", "Member's limit reached", final=True
        ),
        Reason.ALREADY_BOUND: _error(
            "已存在有效绑定或重复申请", "Already bound, or a duplicate", final=True
        ),
        Reason.NOTHING_TO_UNBIND: _error(
            "无可解除的绑定或未满规定期限", "Nothing to unbind, or too early", final=True
        ),
        Reason.SPOUSE_OR_PARENT_CONFLICT: _warning(
            "配偶/父母绑定数量冲突", "Spouse or parent count conflict"
        ),
        Reason.BINDING_ONESELF: _error("不能绑定本人", "Cannot bind oneself", final=True),
        Reason.DIVISION_UNKNOWN: _info("行政区划代码未收录", "Division code unknown"),
        Reason.REVIEW_OVERDUE: _info("审核超时", "Review deadline passed"),
        Reason.RETURN_NOT_ANSWERED: _error("补件逾期未交", "Supplement not received in time"),
    }
)
"""Every code with its entry; its test holds it complete."""
