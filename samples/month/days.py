"""The days of the month: on which of them the company works, and where the story's days fall in another month."""

from __future__ import annotations

from datetime import date, timedelta

from month.settings import Settings

# The story is told in the days of October 2026; the 21 days on which the stations receive goods.
STORY_DAYS = (8, 9, 10, 12, 13, 14, 15, 16, 17, 19, 20, 21, 22, 23, 24, 26, 27, 28, 29, 30, 31)


class Days:
    """Turns the story's days into dates of the month that is made.

    Goods are received on the last 21 days of the month that are not Sundays. Working days are those of the offices and
    banks: Monday to Friday, without closed days, and with make-up days.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.first = date(settings.year, settings.month, 1)
        self.last = _month_start(self.first, 1) - timedelta(days=1)
        open_days = [day for day in _between(self.first, self.last) if day.weekday() != 6]
        self.operating = tuple(open_days[-len(STORY_DAYS) :])

    def on(self, story_day: int) -> date:
        """The date of a story day on which goods were received."""
        return self.operating[STORY_DAYS.index(story_day)]

    @property
    def sunday(self) -> date:
        """The Sunday that the story calls 10-18."""
        day = self.on(19) - timedelta(days=1)
        while day.weekday() != 6:
            day -= timedelta(days=1)
        return day

    def after(self, working_day: int) -> date:
        """A working day of the next month, counted from 1."""
        day = self.last
        for _ in range(working_day):
            day = self.next_working(day)
        return day

    def before(self, months: int, day: int | None = None) -> date:
        """A day of an earlier month; its last day if none is given."""
        start = _month_start(self.first, -months)
        return start.replace(day=day) if day else _month_start(start, 1) - timedelta(days=1)

    def is_working(self, day: date) -> bool:
        """Whether offices and banks work on a day."""
        if (day.year, day.month) == (self._settings.year, self._settings.month):
            if day.day in self._settings.make_up:
                return True
            if day.day in self._settings.closed:
                return False
        return day.weekday() < 5

    def next_working(self, day: date) -> date:
        """The first working day after a day."""
        day += timedelta(days=1)
        while not self.is_working(day):
            day += timedelta(days=1)
        return day

    def working(self) -> list[date]:
        """The working days from the first on which goods were received to the end of the month."""
        return [day for day in _between(self.operating[0], self.last) if self.is_working(day)]

    def posted(self, day: date) -> date:
        """The working day on which the accountant books what happened on a day: no later than the month's last."""
        if self.is_working(day):
            return day
        following = self.next_working(day)
        return following if following <= self.last else self.working()[-1]


def _month_start(day: date, months: int) -> date:
    number = day.year * 12 + day.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def _between(first: date, last: date) -> list[date]:
    return [first + timedelta(days=offset) for offset in range((last - first).days + 1)]
