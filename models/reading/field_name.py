"""What the fields of papers are called in Chinese, as the papers print them."""

import re
from types import MappingProxyType
from typing import Final

FIELD_NAMES: Final = MappingProxyType(
    {
        "name": "姓名",
        "sex": "性别",
        "ethnicity": "民族",
        "birth_date": "出生日期",
        "address": "住址",
        "id_number": "公民身份号码",
        "issuing_authority": "签发机关",
        "valid_from": "有效期起",
        "valid_until": "有效期止",
        "household_type": "户别",
        "householder_name": "户主姓名",
        "household_number": "户号",
        "issue_date": "签发日期",
        "relation_to_householder": "与户主关系",
        "former_name": "曾用名",
        "marital_status": "婚姻状况",
        "registration_date": "登记日期",
        "native_place": "籍贯",
        "station": "户口登记机关",
        "newborn_name": "新生儿姓名",
        "newborn_sex": "新生儿性别",
        "birth_time": "出生时间",
        "mother_name": "母亲姓名",
        "mother_id_number": "母亲身份证号",
        "father_name": "父亲姓名",
        "father_id_number": "父亲身份证号",
        "certificate_number": "证件编号",
        "issuing_body": "签发机构",
        "applicant_name": "申请人姓名",
        "applicant_birth_date": "申请人出生日期",
        "member_name": "被绑定人姓名",
        "relationship": "关系",
        "signed": "签名",
        "sign_date": "签署日期",
        "holder_name": "持证人",
        "related_name": "关系人姓名",
        "related_birth_date": "关系人出生日期",
        "relation_stated": "证明的关系",
        "notary_office": "公证处",
        "insured_region": "参保地",
        "insurance_type": "险种",
        "insured_state": "参保状态",
        "level": "失能等级",
    }
)

_SPOUSE: Final = re.compile(r"spouse_?(\d)_(\w+)|(\w+?)_?(\d)")


def field_zh(name: str) -> str:
    """The Chinese name of a field; one spouse's field with that spouse's number.

    A name that the table does not hold is given back as it is.
    """
    if name in FIELD_NAMES:
        return FIELD_NAMES[name]
    numbered = _SPOUSE.fullmatch(name)
    if numbered is None:
        return name
    plain = numbered[2] or numbered[3]
    return f"{FIELD_NAMES.get(plain, plain)}（{numbered[1] or numbered[4]}）"
