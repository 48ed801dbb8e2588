"""What holds for every test: no screen, no user's folders, and nothing unexpected said or left behind.

A test fails on a log record, a Python warning or a Qt message of level warning that it did not announce (the latter
two by the settings in pyproject.toml), and on windows, running timers and threads that outlive it.
"""

from __future__ import annotations

import gc
import logging
import os
import re
import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest
import tqdm
from hypothesis import HealthCheck, settings

# Before anything loads Qt: windows are painted in memory, and words and dates do not follow the machine's language.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["LC_ALL"] = "C.UTF-8"
os.environ.pop("LANGUAGE", None)
# A progress bar would start a thread that lives as long as the process.
tqdm.tqdm.monitor_interval = 0

# How fast the machine is, and what else it does, is no property of what is tested.
settings.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")

SECONDS_TO_END = 5.0


@pytest.fixture(scope="session", autouse=True)
def users_folders_are_temporary(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The folders of the person who runs the tests are neither read nor written."""
    with pytest.MonkeyPatch.context() as patch:
        for variable in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR"):
            folder = tmp_path_factory.mktemp(variable.lower())
            folder.chmod(0o700)
            patch.setenv(variable, str(folder))
        yield


def pytest_collection_finish() -> None:
    """What is there before the first test lives until the end; nobody need look through it after every test."""
    gc.collect()
    gc.freeze()


class LogWatch(logging.Handler):
    """Collects the records of level WARNING and above that no test announced."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._announced: list[re.Pattern[str]] = []
        self.unexpected: list[str] = []

    def expect(self, pattern: str) -> None:
        """Announces records whose message matches, for the rest of the test."""
        self._announced.append(re.compile(pattern))

    def emit(self, record: logging.LogRecord) -> None:
        """Keeps a record unless it was announced."""
        message = record.getMessage()
        if not any(pattern.search(message) for pattern in self._announced):
            self.unexpected.append(f"{record.levelname} {record.name}: {message}")


@pytest.fixture(autouse=True)
def log_watch() -> Iterator[LogWatch]:
    """Fails the test that logs a warning or an error; a test that means to calls `log_watch.expect(pattern)` first."""
    watch = LogWatch()
    root = logging.getLogger()
    root.addHandler(watch)
    yield watch
    root.removeHandler(watch)
    if watch.unexpected:
        pytest.fail("unexpected log records:\n" + "\n".join(watch.unexpected), pytrace=False)


@pytest.fixture(autouse=True)
def nothing_is_left_behind() -> Iterator[None]:
    """Fails the test that leaves a window, a running timer or a thread; it is set up first and so torn down last."""
    before = {id(thing): thing for thing in living_things()}
    yield
    left = [thing for thing in living_things() if id(thing) not in before]
    if left:
        left.clear()
        gc.collect()  # what only a cycle of references kept alive is not left behind
        left = [thing for thing in living_things() if id(thing) not in before and not ends(thing)]
    if left:
        pytest.fail("left behind by this test:\n" + "\n".join(map(described, left)), pytrace=False)


def living_things() -> list[Any]:
    """Every thread, and where Qt runs every window without a parent, running timer and running Qt thread."""
    threads = [thread for thread in threading.enumerate() if not isinstance(thread, threading._DummyThread)]
    return [*threads, *living_qt_things()]


def living_qt_things() -> list[Any]:
    """Windows, running timers and running Qt threads, after what was to be deleted has been deleted."""
    if "PySide6.QtWidgets" not in sys.modules:
        return []
    import shiboken6
    from PySide6.QtCore import QCoreApplication, QEvent, QThread, QTimer
    from PySide6.QtWidgets import QApplication

    if QCoreApplication.instance() is None:
        return []
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    windows: list[Any] = [widget for widget in QApplication.topLevelWidgets() if widget.parent() is None]
    timers, threads = kinds_of(QTimer), kinds_of(QThread)
    both = timers | threads  # a set, because this looks at everything there is, twice for every test
    found = [thing for thing in gc.get_objects() if type(thing) in both and shiboken6.isValid(thing)]
    running = [thing for thing in found if (thing.isActive() if type(thing) in timers else thing.isRunning())]
    return windows + [thing for thing in running if thing is not QThread.currentThread()]


def kinds_of(kind: type) -> set[type]:
    """A class and all that are derived from it."""
    derived: list[type] = type.__subclasses__(kind)
    return {kind}.union(*map(kinds_of, derived))


def ends(thing: Any) -> bool:
    """Whether a thread that was told to end does so soon; windows and timers do not end by themselves."""
    if isinstance(thing, threading.Thread):
        thing.join(SECONDS_TO_END)
        return not thing.is_alive()
    return False


def described(thing: Any) -> str:
    """A line about a thing that was left behind."""
    name = thing.objectName() if hasattr(thing, "objectName") else getattr(thing, "name", "")
    return f"  {type(thing).__module__}.{type(thing).__qualname__} {name!r}"
