"""Data as YAML text that our own reader takes: one value a line or small lists in a line, keys in their order."""

import io
from collections.abc import Mapping
from typing import Any

from ruamel.yaml import YAML


def yaml_text(data: Mapping[str, Any], *, short_in_line: bool = False) -> str:
    """The text. `short_in_line`: lists and mappings of plain values stand in one line."""
    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style = None if short_in_line else False
    yaml.allow_unicode = True
    yaml.width = 4096
    yaml.sort_base_mapping_type_on_output = False  # type: ignore[assignment]
    yaml.representer.ignore_aliases = lambda _: True  # our own reader refuses aliases
    out = io.StringIO()
    yaml.dump(data, out)
    return out.getvalue()
