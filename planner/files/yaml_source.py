"""YAML as data with the line of every value.

Twin keys, aliases and tags are refused, numbers are those of YAML 1.2. Dates stay text,
so that a month without a day is read as everywhere else.
"""

import unicodedata
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from planner.domain.errors import Finding
from planner.domain.findings import Names, error, keys_of, refused

KeyPath = tuple[Hashable, ...]
_TAG = "tag:yaml.org,2002:"
_AS_TEXT = (_TAG + "str", _TAG + "timestamp")
_DEEPEST = 50
MOST_BYTES = 500_000
"""Of one file: several times the largest of a content set, and some seconds of reading."""


@dataclass
class YamlSource:
    """What a file says, the line of each value by its path of keys, and what is wrong with it as YAML."""

    file: str
    data: Any = None
    lines: dict[KeyPath, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def line(self, path: KeyPath) -> int | None:
        """The line of a value, or of the nearest thing that holds it."""
        return next((self.lines[path[:n]] for n in range(len(path), -1, -1) if path[:n] in self.lines), None)

    def error(
        self,
        code: str,
        path: KeyPath = (),
        value: object = None,
        suggestion: str | None = None,
        **values: Any,
    ) -> None:
        """Add a finding about the value at `path`."""
        column = written(path) or None
        self.findings.append(error(code, self.file, self.line(path), column, value, suggestion, **values))

    def refuse(self, details: list[ErrorDetails], model: type[BaseModel], below: KeyPath = ()) -> None:
        """Add what pydantic refused in the value at `below`. Branches of a union are one finding."""
        seen: set[KeyPath] = set()
        for problem in details:
            path = self._known(below + problem["loc"], whole=problem["type"] == "missing")
            if path in seen:
                continue
            seen.add(path)
            code, values, suggestion = refused(problem)
            if problem["type"] == "extra_forbidden":
                suggestion = Names(_all_keys(model)).suggest(str(path[-1]))
            shown = problem["input"] if not isinstance(problem["input"], dict | list | tuple) else None
            self.error(code, path, shown, suggestion, **values)

    def _known(self, path: KeyPath, whole: bool) -> KeyPath:
        """The part of pydantic's path that is in the file (it names branches of unions too); `whole`: one more."""
        known: KeyPath = ()
        for part in path:
            if (*known, part) not in self.lines:
                return (*known, part) if whole else known
            known = (*known, part)
        return known


def written(path: KeyPath) -> str:
    """A path of keys as people write it: standards[3].cells[0].level (counted from 1)."""
    text = ""
    for part in path:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text


def _all_keys(model: type[BaseModel]) -> set[str]:
    """Every key of a model and of the models within it."""
    keys, todo, seen = set[str](), [model], set[type]()
    while todo:
        current = todo.pop()
        if current in seen:
            continue
        seen.add(current)
        keys |= keys_of(current)
        todo += [m for f in current.model_fields.values() for m in _models(f.annotation)]
    return keys


def _models(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [m for inner in getattr(annotation, "__args__", ()) for m in _models(inner)]


def read_yaml(path: Path, file: str) -> YamlSource:
    """The file, read. Where `findings` is not empty, `data` is what could be read, perhaps nothing."""
    source = YamlSource(file)
    try:
        if path.stat().st_size > MOST_BYTES:
            source.findings.append(error("finding.too_big_yaml", file, limit=f"{MOST_BYTES // 1000} kB"))
            return source
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = problem.object[: problem.start].count(b"\n") + 1
        source.findings.append(error("finding.not_utf8", file, line))
        return source
    except OSError as problem:
        source.findings.append(error("finding.unreadable", file, text=problem.strerror))
        return source
    try:
        node = _composed(unicodedata.normalize("NFC", text))
    except MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        source.findings.append(error("finding.broken_yaml", file, mark and mark.line + 1, text=problem.problem))
        return source
    except YAMLError as problem:
        source.findings.append(error("finding.broken_yaml", file, text=str(problem).splitlines()[0]))
        return source
    except RecursionError:
        source.findings.append(error("finding.too_deep", file))
        return source
    if node is not None:
        source.data = _Builder(source, YAML(typ="safe", pure=True)).build(node, ())
    return source


@lru_cache(maxsize=128)
def _composed(text: str) -> Node | None:
    """The nodes of a text, which nothing changes: a process that reads a content set again parses it once."""
    node: Node | None = YAML(typ="safe", pure=True).compose(text)
    return node


class _Builder:
    def __init__(self, source: YamlSource, yaml: YAML) -> None:
        self.source = source
        self.seen: set[int] = set()
        constructor = yaml.constructor
        self.scalars: dict[str, Callable[[ScalarNode], Any]] = {
            _TAG + "int": constructor.construct_yaml_int, _TAG + "float": constructor.construct_yaml_float,
            _TAG + "bool": constructor.construct_yaml_bool, _TAG + "null": lambda node: None,
        }  # fmt: skip

    def build(self, node: Node, path: KeyPath, line: int | None = None) -> Any:
        """The value of a node. `line` is that of its key: an alias has the mark of what it stands for."""
        line = line or node.start_mark.line + 1
        self.source.lines[path] = line
        if id(node) in self.seen:  # the same node again is an alias: a few of them can stand for billions of values
            return self._refuse("finding.yaml_alias", line, path)
        self.seen.add(id(node))
        if len(path) > _DEEPEST:
            return self._refuse("finding.too_deep", line, path)
        tag = str(node.tag)
        if isinstance(node, MappingNode) and tag == _TAG + "map":
            return self._mapping(node, path)
        if isinstance(node, SequenceNode) and tag == _TAG + "seq":
            return [self.build(item, (*path, i)) for i, item in enumerate(node.value)]
        if isinstance(node, ScalarNode) and tag in _AS_TEXT:
            return node.value
        if isinstance(node, ScalarNode) and tag in self.scalars:
            try:
                return self.scalars[tag](node)
            except ValueError:
                return node.value
        return self._refuse("finding.yaml_tag", line, path, tag.removeprefix(_TAG))

    def _mapping(self, node: MappingNode, path: KeyPath) -> dict[Any, Any]:
        values: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            key = self.build(key_node, (*path, None)) if isinstance(key_node, ScalarNode) else None
            if not isinstance(key, str | int | float):
                self._refuse("finding.yaml_key", line, path)
            elif key in values:
                self._refuse("finding.twin_key", line, (*path, key), key)
            else:
                values[key] = self.build(value_node, (*path, key), line)
        return values

    def _refuse(self, code: str, line: int, path: KeyPath, value: object = None) -> None:
        self.source.findings.append(error(code, self.source.file, line, written(path) or None, value))
