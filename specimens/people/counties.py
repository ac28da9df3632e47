"""Counties with their division codes (GB/T 2260), and addresses in them as papers print them."""

from typing import Final, NamedTuple

from specimens.dice import Dice


class County(NamedTuple):
    """A county-level division.

    Attributes:
        code: Six digits; a person's number starts with that of the first registration.
        province: With its ending (浙江省).
        city: Prefecture-level city, empty where an address does not name one.
        county: District, county or county-level city.
    """

    code: str
    province: str
    city: str
    county: str

    @property
    def full_name(self) -> str:
        """As it opens an address."""
        return f"{self.province}{self.city}{self.county}"

    @property
    def rural(self) -> bool:
        """Whether villages are the rule there."""
        return not self.county.endswith("区")

    @property
    def police(self) -> str:
        """The authority (签发机关) that issues cards there."""
        if self.county.endswith("区") and self.city:
            return f"{self.city}公安局{self.county.removesuffix('区')}分局"
        if self.county.endswith("区"):
            return f"{self.province}公安局{self.county.removesuffix('区')}分局"
        return f"{self.county}公安局"


_TABLE: Final = """
110101 北京市 - 东城区|110102 北京市 - 西城区|110105 北京市 - 朝阳区|110108 北京市 - 海淀区
110112 北京市 - 通州区|120101 天津市 - 和平区|120103 天津市 - 河西区
130102 河北省 石家庄市 长安区|130202 河北省 唐山市 路南区|130632 河北省 - 安新县
130682 河北省 - 定州市|140105 山西省 太原市 小店区|140106 山西省 太原市 迎泽区
140221 山西省 - 阳高县|140882 山西省 - 河津市|150102 内蒙古自治区 呼和浩特市 新城区
150105 内蒙古自治区 呼和浩特市 赛罕区|150521 内蒙古自治区 - 科尔沁左翼中旗
152201 内蒙古自治区 - 乌兰浩特市|210102 辽宁省 沈阳市 和平区|210202 辽宁省 大连市 中山区
210281 辽宁省 - 瓦房店市|210422 辽宁省 - 新宾满族自治县|220102 吉林省 长春市 南关区
222401 吉林省 - 延吉市|230102 黑龙江省 哈尔滨市 道里区|230103 黑龙江省 哈尔滨市 南岗区
230183 黑龙江省 - 尚志市|310101 上海市 - 黄浦区|310104 上海市 - 徐汇区|310112 上海市 - 闵行区
310115 上海市 - 浦东新区|320102 江苏省 南京市 玄武区|320106 江苏省 南京市 鼓楼区
320281 江苏省 - 江阴市|320583 江苏省 - 昆山市|330102 浙江省 杭州市 上城区
330106 浙江省 杭州市 西湖区|330127 浙江省 - 淳安县|330203 浙江省 宁波市 海曙区
330481 浙江省 - 海宁市|330782 浙江省 - 义乌市|340104 安徽省 合肥市 蜀山区|340881 安徽省 - 桐城市
341221 安徽省 - 临泉县|350102 福建省 福州市 鼓楼区|350203 福建省 厦门市 思明区
350583 福建省 - 南安市|350725 福建省 - 政和县|360102 江西省 南昌市 东湖区|360481 江西省 - 瑞昌市
360730 江西省 - 宁都县|370102 山东省 济南市 历下区|370202 山东省 青岛市 市南区
370783 山东省 - 寿光市|371324 山东省 - 兰陵县|410102 河南省 郑州市 中原区
410105 河南省 郑州市 金水区|411302 河南省 南阳市 宛城区|411381 河南省 - 邓州市
420102 湖北省 武汉市 江岸区|420106 湖北省 武汉市 武昌区|420581 湖北省 - 宜都市
422801 湖北省 - 恩施市|430102 湖南省 长沙市 芙蓉区|430104 湖南省 长沙市 岳麓区
430281 湖南省 - 醴陵市|433101 湖南省 - 吉首市|440103 广东省 广州市 荔湾区
440106 广东省 广州市 天河区|440304 广东省 深圳市 福田区|440882 广东省 - 雷州市
450103 广西壮族自治区 南宁市 青秀区|450302 广西壮族自治区 桂林市 秀峰区
451022 广西壮族自治区 - 田东县|460106 海南省 海口市 龙华区|500103 重庆市 - 渝中区
500106 重庆市 - 沙坪坝区|500112 重庆市 - 渝北区|500233 重庆市 - 忠县
500242 重庆市 - 酉阳土家族苗族自治县|510104 四川省 成都市 锦江区|510107 四川省 成都市 武侯区
510184 四川省 - 崇州市|511324 四川省 - 仪陇县|513401 四川省 - 西昌市|520102 贵州省 贵阳市 南明区
520382 贵州省 - 仁怀市|522601 贵州省 - 凯里市|522632 贵州省 - 榕江县|530102 云南省 昆明市 五华区
530381 云南省 - 宣威市|532801 云南省 - 景洪市|532901 云南省 - 大理市
540102 西藏自治区 拉萨市 城关区|610102 陕西省 西安市 新城区|610113 陕西省 西安市 雁塔区
610404 陕西省 咸阳市 渭城区|610729 陕西省 - 留坝县|620102 甘肃省 兰州市 城关区
620821 甘肃省 - 泾川县|622901 甘肃省 - 临夏市|630103 青海省 西宁市 城中区
640104 宁夏回族自治区 银川市 兴庆区|650102 新疆维吾尔自治区 乌鲁木齐市 天山区
650104 新疆维吾尔自治区 乌鲁木齐市 新市区|652901 新疆维吾尔自治区 - 阿克苏市
653101 新疆维吾尔自治区 - 喀什市|654002 新疆维吾尔自治区 - 伊宁市
"""


