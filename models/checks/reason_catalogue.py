"""The catalogue of reasons: every code with its words, its weight and what a person can do.

Codes and titles are the field's (return and rejection reasons); the advice is ours. A title says
what is wrong, the advice says the next step, both without any personal value.
"""

from types import MappingProxyType
from typing import Final

from models.checks.reason import Reason, ReasonEntry, Severity

_DOUBT: Final = (
    "机器无法确定，工作人员将人工核对，您暂时无需操作。",
    "The machine cannot tell; a reviewer will look at it. You need not do anything now.",
)
_PERSON: Final = (
    "工作人员将人工核对，您暂时无需操作。",
    "A reviewer will look at it. You need not do anything now.",
)
NOTE: Final = ("仅作提示，不影响办理。", "For information only; it does not affect the outcome.")


def _error(zh: str, en: str, advice_zh: str, advice_en: str, *, final: bool = False) -> ReasonEntry:
    return ReasonEntry(
        zh=zh,
        en=en,
        severity=Severity.ERROR,
        repairable=not final,
        advice=(advice_zh, advice_en),
        doubt=_DOUBT,
    )


def _warning(zh: str, en: str, *, final: bool = False) -> ReasonEntry:
    return ReasonEntry(
        zh=zh,
        en=en,
        severity=Severity.WARNING,
        repairable=not final,
        advice=_PERSON,
        doubt=_PERSON,
    )


def _info(zh: str, en: str) -> ReasonEntry:
    return ReasonEntry(
        zh=zh, en=en, severity=Severity.INFO, repairable=False, advice=NOTE, doubt=_PERSON
    )


