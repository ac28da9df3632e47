# %% [markdown]
# # 各群体是否被同等对待 Equal treatment
#
# 机器自行通过的比例，按被绑定人的性别、年龄段、民族组、关系与核验方式。区间互相分开的两组，
# 差别不是偶然；关系与年龄不同，所需材料也不同，差别未必是不公。
# Share that the machine approved by itself, by group. Intervals that lie apart are no chance; other
# relations and ages need other papers, so a difference need not be unfair.

# %%
import canvas
import charts
import pandas as pd

from kinbind.frames import DatasetMissingError, questions

canvas.set_style()
GROUPS = {
    "sex": ("性别", {"female": "女", "male": "男"}),
    "age_band": ("年龄段", {}),
    "ethnicity_group": ("民族组", {"han": "汉族", "minority": "少数民族"}),
    "relationship": (
        "所报关系",
        {
            "child": "子女",
            "parent": "父母",
            "spouse": "配偶",
            "sibling": "兄弟姐妹",
            "grandparent": "祖父母",
            "grandchild": "孙子女",
            "other": "其他",
        },
    ),
    "route": (
        "核验方式",
        {
            "face": "人脸",
            "none": "未成年人免核",
            "remote_authorization": "远程授权",
            "non_face": "非人脸",
        },
    ),
}
try:
    answers = {group: questions.equal_treatment(group) for group in GROUPS}
except DatasetMissingError:
    answers = {}
answers = {group: table for group, table in answers.items() if len(table)}


def enough(table: pd.DataFrame) -> pd.DataFrame:
    """The groups that can be compared; all of them where none has thirty rounds."""
    return table if table["few"].all() else table[~table["few"]]


def spread(table: pd.DataFrame) -> float:
    """Between the largest and the smallest share, 0 to 1."""
    return float(enough(table)["share"].max() - enough(table)["share"].min())


def stands_apart(table: pd.DataFrame) -> bool:
    """Whether the intervals of two groups do not touch."""
    return bool(enough(table)["low"].max() > enough(table)["high"].min())


# %%
if not answers:
    canvas.say(
        "还没有可按群体比较的申请。先运行 `kinbind dataset`。",
        "There is nothing to compare by groups yet: `kinbind dataset` first.",
    )
else:
    apart = [group for group in answers if stands_apart(answers[group])]
    widest = max(answers, key=lambda group: spread(answers[group]))
    judged = max(int(table["rounds"].sum()) for table in answers.values())
    named = "、".join(GROUPS[group][0] for group in apart)
    canvas.say(
        f"{judged:,} 轮已有结果；差别最大的是{GROUPS[widest][0]}，相差"
        f" {spread(answers[widest]) * 100:.1f} 个百分点。"
        + (f"区间分开的分组：{named}。" if apart else "没有哪个分组的区间互相分开。"),
        f"{judged:,} rounds are decided; {widest} differs most, by "
        f"{spread(answers[widest]) * 100:.1f} points. Intervals lie apart: "
        f"{', '.join(apart) or 'nowhere'}.",
    )
for group, table in answers.items():
    name, words = GROUPS[group]
    labels = [
        f"{words.get(str(one[1]), str(one[1]))}  n = {one.rounds:,}" for one in table.itertuples()
    ]
    canvas.show(
        charts.shares(
            (
                f"机器直接通过的比例：{name}",
                f"Share approved by machine, by {group}; 95 % interval",
            ),
            table,
            labels,
        )
    )
