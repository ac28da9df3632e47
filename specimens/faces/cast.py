"""Who the invented people are: families over three generations, and people related to nobody."""

from typing import Final, Literal, NamedTuple

Sex = Literal["男", "女"]


class CastMember(NamedTuple):
    """One person of the cast.

    Attributes:
        id: Identifier in the gallery.
        sex: 男 or 女.
        age: Years, on the day of the selfie.
        mother: Her identifier, where she is in the cast.
        father: His.
    """

    id: str
    sex: Sex
    age: int
    mother: str | None = None
    father: str | None = None


CAST: Final = (
    # Three generations: a son's family beside his parents.
    CastMember("a1", "男", 68), CastMember("a2", "女", 66),
    CastMember("a3", "男", 42, "a2", "a1"), CastMember("a4", "女", 40),
    CastMember("a5", "男", 15, "a4", "a3"), CastMember("a6", "女", 9, "a4", "a3"),
    # Three generations: a daughter's family; two sisters.
    CastMember("b1", "男", 74), CastMember("b2", "女", 71),
    CastMember("b3", "女", 45, "b2", "b1"), CastMember("b4", "男", 47),
    CastMember("b5", "女", 20, "b3", "b4"), CastMember("b6", "女", 17, "b3", "b4"),
    # A young family.
    CastMember("c1", "男", 35), CastMember("c2", "女", 33),
    CastMember("c3", "男", 7, "c2", "c1"), CastMember("c4", "女", 4, "c2", "c1"),
    # Two grown brothers.
    CastMember("d1", "男", 52), CastMember("d2", "女", 50),
    CastMember("d3", "男", 26, "d2", "d1"), CastMember("d4", "男", 23, "d2", "d1"),
    # Parents past sixty, brother and sister.
    CastMember("e1", "男", 62), CastMember("e2", "女", 60),
    CastMember("e3", "女", 33, "e2", "e1"), CastMember("e4", "男", 29, "e2", "e1"),
    # One child.
    CastMember("f1", "男", 39), CastMember("f2", "女", 38), CastMember("f3", "女", 12, "f2", "f1"),
    # People alone.
    CastMember("m1", "男", 22), CastMember("m2", "男", 31), CastMember("m3", "男", 44),
    CastMember("m4", "男", 57),
    CastMember("m5", "男", 66), CastMember("m6", "男", 79), CastMember("m7", "男", 10),
    CastMember("w1", "女", 21), CastMember("w2", "女", 30), CastMember("w3", "女", 41),
    CastMember("w4", "女", 55),
    CastMember("w5", "女", 64), CastMember("w6", "女", 77), CastMember("w7", "女", 13),
)  # fmt: skip
