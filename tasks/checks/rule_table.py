"""Which rules each check enforces and which codes it can raise.

The table is held to the code: no check may raise a code that it does not declare here, and every
rule and every code stands here or in `rule_exceptions` at least once.
"""

from types import MappingProxyType
from typing import Final, NamedTuple

from models.checks.reason import Reason
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
    codes: tuple[Reason, ...]


R, C = Rule, Reason

DECLARED: Final = MappingProxyType(
    {
        "product_is_offered": Declared("业务在当地开办", (R.TWO_PRODUCTS,), (C.PRODUCT_UNCLEAR,)),
        "binding_method_is_offered": Declared(
            "绑定方式受支持",
            (R.BINDING_METHOD, R.OTHER_IDENTITY_DOCUMENTS),
            (C.BINDING_METHOD_UNSUPPORTED,),
        ),
        "channel_is_offered": Declared(
            "渠道在当地开通",
            (
                R.HENAN_ONE_EMPLOYEE,
                R.CHONGQING_CHANNELS,
                R.NANNING_CHANNELS,
                R.ACROSS_CHANNELS,
                R.COUNTERS,
            ),
            (C.CHANNEL_NOT_OFFERED,),
        ),
        "region_is_where_one_is_insured": Declared(
            "办理地是一方的参保地", (R.ELIGIBLE_RELATIONSHIPS, R.INSURED), (C.CHANNEL_NOT_OFFERED,)
        ),
        "employer_batch_is_complete": Declared(
            "单位清单完整", (R.EMPLOYER_LIST,), (C.EMPLOYER_BATCH_INCOMPLETE,)
        ),
        "mutual_aid_is_filed": Declared(
            "家庭共济已备案", (R.BEIJING_FILING,), (C.POOLING_NOT_FILED,)
        ),
        "applicant_is_verified": Declared(
            "申请人已实名认证", (R.REAL_NAME,), (C.REAL_NAME_NOT_VERIFIED,)
        ),
        "applicant_is_of_age": Declared(
            "申请人已成年", (R.COMMITMENT_SIGNED,), (C.CONFIRMATION_MISSING,)
        ),
        "names_are_well_formed": Declared("姓名填写规范", (R.FORM_COMPLETE,), (C.NAME_MALFORMED,)),
        "id_numbers_are_well_formed": Declared(
            "号码格式与校验码正确", (R.FORM_COMPLETE,), (C.ID_NUMBER_INVALID,)
        ),
        "birth_dates_in_numbers_exist": Declared(
            "号码中的出生日期真实", (R.FORM_COMPLETE,), (C.BIRTH_DATE_INVALID,)
        ),
        "division_codes_are_known": Declared(
            "号码中的行政区划有记录", (R.FORM_COMPLETE,), (C.DIVISION_UNKNOWN,)
        ),
        "people_hold_resident_cards": Declared(
            "双方均持居民身份证",
            (R.OTHER_IDENTITY_DOCUMENTS,),
            (C.ID_NUMBER_INVALID, C.PORTRAIT_SIDE_MISSING),
        ),
        "birth_certificate_number_is_well_formed": Declared(
            "出生证编号格式正确",
            (R.BINDING_METHOD, R.FORM_COMPLETE),
            (C.CERTIFICATE_NUMBER_MALFORMED,),
        ),
        "relationship_is_given": Declared(
            "已选择亲属关系", (R.FORM_COMPLETE,), (C.RELATIONSHIP_NOT_STATED,)
        ),
        "relationship_is_eligible": Declared(
            "该亲属可以绑定", (R.ELIGIBLE_RELATIONSHIPS,), (C.RELATIONSHIP_NOT_ELIGIBLE,)
        ),
        "persons_are_two": Declared(
            "不是绑定本人", (R.ELIGIBLE_RELATIONSHIPS,), (C.BINDING_ONESELF,)
        ),
        "member_is_insured": Declared("被绑定人已参保", (R.INSURED,), (C.MEMBER_NOT_INSURED,)),
        "applicant_has_employee_account": Declared(
            "申请人有职工医保", (R.INSURED,), (C.APPLICANT_WITHOUT_EMPLOYEE_ACCOUNT,)
        ),
        "notice_is_agreed": Declared("已同意告知书", (R.NOTICE_AGREED,), (C.NOTICE_NOT_AGREED,)),
        "commitment_is_made": Declared("已作承诺", (R.COMMITMENT_SIGNED,), (C.COMMITMENT_MISSING,)),
        "commitment_letter_is_signed_and_consistent": Declared(
            "承诺书已签名且内容一致", (R.COMMITMENT_SIGNED,), (C.COMMITMENT_INCONSISTENT,)
        ),
        "guardian_or_spouse_has_confirmed": Declared(
            "监护人或配偶已确认",
            (R.NO_FACE_OF_MINORS, R.BINDING_METHOD, R.JIANGSU_SPOUSE),
            (C.CONFIRMATION_MISSING,),
        ),
        "files_were_taken_in": Declared(
            "文件可以接收",
            (R.FORM_COMPLETE,),
            (
                C.PRODUCT_UNCLEAR,
                C.BINDING_METHOD_UNSUPPORTED,
                C.CHANNEL_NOT_OFFERED,
                C.DOCUMENT_UNUSABLE,
                C.NAME_MALFORMED,
                C.RELATIONSHIP_NOT_STATED,
            ),
        ),
        "every_file_was_read": Declared(
            "每个文件都已识读", (R.TRUE_AND_CONSISTENT,), (C.FIELD_UNREADABLE,)
        ),
        "hints_are_right": Declared(
            "材料种类与填报一致", (R.BOTH_CARD_SIDES, R.HUKOU_PAGES), (C.DOCUMENT_UNUSABLE,)
        ),
        "pictures_are_good": Declared(
            "照片清晰完整",
            (R.BOTH_CARD_SIDES, R.HUKOU_PAGES, R.RECENT_SELFIE, R.TRUE_AND_CONSISTENT),
            (
                C.DOCUMENT_UNUSABLE,
                C.SEAL_OR_COLOUR_MISSING,
                C.NOT_ONE_FACE,
                C.SELFIE_UNUSABLE,
                C.PICTURE_BLURRED,
                C.GLARE_OR_DARK,
                C.CROPPED_OR_COVERED,
                C.SCREEN_OR_COPY,
                C.FIELD_UNREADABLE,
                C.RESOLUTION_TOO_LOW,
                C.POSSIBLY_EDITED,
            ),
        ),
        "needed_fields_were_read": Declared(
            "所需字段均已识读", (R.TRUE_AND_CONSISTENT,), (C.FIELD_UNREADABLE,)
        ),
        "required_papers_are_there": Declared(
            "要求的材料齐全",
            (
                R.BOTH_CARD_SIDES,
                R.HUKOU_PAGES,
                R.PROOF_FOR_MINORS,
                R.PROOF_FOR_ADULTS,
                R.RECENT_SELFIE,
                R.NANNING_CHANNELS,
            ),
            (
                C.PORTRAIT_SIDE_MISSING,
                C.EMBLEM_SIDE_MISSING,
                C.APPLICANT_HUKOU_PAGE_MISSING,
                C.MEMBER_HUKOU_PAGE_MISSING,
                C.RELATIONSHIP_PROOF_MISSING,
                C.NOT_ONE_FACE,
            ),
        ),
        "both_sides_of_the_card_are_there": Declared(
            "身份证两面各一张", (R.BOTH_CARD_SIDES,), (C.SAME_SIDE_TWICE,)
        ),
        "hukou_cover_is_there": Declared(
            "有户口簿首页", (R.HUKOU_PAGES,), (C.HUKOU_COVER_MISSING,)
        ),
        "insurance_in_another_province_is_shown": Declared(
            "跨省的有参保凭证", (R.INSURED_ELSEWHERE,), (C.INSURANCE_CERTIFICATE_MISSING,)
        ),
        "incapacity_is_certified": Declared(
            "失能有医学证明", (R.INCAPACITY_CERTIFIED,), (C.INCAPACITY_CERTIFICATE_MISSING,)
        ),
        "cards_are_in_force": Declared(
            "身份证在有效期内", (R.BOTH_CARD_SIDES,), (C.ID_CARD_EXPIRED,)
        ),
        "card_terms_fit_ages": Declared(
            "身份证期限与年龄相符",
            (R.BOTH_CARD_SIDES, R.TRUE_AND_CONSISTENT),
            (C.VALIDITY_TERM_IMPLAUSIBLE,),
        ),
        "sides_belong_together": Declared(
            "身份证两面属同一证件", (R.BOTH_CARD_SIDES,), (C.CARD_SIDES_MAY_DIFFER,)
        ),
        "certificate_dates_fit": Declared(
            "出生证日期与编号相符", (R.TRUE_AND_CONSISTENT,), (C.CERTIFICATE_CONTRADICTS_ITSELF,)
        ),
        "pages_are_in_force": Declared("户口页未注销", (R.HUKOU_PAGES,), (C.HUKOU_PAGE_CANCELLED,)),
        "changed_entries_are_verified": Declared(
            "户口页无未核实的变更", (R.TRUE_AND_CONSISTENT,), (C.CHANGE_NOT_VERIFIED,)
        ),
        "names_agree": Declared("姓名一致", (R.TRUE_AND_CONSISTENT,), (C.NAMES_DIFFER,)),
        "numbers_agree": Declared(
            "号码一致", (R.TRUE_AND_CONSISTENT,), (C.SEX_OR_NUMBER_CONFLICT,)
        ),
        "birth_dates_agree": Declared(
            "出生日期一致", (R.TRUE_AND_CONSISTENT,), (C.BIRTH_DATES_DIFFER,)
        ),
        "sexes_agree": Declared(
            "性别与号码、称谓相符", (R.TRUE_AND_CONSISTENT,), (C.SEX_OR_NUMBER_CONFLICT,)
        ),
        "marital_entries_fit_ages": Declared(
            "婚姻状况与年龄相符", (R.TRUE_AND_CONSISTENT,), (C.BIRTH_DATES_DIFFER,)
        ),
        "certificate_is_the_child_s": Declared(
            "出生证属该子女",
            (R.PROOF_FOR_MINORS, R.TRUE_AND_CONSISTENT),
            (C.BIRTH_DATES_DIFFER, C.SEX_OR_NUMBER_CONFLICT, C.CERTIFICATE_NAMES_OTHER_PARENTS),
        ),
        "certificate_number_is_the_stated_one": Declared(
            "出生证编号与填报一致，且只属一人",
            (R.BINDING_METHOD,),
            (C.CERTIFICATE_CONTRADICTS_ITSELF,),
        ),
        "certificate_names_the_claimed_parent": Declared(
            "出生证载明该父母",
            (R.PROOF_FOR_MINORS, R.TRUE_AND_CONSISTENT),
            (C.CERTIFICATE_NAMES_OTHER_PARENTS,),
        ),
        "pages_lie_in_one_book": Declared(
            "户口页同属一本", (R.HUKOU_PAGES,), (C.HOUSEHOLDS_DIFFER,)
        ),
        "relationship_is_proven": Declared(
            "亲属关系得到证明",
            (R.PROOF_FOR_MINORS, R.PROOF_FOR_ADULTS, R.ELIGIBLE_RELATIONSHIPS),
            (C.COLLECTIVE_HOUSEHOLD, C.RELATIONSHIP_CONTRADICTED, C.RELATIONSHIP_NOT_DETERMINED),
        ),
        "no_weaker_reading_contradicts": Declared(
            "未读清的材料不与证明相矛盾",
            (R.TRUE_AND_CONSISTENT,),
            (C.RELATIONSHIP_NOT_DETERMINED,),
        ),
        "third_people_are_the_same": Declared(
            "证明经过的第三人在材料上一致",
            (R.TRUE_AND_CONSISTENT,),
            (C.RELATIONSHIP_NOT_DETERMINED,),
        ),
        "notarial_certificate_carries_the_proof": Declared(
            "公证书与其他材料不矛盾；单凭公证书时其公证处、日期与印章可以确认",
            (R.PROOF_FOR_MINORS, R.TRUE_AND_CONSISTENT),
            (C.BIRTH_DATES_DIFFER, C.RELATIONSHIP_NOT_DETERMINED),
        ),
        "ages_fit_the_relationship": Declared(
            "年龄差合乎常理", (R.TRUE_AND_CONSISTENT,), (C.AGE_GAP_IMPLAUSIBLE,)
        ),
        "spouses_were_of_age": Declared(
            "登记时已达婚龄", (R.TRUE_AND_CONSISTENT,), (C.BELOW_MARRIAGE_AGE,)
        ),
        "spouses_are_married_by_their_pages": Declared(
            "户口页婚姻状况与配偶关系不矛盾",
            (R.ELIGIBLE_RELATIONSHIPS, R.TRUE_AND_CONSISTENT),
            (C.RELATIONSHIP_NOT_DETERMINED,),
        ),
        "householder_did_not_change": Declared(
            "称谓对应同一户主", (R.HUKOU_PAGES, R.TRUE_AND_CONSISTENT), (C.HOUSEHOLDS_DIFFER,)
        ),
        "relation_words_fit_births": Declared(
            "称谓与出生先后相符",
            (R.HUKOU_PAGES, R.TRUE_AND_CONSISTENT),
            (C.RELATIONSHIP_NOT_DETERMINED,),
        ),
        "member_s_will_is_shown": Declared(
            "被绑定人本人同意",
            (
                R.PROOF_FOR_ADULTS,
                R.NO_FACE_OF_MINORS,
                R.RECENT_SELFIE,
                R.OWN_FACE,
                R.ALTERNATIVE_TO_FACE,
                R.REMOTE_AUTHORISATION,
            ),
            (
                C.FACE_NOT_MATCHED,
                C.NOT_ONE_FACE,
                C.SELFIE_UNUSABLE,
                C.FACE_CONSENT_MISSING,
                C.MINOR_WITHOUT_FACE,
                C.VERIFICATION_WITHOUT_FACE,
            ),
        ),
        "handing_in_is_in_turn": Declared(
            "再次提交的是对退回的答复",
            (R.FORM_COMPLETE, R.ACROSS_CHANNELS),
            (C.ALREADY_BOUND, C.DOCUMENT_UNUSABLE),
        ),
        "files_are_new": Declared(
            "材料未用于他人", (R.TRUE_AND_CONSISTENT,), (C.DOCUMENT_USED_ELSEWHERE,)
        ),
        "numbers_are_one_person_s": Declared(
            "号码只属一人", (R.TRUE_AND_CONSISTENT,), (C.ID_NUMBER_USED_BY_ANOTHER,)
        ),
        "faces_are_one_person_s": Declared(
            "人像照片只属一人", (R.TRUE_AND_CONSISTENT,), (C.FACE_USED_BY_ANOTHER,)
        ),
        "applicant_may_bind_one_more": Declared(
            "申请人未达上限", (R.LIMITS,), (C.APPLICANT_LIMIT_REACHED,)
        ),
        "member_may_be_bound_once_more": Declared(
            "被绑定人未达上限", (R.HENAN_ONE_EMPLOYEE, R.LIMITS), (C.MEMBER_LIMIT_REACHED,)
        ),
        "binding_is_new": Declared("尚无有效绑定", (R.ACROSS_CHANNELS,), (C.ALREADY_BOUND,)),
        "spouse_is_the_only_one": Declared(
            "配偶、父、母各只有一人，两人没有按另一种关系绑定",
            (R.LIMITS,),
            (C.SPOUSE_OR_PARENT_CONFLICT,),
        ),
    }
)
"""Every check, by its name."""
