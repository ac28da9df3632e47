"""The templates of pages, compiled once for each language.

Which of two words a page says is settled when its template is compiled: `say('通过', 'Approve')` is
one word by the time a page is drawn, and the other language costs nothing. A case's page says
hundreds of such pairs: with them chosen, and the list of reasons kept, it is drawn in 2.5 ms of a
processor, not in 3.3 (100 pages of `benchmarks.console.fill`, SQLite, other work beside).
"""

import functools
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, nodes
from jinja2.visitor import NodeTransformer

_TEMPLATES: Final = Path(__file__).parent / "templates"
_SAY: Final = "say"
_PAIR: Final = 2


@functools.cache
def templates_in(language: str) -> Environment:
    """The templates as they are read in "zh" or "en"."""
    return Environment(
        loader=_OneLanguageLoader(language),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


class _OneLanguageLoader(FileSystemLoader):
    """Compiles templates in which one language is chosen."""

    def __init__(self, language: str) -> None:
        super().__init__(_TEMPLATES)
        self._chooser = _LanguageChooser(language)

    def load(
        self,
        environment: Environment,
        name: str,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002  (the library's word)
    ) -> Template:
        """The template of that name; see `jinja2.BaseLoader.load`."""
        source, filename, uptodate = self.get_source(environment, name)
        chosen = self._chooser.visit(environment.parse(source, name, filename))
        code = environment.compile(chosen, name, filename)
        return environment.template_class.from_code(environment, code, globals or {}, uptodate)


class _LanguageChooser(NodeTransformer):
    """Puts the argument of its language in the place of `say(zh, en)`.

    A `say(*pair)` stays: what it says is known when the page is drawn.
    """

    def __init__(self, language: str) -> None:
        self._place = 1 if language == "en" else 0

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802  (the library's form)
        """See the class."""
        self.generic_visit(node)
        said = isinstance(node.node, nodes.Name) and node.node.name == _SAY
        return node.args[self._place] if said and len(node.args) == _PAIR else node
