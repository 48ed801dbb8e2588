"""The scores of a learner over time, painted: a line with markers of its own for each domain."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from exam_app.core.practice.attempt import DOMAINS, Domain
from exam_app.core.practice.progress import SURE, Point
from exam_app.core.words import _, ngettext
from exam_app.gui.parts.accessible import Spoken
from exam_app.gui.parts.theme import metrics, theme
from exam_app.gui.parts.unstyled import leave_unstyled
from exam_app.gui.practice.missing import domain_asked

_HEIGHT, _NARROWEST = 300, 360
_MARK = 4.5
_LINES: Mapping[Domain, Qt.PenStyle] = {
    "findings": Qt.PenStyle.SolidLine,
    "structure": Qt.PenStyle.DashLine,
    "localisation": Qt.PenStyle.DotLine,
    "safety": Qt.PenStyle.DashDotLine,
}
_COLOURS: Mapping[Domain, str] = {
    "findings": "accent",
    "structure": "normal",
    "localisation": "text",
    "safety": "abnormal",
}
_CORNERS: Mapping[Domain, tuple[tuple[float, float], ...]] = {
    "structure": ((-1, -1), (1, -1), (1, 1), (-1, 1)),
    "localisation": ((0, -1.3), (1.2, 1), (-1.2, 1)),
    "safety": ((0, -1.4), (1.4, 0), (0, 1.4), (-1.4, 0)),
}
"""Of the markers; that of findings is a circle."""


class ProgressPlot(QWidget):
    """Attempts from left to right, shares from 0 to 100 %. Each domain has its marker, its kind of line and its colour;
    the dashed line across is the share from which a domain counts as done well."""

    def __init__(self, series: Mapping[Domain, Sequence[Point]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        leave_unstyled(self)
        self._series = series
        self._moments = sorted({point.at for points in series.values() for point in points})
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Scores over time"))

    def spoken(self) -> Spoken:
        """For assistive technology: a chart, with how each domain went in a sentence; the table has every number."""
        return Spoken(QAccessible.Role.Chart, self.accessibleName(), " ".join(self.in_words()))

    def in_words(self) -> list[str]:
        """How each domain went: its first and its last score."""
        return [_went(domain, self._series[domain]) for domain in DOMAINS]

    def sizeHint(self) -> QSize:
        """Qt's own name."""
        return QSize(theme().px(_NARROWEST), theme().px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Qt's own name."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Qt's own name: legend, axes, lines, markers."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        small = theme().font(metrics.font_small)
        painter.setFont(small)
        measures = QFontMetrics(small)
        top = self._legend(painter, measures)
        left = measures.horizontalAdvance("100 %") + 2 * metrics.gap
        bottom = 2 * measures.height() + metrics.gap
        area = QRectF(left, top, self.width() - left - 2 * metrics.gap, self.height() - top - bottom)
        self._axes(painter, area, measures)
        for domain in DOMAINS:
            self._line(painter, area, domain)
        painter.end()

    def _legend(self, painter: QPainter, measures: QFontMetrics) -> float:
        """The domains with their markers, in as many rows as they need; how much height that takes."""
        x, y, row = float(metrics.gap), 0.0, measures.height() + metrics.gap_small
        sample = theme().px(30)
        for domain in DOMAINS:
            words = domain_asked(domain)[0]
            width = sample + metrics.gap + measures.horizontalAdvance(words) + metrics.margin
            if x + width > self.width() and x > metrics.gap:
                x, y = float(metrics.gap), y + row
            middle = y + row / 2
            painter.setPen(self._pen(domain))
            painter.drawLine(QPointF(x, middle), QPointF(x + sample, middle))
            self._marker(painter, domain, QPointF(x + sample / 2, middle))
            painter.setPen(theme().palette.color("text"))
            place = QRectF(x + sample + metrics.gap, y, width, row)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
            x += width
        return y + row + metrics.gap

    def _axes(self, painter: QPainter, area: QRectF, measures: QFontMetrics) -> None:
        palette = theme().palette
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        for percent in (0, 25, 50, 75, 100):
            y = area.bottom() - area.height() * percent / 100
            painter.setPen(QPen(palette.color("line_strong" if percent == 0 else "line"), 1))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(palette.color("text_muted"))
            words = _("{percent} %").format(percent=percent)
            painter.drawText(QRectF(0, y - 20, area.left() - metrics.gap, 40), middle, words)
        painter.setPen(QPen(palette.color("line_strong"), 1, Qt.PenStyle.DashLine))
        sure = area.bottom() - area.height() * SURE
        painter.drawLine(QPointF(area.left(), sure), QPointF(area.right(), sure))
        self._dates(painter, area, measures)

    def _dates(self, painter: QPainter, area: QRectF, measures: QFontMetrics) -> None:
        """Each day under its first attempt, as many as there is room for, and what the axis is."""
        painter.setPen(theme().palette.color("text_muted"))
        taken = -1e9
        first_of_day = {_day(at): at for at in reversed(self._moments)}
        for words, at in sorted(first_of_day.items()):
            x = self._x(area, at)
            half = measures.horizontalAdvance(words) / 2
            centre = min(max(x, area.left() + half - metrics.gap), self.width() - half)
            if centre - half > taken + metrics.gap:
                taken = centre + half
                place = QRectF(centre - half, area.bottom() + 3, 2 * half + 2, measures.height())
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words)
        place = QRectF(area.left(), area.bottom() + 3 + measures.height(), area.width(), measures.height())
        words = _("Attempts by day; above the dashed line: done well ({percent} %)").format(percent=round(100 * SURE))
        told = measures.elidedText(words, Qt.TextElideMode.ElideRight, int(area.width()))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, told)

    def _x(self, area: QRectF, at: datetime.datetime) -> float:
        """Attempts stand at even distances: several of one day would lie over each other."""
        inner = area.adjusted(metrics.gap_large, 0, -metrics.gap_large, 0)
        if len(self._moments) < 2:
            return inner.center().x()
        return inner.left() + inner.width() * self._moments.index(at) / (len(self._moments) - 1)

    def _line(self, painter: QPainter, area: QRectF, domain: Domain) -> None:
        points = self._series[domain]
        # Equal scores of several domains would hide each other: each stands a little apart.
        apart = (DOMAINS.index(domain) - 1.5) * 2.0
        bottom, height = area.bottom(), area.height()
        places = [QPointF(self._x(area, each.at) + apart, bottom - height * each.share) for each in points]
        painter.setPen(self._pen(domain))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if len(places) > 1:
            painter.drawPolyline(QPolygonF(places))
        for place in places:
            self._marker(painter, domain, place)

    def _pen(self, domain: Domain) -> QPen:
        return QPen(self._colour(domain), 1.8, _LINES[domain])

    @staticmethod
    def _colour(domain: Domain) -> QColor:
        return theme().palette.color(_COLOURS[domain])

    def _marker(self, painter: QPainter, domain: Domain, place: QPointF) -> None:
        size = _MARK * theme().scale ** 0.5
        painter.setPen(QPen(theme().palette.color("card"), 1))
        painter.setBrush(self._colour(domain))
        corners = _CORNERS.get(domain)
        if corners is None:
            painter.drawEllipse(place, size, size)
        else:
            painter.drawPolygon(QPolygonF([place + QPointF(x * size, y * size) for x, y in corners]))


def _day(at: datetime.datetime) -> str:
    return at.date().isoformat()


def _went(domain: Domain, points: Sequence[Point]) -> str:
    title = domain_asked(domain)[0]
    if not points:
        return _("{domain}: not scored yet.").format(domain=title)
    words = ngettext(
        "{domain}: {last} % at one attempt.", "{domain}: from {first} % to {last} % over {count} attempts.", len(points)
    )
    first, last = (round(100 * point.share) for point in (points[0], points[-1]))
    return words.format(domain=title, first=first, last=last, count=len(points))
