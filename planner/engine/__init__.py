"""Tier by tier: relax, bound, search, prove. The only place that starts a solver.

What it offers is loaded when it is first asked for: a solver's process needs none of it, and starts in half the time.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from planner.engine.duals import packed, unpacked
    from planner.engine.model import build, build_program
    from planner.engine.parent import Parent
    from planner.engine.result import Progress, Result, TierResult
    from planner.engine.tiers import get_ready, solve
else:

    def __getattr__(name: str) -> Any:
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)


__all__ = [
    "Parent", "Progress", "Result", "TierResult", "build", "build_program", "get_ready", "packed", "solve", "unpacked",
]  # fmt: skip

_MODULES = {
    "Parent": "parent",
    "Progress": "result",
    "Result": "result",
    "TierResult": "result",
    "build": "model",
    "build_program": "model",
    "get_ready": "tiers",
    "packed": "duals",
    "solve": "tiers",
    "unpacked": "duals",
}
