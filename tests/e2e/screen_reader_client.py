"""Works the application as a screen reader does: by names, roles and actions over AT-SPI, without a pixel.

Run by the system's Python, which has `gi`:

    dbus-run-session -- /usr/bin/python3 screen_reader_client.py PDF COMMAND...

It starts the command, sets up the records, begins an examination of "Specimen", records that elbow extension on the
right is 4−, waits until that is saved, and saves the report as PDF. At the end it writes as JSON what was announced.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

SECONDS = 30
LOOK_EVERY_MS = 50
PASSPHRASE = "correct horse battery specimen"


class MissingError(Exception):
    """What a user of a screen reader looked for in vain."""


class Reader:
    """Looks at one application and hears what it announces."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self._listener = Atspi.EventListener.new(self._hear)
        self._listener.register("object:announcement")

    def _hear(self, event: Any) -> None:
        self.heard.append(str(event.any_data))

    def wait_for(self, look: Callable[[], Any], what: str) -> Any:
        """What `look` finds, as soon as it finds something; events are taken in meanwhile."""
        loop, found, until = GLib.MainLoop(), [], time.monotonic() + SECONDS

        def again() -> bool:
            try:
                seen = look()
            except GLib.Error:  # what was just looked at has gone
                seen = None
            if seen:
                found.append(seen)
            if seen or time.monotonic() > until:
                loop.quit()
                return False
            return True

        GLib.timeout_add(LOOK_EVERY_MS, again)
        loop.run()
        if not found:
            raise MissingError(f"{what} was not found; there is: {sorted(set(map(str, self.names())))}")
        return found[0]

    def nodes(self) -> Iterator[Any]:
        """Everything that the application shows."""
        desktop = Atspi.get_desktop(0)
        for number in range(desktop.get_child_count()):
            application = desktop.get_child_at_index(number)
            if application is not None and application.get_name() == "exam_app":
                application.set_cache_mask(Atspi.Cache.NONE)
                yield from _below(application)

    def names(self) -> Iterator[tuple[str, str]]:
        """(role, name) of everything shown."""
        return ((node.get_role_name(), node.get_name()) for node in self.nodes() if node.get_name())

    def find(self, role: str, name: str) -> Any:
        """What has this role and this name, or else one that begins so, once it is there."""

        def look() -> Any:
            alike = [node for node in self.nodes() if node.get_role_name() == role]
            hits = [node for node in alike if node.get_name().startswith(name)]
            return next((node for node in hits if node.get_name() == name), hits[0] if hits else None)

        return self.wait_for(look, f"{role} '{name}'")

    def act(self, role: str, name: str, action: str = "Press") -> None:
        """Do an action of what has this role and name."""
        node = self.find(role, name)
        names = [Atspi.Action.get_action_name(node, number) for number in range(Atspi.Action.get_n_actions(node))]
        Atspi.Action.do_action(node, names.index(action))

    def write(self, role: str, name: str, text: str) -> None:
        """Put a text into a line."""
        node = self.find(role, name)
        Atspi.EditableText.set_text_contents(node, text)

    def hear(self, text: str) -> None:
        """Wait until this was announced."""
        self.wait_for(lambda: any(said.startswith(text) for said in self.heard), f"the announcement '{text}'")


def _below(node: Any) -> Iterator[Any]:
    if node.get_state_set().contains(Atspi.StateType.SHOWING):
        yield node
        for number in range(node.get_child_count()):
            child = node.get_child_at_index(number)
            if child is not None:
                yield from _below(child)


def examine(reader: Reader, pdf: str) -> None:
    """From the first start to the report."""
    reader.write("password text", "Passphrase", PASSPHRASE)
    reader.write("password text", "The same passphrase again", PASSPHRASE)
    reader.act("push button", "Set up")
    reader.act("check box", "I have written it down", "Toggle")
    reader.act("push button", "Continue")

    reader.act("push button", "New examination")
    reader.write("text", "Family name", "Specimen")
    reader.act("radio button", "Scope: Full", "Toggle")
    reader.act("push button", "Begin")

    reader.act("page tab", "Strength")
    reader.hear("Strength: ")
    reader.act("table cell", "Elbow extension, right, not yet examined")
    reader.act("radio button", "Elbow extension, right: 4 minus", "Toggle")
    reader.find("table cell", "Elbow extension, right, 4 minus, abnormal")
    reader.hear("Saved")

    reader.act("page tab", "Review and report")
    reader.act("push button", "Report")
    reader.find("document frame", "Report, page 1 of ")
    reader.act("push button", "Save PDF")
    reader.write("text", "File name", pdf)
    reader.act("push button", "Save")
    reader.hear("Written: ")
    reader.act("push button", "Close")
    reader.act("push button", "Home")
    reader.find("table cell", "Specimen")


def main() -> int:
    """Start the application, work it, end it."""
    pdf, *command = sys.argv[1:]
    application = subprocess.Popen(command)
    reader = Reader()
    try:
        examine(reader, pdf)
    except MissingError as missing:
        sys.stderr.write(f"{missing}\n")
        return 1
    finally:
        application.terminate()
        application.wait()
    sys.stdout.write(json.dumps(reader.heard))
    return 0


if __name__ == "__main__":
    sys.exit(main())
