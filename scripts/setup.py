"""Sets the project up and starts its commands, with Python's standard library alone.

    python3 scripts/setup.py run|test|check|bench|demo|lock|prepare

Every command first makes sure of what it needs: a Python that is new enough, the system libraries of Qt, and the
virtual environment `.venv` with the locked packages. What is there already is left alone, so a second start costs
a fraction of a second. Where something is missing that we may not install, one sentence names the exact command.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import hashlib
import importlib.util
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "installed.txt"
LOCKS = ("runtime", "dev")
OLDEST = (3, 11)
OTHER_PYTHONS = ("python3.13", "python3.12", "python3.11", "python3.14")
LINUX = sys.platform.startswith("linux")

# A library that the loader must find, and the Debian or Ubuntu package that brings it.
QT_LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libgl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
}
X11_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-shape.so.0": "libxcb-shape0",
}
WAYLAND_LIBRARIES = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
}
PDF_READERS = {"pdftotext": "poppler-utils", "pdftoppm": "poppler-utils", "pdfinfo": "poppler-utils"}
# What the tests have PDFs judged by: programs, and the libraries of the validator of PDF/A.
PDF_VALIDATOR = {"java": "default-jre-headless", "qpdf": "qpdf"}
JAVA_FOLDER = Path("/usr/share/java")
VALIDATOR_JARS = {
    "preflight": "libpdfbox2-java",
    "pdfbox2": "libpdfbox2-java",
    "xmpbox": "libpdfbox2-java",
    "fontbox2": "libfontbox2-java",
    "commons-logging": "libcommons-logging-java",
    "javax.activation": "libactivation-java",
    "jaxb-api": "libjaxb-api-java",
}
# What the tests work the windows with as a screen reader does: an X server that nobody sees, and the two buses.
SCREEN_READER = {"Xvfb": "xvfb", "dbus-run-session": "dbus"}
ACCESSIBILITY_BUS = Path("/usr/share/dbus-1/services/org.a11y.Bus.service")
ACCESSIBILITY_CLIENT = ["/usr/bin/python3", "-c", "import gi; gi.require_version('Atspi', '2.0')"]


class SetupError(Exception):
    """Something is missing that only the user can bring; the message is the one sentence to show."""


def main(arguments: Sequence[str]) -> int:
    """Runs one command and returns its exit code; whatever is missing is said in one sentence."""
    parser = argparse.ArgumentParser(
        prog="scripts/setup.py", description="Sets the project up and starts its commands."
    )
    parser.add_argument("command", choices=sorted(COMMANDS))
    command = parser.parse_args(arguments).command
    try:
        other = python_to_use()
        if other is not None:
            return run([other, str(Path(__file__).resolve()), command])
        return COMMANDS[command]()
    except SetupError as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        return 130


def say(sentence: str) -> None:
    """Prints a sentence for the user on standard error."""
    print(sentence, file=sys.stderr, flush=True)


def run(command: Sequence[str], **extra_environment: str) -> int:
    """Runs a command in the project's folder, shows what it prints, and returns its exit code."""
    return subprocess.run(list(command), cwd=ROOT, env={**os.environ, **extra_environment}, check=False).returncode


# ---- Python ----------------------------------------------------------------------------------------------------


def python_to_use() -> str | None:
    """None when this Python is new enough, else the name of one that is.

    Raises `SetupError` when there is none.
    """
    if sys.version_info >= OLDEST:
        return None
    probe = f"import sys; sys.exit(sys.version_info < {OLDEST})"
    for name in OTHER_PYTHONS:
        if shutil.which(name) and subprocess.run([name, "-c", probe], capture_output=True, check=False).returncode == 0:
            return name
    raise SetupError(
        f"Python 3.11 or newer is needed and this is Python {platform.python_version()}: "
        "install a newer Python (Debian and Ubuntu: `sudo apt-get install python3.11 python3.11-venv`) and try again."
    )


