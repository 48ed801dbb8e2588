"""A walk through the real windows with a made-up patient, driven by key events alone.

Leaves a screenshot of every step, the record, the note and the PDF. The store lies in a temporary folder beside the
results and is removed at the end.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from exam_app.gui.parts.theme import LIGHT, theme
from exam_app.gui.shell.app import Shell
from exam_app.services.context import Context
from exam_app.services.display import has_display
from exam_app.services.files import make_folder

SIZE = (1366, 768)
MADE_UP_WORDS = "a passphrase for the demo"
SECONDS_TO_WAIT = 60

Step = tuple[str, Sequence[str]]
"""A name to jump to with `/`, and the keys pressed there; `>MAS` is Tab until a control of that name has the focus."""

BOTH = "Shift+"
SPASTIC = ("3", ">MAS", "1", "+", ">velocity-dependent", "1", "Esc", "Right", ".")
"""Spasticity, modified Ashworth 1+, velocity-dependent, on the right; the left the same."""

PATIENT = (
    *("Specimen", "Patient", "1965-03-02", "1", "0041187"),
    *("1", "clumsy hands and stiff legs", "Dr Specimen", "1", "3"),
)
"""What is typed into the dialog, field by field; a digit chooses."""

TONE: Sequence[Step] = (("knee extensors tone", SPASTIC), ("ankle plantarflexors tone", SPASTIC))
STRENGTH: Sequence[Step] = (
    ("elbow extension", (BOTH + "4", "+")),
    ("finger extension", (BOTH + "4",)),
    ("finger abduction", (BOTH + "4", "-")),
    ("hip flexion", (BOTH + "4",)),
    ("knee flexion", (BOTH + "4",)),
    ("ankle dorsiflexion", (BOTH + "4", "+")),
)
REFLEXES: Sequence[Step] = (
    ("jaw reflexes", ("2",)),
    ("biceps reflexes", (BOTH + "1",)),
    ("brachioradialis reflexes", (BOTH + "1",)),
    ("triceps reflexes", (BOTH + "3",)),
    ("knee reflexes", (BOTH + "3",)),
    ("ankle reflexes", (BOTH + "4",)),
    ("plantar reflexes", (BOTH + "2",)),
    ("hoffmann", (BOTH + "2",)),
    ("ankle clonus", ("6", "Right", "4")),
    ("abdominal, upper", (BOTH + "3",)),
    ("abdominal, lower", (BOTH + "3",)),
)
SENSATION: Sequence[Step] = (
    *(
        (f"{modality} at {level}", (BOTH + "1",))
        for modality in ("light touch", "pinprick")
        for level in ("C6", "C7", "C8")
    ),
    ("vibration, hallux", (BOTH + "2",)),
)
GAIT: Sequence[Step] = (
    ("gait pattern", ("3",)),
    ("timed up", ("X", "T")),
)
QUICK_ENTRY = "tandem 5; romberg pos"
MOVEMENTS: Sequence[Step] = (("movement observation", ("2",)),)
IMPRESSION = "Made-up example: spastic paraparesis with reduced arm reflexes at C5 to C6."


class Keyboard:
    """Presses keys where the focus is, as a person would."""

    def __init__(self, application: QApplication) -> None:
        self._application = application

    def press(self, *names: str) -> None:
        """Press keys by name: one character, `Shift+4`, `Ctrl+R`, or a key of Qt such as `Tab`, `Esc`, `Return`."""
        for name in names:
            *modifiers, key = name.split("+") if len(name) > 1 else [name]
            held = Qt.KeyboardModifier.NoModifier
            for modifier in modifiers:
                held |= _MODIFIERS[modifier]
            QTest.keyClick(self.focus(), _NAMED.get(key) or Qt.Key(ord(key.upper())), held)
            self._application.processEvents()

    def press_until(self, name: str, reached: str) -> None:
        """Press one key again and again until the name of the control in focus holds this."""
        for _ in range(200):
            if reached in self.focus().accessibleName():
                return
            self.press(name)
        raise RuntimeError("the control was not reached")

    def write(self, text: str) -> None:
        """Type characters one by one."""
        QTest.keyClicks(self.focus(), text)
        self._application.processEvents()

    def paste(self, text: str) -> None:
        """Paste in place of what is there; for a path, which may hold what no keyboard has."""
        QGuiApplication.clipboard().setText(text)
        self.press("Ctrl+A", "Ctrl+V")

    def focus(self) -> QWidget:
        """The widget that has the focus; waits until there is one."""
        self.wait(_has_focus)
        widget = QApplication.focusWidget()
        if widget is None:
            raise RuntimeError("nothing has the focus")
        return widget

    def wait(self, condition: Callable[[], object]) -> None:
        """Let the windows work until a condition holds."""
        deadline = QDeadlineTimer(SECONDS_TO_WAIT * 1000)
        while not condition():
            if deadline.hasExpired():
                raise TimeoutError("the demo waited in vain")
            self._application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)


ASSERTED = (
    ("alert_card", "Ctrl+1"),
    ("mental_status", "Ctrl+3"),
    ("cranial_nerves", "Ctrl+4"),
    ("coordination", "Ctrl+9"),
)
"""Sections in which all is well in this patient: opened by number, the rest asserted with N."""
_MODIFIERS = {
    "Shift": Qt.KeyboardModifier.ShiftModifier,
    "Ctrl": Qt.KeyboardModifier.ControlModifier,
    "Alt": Qt.KeyboardModifier.AltModifier,
}
_NAMED = {
    "Tab": Qt.Key.Key_Tab,
    "Esc": Qt.Key.Key_Escape,
    "Return": Qt.Key.Key_Return,
    "Space": Qt.Key.Key_Space,
    "Right": Qt.Key.Key_Right,
    "Backtab": Qt.Key.Key_Backtab,
}


def _has_focus() -> bool:
    return QApplication.focusWidget() is not None


class Demo:
    """One walk. `steps` are methods in order; each ends with a screenshot."""

    def __init__(self, application: QApplication, shell: Shell, out: Path) -> None:
        self._shell, self._out = shell, out
        self.keys = Keyboard(application)
        self._count = 0

    def run(self) -> None:
        """Walk from the first start to the exported report."""
        self._set_up()
        self._new_examination()
        for name, key in ASSERTED:
            self.keys.press(key)
            self._shoot(name, self._shell.exam)
            self.keys.press("N")
        for name, steps in (
            ("tone", TONE),
            ("strength", STRENGTH),
            ("reflexes", REFLEXES),
            ("sensation", SENSATION),
        ):
            self._section(name, steps)
            self.keys.press("N")
        self._section("gait", GAIT)
        self._quick_entry()
        self._movements()
        self._review()
        self._leave()

    def _shoot(self, name: str, window: QWidget | None, *, resizes: bool = True) -> None:
        self._count += 1
        if window is None:
            raise RuntimeError("there is no window to take a picture of")
        if resizes:
            window.resize(*SIZE)
        self.keys.wait(window.isVisible)
        self.keys.wait(lambda: _is_at_rest(window))
        QApplication.processEvents()
        window.grab().save(str(self._out / f"{self._count:02}_{name}.png"))

    def _set_up(self) -> None:
        shell = self._shell
        shell.start()
        unlock = shell.unlock
        if unlock is None:
            raise RuntimeError("the unlock dialog did not open")
        self.keys.wait(unlock.isActiveWindow)
        self.keys.write(MADE_UP_WORDS)
        self.keys.press("Tab")
        self.keys.write(MADE_UP_WORDS)
        self._shoot("first_start", unlock)
        self.keys.press("Return")
        self.keys.wait(lambda: unlock.page is unlock.key_page)
        self.keys.press("Space")
        self._shoot("recovery_key", unlock)
        self.keys.press("Return")
        self.keys.wait(lambda: shell.home is not None and shell.home.isActiveWindow())
        self._shoot("home_empty", shell.home)

    def _new_examination(self) -> None:
        shell = self._shell
        self.keys.press("Ctrl+N")
        self.keys.wait(lambda: shell.dialog is not None and shell.dialog.isActiveWindow())
        for number, answer in enumerate(PATIENT):
            if number:
                self.keys.press("Tab")
            self.keys.write(answer)
        self._shoot("new_examination", shell.dialog, resizes=False)
        self.keys.press("Return")
        self.keys.wait(lambda: shell.exam is not None and shell.exam.isActiveWindow())
        if shell.exam is not None:
            shell.exam.resize(*SIZE)

    def _section(self, name: str, steps: Sequence[Step]) -> None:
        for place, pressed in steps:
            self._go_to(place)
            for key in pressed:
                if key.startswith(">"):
                    self.keys.press_until("Tab", key[1:])
                else:
                    self.keys.press(key)
        self._shoot(name, self._shell.exam)

    def _go_to(self, place: str) -> None:
        self.keys.press("/")
        self.keys.write(place)
        self.keys.press("Return")

    def _quick_entry(self) -> None:
        self.keys.press("Ctrl+K")
        self.keys.write(QUICK_ENTRY)
        self._shoot("quick_entry", self._shell.exam)
        self.keys.press("Return", "Esc")

    def _movements(self) -> None:
        self._section("movement_observation", MOVEMENTS)
        self._go_to("movements observed")
        self.keys.press("A", "1", "Tab")
        self.keys.press_until("Right", "right hand")
        self.keys.press("Space")
        self.keys.press_until("Tab", "Source")
        self.keys.press("1")
        self.keys.press_until("Tab", "States")
        self.keys.press("4")
        self._shoot("movement_entry", self._shell.exam)

    def _review(self) -> None:
        self.keys.press("Esc", "Ctrl+R")
        self._shoot("review", self._shell.exam)
        self.keys.press("Tab", "Tab", "Tab")
        self.keys.write(IMPRESSION)
        self._shoot("impression", self._shell.exam)
        self.keys.press("Backtab", "Backtab", "Backtab", "Backtab")
        self._name_file("Space", "note.txt")
        self._report()

    def _report(self) -> None:
        exam = self._shell.exam
        self.keys.press("Ctrl+P")
        report = exam.commands.report_dialog if exam is not None else None
        if report is None:
            raise RuntimeError("the report did not open")
        self.keys.wait(report.save_button.isEnabled)
        self._shoot("report", report, resizes=False)
        self._name_file("Ctrl+S", "report.pdf")
        self.keys.wait(report.isActiveWindow)
        self.keys.press("Esc")
        if exam is not None:
            self.keys.wait(exam.isActiveWindow)
        self._shoot("exported", exam)

    def _name_file(self, key: str, name: str) -> None:
        """Press a key that asks for a file, and name one."""
        file, window = self._out / name, QApplication.activeWindow()
        self.keys.press(key)
        self.keys.wait(_dialog_is_open)
        self.keys.paste(str(file))
        self.keys.press("Return")
        self.keys.wait(file.exists)
        self.keys.wait(_no_dialog_is_open)
        if window is not None:
            # Without a window manager nobody else gives the focus back when a dialog closes.
            window.activateWindow()

    def _leave(self) -> None:
        from exam_app.core.files.record_file import record_to_json
        from exam_app.gui.exam.exam_window import ExamWindow

        exam, home = self._shell.exam, self._shell.home
        if not isinstance(exam, ExamWindow) or home is None:
            raise TypeError("the examination is not open")
        (self._out / "record.json").write_text(record_to_json(exam.bridge.record) + "\n", encoding="utf-8")
        self.keys.press("Ctrl+W")
        self.keys.wait(home.isVisible)
        self._shoot("home", home)


def _is_at_rest(window: QWidget) -> bool:
    """Whether a window shows what it will show: everything is saved, and the note in sight is written."""
    from exam_app.gui.exam.exam_window import ExamWindow

    if not isinstance(window, ExamWindow):
        return True
    note = window.side_panel.note.text
    return window.bridge.saving.pending == 0 and (not note.isVisible() or bool(note.toPlainText()))


def _dialog_is_open() -> bool:
    window = QApplication.activeWindow()
    return window is not None and window.inherits("QFileDialog")


def _no_dialog_is_open() -> bool:
    return not _dialog_is_open()


def run_demo(out: Path) -> None:
    """Leave `record.json`, `report.pdf`, `note.txt` and `NN_step.png` in a folder, which is made if missing. UserError
    `folder_missing`."""
    if not has_display():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    out = out.absolute()
    make_folder(out)
    present = QApplication.instance()
    application = present if isinstance(present, QApplication) else QApplication(["exam_app"])
    application.setQuitOnLastWindowClosed(False)
    # The system's own file dialogs take no key events from here.
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    theme().show(LIGHT)
    for name in ("report.pdf", "note.txt"):
        (out / name).unlink(missing_ok=True)
    with tempfile.TemporaryDirectory(prefix=".demo-", dir=out.parent) as folder:
        settings = QSettings(str(Path(folder) / "settings.ini"), QSettings.Format.IniFormat)
        shell = Shell(Context(data_folder=Path(folder) / "records"), settings)
        try:
            Demo(application, shell, out).run()
        finally:
            shell.close()
