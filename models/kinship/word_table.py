"""The relation words of GB/T 4761-2008 and those that clerks print besides, by class of kin."""

from typing import Final

from models.kinship.kin_class import KinClass

ROWS: Final[tuple[tuple[KinClass, str, str, str], ...]] = (
    # class, words for men, words for women, words for either
    (KinClass.HOUSEHOLDER, "", "", "户主 本人 户主本人 本人户主"),
    (KinClass.SPOUSE, "夫 丈夫 老公", "妻 妻子 老婆", "配偶 夫妻 爱人"),
    (
        KinClass.CHILD,
        "子 儿子 儿 男儿 独子 独生子 独生儿子 末子 幼子 婚生子 非婚生子 其他儿子 老儿子 亲子 "
        "亲生子 长男 次男 二男 三男 四男 五男 六男",
        "女 女儿 独女 独生女 独生女儿 末女 幼女 婚生女 非婚生女 其他女儿 老女儿 亲女 亲生女 闺女",
        "子女 儿女 孩子 独生子女",
    ),
    (
        KinClass.ADOPTED_CHILD,
        "养子 领养子 收养子 子养 儿子养",
        "养女 领养女 收养女 女养 女儿养",
        "养子女 收养子女",
    ),
    (
        KinClass.STEP_CHILD,
        "继子 养子或继子 继子或养子 继儿子 妻之子 夫之子 妻子之子 丈夫之子 配偶之子 子继 儿子继 "
        "前妻之子 前夫之子 妻前夫之子 夫前妻之子",
        "继女 养女或继女 继女或养女 继女儿 妻之女 夫之女 妻子之女 丈夫之女 配偶之女 女继 女儿继 "
        "前妻之女 前夫之女 妻前夫之女 夫前妻之女",
        "继子女 养子女或继子女",
    ),
    (KinClass.SON_S_WIFE, "", "儿媳 媳 儿媳妇 儿妇 子媳 子之妻 儿子之妻", ""),
    (KinClass.DAUGHTER_S_HUSBAND, "女婿 婿 赘婿 女之夫 女儿之夫", "", ""),
    (KinClass.SON_S_CHILD, "孙子 孙儿 男孙 子之子", "孙女 孙女儿 女孙 子之女", "孙 孙子女"),
    (
        KinClass.DAUGHTER_S_CHILD,
        "外孙子 外孙儿 外孙男 女之子",
        "外孙女 外孙女儿 女之女",
        "外孙 外孙子女",
    ),
    (
        KinClass.GRANDCHILD_S_SPOUSE,
        "孙女婿 孙婿 外孙女婿 外孙婿 孙女婿或外孙女婿",
        "孙媳 孙媳妇 孙儿媳 外孙媳 外孙媳妇 孙媳妇或外孙媳妇",
        "",
    ),
    (
        KinClass.GREAT_GRANDCHILD,
        "曾孙子 重孙子 外曾孙子 曾孙子或外曾孙子 曾外孙子",
        "曾孙女 重孙女 外曾孙女 曾孙女或外曾孙女 曾外孙女 外重孙女",
        "曾孙 重孙 外曾孙 曾外孙 外重孙",
    ),
    (KinClass.GREAT_GREAT_GRANDCHILD, "玄孙子 外玄孙子", "玄孙女 外玄孙女", "玄孙 外玄孙"),
    (
        KinClass.PARENT,
        "父 父亲 爸 爸爸 阿爸 老爸 生父 亲父 老父 爹",
        "母 母亲 妈 妈妈 老妈 生母 亲母 老母 娘 娘亲 老娘",
        "父母 双亲 父母亲",
    ),
    (KinClass.ADOPTIVE_PARENT, "养父", "养母", "养父母"),
    (
        KinClass.STEP_PARENT,
        "继父 后父 后爸 后爹 继父或养父 养父或继父",
        "继母 后母 后妈 后娘 继母或养母 养母或继母",
        "继父母",
    ),
    (
        KinClass.HUSBAND_S_PARENT,
        "公公 公爹 家翁 翁 夫父 夫之父 丈夫之父",
        "婆婆 婆母 家姑 夫母 夫之母 丈夫之母",
        "公婆 翁姑",
    ),
    (
        KinClass.WIFE_S_PARENT,
        "岳父 丈人 老丈人 岳丈 外父 妻父 妻之父 妻子之父",
        "岳母 丈母 丈母娘 外母 妻母 妻之母 妻子之母",
        "岳父母",
    ),
    (KinClass.FATHER_S_PARENT, "祖父 爷爷 父之父", "祖母 奶奶 奶 父之母", "祖父母 爷爷奶奶"),
    (
        KinClass.MOTHER_S_PARENT,
        "外祖父 外公 姥爷 外爷 母之父",
        "外祖母 外婆 姥姥 姥娘 外奶奶 母之母",
        "外祖父母",
    ),
    (
        KinClass.SPOUSE_S_GRANDPARENT,
        "配偶祖父 配偶外祖父 夫祖父 妻祖父 太岳父",
        "配偶祖母 配偶外祖母 夫祖母 妻祖母 太岳母",
        "配偶祖父母 配偶外祖父母 配偶祖父母或外祖父母 配偶祖父母/外祖父母",
    ),
    (
        KinClass.GREAT_GRANDPARENT,
        "曾祖父 太爷爷 太爷 老太爷 外曾祖父 曾外祖父",
        "曾祖母 太奶奶 外曾祖母 曾外祖母",
        "曾祖父母 外曾祖父母",
    ),
    (
        KinClass.SIBLING,
        "兄 哥 哥哥 弟 弟弟 兄弟 兄长 胞兄 胞弟 胞兄弟 兄或弟 亲兄 亲哥 亲弟 异母兄 异母弟 "
        "异父兄 异父弟 "
        "同父异母兄 同父异母弟 "
        "同母异父兄 同母异父弟 同父异母哥哥 同父异母弟弟 同母异父哥哥 同母异父弟弟",
        "姐 姐姐 姊 妹 妹妹 姐妹 姊妹 胞姐 胞妹 胞姐妹 亲姐 亲妹 异母姐 异母妹 异父姐 异父妹 "
        "同父异母姐 同父异母妹 "
        "同母异父姐 同母异父妹 同父异母姐姐 同父异母妹妹 同母异父姐姐 同母异父妹妹",
        "兄弟姐妹 兄弟姊妹 兄妹 姐弟 同胞兄弟姐妹",
    ),
    (
        KinClass.BROTHER_S_WIFE,
        "",
        "嫂 嫂子 嫂嫂 弟媳 弟媳妇 弟妇 弟妹 兄嫂 兄媳 兄之妻 弟之妻",
        "",
    ),
    (KinClass.SISTER_S_HUSBAND, "姐夫 姊夫 姐丈 妹夫 妹婿 姐婿 妹丈 姐之夫 妹之夫", "", ""),
    (
        KinClass.SPOUSE_S_SIBLING,
        "小叔子 大伯子 大舅子 小舅子 舅子 内兄 内弟 妻兄 妻弟 夫兄 夫弟 "
        "妻之兄 妻之弟 夫之兄 夫之弟",
        "小姑子 大姑子 大姨子 小姨子 姨子 妻姐 妻妹 夫姐 夫妹 内妹 妻之姐 妻之妹 夫之姐 夫之妹",
        "配偶兄弟姐妹",
    ),
    (
        KinClass.BROTHER_S_CHILD,
        "侄子 侄儿 侄男 兄之子 弟之子",
        "侄女 侄女儿 兄之女 弟之女",
        "侄 侄子女",
    ),
    (KinClass.SISTER_S_CHILD, "甥男 姐之子 妹之子", "甥女 姐之女 妹之女", "甥"),
    (
        KinClass.NEPHEW_S_CHILD,
        "侄孙子 侄孙儿 外侄孙子 甥孙子",
        "侄孙女 外侄孙女 甥孙女",
        "侄孙 外侄孙 甥孙",
    ),
    (
        KinClass.NEPHEW_S_SPOUSE,
        "侄女婿 侄婿 外甥女婿 外甥婿 甥婿",
        "侄媳 侄媳妇 侄儿媳 外甥媳 外甥媳妇 甥媳",
        "",
    ),
    (
        KinClass.FATHER_S_SIBLING,
        "伯父 伯伯 伯 叔父 叔叔 叔",
        "姑母 姑姑 姑 姑妈",
        "",
    ),
    (
        KinClass.MOTHER_S_SIBLING,
        "舅父 舅舅 舅",
        "姨母 姨 姨妈",
        "",
    ),
    (
        KinClass.FATHER_S_SIBLING_S_SPOUSE,
        "姑父 姑丈 姑夫",
        "伯母 婶母 婶 婶婶 婶子 叔母",
        "",
    ),
    (KinClass.MOTHER_S_SIBLING_S_SPOUSE, "姨父 姨丈 姨夫", "舅母 舅妈 舅妇 妗子 妗母", ""),
    (
        KinClass.FATHER_S_BROTHER_S_CHILD,
        "堂兄 堂弟 堂哥 堂兄弟",
        "堂姐 堂妹 堂姐妹 堂姊妹",
        "堂兄弟姐妹",
    ),
    (
        KinClass.OTHER_COUSIN,
        "表兄 表弟 表哥 表兄弟",
        "表姐 表妹 表姐妹 表姊妹",
        "表兄弟姐妹",
    ),
    (KinClass.OTHER_RELATIVE, "", "", "其他亲属 其它亲属 其他亲戚 亲属 亲戚 其他"),
    (
        KinClass.NON_RELATIVE,
        "",
        "",
        "非亲属 非亲 无亲属关系 非亲属关系 保姆 同事 同学 朋友 学生 职工 集体户成员",
    ),
)
"""Each class with its words for men, for women and for either."""