# ---- system packages -------------------------------------------------------------------------------------------


def missing_libraries(libraries: Mapping[str, str]) -> set[str]:
    """The packages whose libraries the loader does not find."""
    return {package for library, package in libraries.items() if not loads(library)}


def loads(library: str) -> bool:
    """Whether the loader finds this shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def install_system_packages(packages: Iterable[str]) -> None:
    """Installs Debian packages where we may.

    Raises `SetupError` with the exact command where we may not, or where apt fails.
    """
    wanted = sorted(packages)
    if not wanted:
        return
    if shutil.which("apt-get") is None:
        raise SetupError(
            f"System packages are missing that Debian and Ubuntu call {', '.join(wanted)}: "
            "install them with your package manager and try again."
        )
    prefix = root_prefix()
    by_hand = f"sudo apt-get update && sudo apt-get install -y --no-install-recommends {' '.join(wanted)}"
    if prefix is None:
        raise SetupError(f"System packages are missing that an administrator has to install: `{by_hand}`")
    say(f"Installing the system packages {', '.join(wanted)}.")
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    run([*apt, "update"])  # package lists of a fresh machine are empty; if this fails the next line says why
    if run([*apt, "install", "-y", "--no-install-recommends", *wanted]) != 0:
        raise SetupError(f"System packages could not be installed (see above); try yourself: `{by_hand}`")


def root_prefix() -> list[str] | None:
    """What goes before a command that needs root: nothing for root, sudo where it asks no password, else None."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return []
    if (
        shutil.which("sudo")
        and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
    ):
        return ["sudo", "-n"]
    return None


def has_display() -> bool:
    """Whether windows can be shown; on Windows and macOS they always can."""
    return not LINUX or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def missing_for_qt(*, on_screen: bool) -> set[str]:
    """The packages Qt still needs: for windows without a screen, or for those on the user's screen."""
    if not LINUX:
        return set()
    libraries = dict(QT_LIBRARIES)
    if on_screen and os.environ.get("WAYLAND_DISPLAY"):
        libraries.update(WAYLAND_LIBRARIES)
    if on_screen and os.environ.get("DISPLAY"):
        libraries.update(X11_LIBRARIES)
    return missing_libraries(libraries)


def missing_pdf_readers() -> set[str]:
    """The packages of the programs that the tests read PDFs back with."""
    return {package for program, package in PDF_READERS.items() if shutil.which(program) is None}


def missing_pdf_validator() -> set[str]:
    """The packages of what the tests have PDFs judged by."""
    programs = {package for program, package in PDF_VALIDATOR.items() if shutil.which(program) is None}
    return programs | {package for jar, package in VALIDATOR_JARS.items() if not (JAVA_FOLDER / f"{jar}.jar").exists()}


def missing_for_screen_reader() -> set[str]:
    """The packages that the test with a screen reader's client still needs on Linux."""
    packages = missing_libraries(X11_LIBRARIES)
    packages |= {package for program, package in SCREEN_READER.items() if shutil.which(program) is None}
    if not ACCESSIBILITY_BUS.exists():
        packages.add("at-spi2-core")
    if not Path(ACCESSIBILITY_CLIENT[0]).exists() or run_quietly(ACCESSIBILITY_CLIENT) != 0:
        packages |= {"python3-gi", "gir1.2-atspi-2.0"}
    return packages


def run_quietly(command: Sequence[str]) -> int:
    """Runs a command without showing what it prints, and returns its exit code."""
    return subprocess.run(list(command), capture_output=True, check=False).returncode


def may_install() -> bool:
    """Whether system packages can be installed from here."""
    return shutil.which("apt-get") is not None and root_prefix() is not None


def missing_for_venv() -> set[str]:
    """The package that makes virtual environments, which Debian ships apart from Python; none where one stands."""
    if venv_is_ready() or not LINUX or importlib.util.find_spec("ensurepip") is not None:
        return set()
    return {f"python{sys.version_info.major}.{sys.version_info.minor}-venv"}


