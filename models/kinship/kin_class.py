"""What the words of a hukou book say somebody is to the householder, as classes of kin."""

from enum import StrEnum
from typing import Final


class KinClass(StrEnum):
    """What a printed word says its bearer is to the householder."""

    HOUSEHOLDER = "householder"  # 户主
    SPOUSE = "spouse"  # 配偶
    CHILD = "child"  # 子, 女
    ADOPTED_CHILD = "adopted_child"  # 养子
    STEP_CHILD = "step_child"  # 继子
    SON_S_WIFE = "son_s_wife"  # 儿媳
    DAUGHTER_S_HUSBAND = "daughter_s_husband"  # 女婿
    SON_S_CHILD = "son_s_child"  # 孙
    DAUGHTER_S_CHILD = "daughter_s_child"  # 外孙
    GRANDCHILD_S_SPOUSE = "grandchild_s_spouse"  # 孙媳, 孙女婿
    GREAT_GRANDCHILD = "great_grandchild"  # 曾孙
    GREAT_GREAT_GRANDCHILD = "great_great_grandchild"  # 玄孙
    PARENT = "parent"  # 父, 母
    ADOPTIVE_PARENT = "adoptive_parent"  # 养父
    STEP_PARENT = "step_parent"  # 继父
    HUSBAND_S_PARENT = "husband_s_parent"  # 公公, 婆婆
    WIFE_S_PARENT = "wife_s_parent"  # 岳父, 岳母
    FATHER_S_PARENT = "father_s_parent"  # 祖父母
    MOTHER_S_PARENT = "mother_s_parent"  # 外祖父母
    SPOUSE_S_GRANDPARENT = "spouse_s_grandparent"  # 配偶的祖父母
    GREAT_GRANDPARENT = "great_grandparent"  # 曾祖父母
    SIBLING = "sibling"  # 兄弟姐妹
    BROTHER_S_WIFE = "brother_s_wife"  # 嫂, 弟媳
    SISTER_S_HUSBAND = "sister_s_husband"  # 姐夫, 妹夫
    SPOUSE_S_SIBLING = "spouse_s_sibling"  # 小舅子, 小姑子
    BROTHER_S_CHILD = "brother_s_child"  # 侄
    SISTER_S_CHILD = "sister_s_child"  # 外甥
    NEPHEW_S_CHILD = "nephew_s_child"  # 侄孙
    NEPHEW_S_SPOUSE = "nephew_s_spouse"  # 侄媳, 侄女婿
    FATHER_S_SIBLING = "father_s_sibling"  # 伯父, 叔父, 姑母
    MOTHER_S_SIBLING = "mother_s_sibling"  # 舅父, 姨母
    FATHER_S_SIBLING_S_SPOUSE = "father_s_sibling_s_spouse"  # 伯母, 婶母, 姑父
    MOTHER_S_SIBLING_S_SPOUSE = "mother_s_sibling_s_spouse"  # 舅母, 姨父
    FATHER_S_BROTHER_S_CHILD = "father_s_brother_s_child"  # 堂兄弟姐妹
    OTHER_COUSIN = "other_cousin"  # 表兄弟姐妹
    OTHER_RELATIVE = "other_relative"  # 其他亲属
    NON_RELATIVE = "non_relative"  # 非亲属
    UNKNOWN = "unknown"  # blank, unread, or no word of this list


OPEN: Final = frozenset({KinClass.OTHER_RELATIVE, KinClass.NON_RELATIVE, KinClass.UNKNOWN})
"""Classes whose place in the family the word leaves open."""

NO_NEAR_RELATIVE: Final = frozenset({KinClass.NON_RELATIVE, KinClass.OTHER_RELATIVE})
"""What nobody's own child, parent or spouse is called in that person's book."""
