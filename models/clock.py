"""The one time zone in which days and terms count."""

from typing import Final
from zoneinfo import ZoneInfo

CHINA: Final = ZoneInfo("Asia/Shanghai")
"""China has one official time; ages, terms and months begin and end with its midnight."""