# ---- the virtual environment -----------------------------------------------------------------------------------


def venv_python() -> Path:
    """The Python inside `.venv`."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def fingerprint() -> str:
    """What the environment depends on: the lock, the Python and the machine."""
    lock = hashlib.sha256((ROOT / "requirements" / "dev.txt").read_bytes()).hexdigest()
    return f"{lock} {platform.python_version()} {sys.platform} {platform.machine()} {VENV}\n"


def venv_is_ready() -> bool:
    """Whether `.venv` was completed for this very lock and Python."""
    return STAMP.is_file() and STAMP.read_text(encoding="utf-8") == fingerprint() and venv_python().exists()


def prepare_venv() -> None:
    """Makes `.venv` and installs the locked packages, each checked against its hash.

    One that belongs to another lock, Python or place is replaced. Raises `SetupError` where either step fails.
    """
    if venv_is_ready():
        return
    if run([sys.executable, "-m", "venv", "--clear", str(VENV)]) != 0:
        raise SetupError("The folder .venv could not be made (see above); check that you may write to this folder.")
    say("Installing the locked packages into .venv (once, about 120 MB).")
    pip = [str(venv_python()), "-m", "pip", "--disable-pip-version-check", "--no-input"]
    quiet = [] if sys.stderr.isatty() else ["--quiet"]
    if run([*pip, "install", *quiet, "--require-hashes", "-r", "requirements/dev.txt"]) != 0:
        raise SetupError("The packages could not be installed (see above); check the network and try again.")
    STAMP.write_text(fingerprint(), encoding="utf-8")


def prepare(*, on_screen: bool = False, for_tests: bool = False) -> None:
    """Makes sure of all that a command needs; whatever the system lacks is installed or named in one go.

    What only tests need and not every system has, they are given where it may be installed.
    """
    packages = missing_for_qt(on_screen=on_screen) | missing_for_venv()
    if for_tests and LINUX:
        packages |= missing_pdf_readers()
        if may_install():
            packages |= missing_for_screen_reader() | missing_pdf_validator()
    install_system_packages(packages)
    prepare_venv()


def application(*arguments: str) -> list[str]:
    """The command that starts the application with these arguments."""
    return [str(venv_python()), "-m", "exam_app", *arguments]


def tool(module: str, *arguments: str) -> list[str]:
    """The command that runs a Python tool of the environment."""
    return [str(venv_python()), "-m", module, *arguments]


# ---- commands --------------------------------------------------------------------------------------------------


def command_prepare() -> int:
    """Only sets up."""
    prepare(for_tests=True)
    return 0


def command_run() -> int:
    """Opens the application, or runs the demo where there is no display."""
    if has_display():
        prepare(on_screen=True)
        return run(application())
    prepare()
    folder = tempfile.mkdtemp(prefix="exam-app-demo-")
    say(f"No display was found (neither DISPLAY nor WAYLAND_DISPLAY is set): running the demo instead, in {folder}.")
    code = run(application("demo", "--out", folder), QT_QPA_PLATFORM="offscreen")
    if code == 0:
        say(f"Its pictures, note, record and report are in {folder}.")
    return code


def command_demo() -> int:
    """Walks a made-up patient through the windows and leaves everything in build/demo."""
    prepare(on_screen=has_display())
    return run(application("demo", "--out", str(ROOT / "build" / "demo")))


def command_bench() -> int:
    """Measures, prints a table and writes build/bench.json."""
    prepare()
    return run(tool("benchmarks"), QT_QPA_PLATFORM="offscreen")


def command_check() -> int:
    """Everything that reads the project without running it: style, types, import contracts, forms."""
    prepare()
    return all_of(
        [
            tool("ruff", "check", "."),
            tool("ruff", "format", "--check", "."),
            tool("mypy"),
            [str(venv_python().with_name("lint-imports"))],
            application("forms", "check"),
        ]
    )


def command_test() -> int:
    """Style, types and every test; the import contracts are tests too.

    On Windows and macOS poppler is no part of a usual machine, and AT-SPI is Linux's own; on Linux it is installed
    where that is allowed, and so is the validator of PDF/A. The tests that use what is missing are left out, and that
    is said.
    """
    prepare(for_tests=True)
    pytest = tool("pytest", "-n", "2")
    left_out = []
    if missing_pdf_readers():
        say("poppler (pdftotext, pdftoppm, pdfinfo) was not found: the tests that read PDFs with it are left out.")
        left_out.append("not poppler")
    if missing := missing_pdf_validator():
        say(f"{', '.join(sorted(missing))} not found: the tests that have PDFs judged by it are left out.")
        left_out.append("not validator")
    if not LINUX:
        say("AT-SPI is there on Linux alone: the test with a screen reader's client is left out.")
        left_out.append("not screen_reader")
    elif missing := missing_for_screen_reader():
        say(f"{', '.join(sorted(missing))} not found: the test with a screen reader's client is left out.")
        left_out.append("not screen_reader")
    if left_out:
        pytest += ["-m", " and ".join(left_out)]
    return all_of([tool("ruff", "check", "."), tool("mypy"), pytest])


def all_of(commands: Sequence[Sequence[str]]) -> int:
    """Runs every command, so that one start shows everything that is wrong; 1 if any failed."""
    failed = []
    for command in commands:
        shown = " ".join(["python" if part == str(venv_python()) else part for part in command])
        say(f"\n> {shown}")
        if run(command, QT_QPA_PLATFORM="offscreen") != 0:
            failed.append(shown)
    say("\n" + ("Failed: " + "; ".join(failed) if failed else "All passed."))
    return 1 if failed else 0


def command_lock() -> int:
    """Writes the lock files anew from requirements/*.in: the newest releases, hashed, for every system and Python."""
    with tempfile.TemporaryDirectory() as folder:
        if run([sys.executable, "-m", "venv", folder]) != 0:
            raise SetupError("A virtual environment for the lock could not be made (see above).")
        bin_folder = Path(folder) / ("Scripts" if os.name == "nt" else "bin")
        if run([str(bin_folder / "python"), "-m", "pip", "install", "--quiet", "uv"]) != 0:
            raise SetupError("uv, which makes the lock, could not be installed (see above).")
        for name in LOCKS:
            compile_lock(bin_folder / "uv", name)
    return 0


def compile_lock(uv: Path, name: str) -> None:
    """Compiles one lock from the public index alone, whatever indices this machine is configured with.

    Raises `SetupError` if the result names a host or a folder: a lock must install from anyone's mirror.
    """
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("UV_", "PIP_"))}
    target = ROOT / "requirements" / f"{name}.txt"
    options = ["--no-config", "--universal", "--generate-hashes", "--python-version", "3.11", "--upgrade", "--quiet"]
    naming = ["--no-emit-index-url", "--no-emit-find-links", "--custom-compile-command", "make lock"]
    command = [str(uv), "pip", "compile", *options, *naming, "-o", str(target), f"requirements/{name}.in"]
    if subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode != 0:
        raise SetupError(f"The lock requirements/{name}.txt could not be made (see above).")
    if re.search(r"https?:|file:|--find-links|--(extra-)?index", target.read_text(encoding="utf-8")):
        raise SetupError(f"The lock requirements/{name}.txt names a host or a folder and must not be committed.")


COMMANDS = {
    "prepare": command_prepare,
    "run": command_run,
    "test": command_test,
    "check": command_check,
    "bench": command_bench,
    "demo": command_demo,
    "lock": command_lock,
}

if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError):
        sys.exit(main(sys.argv[1:]))
