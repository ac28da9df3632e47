"""The rule book on its shelf: reads the policy files and hands out the rules of one case."""

import bisect
import datetime as dt
import functools
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NamedTuple, NoReturn

from pydantic import ValidationError

from models.errors import SettingError
from models.identity.division import Divisions
from models.intake.application import ConsentKind, Product
from models.intake.consent_text import ConsentText
from models.policy.policy import NATIONAL, Policy, Rules
from models.policy.policy_fault import PolicyFault, PolicyFileError
from models.policy.rule_group import RuleGroup
from storage.policy.code_changes import with_changes
from storage.policy.consent_texts import load_consent_texts
from storage.policy.divisions import load_divisions
from storage.policy.policy_files import GROUPS, PolicyFile, merged
from storage.policy.read_policy_file import read_policy_file
from storage.policy.refusal_words import refusal_words

OVERRIDES_FILE: Final = "calendar_overrides.csv"
_ONE_DAY: Final = dt.timedelta(days=1)
_SHORT: Final = 12
"""Digits of the content's hash that a version shows."""


class KeyOrigins(NamedTuple):
    """Where the rules of one place and day were written.

    Attributes:
        files: Names of the files, the place's own first.
        places: Dotted key to `file:line` of the nearest file that writes it.
        sources: File and group to the source that this file names for it.
    """

    files: tuple[str, ...]
    places: Mapping[str, str]
    sources: Mapping[tuple[str, str], str]


