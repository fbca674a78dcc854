"""Goal preferences: what the `should` rules are short of, each at its weight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.goals.base import Goal, Measured, Sum
from planner.rules.base import HUNDRED
from planner.rules.share import Share
from planner.standing import Standing

if TYPE_CHECKING:
    from planner.problem import Problem
    from planner.program import Program


class Preferences(Goal):
    """Σ weight · amount over the breaches of `should` rules. Shares count in hundredths, shown as entries."""

    name = "preferences"

    def measure(self, standing: Standing) -> Measured:
        total, shown, summed = 0, {}, Sum()
        for rule in standing.bound.rules:
            if not rule.is_must:
                amount, each = sum(v.amount for v in rule.check(standing.line)), rule.entry.weight
                total += each * amount
                hundredths = HUNDRED if isinstance(rule, Share) else 1
                shown[rule.id] = amount / HUNDRED if isinstance(rule, Share) else amount
                summed.add(rule.id, amount / hundredths, each * hundredths)
        return Measured(total, shown, summed.terms)

    def post(self, problem: Problem, program: Program) -> None:
        weights = {rule.id: rule.entry.weight for rule in problem.bound.rules if not rule.is_must}
        for key in list(program.keys):
            if key[0] == "slack" and key[1] in weights:
                program.minimise(self.name, program[key] * weights[str(key[1])])
