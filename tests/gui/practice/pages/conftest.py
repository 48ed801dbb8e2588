"""The pages behind an attempt over the real store of practice and real cases, in windows of their own."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from exam_app.core.form.form import Form
from exam_app.gui.parts.theme import LIGHT, theme
from exam_app.services import practice
from exam_app.services.context import Context
from exam_app.services.practice import Learner, Practice
from tests.gui.screens import put_away
from tests.specimen_case import NOW

Show = Callable[[QWidget], QWidget]


@pytest.fixture(scope="session")
def form() -> Form:
    return Context().form


@pytest.fixture
def context(tmp_path: Path, form: Form) -> Context:
    """A context whose clock goes on by a day at every tenth look."""
    looks = itertools.count()
    made = Context(data_folder=tmp_path / "data", now=lambda: NOW + datetime.timedelta(hours=2.4 * next(looks)))
    made.__dict__["form"] = form  # read once for all tests
    return made


@pytest.fixture
def store(context: Context) -> Iterator[Practice]:
    made = practice.open_store(context)
    yield made
    made.close()


@pytest.fixture
def learner(store: Practice) -> Learner:
    return store.add_learner("Specimen")


@pytest.fixture
def show(qtbot: QtBot) -> Iterator[Show]:
    """Shows a page as a window of 1366 x 768; it is closed when the test ends."""
    theme().show(LIGHT)
    made: list[QWidget] = []

    def show_page(page: QWidget) -> QWidget:
        made.append(page)
        page.resize(1366, 768)
        with qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        return page

    yield show_page
    put_away(made)
    theme().show(LIGHT)
