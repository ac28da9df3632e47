"""A certificate of insurance from lines written by hand."""

import pytest

from models.reading.document import DocumentKind as K

READ = {
    "name": "周桂芳",
    "id_number": "330102196001201241",
    "insured_region": "浙江省杭州市",
    "insurance_type": "resident",
    "issue_date": "2026-10-08",
}


@pytest.mark.parametrize(
    ("lines", "state"),
    [
        ([(60, 100, "姓名："), (200, 100, "周桂芳"), (60, 160, "身份证号码：330102196001201241"),
          (60, 220, "参保地：浙江省杭州市"), (60, 280, "险种：城乡居民基本医疗保险"),
          (500, 500, "出具日期：2026年10月8日")], None),
        ([(60, 100, "姓名：周桂芳"), (60, 160, "身份证号码：330102196001201241"),
          (60, 220, "参保地：浙江省杭州市"), (60, 280, "险种：城乡居民基本医疗保险"),
          (60, 340, "参保状态：停保"), (500, 500, "出具日期：2026年10月8日")], "停保"),
        ([(60, 100, "兹证明周桂芳，女，公民身份号码330102196001201241，自2015"),
          (0, 160, "年01月起在浙江省杭州市参加城乡居民基本医疗保险。"),
          (500, 500, "2026年10月8日")], None),
        ([(60, 100, "兹证明周桂芳，女，公民身份号码330102196001201241，自2015"),
          (0, 160, "年01月起在浙江省杭州市参加城乡居民基本医疗保险，目前参保状态正"),
          (0, 220, "常。"), (500, 500, "2026年10月8日")], "正常"),
        ([(60, 100, "兹证明周桂芳，女，公民身份号码330102196001201241，自2015"),
          (0, 160, "年01月起在浙江省杭州市参加城乡居民基本医疗保险，2026年3月起"),
          (0, 220, "中断缴费。"), (500, 500, "2026年10月8日")], "中断缴费"),
    ],
    ids=["labels", "stopped", "sentence", "in force in a sentence", "stopped in a sentence"],
)  # fmt: skip
def test_an_insurance_certificate_is_read(values_of, lines, state):
    said = {} if state is None else {"insured_state": state}
    found = values_of(K.INSURANCE_CERTIFICATE, (400, 20, "基本医疗保险参保凭证"), *lines)
    assert found == READ | said
