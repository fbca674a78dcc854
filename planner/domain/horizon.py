"""The planning horizon: calendar halves, their instants, and which day belongs to which."""

import bisect
import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from planner.domain.dates import ONE_DAY, add_months


def end_of_half(day: dt.date) -> dt.date:
    """The last day of the calendar half that contains the day."""
    return dt.date(day.year, 6, 30) if day.month < 7 else dt.date(day.year, 12, 31)


@dataclass(frozen=True)
class Horizon:
    """Periods t = 0 … T−1 are calendar halves from `as_of` to `until`; the first may be a stub.

    Period bounds are inclusive. *Instant* t is the end of the last day of period t, instant −1 is `as_of`.
    """

    as_of: dt.date
    until: dt.date

    @cached_property
    def starts(self) -> tuple[dt.date, ...]:
        days = [self.as_of]
        while True:
            day = days[-1]
            following = dt.date(day.year, 7, 1) if day.month < 7 else dt.date(day.year + 1, 1, 1)
            if following > self.until:
                return tuple(days)
            days.append(following)

    @cached_property
    def ends(self) -> tuple[dt.date, ...]:
        return tuple(add_months(s.replace(day=1), 6 - (s.month - 1) % 6) - ONE_DAY for s in self.starts)

    @property
    def periods(self) -> range:
        return range(len(self.starts))

    def start(self, period: int) -> dt.date:
        """The first day of the period."""
        return self.starts[period]

    def instant(self, period: int) -> dt.date:
        """The day at whose end instant `period` lies; −1 gives `as_of`."""
        return self.as_of if period < 0 else self.ends[period]

    def period_of(self, day: dt.date) -> int | None:
        """The period that contains the day; None before `as_of` or beyond the horizon."""
        if day < self.as_of or day > self.until:
            return None
        return bisect.bisect_right(self.starts, day) - 1

    def nearest_period(self, day: dt.date) -> int:
        """The period that contains the day; the first or the last of days before or beyond the horizon."""
        return max(0, bisect.bisect_right(self.starts, day) - 1)
