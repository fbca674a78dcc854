"""The scenario that stands beside a new case: content, rulebook and dates, so that it can be run at once."""

import datetime as dt

from planner.domain.messages import Language, tr

YEARS = 5


def first_scenario(case: str, content: str, rulebooks: list[str], today: dt.date, language: Language = "en") -> str:
    """The text of scenario.yaml: from `today` to the end of the fifth calendar year, by the latest rulebook."""
    others = ", ".join(rulebooks[:-1])
    lines = [
        f"title: {tr('guide.scenario', language)}",
        f"case: {case}",
        f"content: {content}",
        f"rulebook: {rulebooks[-1]}" + (f"        # {others}" if others else ""),
        f"as_of: {today.isoformat()}",
        f"horizon: {{until: {today.year + YEARS - 1}-12-31, period: half-year}}",
        "names_from: both",
        "goals: [heads, posts, [keep, nominations, depth], choice, [preferences, pipeline], effort]",
        "solve: {seconds: 30, seed: 1, workers: auto}",
    ]
    return "\n".join(lines) + "\n"
