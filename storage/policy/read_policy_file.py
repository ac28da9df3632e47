"""Read a policy file, and refuse what can be told from the file alone."""

import datetime as dt
import re
from pathlib import Path
from typing import Any, Final, NamedTuple, NoReturn, TypeGuard, TypeVar

import yaml

from models.intake.application import Product
from models.policy.policy_fault import PolicyFault, PolicyFileError
from storage.policy.policy_files import BY_PRODUCT, GROUPS, Lines, PolicyFile
from storage.policy.refusal_words import near_miss

_Kind = TypeVar("_Kind")
_MOST_VALUES: Final = 20_000
"""Values of a file, its aliases followed; the country's file has some 700, a trap has more."""
_FIRST_DAY: Final = dt.date(1949, 10, 1)
"""Before it no rule of today's offices began: an earlier day is a slip of the year (0202)."""
_NUMBER_BY_BASE: Final = re.compile(r"[-+]?0[0-9_]+|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+")
"""010 and 1:30, which YAML takes for 8 and 90."""
_HEAD: tuple[tuple[str, type], ...] = (("name", str), ("region", str), ("effective_from", dt.date))
_KINDS = {str: ("文字，可加引号", "text; quote it"), dt.date: ("日期", "a day like 2026-01-31")}


def read_policy_file(path: Path) -> PolicyFile:
    """Read one file; what it says is checked later, together with what it inherits.

    Raises:
        PolicyFileError: It is missing, no YAML, writes a key twice, names a day that there is not
            or lacks its head; the faults name file and line.
    """
    if not path.is_file():
        zh, en = (
            f"文件不存在，请检查路径 {path}。",
            f"there is no policy file {path}; check the path.",
        )
        _refuse(path, 0, "", zh, en)
    content = path.read_bytes()
    try:
        loader = yaml.CSafeLoader(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, yaml.reader.ReaderError):
        _refuse(path, 0, "", "不是 UTF-8 文本，请另存。", "not UTF-8 text; save it again as such.")
    nodes = _Nodes(path, loader, {}, {})
    try:
        body = nodes.plain(loader.get_single_node(), ())
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 0
        _refuse(
            path,
            line,
            "",
            "不是有效的 YAML，请检查缩进与引号。",
            "not YAML; check indents and quotes.",
        )
    finally:
        loader.dispose()
    file = PolicyFile(path, body if isinstance(body, dict) else {}, nodes.lines, content)
    values = list(nodes.faults.values())
    faulty_keys = {fault.key for fault in values}
    if faults := [*values, *(f for f in _header_faults(file) if f.key not in faulty_keys)]:
        raise PolicyFileError(faults)
    return file


def _refuse(path: Path, line: int, key: str, zh: str, en: str) -> NoReturn:
    raise PolicyFileError([PolicyFault(file=path.name, line=line, key=key, zh=zh, en=en)])


def _header_faults(file: PolicyFile) -> list[PolicyFault]:
    head = [
        _fault(
            file, (key,), f"缺少，或不是{_KINDS[kind][0]}。", f"missing, or not {_KINDS[kind][1]}."
        )
        for key, kind in _HEAD
        if not _is_a(file.body.get(key), kind)
    ]
    faults = [*head, *_term_faults(file, (), file.body), *_product_faults(file)]
    if not any(fault.key.startswith(BY_PRODUCT) for fault in faults):
        faults += [f for path, group in _written(file) for f in _group_faults(file, path, group)]
    return faults


def _is_a(value: object, kind: type[_Kind]) -> TypeGuard[_Kind]:
    """Whether a value is of a kind; a moment is no day, though Python counts it as one."""
    return isinstance(value, kind) and not isinstance(value, dt.datetime)


def _group_faults(file: PolicyFile, path: tuple[str, ...], group: Any) -> list[PolicyFault]:  # noqa: ANN401
    """What is wrong with the head of one group, or of one term of it."""
    if not isinstance(group, dict) or not group.get("source"):
        name = path[0] if path[0] != BY_PRODUCT else path[2]
        zh, en = f"{name} 没有写明依据，请加 source。", f"{name} names no source; add one."
        return [_fault(file, path, zh, en)]
    if not _is_a(group.get("effective_from"), dt.date):
        zh = "缺少 effective_from，或不是日期；应写成 2026-01-31 的样子。"
        en = "effective_from is missing or not a date; write it like 2026-01-31."
        where = (*path, "effective_from") if "effective_from" in group else path
        return [_fault(file, where, zh, en)]
    return _term_faults(file, path, group)


def _term_faults(
    file: PolicyFile, path: tuple[str, ...], said: dict[str, Any]
) -> list[PolicyFault]:
    """A last day that is none, or lies before the first."""
    first, last = said.get("effective_from"), said.get("effective_until")
    where = (*path, "effective_until")
    if _is_a(first, dt.date) and first < _FIRST_DAY:
        zh, en = "年份过早，请核对。", "the year is too early; correct it."
        return [_fault(file, (*path, "effective_from"), zh, en)]
    if last is not None and not _is_a(last, dt.date):
        return [_fault(file, where, "不是日期，应如 2026-01-31。", "not a day like 2026-01-31.")]
    if _is_a(first, dt.date) and _is_a(last, dt.date) and last < first:
        zh, en = "截止日早于起始日，请改正。", "the last day lies before the first; correct one."
        return [_fault(file, where, zh, en)]
    return []


