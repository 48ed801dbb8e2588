"""The windows. They show the record and emit; one bridge writes."""

from exam_app.gui.imports import leave_sources_unread

leave_sources_unread()