@dataclass(frozen=True)
class PolicyRepository:
    """All policy files, checked; immutable but for its memory of cases already answered."""

    _files: tuple[PolicyFile, ...]
    folder: Path = Path()
    _answered: dict[tuple[Path, dt.date, Product | None], Policy] = field(default_factory=dict)

    @staticmethod
    def load(folder: Path) -> "PolicyRepository":
        """Read and check every `*.yaml` in a folder.

        Raises:
            SettingError: A file is missing, unreadable or says something that no rule knows;
                the text names file, line and, for a mistyped key, the nearest known one.
        """
        contents = (
            (str(path.relative_to(folder)), path.read_bytes())
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        )
        return _checked(folder, tuple(contents))

    @functools.cached_property
    def divisions(self) -> Divisions:
        """The table of divisions beside the policies, read when it is first needed.

        Raises:
            SettingError: It has a line that is none.
        """
        return load_divisions(self.folder)

    @functools.cached_property
    def consent_texts(self) -> Mapping[tuple[ConsentKind, str], ConsentText]:
        """The texts that people agree to, by kind and version.

        Raises:
            SettingError: A file is no such text; names it.
        """
        return load_consent_texts(self.folder)

    @functools.cached_property
    def working_days(self) -> str:
        """The text of the overrides of working days beside the policies; empty where none is."""
        path = self.folder / OVERRIDES_FILE
        return path.read_text("utf-8") if path.is_file() else ""

    @property
    def files(self) -> tuple[PolicyFile, ...]:
        """Every file, in the order of their names."""
        return self._files

    def resolve(self, file: PolicyFile, on: dt.date, product: Product | None) -> Rules:
        """What a file and those that it extends say together, for a day and a product.

        Raises:
            PolicyFileError: They say something that no rule knows, or nothing for that day.
        """
        return self._resolve(file, on, product)[0]

    def all_rules(self) -> Iterator[Rules]:
        """What any file says for any day on which it says something new, and any product."""
        for file in self._files:
            for day in self._days(file):
                for product in (None, *Product):
                    yield self._resolve(file, day, product)[0]

    def place(self, file: PolicyFile, on: dt.date, where: tuple[str, ...]) -> tuple[str, int]:
        """File and line that say a key for a day: the nearest of a file's chain.

        Raises:
            PolicyFileError: The chain is broken.
        """
        chain = tuple(link.at(on, None) for link in self._chain(file, on))
        name, _, line = _place(chain, where).partition(":")
        return name, int(line)

    def origins(self, region: str, on: dt.date, product: Product | None = None) -> KeyOrigins:
        """Which files, and which lines of them, say what holds in a place on a day.

        Raises:
            SettingError: No policy is in force on that day.
        """
        chain = [f.at(on, product) for f in self._chain(self._file_for(region, on), on)]
        keys = {keys for file in chain for keys in file.lines if keys}
        places = {".".join(keys): _place(chain, keys) for keys in sorted(keys)}
        sources = {
            (f.path.name, name): str(body[name]["source"])
            for f in chain
            for body in [f.body | {f"products.{p}": o for p, o in _offers(f).items()}]
            for name in body
            if isinstance(body[name], dict) and "source" in body[name]
        }
        return KeyOrigins(tuple(f.path.name for f in chain), places, sources)

    def for_case(self, region: str, on: dt.date, product: Product | None) -> Policy:
        """The rules for one application.

        Args:
            region: GB/T 2260 code of the place that decides; its first two digits select the
                province's file, its first four a city's own where there is one.
            on: The day by which the case is judged.
            product: What is asked for, where the application says so.

        Raises:
            SettingError: No policy is in force on that day.
        """
        file = self._file_for(region[:4], on)
        key = (file.path, self._same_since(on), product)
        if key not in self._answered:
            self._answered[key] = self._for(file, on, product)
        return self._answered[key]

    def first_day(self, region: str) -> dt.date:
        """The day on which the first policy for a place began: the place's own or the country's."""
        theirs = {region[:4], region[:2], NATIONAL}
        first: dt.date = min(
            f.body["effective_from"] for f in self._files if f.body["region"] in theirs
        )
        return first

    def content_digest(self, version: str, region: str, on: dt.date) -> str | None:
        """SHA-256 over the files behind a version, hexadecimal; None where they changed since."""
        try:
            chain = self._chain(self._file_for(region, on), on)
        except SettingError:
            return None
        digest = _digest(chain)
        return digest if version.endswith(f"#{digest[:_SHORT]}") else None

    @functools.cached_property
    def _turning_days(self) -> tuple[dt.date, ...]:
        """Every day on which something that a file says begins, or has just ended, in order."""
        named = {day for file in self._files for day in _days_in(file.body)}
        return tuple(sorted(named | {day + _ONE_DAY for day in named if day < dt.date.max}))

    def _same_since(self, on: dt.date) -> dt.date:
        """The first day from which all files say what they say on this one."""
        place = bisect.bisect_right(self._turning_days, on)
        return self._turning_days[place - 1] if place else dt.date.min

    def _for(self, file: PolicyFile, on: dt.date, product: Product | None) -> Policy:
        rules, chain = self._resolve(file, on, product)
        offer = rules.products.get(product) if product else None
        offer = offer if offer and offer.in_force(on) else None
        digest = _digest(chain)[:_SHORT]
        return Policy(
            **{name: getattr(rules, name) for name in Rules.model_fields},
            version=f"{file.path.name}@{rules.effective_from}#{digest}",
            offer=offer,
            eligible=offer.relationships(on) if offer else frozenset(),
            eligible_by_person=offer.doubtful_relationships(on) if offer else frozenset(),
        )

    def _file_for(self, region: str, on: dt.date) -> PolicyFile:
        """The nearest file to a place: the city's, the province's, the country's."""
        for code in (region[:4], region[:2], NATIONAL):
            if file := self._in_force(code, on):
                return file
        msg = (
            f"地区 {region[:2]} 在 {on} 没有生效的政策，请补充文件。"
            f" no policy is in force for province {region[:2]} on {on}; add one to the folder"
        )
        raise SettingError(msg)

    def _days(self, file: PolicyFile) -> list[dt.date]:
        """The first day of a file, and every later one on which another file takes over."""
        starts = {f.body["effective_from"] for f in self._files}
        first = file.body["effective_from"]
        return [first, *sorted(day for day in starts if day > first and file.in_force(day))]

    def _in_force(self, region: str, on: dt.date) -> PolicyFile | None:
        candidates = [f for f in self._files if f.body["region"] == region and f.in_force(on)]
        return max(candidates, key=lambda f: f.body["effective_from"], default=None)

    def _resolve(
        self, file: PolicyFile, on: dt.date, product: Product | None = None
    ) -> tuple[Rules, tuple[PolicyFile, ...]]:
        """The whole rules of a file with what it inherits, checked for that day and product."""
        chain = tuple(link.at(on, product) for link in self._chain(file, on))
        body: dict[str, Any] = {}
        for link in reversed(chain):
            body = with_changes(merged(body, link.body), link.body)
        try:
            rules = Rules.model_validate(body)
        except ValidationError as error:
            _refuse(error, chain)
        for name in sorted(GROUPS):
            group: RuleGroup = getattr(rules, name)
            if not group.in_force(on):
                zh = f"{on} 这一天没有生效的 {name}；请续写一段，或改 effective_until。"
                en = f"{name} is not in force on {on}; add a term, or move effective_until."
                raise PolicyFileError([_fault(chain, (name,), zh, en)])
        return rules, chain

    def _chain(self, file: PolicyFile, on: dt.date) -> tuple[PolicyFile, ...]:
        chain = [file]
        while (base := chain[-1].body.get("extends")) is not None:
            found = [f for f in self._files if f.body["name"] == base and f.in_force(on)]
            others = [f for f in found if f not in chain]
            newest = max(others, key=lambda f: f.body["effective_from"], default=None)
            if newest is None:
                known = " ".join(sorted({str(f.body["name"]) for f in self._files}))
                zh = f"extends 的 {base} 在 {on} 没有生效的文件；已有：{known}。"
                en = f"extends {base}, not in force on {on}; there are: {known}."
                if found:
                    zh, en = "不能承接自身，请改 extends。", "extends itself; name another file."
                raise PolicyFileError([_fault(chain, ("extends",), zh, en)])
            chain.append(newest)
        return tuple(chain)


