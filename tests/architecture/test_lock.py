"""The locked requirements: complete, hashed, and free of any place that only one machine knows."""

from __future__ import annotations

import re
import tomllib

from tests.architecture.house import ROOT

REQUIREMENTS = ROOT / "requirements"


def requirements(name: str) -> list[str]:
    """The requirement lines of a file that a person wrote."""
    lines = (REQUIREMENTS / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith(("#", "-"))]


def pins(name: str) -> dict[str, str]:
    """Package and version of every line of a lock."""
    text = (REQUIREMENTS / name).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==([^\s;]+)", text, flags=re.MULTILINE))


def test_the_package_and_the_lock_ask_for_the_same_libraries() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert sorted(project["dependencies"]) == sorted(requirements("runtime.in"))


def test_the_tests_run_with_the_versions_that_users_get() -> None:
    runtime, dev = pins("runtime.txt"), pins("dev.txt")
    assert len(runtime) > len(requirements("runtime.in"))
    assert {package: dev[package] for package in runtime} == runtime


def test_no_lock_names_a_host_or_a_folder() -> None:
    for name in ("runtime.txt", "dev.txt"):
        text = (REQUIREMENTS / name).read_text(encoding="utf-8")
        assert not re.search(r"https?:|file:|--find-links|--(extra-)?index", text), name


def test_every_locked_package_is_hashed() -> None:
    for name in ("runtime.txt", "dev.txt"):
        text = (REQUIREMENTS / name).read_text(encoding="utf-8")
        blocks = re.split(r"\n(?=[a-z0-9-]+==)", text)[1:]
        assert len(blocks) == len(pins(name))
        assert [block.split("==")[0] for block in blocks if "--hash=sha256:" not in block] == []
