"""The Chinese words for what a policy file says: its groups, its keys and its values."""

from types import MappingProxyType
from typing import Final

from models.checks.reason import Reason
from models.checks.reason_catalogue import REASONS
from models.reading.document import DocumentKind

GROUPS_ZH: Final = MappingProxyType(
    {
        "products": "业务",
        "ages": "年龄",
        "evidence": "材料",
        "consents": "同意与确认",
        "limits": "人数上限",
        "face": "人脸比对",
        "reading": "识读",
        "kinship": "亲属关系的认定",
        "plausibility": "合理性",
        "validity": "证件有效期",
        "birth_certificate": "出生医学证明",
        "review": "人工审核",
        "rounds": "补件",
        "unbind": "解绑",
        "reverify": "复核",
        "retention": "保存期限",
        "codes": "原因代码的处理",
        "objections": "异议",
        "contact": "联系方式",
        "jurisdiction": "受理范围",
    }
)

KEYS_ZH: Final = MappingProxyType(
    {
        "family_account": "亲情账户",
        "mutual_aid": "家庭共济",
        "source": "依据",
        "effective_from": "起始日",
        "effective_until": "截止日",
        "sources": "逐项依据",
        "channels": "开通渠道",
        "binding_methods": "绑定方式",
        "applicant_needs_employee_account": "申请人须有职工医保个人账户",
        "filing_needed": "须先备案",
        "filing_pattern": "备案号格式",
        "eligible": "可绑定的亲属",
        "relationships": "亲属关系",
        "minor_max_age": "未成年人最大周岁",
        "age_16_group": "16周岁归入",
        "senior_min_age": "可远程授权的最小周岁",
        "attained": "周岁计算",
        "as_of": "年龄基准日",
        "ambiguous_age_action": "恰为16周岁时",
        "applicant_min_age": "可单独申请的最小周岁",
        "sets": "材料组合",
        "channel_sets": "个别渠道的材料组合",
        "age_group": "适用人群",
        "products": "适用业务",
        "routes": "适用核验方式",
        "all_of": "全部提供",
        "one_set_of": "任选一组",
        "cross_province": "跨省参保另需",
        "incapacity": "失能另需",
        "hukou_cover": "户口簿首页",
        "unnumbered_pages": "未载户号的户口页",
        "tie_bars": "同一户口簿的印证标准",
        "agreement": "本人同意方式",
        "min_evidence": "最低印证分值",
        "social_security_card": "社会保障卡代替身份证",
        "notice": "须同意告知书",
        "commitment": "须有承诺书",
        "guardian_below_age": "低于此周岁须监护人确认",
        "guardian_implied_by": "申请人即监护人的关系",
        "spouse_confirmation": "配偶须确认",
        "real_name_max_age_days": "实名认证有效天数",
        "versions": "文本版本",
        "first_day": "启用日",
        "last_day": "停用日",
        "max_age_days": "有效天数",
        "count_window": "计数范围",
        "max_bound_per_applicant": "每名申请人最多绑定人数",
        "max_applicants_per_person": "每人最多被绑定次数",
        "max_new_per_month": "每名申请人每月最多新增",
        "required_for": "须人脸比对的人群",
        "never_below_age": "低于此周岁一律不比对",
        "bands": "分类阈值",
        "rule": "类别",
        "sexes": "性别",
        "max_member_age": "被绑定人最大周岁",
        "min_portrait_years": "证件照最少年数",
        "decides": "由谁判断",
        "remote_authorization": "远程授权",
        "remote_record": "远程授权记录",
        "systems": "认可的系统",
        "photo_max_age_days": "照片有效天数",
        "thresholds": "阈值",
        "version": "版本",
        "match": "一致",
        "mismatch": "不一致",
        "margin": "与申请人的差距",
        "copied": "疑似翻拍证件照",
        "copied_hash_distance": "疑似翻拍的图像距离",
        "second_distance": "第二引擎距离",
        "fallback_distance": "单用第二引擎距离",
        "min_sharpness": "最低清晰度",
        "confidence": "最低置信度",
        "name": "姓名",
        "name_beside_number": "号码相符时的姓名",
        "number": "号码",
        "date": "日期",
        "relation_word": "称谓",
        "other": "其他",
        "kind": "材料种类",
        "min_glyph_height_px": "最小字高（像素）",
        "needed": "必读字段",
        "child_in_book": "户口簿登记的户主之子女、父母",
        "couple_in_book": "同一户口簿中的父与母为夫妻",
        "parent_min_years": "父母与子女最小年龄差",
        "mother_max_years": "母亲与子女最大年龄差",
        "father_max_years": "父亲与子女最大年龄差",
        "grandparent_min_years": "祖辈与孙辈最小年龄差",
        "sibling_max_years": "兄弟姐妹最大年龄差",
        "sibling_min_months": "兄弟姐妹最小月数差",
        "marriage_min_age_man": "男性法定婚龄",
        "marriage_min_age_woman": "女性法定婚龄",
        "lunar_min_days": "疑似农历日期最小天数差",
        "lunar_max_days": "疑似农历日期最大天数差",
        "householder_page_newer": "户主页晚于成员页",
        "terms": "身份证期限",
        "below_age": "发证时低于周岁",
        "years": "有效年数",
        "slack_days": "换证宽限天数",
        "first_year": "最早签发年份",
        "incapacity_days": "失能证明有效天数",
        "insurance_days": "参保凭证有效天数",
        "first_letter_year": "编号字母A对应年份",
        "last_known_year": "已知字母的最后年份",
        "max_years_in_stock": "印制后最长库存年数",
        "sla_working_days": "审核时限（工作日）",
        "pictures_days": "图像保存天数",
        "readings_days": "识读结果保存天数",
        "records_days": "记录保存天数",
        "effective": "解绑生效",
        "min_days": "最少绑定天数",
        "consent": "须同意者",
        "turned_adult": "未成年人成年后",
        "card_ended": "身份证到期后",
        "incapacity_ended": "失能证明到期后",
        "consent_withdrawn": "撤回同意后",
        "max_rounds": "最多提交次数",
        "after_last": "末次仍须退回时",
        "answer_working_days": "补件时限（工作日）",
        "four_eyes_codes": "须两人审核的原因",
        "four_eyes_products": "通过须两人审核的业务",
        "four_eyes_from_reasons": "疑点达到几项须两人审核",
        "sample_share": "机器通过件抽检比例",
        "sample_shares": "按类别的抽检比例",
        "second_look_share": "人工决定复查比例",
        "rejected": "直接拒绝",
        "returned": "退回补件",
        "reviewed": "人工审核",
        "noted": "仅作提示",
        "changes": "个别代码的处理",
        "days": "期限（天）",
        "term_working_days": "答复时限（工作日）",
        "hotline": "服务热线",
        "serves": "兼办的参保地",
    }
    | {kind.value: kind.zh for kind in DocumentKind}
)

