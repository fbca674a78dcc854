"""An overview as lines for a terminal: what a manager asks, in the order in which it is asked."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, TypeVar

from planner.domain.messages import Language, day_text, label, number_text, percent_text, tr
from planner.exporters.overview import GoalLine, Holder, Overview, PostLine, Session, UnitLine, Vacancy

MANY_POSTS = 120
"""More posts than these are told by unit, and of long lists the first `FEW` lines; `--all` and the filters tell all."""
FEW = 20
MOST_NAMES = 12
"""Names of one class that are written out."""
WIDTH = 100
STEP = "  "
Row = TypeVar("Row")


class OverviewText:
    """The lines of an overview. `whole`: nothing is left to a count; `narrowed`: it is a part of a plan, of which what
    is said of the whole plan (lists, goals) is left out."""

    def __init__(
        self, overview: Overview, language: Language, width: int = WIDTH, whole: bool = False, narrowed: bool = False
    ) -> None:
        self.overview, self.language, self.width, self.narrowed = overview, language, max(60, width), narrowed
        self.by_unit = not whole and not narrowed and len(overview.posts) > MANY_POSTS
        self.most = None if whole else FEW
        self.whole = whole

    def lines(self) -> Iterator[str]:
        """Everything, a blank line between two parts; a part that has nothing to tell is left out or says so."""
        for line in self._lines():
            indent = (len(line) - len(line.lstrip())) // len(STEP)
            yield from [line] if len(line) <= self.width else self._said(line.strip(), indent, 1)

    def _lines(self) -> Iterator[str]:
        yield from self._head()
        parts = [self._vacancies, self._posts, self._chains, self._rotations, self._training]
        if not self.narrowed:
            parts += [self._lists, self._inherited, self._warnings, self._goals]
        nothing = True
        for part in parts:
            found = list(part())
            if found:
                nothing = False
                yield ""
                yield from found
        if nothing:
            yield ""
            yield self._tr("text.nothing_of_it")

    # ---- words ---------------------------------------------------------------------------------------------------

    def _tr(self, code: str, **values: Any) -> str:
        return tr(code, self.language, **values)

    def _day(self, day: dt.date) -> str:
        return day_text(day, self.language)

    def _said(self, text: str, indent: int = 1, hanging: int = 2) -> Iterator[str]:
        """A paragraph, wrapped; its first line indented by so many steps, the others by more."""
        yield from textwrap.wrap(
            text, self.width, initial_indent=STEP * indent, subsequent_indent=STEP * (indent + hanging),
            break_long_words=False, break_on_hyphens=False,
        )  # fmt: skip

    def _shown(self, rows: Sequence[Row], most: int | None = None) -> tuple[Sequence[Row], int]:
        """The first rows, and how many more there are; two more are shown rather than counted."""
        limit = self.most if most is None or self.most is None else most
        if limit is None or len(rows) <= limit + 2:
            return rows, 0
        return rows[:limit], len(rows) - limit

    def _more(self, count: int) -> Iterator[str]:
        if count:
            yield STEP + self._tr("text.and_more", n=count)

    # ---- parts ---------------------------------------------------------------------------------------------------

    def _head(self) -> Iterator[str]:
        o = self.overview
        yield o.title
        yield self._tr("text.span", as_of=o.as_of, until=o.until, rulebook=o.rulebook)

    def _vacancies(self) -> Iterator[str]:
        rows = self.overview.vacancies
        if not rows:
            if not self.narrowed:
                yield self._tr("text.no_vacancies")
            return
        lasting = [v for v in rows if v.until is None]
        passing = [v for v in rows if v.until is not None]
        yield self._tr("text.vacancies_head", count=len(rows), lasting=len(lasting))
        for code, some in (("text.vacancies_lasting", lasting), ("text.vacancies_passing", passing)):
            if not some:
                continue
            yield STEP + self._tr(code, count=len(some))
            shown, more = self._shown(some)
            for vacancy in shown:
                yield from self._vacancy(vacancy)
            yield from self._more(more)

    def _vacancy(self, v: Vacancy) -> Iterator[str]:
        since = self._day(v.since)
        span = self._tr("text.since_day", day=since) if v.until is None else f"{since} – {self._day(v.until)}"
        name = v.left_by.name if v.left_by else ""
        text = f"{span}  {v.post.title}: " + self._tr(f"value.opened.{v.opened}", person=name)
        for acting in v.acting:
            days = {"since": acting.since, "until": acting.until}
            itself = acting.person == v.filled_by and acting.until == v.until
            text += "; " + self._tr("text.acts_first" if itself else "text.acts", person=acting.person.name, **days)
        if v.filled_by is not None:
            text += "; " + self._tr("text.follows", person=v.filled_by.name, day=v.until)
        yield from self._said(text, 2)
        yield from self._said(self._tr("text.because", reason=v.reason), 4, 1)

    def _posts(self) -> Iterator[str]:
        if self.by_unit:
            yield from self._units()
            return
        if not self.overview.posts:
            return
        yield self._tr("text.posts_head")
        names = {row.unit: row.name for row in self.overview.units}
        for unit, lines in groupby(self.overview.posts, key=lambda line: line.post.unit):
            yield STEP + names.get(unit, unit)
            for line in lines:
                yield from self._said(self._post(line), 2, 1)
                if self.whole or len(self.overview.posts) == 1:
                    yield from self._names(line)

    def _post(self, line: PostLine) -> str:
        """Post: holders and where they go → who comes; successor; list."""
        holders = ", ".join(map(self._holder, line.holders)) or self._tr("text.no_holder")
        if line.seats > 1:
            holders = self._tr("text.of_seats", n=len(line.holders), seats=line.seats) + " " + holders
        parts = [holders]
        arrivals = [
            self._tr(f"value.arrives.{a.kind}", person=a.person.name, day=a.on)
            for a in line.arrivals
        ]  # fmt: skip
        if arrivals:
            parts[0] += " → " + ", ".join(arrivals)
        if line.successor is not None:
            parts.append(self._tr("text.successor", person=line.successor.name))
        elif line.why_none is not None:
            parts.append(self._tr("text.no_successor", why=label("why_none", line.why_none, self.language)))
        if line.listed:
            added = sum(name.added for name in line.listed)
            code = "text.list_counts_added" if added else "text.list_counts"
            parts.append(self._tr(code, n=len(line.listed), added=added, ready=line.ready))
        elif self.overview.everyone_is_listed:
            parts.append(self._tr("text.ready_counts", ready=line.ready))
        elif line.wants_successor and line.why_none is None:
            parts.append(self._tr("text.list_empty"))
        return f"{line.post.short}: " + "; ".join(parts)

    def _holder(self, holder: Holder) -> str:
        if holder.until is None or holder.cause is None:
            return holder.person.name
        goes = self._tr(f"value.goes.{holder.cause}", day=holder.until, post=holder.to or "")
        return f"{holder.person.name} ({goes})"

    def _names(self, line: PostLine) -> Iterator[str]:
        for name in line.listed:
            ready = self._tr("text.ready_from", day=name.ready_on) if name.ready_on else self._tr("text.never_ready")
            text = f"{name.person.name} ({number_text(name.suitability, self.language)}): {ready}"
            yield from self._said(text + (", " + self._tr("text.name_added") if name.added else ""), 4, 1)

    def _units(self) -> Iterator[str]:
        yield self._tr("text.units_head")
        rows = sorted(self.overview.units, key=lambda u: (-u.empty_at_end, -u.without_successor, u.name))
        shown, more = self._shown(rows, 40)
        for row in shown:
            yield from self._said(self._unit(row), 1, 1)
        yield from self._more(more)

    def _unit(self, row: UnitLine) -> str:
        return f"{row.name}: " + self._tr(
            "text.unit_line", posts=row.posts, seats=row.seats, today=row.empty_today, end=row.empty_at_end,
            arrivals=row.arrivals, without=row.without_successor, wanted=row.wanted,
        )  # fmt: skip

    def _chains(self) -> Iterator[str]:
        chains = self.overview.chains
        if self.narrowed and not chains:
            return
        links = sum(len(chain.links) for chain in chains)
        yield self._tr("text.moves_head", count=links, chains=len(chains))
        shown, more = self._shown(chains, None if not self.by_unit else FEW // 2)
        for chain in shown:
            for n, link in enumerate(chain.links):
                origin = self._tr("text.link_origin", origin=link.origin) if link.origin else ""
                points = number_text(link.suitability, self.language)
                text = f"{self._day(link.on)}  {link.person.name} ({points}){origin} → {link.post.title}"
                yield from self._said(text if n == 0 else f"↳ {text}", 1 if n == 0 else 2, 3)
        yield from self._more(more)

    def _rotations(self) -> Iterator[str]:
        rows = self.overview.rotations
        if not rows:
            return
        yield self._tr("text.rotated_head", count=len(rows))
        shown, more = self._shown(rows)
        for r in shown:
            text = f"{self._day(r.start)} – {self._day(r.end)}  {label('kind', r.kind, self.language)}: {r.person.name}"
            text += f": {r.origin or '–'} → {r.post.title}; {r.purpose}"
            if r.return_to:
                text += "; " + self._tr("text.returns_to", post=r.return_to)
            yield from self._said(text)
        yield from self._more(more)

    def _training(self) -> Iterator[str]:
        sessions = self.overview.sessions
        if self.narrowed and not sessions:
            return
        places = sum(len(s.people) for s in sessions)
        cost = sum(s.cost for s in sessions)
        head = self._tr("text.learning_head", places=places, classes=len(sessions))
        yield head + (self._tr("text.learning_cost", cost=number_text(cost, self.language)) if cost else "")
        for year, of_year in groupby(sessions, key=lambda s: s.start.year):
            some = list(of_year)
            yield STEP + f"{year}: " + self._tr("text.places_count", n=sum(len(s.people) for s in some))
            shown, more = self._shown(some, None if not self.by_unit else FEW // 4)
            for session in shown:
                yield from self._said(self._session(session), 2, 1)
            yield from self._more(more)

    def _session(self, s: Session) -> str:
        days = self._day(s.start) + (f" – {self._day(s.end)}" if s.end else "")
        shown, more = self._shown([who.name for who in s.people], MOST_NAMES)
        names = ", ".join(shown) + (", " + self._tr("text.and_more", n=more) if more else "")
        return f"{s.course}, {days}: {names}"

    def _lists(self) -> Iterator[str]:
        """Nominations that are left out, and demands of listed people that nothing meets."""
        o = self.overview
        if o.nominations:
            yield self._tr("text.nominations_head", entered=o.nominations.entered, count=o.nominations.count)
            yield from self._listing(o.nominations.left_out)
        if o.paths is not None:
            yield self._tr("text.paths_head", names=o.paths.names, without=o.paths.without)
            yield from self._listing(o.paths.lacking)

    def _listing(self, texts: Sequence[str]) -> Iterator[str]:
        shown, more = self._shown(texts)
        for text in shown:
            yield from self._said(text)
        yield from self._more(more)

    def _inherited(self) -> Iterator[str]:
        rules = self.overview.inherited
        if not rules:
            return
        yield self._tr("text.inherited_head", count=sum(r.count for r in rules))
        for rule in rules:
            yield from self._said(f"{rule.count}  {rule.name}")
            if self.whole:
                for line in rule.lines:
                    yield from self._said(line, 3, 1)
        if not self.whole:
            yield STEP + self._tr("text.all_lists_them")

    def _warnings(self) -> Iterator[str]:
        warnings = self.overview.warnings
        if warnings:
            yield self._tr("text.warnings_head", count=len(warnings))
            yield from self._listing(warnings)

    def _goals(self) -> Iterator[str]:
        yield self._tr("text.goals_head")
        for tier, lines in groupby(self.overview.goals, key=lambda g: g.tier):
            goals = list(lines)
            for n, goal in enumerate(goals):
                text = f"{tier}  " if n == 0 else "   "
                text += f"{goal.name}: {goal.value}" + (f" = {goal.sum}" if goal.sum else "")
                yield from self._said(text, 1, 3)
            yield from self._said(self._proof(goals), 3, 1)

    def _proof(self, goals: Sequence[GoalLine]) -> str:
        first = goals[0]
        if first.bound is None or first.gap is None:
            return self._tr("text.not_searched")
        gap = percent_text(first.gap, self.language)
        values = {"value": first.tier_value, "bound": first.bound, "gap": gap}
        together = self._tr("text.together", **values) + ": " if len(goals) > 1 else ""
        return together + self._tr(f"value.goal_proof.{first.proof}", **values)