def _product_faults(file: PolicyFile) -> list[PolicyFault]:
    products = file.body.get(BY_PRODUCT, {})
    if not isinstance(products, dict) or not all(isinstance(v, dict) for v in products.values()):
        zh, en = "应按业务列出各组规则。", "holds, for each product, the groups that are its own."
        return [_fault(file, (BY_PRODUCT,), zh, en)]
    known = " ".join(Product)
    faults = [
        _fault(
            file, (BY_PRODUCT, name), f"没有这项业务，可用：{known}。", f"no such product: {known}."
        )
        for name in sorted(products.keys() - set(Product))
    ]
    return faults + [
        _unknown_group(file, product, name)
        for product, groups in products.items()
        for name in sorted(groups.keys() - GROUPS)
    ]


def _unknown_group(file: PolicyFile, product: str, name: str) -> PolicyFault:
    near = near_miss(name, set(GROUPS))
    zh = f"没有这一组{f'；是否应为 {near}？' if near else '，请删去。'}"
    en = f"no rule has this key{f'; did you mean {near}?' if near else '; take it out.'}"
    return _fault(file, (BY_PRODUCT, product, name), zh, en)


def _written(file: PolicyFile) -> list[tuple[tuple[str, ...], Any]]:
    """Every group and term as written, before it is known to be well formed."""
    products = file.body.get(BY_PRODUCT, {})
    own = [((BY_PRODUCT, p, n), g) for p, said in products.items() for n, g in said.items()]
    general = [((name,), file.body[name]) for name in file.body if name in GROUPS]
    found: list[tuple[tuple[str, ...], Any]] = []
    for path, group in (*general, *own):
        if isinstance(group, list) and group:
            found += [((*path, str(i)), term) for i, term in enumerate(group)]
        else:
            found.append((path, group))
    return found


def _fault(file: PolicyFile, where: tuple[str, ...], zh: str, en: str) -> PolicyFault:
    line = file.line(where)
    return PolicyFault(file=file.path.name, line=line, key=".".join(where), zh=zh, en=en)


class _Nodes(NamedTuple):
    """Makes plain values of a file's nodes; what is wrong with single values is gathered.

    Attributes:
        lines: Where each key stands.
        faults: What was found, by line and words: what an alias repeats is one fault.
    """

    path: Path
    loader: yaml.CSafeLoader
    lines: Lines
    faults: dict[tuple[int, str], PolicyFault]

    def plain(self, node: yaml.Node | None, where: tuple[str, ...]) -> Any:  # noqa: ANN401 - YAML holds anything
        """Plain values of a node; remembers each key's line and tells of a key written twice."""
        if node is None:
            return {}
        line = node.start_mark.line + 1
        self.lines[where] = line
        if len(self.lines) > _MOST_VALUES:
            zh, en = (
                "内容过多，或引用（*）展开后过多，请删减。",
                "holds too much, or its aliases do; shorten it.",
            )
            _refuse(self.path, line, ".".join(where[:1]), zh, en)
        if isinstance(node, yaml.SequenceNode):
            return [self.plain(v, (*where, str(i))) for i, v in enumerate(node.value)]
        if not isinstance(node, yaml.MappingNode):
            return self._value(node, where, line)
        plain: dict[str, Any] = {}
        for key_node, value in node.value:
            key, line = str(key_node.value), key_node.start_mark.line + 1
            if key in plain:
                zh, en = "重复写了两次，请删去一处。", "is written twice; take one out."
                self._found(line, (*where, key), zh, en)
            plain[key] = self.plain(value, (*where, key))
            self.lines[(*where, key)] = line
        return plain

    def _value(self, node: yaml.Node, where: tuple[str, ...], line: int) -> Any:  # noqa: ANN401
        """A single value; a date must be a day of the calendar (2021-04-31 is none)."""
        text = str(node.value)
        try:
            value = self.loader.construct_object(node)
        except ValueError:
            zh, en = (
                f"{text[:40]} 不是日历上的日子，请改正。",
                f"{text[:40]} is no day of the calendar; correct it.",
            )
            return self._found(line, where, zh, en)
        if isinstance(value, int) and _NUMBER_BY_BASE.fullmatch(text):
            zh = f"{text[:40]} 请按十进制写。"
            return self._found(line, where, zh, f"{text[:40]}: write it as a plain decimal number.")
        return value

    def _found(self, line: int, where: tuple[str, ...], zh: str, en: str) -> None:
        fault = PolicyFault(file=self.path.name, line=line, key=".".join(where), zh=zh, en=en)
        self.faults.setdefault((line, zh), fault)
