"""`kinbind relate`: what two relation words of one book allow."""

import sys
from typing import Annotated

import typer

from console.commands.output import AsJson, print_json, say


def relate(
    a: Annotated[str | None, typer.Argument(help="A 的称谓, e.g. 长子", show_default=False)] = None,
    b: Annotated[str | None, typer.Argument(help="B 的称谓, e.g. 孙子", show_default=False)] = None,
    *,
    stdin: Annotated[
        bool,
        typer.Option("--stdin", help="Read tab-separated pairs, one a line; print JSON lines."),
    ] = False,
    step_families: Annotated[
        bool,
        typer.Option(
            help="Whether the book may print 子/女/父/母 for step relations (the worst case)."
        ),
    ] = True,
    as_json: AsJson = False,
) -> None:
    """两个称谓的关系。Everything that B may be to A by two words of one book, and the path."""
    from tasks.kinship.worlds.relate import relate as relate_words
    from tasks.kinship.worlds.relate import relate_lines

    if stdin:
        for relation_or_fault in relate_lines(sys.stdin):
            print_json(relation_or_fault)
        return
    if a is None or b is None:
        raise typer.BadParameter(
            "请给出两个称谓，或用 --stdin 逐行输入 give two relation words, or --stdin",
            param_hint="A B",
        )
    relation = relate_words(a, b, step_families=step_families)
    if as_json:
        print_json(relation)
        return
    say(" / ".join(r.value for r in relation.relations) or "-")
    say(relation.path.zh)
    say(relation.path.en)
    if relation.reason is not None:
        say(relation.reason.zh, relation.reason.en)