def _read_table() -> tuple[County, ...]:
    entries = (entry.split() for line in _TABLE.split("\n") for entry in line.split("|"))
    return tuple(
        County(e[0], e[1], "" if e[2] == "-" else e[2], e[3]) for e in entries if len(e) == 4
    )


PLACES: Final = _read_table()

_ROADS: Final = (
    "人民路",
    "解放路",
    "中山路",
    "建设街",
    "文昌巷",
    "和平里",
    "青年路",
    "新华街",
    "朝阳路",
    "东风路",
    "南门大街",
    "北苑路",
    "学府路",
    "工农路",
    "滨河路",
    "友谊大道",
    "凤凰街",
    "长江路",
    "光明巷",
    "育才路",
    "幸福路",
    "莲花池西街",
    "樱桃沟路",
    "桂花路",
    "石榴巷",
)
_ESTATES: Final = (
    "翠湖花园",
    "锦绣苑",
    "阳光小区",
    "紫荆园",
    "金色家园",
    "兰亭雅居",
    "枫林苑",
    "学林雅苑",
    "江畔人家",
)
_TOWNS: Final = (
    "城关镇",
    "太平镇",
    "永安镇",
    "双河乡",
    "石桥镇",
    "白杨乡",
    "龙泉镇",
    "清溪镇",
    "大坪乡",
    "柳林镇",
    "高店镇",
    "三岔乡",
    "古城街道",
)
_VILLAGES: Final = (
    "新民村",
    "大湾村",
    "王家庄",
    "李家坪村",
    "上河村",
    "红旗村",
    "松树坡村",
    "东沟村",
    "前进村",
    "桃园村",
    "杨柳湾村",
    "赵家屯",
)


def invent_address(place: County, dice: Dice) -> str:
    """An address there, in one of the ways that papers print it."""
    return place.full_name + (_in_village(dice) if place.rural else _in_town(dice))


def _in_village(dice: Dice) -> str:
    where = dice.pick(_TOWNS) + dice.pick(_VILLAGES)
    return where + dice.pick(
        (
            f"{dice.whole(1, 14)}组{dice.whole(1, 120)}号",
            f"{dice.whole(1, 290)}号",
            f"第{dice.pick('一二三四五六七八')}村民小组{dice.whole(1, 90)}号",
            f"{dice.pick('东西南北')}街{dice.whole(1, 60)}号附{dice.whole(1, 9)}号",
        )
    )


def _in_town(dice: Dice) -> str:
    road = f"{dice.pick(_ROADS)}{dice.whole(1, 699)}号"
    block, unit, flat = dice.whole(1, 32), dice.whole(1, 4), dice.whole(1, 28) * 100
    return road + dice.pick(
        (
            f"{block}号楼{unit}单元{flat + dice.whole(1, 4)}室",
            f"{dice.pick(_ESTATES)}{block}栋{flat + dice.whole(1, 8)}",
            f"{block}幢{unit}单元{flat + dice.whole(1, 4)}号",
            f"附{dice.whole(1, 30)}号{unit}-{dice.whole(1, 9)}-{dice.whole(1, 4)}",
            "",
        )
    )
