"""How long a learner has been in each section."""

from __future__ import annotations

from collections.abc import Callable

from exam_app.core.words import _

Clock = Callable[[], float]
"""Seconds that only go up."""
KEPT_EVERY = 15.0
"""Seconds that are lost at most when the computer stops."""


class SectionClock:
    """Keeps the time of the section in sight. It stands while nothing is in sight."""

    def __init__(self, spend: Callable[[str, float], None], now: Clock) -> None:
        """`spend` keeps time of a section."""
        self._spend, self._now = spend, now
        self._section: str | None = None
        self._since = 0.0

    def enter(self, section_id: str | None) -> None:
        """Another section is in sight, or none."""
        self.keep()
        self._section, self._since = section_id, self._now()

    @property
    def running(self) -> float:
        """Seconds that are not kept yet."""
        return self._now() - self._since if self._section is not None else 0.0

    def keep(self) -> None:
        """Keep what has passed until now."""
        passed = self.running
        if self._section is not None and passed > 0:
            self._since += passed
            self._spend(self._section, passed)

    def tick(self) -> None:
        """Keep it when enough has passed."""
        if self.running >= KEPT_EVERY:
            self.keep()


def minutes_text(seconds: float, limit: int | None) -> str:
    """`04:30`, and of how many minutes where there is a limit."""
    shown = f"{int(seconds) // 60:02}:{int(seconds) % 60:02}"
    return _("{time} of {limit} min").format(time=shown, limit=limit) if limit is not None else shown
