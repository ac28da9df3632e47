"""The labels of the papers beside cards, books and birth certificates."""

from types import MappingProxyType
from typing import Final

from tasks.reading.layout.lexicon import Lexicon


def _lexicon(**labels: str) -> Lexicon:
    return MappingProxyType({key: tuple(words.split()) for key, words in labels.items()})


MARRIAGE_CERTIFICATE: Final = _lexicon(
    holder_name="持证人",
    registration_date="登记日期 结婚登记日期 发证日期 登记时间",
    certificate_number="结婚证字号 结婚证号 证件字号 结婚证编号 字号",
    note="备注",
    name="姓名",
    sex="性别",
    nationality="国籍",
    birth_date="出生日期 出生年月日 出生年月",
    id_number="身份证件号码 身份证件号 身份证号码 身份证号 公民身份号码 证件号码",
    office="登记机关 发证机关 婚姻登记机关",
    registrar="婚姻登记员 登记员",
    title="结婚证 中华人民共和国",
    seal="婚姻登记专用章 结婚登记专用章 登记专用章",
)
INSURANCE_CERTIFICATE: Final = _lexicon(
    name="参保人姓名 参保人员姓名 人员姓名 姓名 参保人员 参保人",
    sex="性别",
    id_number=(
        "公民身份号码 居民身份证号码 身份证件号码 身份证号码 身份证号 社会保障号码 社会保障号"
        " 证件号码 有效身份证件号码"
    ),
    insured_region="参保统筹地区 参保统筹区 参保地区 参保地 统筹地区 统筹区 行政区划",
    insurance_type="参保险种 险种类型 险种名称 参保类型 参保类别 医保类型 险种",
    since="参保时间 参保日期 起始年月 首次参保时间 参保起始时间 开始日期",
    until="终止年月 截止年月 结束日期",
    state="参保状态 缴费状态 人员状态",
    months="缴费月数 累计缴费月数 缴费年限",
    employer="单位名称 参保单位 工作单位",
    office="经办机构(盖章) 经办机构 出具机构 出具单位 证明机构",
    issue_date="出具日期 打印日期 开具日期 证明日期 制表日期 打印时间 出具时间 日期",
    phone="联系电话",
    code="验证码 校验码 凭证号",
    seal="业务专用章 (盖章) 盖章",
)
INCAPACITY_CERTIFICATE: Final = _lexicon(
    name="被评估人姓名 评估对象姓名 失能人员姓名 申请人姓名 患者姓名 参保人姓名 姓名",
    sex="性别",
    age="年龄",
    id_number="公民身份号码 居民身份证号码 身份证件号码 身份证号码 身份证号 证件号码",
    level="失能等级评估结论 失能评估结论 失能等级 评估等级 评估结论 评估结果 护理等级",
    issuing_body=(
        "评估机构(盖章) 评估机构 出具机构(盖章) 出具机构 出具单位 医疗机构 医院名称 签发机构"
    ),
    issue_date="出具日期 签发日期 日期",
    assessed_on="评估日期 评定日期 诊断日期 结论日期",
    term="有效期限 有效期",
    diagnosis="诊断 临床诊断",
    advice="处理意见 建议",
    seal="评估专用章 诊断证明专用章 (盖章) 盖章",
)
