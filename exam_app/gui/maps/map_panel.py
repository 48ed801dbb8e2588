"""The maps of a section in a card beside its table: which one, the drawing or the list of its regions, a caption."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from exam_app.core.drawings.maps import RegionMap
from exam_app.core.drawings.picture import Mark
from exam_app.core.form.form import Section
from exam_app.core.record.record import Unable
from exam_app.core.words import _
from exam_app.gui.fields.base import takes_back
from exam_app.gui.maps.entry_sites import EntrySites
from exam_app.gui.maps.map_view import MapView
from exam_app.gui.maps.region_answers import RegionAnswers
from exam_app.gui.maps.region_list import RegionList
from exam_app.gui.maps.region_words import region_says, site_says
from exam_app.gui.maps.section_maps import SectionMaps, title_parts
from exam_app.gui.parts.focus import holds_focus
from exam_app.gui.parts.session_bridge import SessionBridge
from exam_app.gui.parts.theme import metrics, theme
from exam_app.gui.parts.widgets import RoleLabel, Segmented, button, set_role

_WIDTH = 320
_ANY_WIDTH = 10_000
_LEAST_DRAWING, _ROOM_FOR_LEGEND = 94, 260
"""Heights in pixels at 100 % text."""


class MapPanel(QFrame):
    """A second view of the section's findings. It moves the focus of the table and lets the table grade.

    `pointed` carries the address that the examiner moved to; `left` is back to the table.
    """

    pointed = Signal(str)
    left = Signal()

    def __init__(
        self,
        section: Section,
        bridge: SessionBridge,
        drawings: Path,
        typed: Callable[[QKeyEvent], bool],
        sites: EntrySites | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`typed` answers the finding in focus by a key, as the table does; `sites` are those of the open entry."""
        super().__init__(parent)
        set_role(self, "card")
        self._bridge, self._typed, self._sites = bridge, typed, sites
        self._maps = SectionMaps(section, drawings, self)
        self._answers = RegionAnswers(bridge, self)
        self._index = 0
        self._column = self.shown_map.columns[0]
        self._region: str | None = None
        self._address: str | None = None
        self._is_wide = self._as_list = False
        self.setAccessibleName(_("Map"))
        self._build()
        self._show_map(0)
        if sites is not None:
            sites.changed.connect(self.redraw)
        theme().changed.connect(self._fit)
        self._fit()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 8)
        column.setSpacing(metrics.gap_small + 2)
        subjects = self._maps.subjects
        self.subjects = Segmented(_("Map"), [(each, each) for each in subjects], self, optional=False)
        self.subjects.chosen.connect(self._subject_chosen)
        self.subjects.setVisible(len(subjects) > 1)
        self._head = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._head.setSpacing(metrics.gap_small + 2)
        self._which = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._which.addWidget(self.subjects)
        self._view_box = QVBoxLayout()
        self._which.addLayout(self._view_box)
        self._head.addLayout(self._which)
        self.views: dict[str, Segmented] = {}
        self._head.addLayout(self._tools(), 1)
        column.addLayout(self._head)
        self.view = MapView(self._take_key, self)
        self.list = RegionList(self)
        for part in (self.view, self.list):
            part.pointed.connect(self._point)
            part.acted.connect(self._act)
            part.left.connect(self.left)
            part.enter_acts = self._sites is not None
        self.view.zoomed.connect(self._show_zoom)
        parts = QHBoxLayout()
        parts.setSpacing(metrics.gap)
        parts.addWidget(self.view, 3)
        parts.addWidget(self.list, 2)
        column.addLayout(parts, 1)
        self.caption = RoleLabel("", "strong", self, wraps=True)
        self.caption.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.caption)
        self._legend = RoleLabel("", "small", self, wraps=True)
        column.addWidget(self._legend)

    def _tools(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(metrics.gap_small)
        self._what = RoleLabel("", "muted", self)
        row.addWidget(self._what, 1)
        self.list_button = button(_("List"), "quiet", self)
        self.list_button.setAccessibleName(_("Show the regions as a list"))
        self.list_button.clicked.connect(self._toggle_list)
        self.smaller = button("\u2212", "quiet", self)
        self.smaller.setAccessibleName(_("Smaller"))
        self.smaller.setToolTip(_("Smaller (Ctrl \u2212)"))
        self.larger = button("+", "quiet", self)
        self.larger.setAccessibleName(_("Larger"))
        self.larger.setToolTip(_("Larger (Ctrl +)"))
        self.smaller.clicked.connect(self._zoom_out)
        self.larger.clicked.connect(self._zoom_in)
        for each in (self.list_button, self.smaller, self.larger):
            row.addWidget(each)
        return row

    def set_wide(self, wide: bool) -> None:
        """Take all the width there is, with the list beside the drawing; or stand narrow beside the table."""
        if wide != self._is_wide:
            self._is_wide = wide
            self._fit()
            self.redraw()

    def _show_parts(self) -> None:
        self.view.setVisible(self._is_wide or not self._as_list)
        self.list.setVisible(self._is_wide or self._as_list)
        self.list_button.setVisible(not self._is_wide)
        self._fit_head()
        self._legend.setVisible(self.height() >= theme().px(_ROOM_FOR_LEGEND))

    def _fit_head(self) -> None:
        """Subjects and drawings in one line where they fit, and the tools too."""
        parts = [self.subjects, *self.views.values()]
        needed = sum(each.sizeHint().width() + metrics.gap_large for each in parts if not each.isHidden())
        tools = sum(each.sizeHint().width() + metrics.gap for each in (self._what, self.smaller, self.larger))
        for box, width in ((self._which, needed), (self._head, needed + tools)):
            in_line = self._is_wide and width <= self.width()
            box.setDirection(QBoxLayout.Direction.LeftToRight if in_line else QBoxLayout.Direction.TopToBottom)
            box.setSpacing(metrics.gap_large if in_line else metrics.gap_small + 2)

    def _fit(self) -> None:
        width = theme().side_px(_WIDTH)
        self.setMinimumWidth(width)
        self.setMaximumWidth(_ANY_WIDTH if self._is_wide else width)
        self._show_parts()
        self.view.setMinimumHeight(theme().px(_LEAST_DRAWING) if self._is_wide else 0)
        self.caption.setMinimumHeight((1 if self._is_wide else 2) * self.caption.fontMetrics().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt's own name: in little room the drawing matters more than its legend."""
        super().resizeEvent(event)
        self._show_parts()

    # Which map -----------------------------------------------------------------------------------------------------

    @property
    def shown_map(self) -> RegionMap:
        """The map in sight."""
        return self._maps.at(self._index)

    @property
    def column(self) -> str:
        """The column of the matrix that the map shows."""
        return self._column

    @property
    def region(self) -> str | None:
        """The region in focus."""
        return self._region

    def show_use(self, title: str) -> None:
        """Show the map of a title."""
        self._show_map(self._maps.titled(title))

    def _subject_chosen(self, subject: object) -> None:
        self._show_map(self._maps.first_of(str(subject)))

    def _view_chosen(self, title: object) -> None:
        self.show_use(str(title))

    def _show_map(self, index: int) -> None:
        self._index = index
        made = self.shown_map
        if self._column not in made.columns:
            self._column = made.columns[0]
        subject = title_parts(made.use)[0]
        self.subjects.set_value(subject)
        self._show_views(subject, made.use.title)
        self.view.setAccessibleName(_("Map: {title}").format(title=made.use.title))
        self.list.setAccessibleName(_("Regions: {title}").format(title=made.use.title))
        self._region = None
        self._legend.setText(self._legend_of(made))
        self.view.show_drawing(made.drawing, made.use.layer, self._marks(), self.says)
        self._show_focus()
        self.redraw()

    def _show_views(self, subject: str, title: str) -> None:
        """The drawings of the subject, where there are several."""
        if subject not in self.views:
            own = self._maps.uses_of(subject)
            made = Segmented(subject, [(use.title, title_parts(use)[1]) for use in own], self, optional=False)
            made.chosen.connect(self._view_chosen)
            self.views[subject] = made
            self._view_box.addWidget(made)
        for name, each in self.views.items():
            each.setVisible(name == subject and len(each.buttons) > 1)
        self.views[subject].set_value(title)
        self._fit_head()

    def _legend_of(self, made: RegionMap) -> str:
        if self._sites is not None:
            return _("Hatched: chosen for this entry.")
        if any(shape.is_point for shape in made.shapes):
            return _("Bold: abnormal. A dash: not yet examined. ne: not examined. un: unable.")
        return _(
            "Hatched: abnormal; close lines: absent. Dashed: not yet examined. Upright lines: not examined or unable."
        )

    # What is shown -------------------------------------------------------------------------------------------------

    def _marks(self) -> dict[str, Mark]:
        if self._sites is not None:
            return self.shown_map.site_marks(self._sites.value)
        findings = self._bridge.record.findings
        marks = self.shown_map.marks(self._column, findings, self._bridge.form)
        for shape in self.shown_map.shapes:
            stand = self.shown_map.stand(shape.id, self._column)
            if shape.is_point and stand is not None and marks[shape.id].state == "reason":
                # At an anchor there is no room for the words of a cell.
                sign = _("un") if isinstance(findings[stand.address], Unable) else _("ne")
                marks[shape.id] = replace(marks[shape.id], sign=sign)
        return marks

    def redraw(self) -> None:
        """Show how the regions stand now, if anybody can see it."""
        marks = self._marks()
        self.view.show_marks(marks)
        titles = {column.id: column.label for column in self.shown_map.group.columns}
        self._what.setText(titles.get(self._column, ""))
        self._show_caption()
        if not self.list.isHidden():
            self.list.show_regions(self._rows(), self._region)

    def says(self, region: str) -> str:
        """A region with its finding in words; empty where it stands for nothing."""
        made, mark = self.shown_map, self.view.marks.get(region)
        site = made.site(region)
        if site is not None and mark is not None:
            return site_says(*site, mark)
        stand = made.stand(region, self._column)
        return region_says(made, stand, mark) if stand is not None and mark is not None else ""

    def _rows(self) -> list[tuple[str, str]]:
        """One row for each finding or site, whatever the number of its regions."""
        rows: dict[str, tuple[str, str]] = {}
        for region in self.view.choosable():
            says = self.says(region)
            rows.setdefault(says, (region, says))
        return list(rows.values())

    def _show_caption(self) -> None:
        if self._sites is not None and not self._sites.is_open:
            self.caption.setText(_("Choose an entry, or add one."))
        else:
            self.caption.setText(self.says(self._region) if self._region is not None else "")

    def show_address(self, address: str | None) -> None:
        """The table's focus is at an address: frame its regions, on another drawing if it is not on this one."""
        self._address = address
        if address is None or self._sites is not None:
            return
        item = self._bridge.item(address)
        if item.cell is not None and item.cell.column != self._column and item.cell.column in self.shown_map.columns:
            self._column = item.cell.column
            self.redraw()
        if address not in self.shown_map.places:
            index = self._maps.holding(address, title_parts(self.shown_map.use)[0])
            if index is not None:
                self._show_map(index)
                return
        self._show_focus()

    def _show_focus(self) -> None:
        regions = self.shown_map.places.get(self._address or "", ("", ()))[1]
        if self._sites is None and self._region not in regions:
            self._region = regions[0] if regions else None
        self.view.show_region(self._region, regions)
        self.list.show_current(self._region)
        self._show_caption()

    def _toggle_list(self) -> None:
        as_list = self._as_list = not self._as_list
        self._show_parts()
        self.list_button.setText(_("Drawing") if as_list else _("List"))
        self.list_button.setAccessibleName(_("Show the drawing") if as_list else _("Show the regions as a list"))
        for each in (self.smaller, self.larger):
            each.setEnabled(not as_list)
        self.redraw()
        self.enter()

    def _zoom_in(self) -> None:
        self.view.set_zoom(1)

    def _zoom_out(self) -> None:
        self.view.set_zoom(-1)

    def _show_zoom(self) -> None:
        words = _("Larger; now {percent} %").format(percent=round(100 * self.view.zoom))
        self.larger.setAccessibleName(words)

    # The focus and what is given -----------------------------------------------------------------------------------

    def enter(self) -> None:
        """Put the focus on the drawing, or on the list."""
        part = self.list if self.view.isHidden() else self.view
        part.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._region is None:
            regions = self.view.choosable()
            if regions:
                self._point(regions[0])

    @property
    def has_keys(self) -> bool:
        """Whether the drawing has the focus, where keys grade as they do in the table."""
        return self.view.hasFocus()

    @property
    def gives_sites(self) -> bool:
        """Whether the map is about the sites of an entry, and not about cells of the table."""
        return self._sites is not None

    @property
    def holds_focus(self) -> bool:
        """Whether the focus is on the map or inside it."""
        return holds_focus(self)

    def _point(self, region: str) -> None:
        self._answers.forget_typing()
        self._region = region
        stand = self.shown_map.stand(region, self._column)
        if stand is not None and stand.address != self._address:
            self.pointed.emit(stand.address)
        self._show_focus()

    def _act(self, region: str) -> None:
        if self._region != region:
            self._point(region)
        site = self.shown_map.site(region)
        if site is not None and self._sites is not None:
            self._sites.toggle(*site)
        else:
            self._answers.next_choice(self.shown_map.stand(region, self._column))

    def _take_key(self, event: QKeyEvent) -> bool:
        """A key on the drawing that does not move about."""
        if self._region is None:
            return False
        site = self.shown_map.site(self._region)
        if site is not None and self._sites is not None:
            if takes_back(event) and self.view.marks[self._region].state == "chosen":
                self._sites.toggle(*site)
            return takes_back(event)
        stand = self.shown_map.stand(self._region, self._column)
        if stand is None or stand.field is None:
            return self._typed(event)
        return self._answers.take_key(stand, event)