def _days_in(said: object) -> Iterator[dt.date]:
    """Every day that stands in a part of a file."""
    if isinstance(said, dt.date):
        yield said
    elif isinstance(said, Mapping | list | tuple):
        for part in said.values() if isinstance(said, Mapping) else said:
            yield from _days_in(part)


@functools.lru_cache(maxsize=4)
def _checked(folder: Path, _contents: tuple[tuple[str, bytes], ...]) -> PolicyRepository:
    """Read and check a folder; once for the same contents, since it takes a tenth of a second."""
    files = tuple(read_policy_file(path) for path in sorted(folder.glob("*.yaml")))
    shelf = PolicyRepository(files, folder)
    if not any(f.body["region"] == NATIONAL for f in shelf.files):
        msg = (
            f"{folder} 缺少全国政策文件，请放入一份 region 为 '{NATIONAL}' 的文件。"
            f" {folder} holds no national policy; add a file with region: '{NATIONAL}'."
        )
        raise SettingError(msg)
    for _ in shelf.all_rules():
        pass  # one that cannot be resolved is refused here
    return shelf


def _offers(file: PolicyFile) -> dict[str, Any]:
    offers = file.body.get("products")
    return offers if isinstance(offers, dict) else {}


def _digest(chain: Sequence[PolicyFile]) -> str:
    return hashlib.sha256(b"\0".join(file.content for file in chain)).hexdigest()


def _refuse(error: ValidationError, chain: tuple[PolicyFile, ...]) -> NoReturn:
    faults = []
    for fault in error.errors(include_url=False, include_input=False):
        where = tuple(str(part) for part in fault["loc"])
        words = refusal_words(fault["type"], where[-1], fault["msg"], fault.get("ctx", {}))
        faults.append(_fault(chain, where, words.zh, words.en))
    raise PolicyFileError(faults) from None


def _fault(chain: Sequence[PolicyFile], where: tuple[str, ...], zh: str, en: str) -> PolicyFault:
    file, _, line = _place(chain, where).partition(":")
    return PolicyFault(file=file, line=int(line), key=".".join(where), zh=zh, en=en)


def _place(chain: Sequence[PolicyFile], where: tuple[str, ...]) -> str:
    """File and line of a key: the nearest file to the case that writes it."""
    writes = [f for f in chain if where in f.lines] or [f for f in chain if f.line(where)]
    file = writes[0] if writes else chain[0]
    return f"{file.path.name}:{file.line(where) or 1}"
