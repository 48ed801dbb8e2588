"""The set-up script, short of installing anything; that it works on a bare machine is seen where CI starts from one."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts import setup


def test_a_library_that_the_loader_lacks_is_named_by_its_package() -> None:
    libraries = {"libspecimen-not-there.so.1": "libspecimen1", "libc.so.6" if setup.LINUX else "": "libc6"}
    assert "libspecimen1" in setup.missing_libraries(libraries)
    if setup.LINUX:
        assert "libc6" not in setup.missing_libraries(libraries)


def test_without_the_right_to_install_one_sentence_holds_the_whole_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda program: f"/usr/bin/{program}")
    monkeypatch.setattr(setup, "root_prefix", lambda: None)
    with pytest.raises(setup.SetupError) as refused:
        setup.install_system_packages({"libspecimen2", "libspecimen1"})
    command = "sudo apt-get update && sudo apt-get install -y --no-install-recommends libspecimen1 libspecimen2"
    assert str(refused.value).endswith(f"`{command}`")


def test_nothing_is_asked_of_the_system_when_nothing_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup, "run", lambda *_, **__: pytest.fail("a command was run"))
    setup.install_system_packages(set())


def test_the_environment_is_made_anew_when_the_lock_changes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(setup, "ROOT", tmp_path)
    monkeypatch.setattr(setup, "STAMP", tmp_path / "installed.txt")
    (tmp_path / "requirements").mkdir()
    lock = tmp_path / "requirements" / "dev.txt"
    lock.write_text("specimen==1\n", encoding="utf-8")
    setup.STAMP.write_text(setup.fingerprint(), encoding="utf-8")
    monkeypatch.setattr(setup, "venv_python", lambda: lock)
    assert setup.venv_is_ready()
    lock.write_text("specimen==2\n", encoding="utf-8")
    assert not setup.venv_is_ready()


def test_without_a_display_run_says_so_and_runs_the_demo_in_a_new_folder(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    commands: list[list[str]] = []

    def remember(command: list[str], **_: str) -> int:
        commands.append(command)
        return 0

    monkeypatch.setattr(setup, "LINUX", True)
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(setup, "prepare", lambda: None)
    monkeypatch.setattr(setup, "run", remember)
    assert setup.main(["run"]) == 0
    ((*_, demo, out, folder),) = commands
    assert (demo, out) == ("demo", "--out")
    assert Path(folder).is_dir()
    assert Path(folder).parent == tmp_path
    assert "No display was found" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("linux", "missing", "left_out"),
    [(True, set(), []), (True, {"xvfb"}, ["-m", "not screen_reader"]), (False, set(), ["-m", "not screen_reader"])],
)
def test_the_test_with_a_screen_reader_is_left_out_where_it_cannot_run_and_that_is_said(
    *,
    linux: bool,
    missing: set[str],
    left_out: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    commands: list[list[str]] = []
    monkeypatch.setattr(setup, "LINUX", linux)
    monkeypatch.setattr(setup, "prepare", lambda **_: None)
    monkeypatch.setattr(setup, "missing_pdf_readers", set)
    monkeypatch.setattr(setup, "missing_pdf_validator", set)
    monkeypatch.setattr(setup, "missing_for_screen_reader", lambda: missing)
    monkeypatch.setattr(setup, "all_of", commands.extend)
    setup.command_test()
    assert commands[-1][3:] == ["-n", "2", *left_out]
    assert ("left out" in capsys.readouterr().err) == bool(left_out)


def test_the_tests_with_the_validator_are_left_out_only_where_it_is_missing_and_that_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    commands: list[list[str]] = []
    monkeypatch.setattr(setup, "prepare", lambda **_: None)
    monkeypatch.setattr(setup, "missing_pdf_readers", set)
    monkeypatch.setattr(setup, "missing_for_screen_reader", set)
    monkeypatch.setattr(setup, "LINUX", True)
    monkeypatch.setattr(setup, "JAVA_FOLDER", tmp_path)
    monkeypatch.setattr("shutil.which", lambda program: f"/usr/bin/{program}")
    monkeypatch.setattr(setup, "all_of", commands.extend)
    setup.command_test()
    assert commands[-1][3:] == ["-n", "2", "-m", "not validator"]
    assert "libpdfbox2-java" in capsys.readouterr().err
    for jar in setup.VALIDATOR_JARS:
        (tmp_path / f"{jar}.jar").touch()
    setup.command_test()
    assert commands[-1][3:] == ["-n", "2"]


def test_what_only_tests_need_is_installed_for_them_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    installed: list[set[str]] = []
    monkeypatch.setattr(setup, "LINUX", True)
    monkeypatch.setattr(setup, "may_install", lambda: True)
    monkeypatch.setattr(setup, "missing_for_qt", lambda **_: set())
    monkeypatch.setattr(setup, "missing_for_venv", set)
    monkeypatch.setattr(setup, "missing_pdf_readers", set)
    monkeypatch.setattr(setup, "missing_for_screen_reader", set)
    monkeypatch.setattr(setup, "missing_pdf_validator", lambda: {"libpdfbox2-java"})
    monkeypatch.setattr(setup, "prepare_venv", lambda: None)
    monkeypatch.setattr(setup, "install_system_packages", installed.append)
    setup.prepare()
    setup.prepare(for_tests=True)
    assert installed == [set(), {"libpdfbox2-java"}]


def test_a_failing_step_fails_the_command_and_the_others_still_run(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[str] = []

    def fail_the_first(command: list[str], **_: str) -> int:
        ran.append(command[0])
        return int(command[0] == "first")

    monkeypatch.setattr(setup, "run", fail_the_first)
    assert setup.all_of([["first"], ["second"]]) == 1
    assert ran == ["first", "second"]
