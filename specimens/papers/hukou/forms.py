"""The printed forms of registration cards as provinces and years arrange them."""

from typing import Final, NamedTuple


class Cell(NamedTuple):
    """A label and its value: widths as shares of the row, the value's name among the contents."""

    label: str
    label_share: float
    value: str
    value_share: float


class Layout(NamedTuple):
    """One province's or year's form: its rows from above."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    upright: bool = False
    held_out: bool = False


def _pair(left: str, left_key: str, right: str, right_key: str) -> tuple[Cell, ...]:
    return (Cell(left, 0.14, left_key, 0.36), Cell(right, 0.18, right_key, 0.32))


def _wide(label: str, key: str) -> tuple[Cell, ...]:
    return (Cell(label, 0.25, key, 0.75),)


_PERSON_ROWS: Final = (
    _pair("姓名", "name", "户主或与户主关系", "relation_to_householder"),
    _pair("曾用名", "former_name", "性别", "sex"),
    _pair("出生地", "birthplace", "民族", "ethnicity"),
    _pair("籍贯", "origin", "出生日期", "birth_date"),
    (
        Cell("本市（县）其他住址", 0.26, "other_address", 0.34),
        Cell("宗教信仰", 0.16, "faith", 0.24),
    ),
)
_NUMBER_ROW: Final = (
    Cell("公民身份号码", 0.19, "id_number", 0.39),
    Cell("身高", 0.09, "height", 0.12),
    Cell("血型", 0.09, "blood", 0.12),
)
_STATUS_ROW: Final = (
    Cell("文化程度", 0.14, "schooling", 0.21),
    Cell("婚姻状况", 0.14, "marital_status", 0.19),
    Cell("兵役状况", 0.14, "service", 0.18),
)
_MOVES: Final = (
    _wide("何时由何地迁来本市（县）", "moved_city"),
    _wide("何时由何地迁来本址", "moved_here"),
)
_WORK: Final = (Cell("服务处所", 0.16, "employer", 0.44), Cell("职业", 0.10, "occupation", 0.30))

LAYOUTS: Final = (
    Layout("standard", (*_PERSON_ROWS, _NUMBER_ROW, _STATUS_ROW, _WORK, *_MOVES)),
    Layout(
        "older",
        (
            *_PERSON_ROWS,
            (
                _NUMBER_ROW[0]._replace(
                    label="公民身份证件编号", label_share=0.23, value_share=0.35
                ),
                *_NUMBER_ROW[1:],
            ),
            _STATUS_ROW,
            _WORK,
            *_MOVES,
        ),
    ),
    Layout(
        "three-columns",
        (
            (
                Cell("姓名", 0.10, "name", 0.24),
                Cell("性别", 0.08, "sex", 0.10),
                Cell("户主或与户主关系", 0.22, "relation_to_householder", 0.26),
            ),
            (
                Cell("曾用名", 0.12, "former_name", 0.22),
                Cell("民族", 0.08, "ethnicity", 0.14),
                Cell("出生日期", 0.14, "birth_date", 0.30),
            ),
            _pair("出生地", "birthplace", "籍贯", "origin"),
            _PERSON_ROWS[4],
            _NUMBER_ROW,
            _STATUS_ROW,
            _WORK,
            *_MOVES,
        ),
    ),
    Layout(
        "upright",
        (
            *_PERSON_ROWS[:4],
            _wide("本市（县）其他住址", "other_address"),
            (Cell("公民身份号码", 0.27, "id_number", 0.73),),
            (
                Cell("宗教信仰", 0.2, "faith", 0.2),
                Cell("身高", 0.1, "height", 0.2),
                Cell("血型", 0.1, "blood", 0.2),
            ),
            (Cell("文化程度", 0.2, "schooling", 0.3), Cell("婚姻状况", 0.2, "marital_status", 0.3)),
            (Cell("兵役状况", 0.2, "service", 0.3), Cell("职业", 0.14, "occupation", 0.36)),
            _wide("服务处所", "employer"),
            *_MOVES,
        ),
        upright=True,
        held_out=True,
    ),
    Layout(
        "number-first",
        (
            _PERSON_ROWS[0],
            (Cell("公民身份号码", 0.19, "id_number", 0.45), Cell("性别", 0.12, "sex", 0.24)),
            _pair("曾用名", "former_name", "民族", "ethnicity"),
            _pair("出生日期", "birth_date", "出生地", "birthplace"),
            _pair("籍贯", "origin", "婚姻状况", "marital_status"),
            (
                Cell("文化程度", 0.14, "schooling", 0.21),
                Cell("宗教信仰", 0.14, "faith", 0.19),
                Cell("兵役状况", 0.14, "service", 0.18),
            ),
            _WORK,
            *_MOVES,
        ),
        held_out=True,
    ),
)