REASONS: Final = MappingProxyType(
    {
        Reason.PRODUCT_UNCLEAR: _error(
            "办理业务类型不明确（亲情账户/家庭共济）",
            "Product not stated or not offered",
            "请选择要办理的业务后重新提交。",
            "Choose family account or mutual aid and submit again.",
        ),
        Reason.BINDING_METHOD_UNSUPPORTED: _error(
            "绑定方式不支持",
            "Binding method not supported",
            "请选择身份证号绑定或出生医学证明绑定。",
            "Choose binding by ID number or by birth certificate.",
        ),
        Reason.REAL_NAME_NOT_VERIFIED: _error(
            "申请人未完成实名认证",
            "Applicant not real-name verified",
            "请先完成实名认证再提交。",
            "Complete real-name verification, then submit again.",
        ),
        Reason.EMPLOYER_BATCH_INCOMPLETE: _error(
            "单位批量清单不完整",
            "Employer batch incomplete",
            "请单位经办人补齐批量清单。",
            "The employer's clerk completes the batch list.",
        ),
        Reason.CHANNEL_NOT_OFFERED: _error(
            "当地不开通该渠道",
            "Channel not available in this region",
            "请改用当地开通的渠道办理。",
            "Apply through a channel that this region offers.",
            final=True,
        ),
        Reason.POOLING_NOT_FILED: _error(
            "家庭共济未备案",
            "Pooling not filed",
            "请先在官方渠道备案，再提交。",
            "File the pooling in the official channel first.",
        ),
        Reason.MEMBER_NOT_INSURED: _error(
            "被绑定人未参加基本医保",
            "Bound person not insured",
            "请先参保，或补充参保凭证。",
            "Enrol the member first, or add the insurance certificate.",
        ),
        Reason.APPLICANT_WITHOUT_EMPLOYEE_ACCOUNT: _error(
            "申请人非职工医保或无个人账户",
            "Applicant has no employee account",
            "家庭共济须由职工医保参保人申请。",
            "Mutual aid must be asked for by a person with employee insurance.",
            final=True,
        ),
        Reason.NOTICE_NOT_AGREED: _error(
            "未同意告知书或同意已撤回",
            "Notice not agreed or withdrawn",
            "请阅读并同意《家庭成员添加告知书》。",
            "Read and agree to the notice.",
        ),
        Reason.COMMITMENT_MISSING: _error(
            "承诺书缺失",
            "Commitment letter missing",
            "请签署或上传《个人承诺书》。",
            "Sign or upload the commitment letter.",
        ),
        Reason.COMMITMENT_INCONSISTENT: _error(
            "承诺书未签名或内容不符",
            "Commitment unsigned or inconsistent",
            "请重新签署承诺书。",
            "Sign the commitment letter again.",
        ),
        Reason.CONFIRMATION_MISSING: _error(
            "缺少监护人或配偶确认",
            "Guardian or spouse confirmation missing",
            "请由监护人或配偶确认。",
            "Ask the guardian or the spouse to confirm.",
        ),
        Reason.NAME_MALFORMED: _error(
            "姓名缺失或含非法字符",
            "Name missing or malformed",
            "请按证件填写姓名。",
            "Enter the name as printed on the ID card.",
        ),
        Reason.ID_NUMBER_INVALID: _error(
            "公民身份号码格式或校验码错误",
            "ID number invalid",
            "请核对并重新填写18位公民身份号码。",
            "Check the 18-character ID number and enter it again.",
        ),
        Reason.BIRTH_DATE_INVALID: _error(
            "出生日期无效",
            "Birth date invalid",
            "请核对公民身份号码中的出生日期。",
            "Check the birth date inside the ID number.",
        ),
        Reason.CERTIFICATE_NUMBER_MALFORMED: _error(
            "出生医学证明编号格式错误",
            "Birth-certificate number malformed",
            "请填写1位字母加9位数字的证明编号。",
            "Enter the certificate number: one letter and nine digits.",
        ),
        Reason.RELATIONSHIP_NOT_STATED: _error(
            "亲属关系未选择",
            "Relation not given",
            "请选择被绑定人是您的什么人。",
            "Choose what the member is to you.",
        ),
        Reason.PORTRAIT_SIDE_MISSING: _error(
            "缺少身份证人像面",
            "Portrait side of the ID card missing",
            "请补拍身份证人像面。",
            "Photograph the portrait side of the ID card.",
        ),
        Reason.EMBLEM_SIDE_MISSING: _error(
            "缺少身份证国徽面",
            "Emblem side of the ID card missing",
            "请补拍身份证国徽面。",
            "Photograph the emblem side of the ID card.",
        ),
        Reason.SAME_SIDE_TWICE: _error(
            "身份证同一面重复上传",
            "Same side of the ID card twice",
            "请分别上传人像面和国徽面各一张。",
            "Upload one picture of each side.",
        ),
        Reason.DOCUMENT_UNUSABLE: _error(
            "上传的材料类型不符或文件无法使用",
            "Wrong document type or unusable file",
            "请按提示重新上传该材料的照片。",
            "Upload a photograph of the paper that was asked for.",
        ),
        Reason.APPLICANT_HUKOU_PAGE_MISSING: _error(
            "缺少申请人户口登记卡",
            "Applicant's hukou page missing",
            "请补拍申请人本人的常住人口登记卡页。",
            "Photograph the applicant's own hukou page.",
        ),
        Reason.MEMBER_HUKOU_PAGE_MISSING: _error(
            "缺少被绑定人户口登记卡",
            "Member's hukou page missing",
            "请补拍被绑定人的常住人口登记卡页。",
            "Photograph the member's hukou page.",
        ),
        Reason.HUKOU_COVER_MISSING: _warning("缺少户口簿首页", "Hukou cover page missing"),
        Reason.SEAL_OR_COLOUR_MISSING: _warning(
            "户口页未见印章或为黑白件", "No seal, or a black-and-white copy"
        ),
        Reason.COLLECTIVE_HOUSEHOLD: _error(
            "集体户无法证明亲属关系",
            "A collective household proves no relationship",
            "请补充出生医学证明、结婚证或关系公证书。",
            "Add a birth, marriage or notarial certificate.",
        ),
        Reason.RELATIONSHIP_PROOF_MISSING: _error(
            "缺少关系证明（出生证/户口簿/公证书任一）",
            "No proof of relationship",
            "请补充出生医学证明、户口簿或关系公证书之一。",
            "Add a birth certificate, the hukou book or a notarial certificate.",
        ),
        Reason.INCAPACITY_CERTIFICATE_MISSING: _error(
            "缺少失能医学证明或已过期",
            "Incapacity certificate missing or expired",
            "请补充有效的失能医学证明。",
            "Add a valid incapacity certificate.",
        ),
        Reason.INSURANCE_CERTIFICATE_MISSING: _error(
            "跨省缺少社保证明",
            "Insurance certificate for another province missing",
            "请补充被绑定人的参保凭证。",
            "Add the member's insurance certificate.",
        ),
        Reason.ID_CARD_EXPIRED: _error(
            "身份证已过有效期",
            "ID card expired",
            "请换领新证后重新拍照上传。",
            "Renew the ID card and photograph the new one.",
        ),
        Reason.VALIDITY_TERM_IMPLAUSIBLE: _warning(
            "身份证有效期与年龄不符", "Validity term inconsistent with age"
        ),
        Reason.HUKOU_PAGE_CANCELLED: _error(
            "户口页已注销或迁出",
            "Hukou page cancelled",
            "请提供现行有效的户口页。",
            "Send the page of the book that is now in force.",
        ),
        Reason.PICTURE_BLURRED: _error(
            "图像模糊",
            "Blurred picture",
            "请拿稳手机，对焦后重拍。",
            "Hold the phone still, let it focus and photograph again.",
        ),
        Reason.GLARE_OR_DARK: _error(
            "反光或过暗",
            "Glare or too dark",
            "请避开反光、光线均匀处重拍。",
            "Photograph again in even light without reflections.",
        ),
        Reason.CROPPED_OR_COVERED: _error(
            "边角不完整或遮挡",
            "Cropped or covered",
            "请将整页四角拍全、无遮挡后重拍。",
            "Photograph the whole page with all four corners, nothing covering it.",
        ),
        Reason.SCREEN_OR_COPY: _warning(
            "疑似翻拍屏幕或复印件", "Possibly a screen recapture or a copy"
        ),
        Reason.FIELD_UNREADABLE: _warning("关键字段无法识别", "Key field unreadable"),
        Reason.RESOLUTION_TOO_LOW: _error(
            "分辨率过低",
            "Resolution too low",
            "请靠近拍摄或上传原图。",
            "Move closer, or upload the original picture.",
        ),
        Reason.POSSIBLY_EDITED: _warning("疑似涂改或拼接", "Possibly edited", final=True),
        Reason.NAMES_DIFFER: _error(
            "姓名不一致",
            "Names differ between documents",
            "请核对填报姓名与证件，或上传正确的证件。",
            "Check the name entered against the papers, or upload the right papers.",
        ),
        Reason.BIRTH_DATES_DIFFER: _error(
            "出生日期不一致",
            "Birth dates differ",
            "请核对证件，或上传同一人的证件。",
            "Check the papers, or upload papers of the same person.",
        ),
        Reason.SEX_OR_NUMBER_CONFLICT: _error(
            "性别或公民身份号码不一致",
            "Sex or ID number conflicts",
            "请核对公民身份号码与证件，或上传同一人的证件。",
            "Check the ID number against the papers, or upload papers of the same person.",
        ),
        Reason.CARD_SIDES_MAY_DIFFER: _warning(
            "身份证两面疑似不属同一证件", "The two sides may not belong together"
        ),
        Reason.HOUSEHOLDS_DIFFER: _error(
            "户号或户主姓名不一致",
            "Household number or householder differ",
            "请上传同一本户口簿的页面，或补充其他关系证明。",
            "Upload pages of one book, or add another proof of relationship.",
        ),
        Reason.CERTIFICATE_NAMES_OTHER_PARENTS: _error(
            "出生证父母信息与申请人不符",
            "Parents on the certificate are not the applicant",
            "请核对出生医学证明，或补充其他关系证明。",
            "Check the birth certificate, or add another proof of relationship.",
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
            "同一证件号码对应多名人员",
            "One number, several persons",
            "请到经办窗口核实身份信息。",
            "Have the identity verified at the counter.",
            final=True,
        ),
        Reason.FACE_USED_BY_ANOTHER: _warning(
            "同一人脸对应多个身份", "One face, several identities", final=True
        ),
        Reason.RELATIONSHIP_NOT_ELIGIBLE: _error(
            "亲属关系不在可绑定范围",
            "Relation not eligible",
            "该亲属关系不能绑定；如有异议可申请人工复核。",
            "This relation cannot be bound; you may ask for a review by a person.",
            final=True,
        ),
        Reason.RELATIONSHIP_CONTRADICTED: _error(
            "填报关系与材料不符",
            "Claimed relation contradicts the documents",
            "请核对填报的关系，或补充能证明该关系的材料。",
            "Check the relation you entered, or add a paper that proves it.",
        ),
        Reason.RELATIONSHIP_NOT_DETERMINED: _warning(
            "关系无法由户口簿唯一确定", "The hukou book does not determine the relation"
        ),
        Reason.FACE_NOT_MATCHED: _warning("人脸比对未通过", "Face does not match"),
        Reason.NOT_ONE_FACE: _error(
            "未检测到人脸或多张人脸",
            "No face, or several faces",
            "请由本人单独、正面拍摄免冠照。",
            "Take a bare-headed photograph, facing the camera, alone in the picture.",
        ),
        Reason.SELFIE_UNUSABLE: _error(
            "人像照片不合格",
            "Portrait photo not acceptable",
            "请在光线充足处正面重拍清晰的免冠照。",
            "Take a sharp bare-headed photograph in good light, facing the camera.",
        ),
        Reason.FACE_CONSENT_MISSING: _error(
            "未取得人脸信息单独同意",
            "No separate consent for the face",
            "请单独同意人脸信息处理，或改用非人脸方式核验。",
            "Give separate consent for the face, or choose verification without it.",
        ),
        Reason.MINOR_WITHOUT_FACE: _info("未成年人无需人脸验证", "A minor needs no face check"),
        Reason.VERIFICATION_WITHOUT_FACE: _info(
            "申请非人脸方式核验", "Verification without a face requested"
        ),
        Reason.APPLICANT_LIMIT_REACHED: _error(
            "绑定人数超过上限",
            "Applicant's limit reached",
            "如需新增，请先解除已有绑定。",
            "Unbind somebody first.",
            final=True,
        ),
        Reason.MEMBER_LIMIT_REACHED: _error(
            "被绑定人已被他人绑定至上限",
            "Member's limit reached",
            "请由原绑定人先解除绑定。",
            "An earlier applicant has to unbind first.",
            final=True,
        ),
        Reason.ALREADY_BOUND: _error(
            "已存在有效绑定或重复申请",
            "Already bound, or a duplicate",
            "无需重复申请。",
            "There is no need to apply again.",
            final=True,
        ),
        Reason.NOTHING_TO_UNBIND: _error(
            "无可解除的绑定或未满规定期限",
            "Nothing to unbind, or too early",
            "请核对绑定记录。",
            "Check the record of bindings.",
            final=True,
        ),
        Reason.SPOUSE_OR_PARENT_CONFLICT: _warning(
            "配偶/父母绑定数量冲突", "Spouse or parent count conflict"
        ),
        Reason.BINDING_ONESELF: _error(
            "不能绑定本人",
            "Cannot bind oneself",
            "请填写家庭成员的信息。",
            "Enter a family member's data.",
            final=True,
        ),
        Reason.DIVISION_UNKNOWN: _info("行政区划代码未收录", "Division code unknown"),
        Reason.REVIEW_OVERDUE: _info("审核超时", "Review deadline passed"),
        Reason.RETURN_NOT_ANSWERED: _error(
            "补件逾期未交",
            "Supplement not received in time",
            "请重新提交申请。",
            "Submit the application again.",
        ),
    }
)
"""Every code with its entry; its test holds it complete."""