VALUES_ZH: Final = MappingProxyType(
    {
        "True": "是",
        "False": "否",
        "family_account": "亲情账户",
        "mutual_aid": "家庭共济",
        "national_app": "国家医保服务平台",
        "alipay_mini_program": "支付宝小程序",
        "wechat_account": "微信公众号",
        "local_app": "地方应用",
        "employer": "单位经办",
        "kiosk": "自助终端",
        "website": "网站",
        "counter": "窗口",
        "id_number": "公民身份号码",
        "birth_certificate": "出生医学证明",
        "spouse": "配偶",
        "parent": "父母",
        "child": "子女",
        "sibling": "兄弟姐妹",
        "grandparent": "祖父母、外祖父母",
        "grandchild": "孙子女、外孙子女",
        "minor": "未成年人",
        "adult": "成年人",
        "on_birthday": "生日当天起算",
        "day_after": "生日次日起算",
        "submitted_at": "提交日",
        "face": "人脸",
        "remote_authorization": "远程授权",
        "non_face": "非人脸方式",
        "none": "无",
        "member_id_card_portrait": "被绑定人身份证人像面",
        "member_id_card_emblem": "被绑定人身份证国徽面",
        "applicant_hukou_page": "申请人户口登记卡",
        "member_hukou_page": "被绑定人户口登记卡",
        "marriage_certificate": "结婚证",
        "kinship_notarial": "亲属关系公证书",
        "selfie": "免冠照",
        "insurance_certificate": "参保凭证",
        "incapacity_certificate": "失能证明",
        "wanted": "缺少时由人工判断",
        "optional": "不要求",
        "person": "人工判断",
        "proves": "据此采信",
        "accepted": "接受",
        "refused": "不接受",
        "ignored": "不作要求",
        "in_force": "全部有效绑定",
        "rejected": "拒绝",
        "returned": "退回补件",
        "reviewed": "人工审核",
        "noted": "仅作提示",
        "ties": "按印证判断",
        "evidence": "按印证判断",
        "in_person": "本人当面同意",
        "age_16_group": "按所列组别",
        "both_or_person": "两组材料齐全，否则人工判断",
        "at_once": "即时",
        "next_day": "次日",
        "next_month": "次月",
        "applicant": "申请人",
        "member": "被绑定人",
        "either": "双方之一",
        "both": "双方",
        "keep": "不处理",
        "any": "不限",
        "same": "同性",
        "different": "异性",
        "engine": "引擎",
        "machine": "机器",
        "same-sex-siblings": "同性兄弟姐妹",
        "young-with-old-portrait": "年轻人的旧证件照",
        "siblings": "兄弟姐妹",
        "parent-of-same-sex": "同性父母子女",
        "other-relatives": "其他亲属",
        "review": "人工复核",
        "suspend": "暂停并人工复核",
    }
)


def group_zh(name: str) -> str:
    """A group of rules in Chinese."""
    return GROUPS_ZH[name]


def key_zh(key: str) -> str:
    """The last part of a dotted key in Chinese; a place in a list is counted from 1."""
    parts = key.split(".")
    return "·".join(_key_word(part) for part in parts if part)


def _key_word(part: str) -> str:
    if part.isdigit():
        return f"第{int(part) + 1}项"
    if part in set(Reason):
        return f"{part} {REASONS[Reason(part)].zh}"
    return KEYS_ZH[part]


def value_zh(value: object) -> str:
    """A value in Chinese; numbers, dates, codes and field names stay as they are."""
    if value is None:
        return "无"
    if isinstance(value, list | tuple):
        return "、".join(_inner(v) for v in value) or "无"
    return VALUES_ZH.get(str(value), str(value))


def _inner(value: object) -> str:
    return f"（{value_zh(value)}）" if isinstance(value, list | tuple) else value_zh(value)
