"""A certificate of insurance from lines written by hand."""

import pytest

from models.reading.document import DocumentKind as K


@pytest.mark.parametrize(
    "lines",
    [
        [(60, 100, "姓名："), (200, 100, "周桂芳"), (60, 160, "身份证号码：330102196001201241"),
         (60, 220, "参保地：浙江省杭州市"), (60, 280, "险种：城乡居民基本医疗保险"),
         (500, 500, "出具日期：2026年10月8日")],
        [(60, 100, "兹证明周桂芳，女，公民身份号码330102196001201241，自2015"),
         (0, 160, "年01月起在浙江省杭州市参加城乡居民基本医疗保险。"),
         (500, 500, "2026年10月8日")],
    ],
    ids=["labels", "sentence"],
)  # fmt: skip
def test_an_insurance_certificate_is_read(values_of, lines):
    assert values_of(K.INSURANCE_CERTIFICATE, (400, 20, "基本医疗保险参保凭证"), *lines) == {
        "name": "周桂芳",
        "id_number": "330102196001201241",
        "insured_region": "浙江省杭州市",
        "insurance_type": "resident",
        "issue_date": "2026-10-08",
    }
