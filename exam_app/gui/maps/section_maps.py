"""The maps of a section: by subject, by title, by an address that they hold. A drawing is read when it is first needed,
or ahead of that while nothing is being done.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from exam_app.core.drawings.drawing_file import read_drawing
from exam_app.core.drawings.maps import RegionMap, section_uses
from exam_app.core.form.form import MapUse, Section
from exam_app.core.words import capitalised

_AHEAD_MS = 40


def title_parts(use: MapUse) -> tuple[str, str]:
    """`Dermatomes: front` → (`Dermatomes`, `front`): maps of one subject stand together. Without a colon it is both."""
    subject, colon, view = use.title.partition(": ")
    return (subject, capitalised(view)) if colon else (use.title, use.title)


class SectionMaps(QObject):
    """All maps of one section, in the order of the form."""

    def __init__(self, section: Section, drawings: Path, parent: QObject) -> None:
        """`drawings` is the folder of the drawings."""
        super().__init__(parent)
        self._folder = drawings
        self._uses = list(section_uses(section))
        self._read: dict[int, RegionMap] = {}
        self._ahead = QTimer(self)
        self._ahead.setInterval(_AHEAD_MS)
        self._ahead.timeout.connect(self._read_ahead)
        self._ahead.start()

    def at(self, index: int) -> RegionMap:
        """A map with its drawing."""
        if index not in self._read:
            section, group, use = self._uses[index]
            self._read[index] = RegionMap(section, group, use, read_drawing(self._folder, use.drawing))
        return self._read[index]

    def _read_ahead(self) -> None:
        """Read one more drawing."""
        missing = next((index for index in range(len(self._uses)) if index not in self._read), None)
        if missing is None:
            self._ahead.stop()
        else:
            self.at(missing)

    @property
    def subjects(self) -> list[str]:
        """What the maps are about."""
        return list(dict.fromkeys(self._subject(index) for index in range(len(self._uses))))

    def uses_of(self, subject: str) -> list[MapUse]:
        """The maps of a subject, without their drawings."""
        return [use for _section, _group, use in self._uses if title_parts(use)[0] == subject]

    def first_of(self, subject: str) -> int:
        """The first map of a subject."""
        return [self._subject(index) for index in range(len(self._uses))].index(subject)

    def titled(self, title: str) -> int:
        """The map of a title."""
        return [use.title for _section, _group, use in self._uses].index(title)

    def holding(self, address: str, subject: str) -> int | None:
        """The first map that holds an address, those of a subject first; None where no map does."""
        order = sorted(range(len(self._uses)), key=lambda index: self._subject(index) != subject)
        return next((index for index in order if address in self.at(index).places), None)

    def _subject(self, index: int) -> str:
        return title_parts(self._uses[index][2])[0]
