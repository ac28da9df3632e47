# %% [markdown]
# # 错误通过 False approvals
#
# 机器通过的申请按政策比例抽检，抽检人不知情。这里按证明类别看其中多少是不该通过的。
# Of the machine's approvals, a share is looked at blind: how many should not have been made, by
# class of proof. Circles that are hollow stand for fewer than 30: they compare nothing.

# %%
import canvas
import charts

from kinbind.frames import DatasetMissingError, questions
from models.decision.proof_class import ProofClass
from models.reports.wilson import wilson_interval

canvas.set_style()
try:
    by_class = questions.false_approvals().dropna(subset="proof_class")
except DatasetMissingError:
    by_class = None

# %%
if by_class is None or by_class.empty:
    canvas.say(
        "还没有抽检结果，因此说不出错误通过的比例。先运行 `kinbind dataset`。",
        "No sample has a result yet, so no share can be said: `kinbind dataset` first.",
    )
else:
    sampled, refused = int(by_class["sampled"].sum()), int(by_class["refused"].sum())
    low, high = wilson_interval(refused, sampled)
    worst = by_class.loc[by_class["share"].idxmax()]
    zh, en = (
        (
            f"凭{ProofClass(worst.proof_class).zh}的最多，{worst.share:.1%}"
            f"（{worst.refused} / {worst.sampled}）。",
            f"The largest share is that of {worst.proof_class}: {worst.share:.1%}.",
        )
        if refused
        else ("", "")
    )
    canvas.say(
        f"抽检 {sampled:,} 份机器通过的申请，{refused:,} 份不该通过，{refused / sampled:.1%}"
        f"（95% 区间 {low:.1%} 至 {high:.1%}）。{zh}",
        f"Of {sampled:,} sampled approvals {refused:,} should not have been made "
        f"({low:.1%} to {high:.1%}). {en}",
    )
    canvas.show(
        charts.shares(
            (
                "各证明类别的错误通过比例",
                "Share of sampled approvals that people refused; 95 % interval",
            ),
            by_class,
            [
                f"{ProofClass(one.proof_class).zh}  {one.refused} / {one.sampled}"
                for one in by_class.itertuples()
            ],
        )
    )