TWO_MEANINGS: Final[tuple[tuple[str, tuple[tuple[KinClass, str | None], ...]], ...]] = (
    # A wife in the north, a son's wife elsewhere.
    ("媳妇 媳妇儿", ((KinClass.SON_S_WIFE, "女"), (KinClass.SPOUSE, "女"))),
    # A husband's parents here, the mother's own parents in the south.
    ("家公", ((KinClass.HUSBAND_S_PARENT, "男"), (KinClass.MOTHER_S_PARENT, "男"))),
    ("家婆", ((KinClass.HUSBAND_S_PARENT, "女"), (KinClass.MOTHER_S_PARENT, "女"))),
    # A sister's child; in the north also a daughter's.
    ("外甥 外甥子女", ((KinClass.SISTER_S_CHILD, None), (KinClass.DAUGHTER_S_CHILD, None))),
    ("外甥子 外甥男", ((KinClass.SISTER_S_CHILD, "男"), (KinClass.DAUGHTER_S_CHILD, "男"))),
    ("外甥女 外甥女儿", ((KinClass.SISTER_S_CHILD, "女"), (KinClass.DAUGHTER_S_CHILD, "女"))),
    # A grandfather here, a father there; a grandmother in the south, a mother elsewhere.
    ("爷 阿爷 爹爹 阿爹 老爹", ((KinClass.FATHER_S_PARENT, "男"), (KinClass.PARENT, "男"))),
    ("阿妈 阿娘", ((KinClass.PARENT, "女"), (KinClass.FATHER_S_PARENT, "女"))),
    # Either side's grandparents, and a husband's parents.
    (
        "阿公",
        (
            (KinClass.FATHER_S_PARENT, "男"),
            (KinClass.MOTHER_S_PARENT, "男"),
            (KinClass.HUSBAND_S_PARENT, "男"),
        ),
    ),
    (
        "阿婆",
        (
            (KinClass.FATHER_S_PARENT, "女"),
            (KinClass.MOTHER_S_PARENT, "女"),
            (KinClass.HUSBAND_S_PARENT, "女"),
        ),
    ),
)
"""Words that no reader can tell the meaning of (K9): all are left open."""
