"""The plan as it is made by hand in a spreadsheet: post by post, always the next best, nothing ever thought over again.

Two habits: `by_fit` takes the names who suit the post best, `by_readiness` those who lack least. Both know
neither rotations nor the price of a choice for other posts. A choice that breaks a rule is taken back and not taken
again; then the sheet is filled anew without it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from itertools import islice

from benchmarks.baselines.choices import Choice
from benchmarks.baselines.law import Law
from benchmarks.baselines.sheet import Sheet
from planner.domain.ids import PersonId, PositionId
from planner.standing import Standing

Preference = Callable[[Sheet, PersonId, PositionId], tuple[object, ...]]
"""The smaller, the sooner a person is taken for a post."""

REFILL_SHARE = 0.8
"""Of the seconds, what filling anew may take; after that choices are only taken back."""


def by_fit(sheet: Sheet, person: PersonId, position: PositionId) -> tuple[object, ...]:
    """The nearest field first; of equal ones who lacks less."""
    return (sheet.misfit(person, position), *sheet.lacking(person, position), person)


def by_readiness(sheet: Sheet, person: PersonId, position: PositionId) -> tuple[object, ...]:
    """Who lacks least first, then who is ready first; of equal ones the nearest field."""
    return (*sheet.lacking(person, position), sheet.misfit(person, position), person)


def greedy(status_quo: Standing, preference: Preference, seconds: float) -> list[Choice]:
    """A lawful plan by one of the habits, within about the seconds."""
    began = time.monotonic()
    law = Law(status_quo)
    banned: frozenset[Choice] = frozenset()
    while True:
        sheet = filled(status_quo, preference, banned)
        choices, decided = list(sheet.taken), sheet.pins.wanted
        back = law.to_take_back(law.new_breaches(law.standing(choices)), choices, decided)
        if not back:
            return choices
        if time.monotonic() - began > REFILL_SHARE * seconds:
            return law.repaired(choices, decided)
        # Only what is wrong on the first look is banned: what falls with it may be right beside other choices.
        banned |= law.as_long_as_broken(back)


def filled(status_quo: Standing, preference: Preference, banned: frozenset[Choice]) -> Sheet:
    """A sheet filled from top to bottom once."""
    sheet = Sheet(status_quo, banned)
    for choice in sorted(sheet.pins.wanted):
        if choice.kind in ("pool", "train", "rotate", "cover"):
            sheet.take(choice)
    _lists(sheet, preference)
    _courses(sheet, preference)
    _classes(sheet)
    _appointments(sheet, preference)
    _acting(sheet, preference)
    _successors(sheet, preference)
    return sheet


def _sorted(sheet: Sheet, preference: Preference, people: Iterable[PersonId], position: PositionId) -> list[PersonId]:
    return sorted(people, key=lambda person: preference(sheet, person, position))


def _lists(sheet: Sheet, preference: Preference) -> None:
    """To the names in force the best of those who may enter, up to the limits of the list and of the person."""
    for position in sheet.lists_by_urgency():
        for person in _sorted(sheet, preference, sheet.may_enter(position), position):
            if sheet.room_in_list(position) <= 0:
                break
            if person not in sheet.names[position] and sheet.may_be_in_one_more(person, position):
                sheet.take(Choice("pool", person, position))


def _courses(sheet: Sheet, preference: Preference) -> None:
    """Post by post and name by name the earliest places that close all that is lacking, or none."""
    for position in sheet.posts_by_urgency():
        names = sheet.listed_on(position, sheet.ground.horizon.until)
        for person in _sorted(sheet, preference, names, position):
            for session in sheet.places_for(person, sheet.ground.demands(position, "appoint")) or ():
                sheet.take(Choice("train", person, session))


def _classes(sheet: Sheet) -> None:
    """A class that is too small is filled up with names of lists who lack the level, then with anybody who does."""
    listed = [i for p in sheet.posts_by_urgency() for i in sheet.names.get(p, ())]
    people = dict.fromkeys((*listed, *sheet.ground.case.person))
    for session, more in sheet.small_classes():
        able = list(islice((i for i in people if sheet.may_attend(i, session)), more))
        for person in able if len(able) == more else ():
            sheet.take(Choice("train", person, session))


def _appointments(sheet: Sheet, preference: Preference) -> None:
    """Period by period every empty seat goes to the best ready name; a seat that this empties is filled in turn."""
    posts = sheet.posts_by_urgency()
    decided = {c.person for c in sheet.pins.wanted if c.kind == "appoint"}
    for period in sheet.ground.horizon.periods:
        moved = True
        while moved:
            moved = False
            for position in posts:
                if sheet.empty(position, period) <= 0:
                    continue
                names = [*sheet.listed_on(position, sheet.expected.delta(position, period)), *sorted(decided)]
                able = [i for i in dict.fromkeys(names) if sheet.may_take_over(i, position, period)]
                if able:
                    best = min(able, key=lambda i, p=position: (i not in decided, *preference(sheet, i, p)))  # type: ignore[misc]
                    sheet.take(Choice("appoint", best, position, period))
                    moved = True


def _acting(sheet: Sheet, preference: Preference) -> None:
    """What stays empty is looked after by the best deputy, as long as the rules let one."""
    covered = {(c.target, c.period) for c in sheet.taken if c.kind == "cover"}
    for position in sheet.posts_by_urgency():
        run, reach = 0, 0
        for period in sheet.ground.horizon.periods:
            if (position, period) in covered or sheet.empty(position, period) <= 0:
                run = 0
                continue
            if run == 0:
                reach = sheet.expected.acting_reach(position, period)
            deputies = _sorted(sheet, preference, sheet.may_act(position, period), position)
            if run >= reach or not deputies:
                run = 0
                continue
            sheet.take(Choice("cover", deputies[0], position, period))
            run += 1


def _successors(sheet: Sheet, preference: Preference) -> None:
    """Post by post the best ready name who is neither designated nor appointed elsewhere."""
    designated: set[PersonId] = set()
    for position in sheet.posts_by_urgency():
        if sheet.ground.case.position[position].successors < 1:
            continue
        day = sheet.expected.wanted_by[position]
        able = [
            i
            for i in sheet.listed_on(position, day)
            if i not in designated
            and sheet.appointed.get(i, (position, 0))[0] == position
            and sheet.is_free(Choice("designate", i, position))
            and sheet.may_succeed(i, position, day)
        ]
        if able:
            # Who takes the post over is free for it anyhow: all others stay free for other posts.
            best = min(able, key=lambda i, p=position: (i not in sheet.appointed, *preference(sheet, i, p)))  # type: ignore[misc]
            designated.add(best)
            sheet.take(Choice("designate", best, position))
