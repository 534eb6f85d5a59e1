"""The set-up's scripts, on machines made of stubs: what they say and what they run."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the scripts are for POSIX shells")

MISSING = """
	libxcb.so.1 => /lib/libxcb.so.1 (0x00007f455f1ab000)
	libxcb-icccm.so.4 => not found
	libxkbcommon-x11.so.0 => not found
	libdbus-1.so.3 => not found
	libEGL.so.1 => not found
	libglib-2.0.so.0 => not found
	libxcb-icccm.so.4 => not found
	libQt6Core.so.6 => not found
"""
PACKAGES = "libdbus-1-3 libegl1 libglib2.0-0 libxcb-icccm4 libxkbcommon-x11-0"


class Machine:
    """A PATH of the usual small tools and the stubs given; ``asked`` is what was run with a stub, a line each."""

    TOOLS = ("sh", "awk", "sed", "tr", "sort", "head", "grep", "find", "cat", "env")

    def __init__(self, folder):
        self.bin, self.log, self.qt = folder / "bin", folder / "log", folder / "site-packages/PySide6/Qt"
        self.bin.mkdir()
        self.qt.mkdir(parents=True)
        for tool in self.TOOLS:
            (self.bin / tool).symlink_to(shutil.which(tool))
        self.has("uname", "echo Linux")
        self.has("id", "echo 1000")
        self.has("fc-list", "echo DejaVu Sans")
        self.has("ldd", "true")

    def has(self, command, does):
        path = self.bin / command
        path.write_text(f"#!/bin/sh\n{does}\n")
        path.chmod(0o755)

    def notes(self, command, code=0):
        """Has a command that only notes how it was called."""
        self.has(command, f'echo "{command} $*" >>"{self.log}"; exit {code}')

    @property
    def asked(self):
        return self.log.read_text().splitlines() if self.log.exists() else []

    def run(self, script, *arguments):
        command = [str(self.bin / "sh"), str(REPOSITORY / script), *arguments]
        return subprocess.run(command, env={"PATH": str(self.bin), "HOME": "/nowhere"}, capture_output=True, text=True)

    def see_to_libraries(self, *options):
        done = self.run("resources/system_libraries.sh", *options, str(self.qt))
        assert done.returncode == 0
        assert done.stderr == ""
        return done.stdout


@pytest.fixture
def machine(tmp_path):
    return Machine(tmp_path)


@pytest.fixture
def bare_machine(machine):
    """One where several libraries are missing."""
    machine.has("ldd", f"cat <<'END'\n{MISSING}END")
    return machine


def test_nothing_is_said_or_done_where_nothing_is_missing(machine):
    machine.notes("apt-get")
    assert machine.see_to_libraries() == ""
    assert machine.asked == []


def test_root_gets_the_missing_packages_by_apt(bare_machine):
    bare_machine.has("id", "echo 0")
    bare_machine.notes("apt-get")
    assert bare_machine.see_to_libraries() == f"AE Studio: installing what Qt needs to open a window: {PACKAGES}\n"
    assert bare_machine.asked == [f"apt-get install -y --no-install-recommends {PACKAGES}"]


def test_package_lists_are_brought_up_to_date_where_the_first_try_fails(bare_machine):
    bare_machine.has("id", "echo 0")
    bare_machine.notes("apt-get", code=100)
    assert bare_machine.see_to_libraries().splitlines()[1:] == [
        f"AE Studio: to open a window Qt needs: sudo apt-get install {PACKAGES}"
    ]
    assert bare_machine.asked[1] == "apt-get update"


def test_sudo_is_used_where_it_asks_for_no_password(bare_machine):
    bare_machine.notes("apt-get")
    bare_machine.notes("sudo")
    bare_machine.see_to_libraries()
    assert bare_machine.asked == ["sudo -n true", f"sudo -n apt-get install -y --no-install-recommends {PACKAGES}"]


def test_one_line_says_what_to_install_where_apt_may_not_be_used(bare_machine):
    bare_machine.notes("apt-get")
    assert bare_machine.see_to_libraries() == f"AE Studio: to open a window Qt needs: sudo apt-get install {PACKAGES}\n"
    assert bare_machine.asked == []


def test_a_check_installs_nothing_even_where_it_could(bare_machine):
    bare_machine.has("id", "echo 0")
    bare_machine.notes("apt-get")
    said = bare_machine.see_to_libraries("--check")
    assert said == f"AE Studio: to open a window Qt needs: sudo apt-get install {PACKAGES}\n"
    assert bare_machine.asked == []


def test_a_font_is_installed_where_there_is_none(machine):
    machine.has("fc-list", "true")
    machine.notes("apt-get")
    assert "sudo apt-get install fonts-dejavu-core\n" in machine.see_to_libraries()


@pytest.mark.parametrize(
    ("tool", "line"),
    [("dnf", "sudo dnf install xcb-util-cursor "), ("pacman", "sudo pacman -S --needed xcb-util-cursor ")],
)
def test_other_distributions_get_their_own_line(bare_machine, tool, line):
    bare_machine.notes(tool)
    said = bare_machine.see_to_libraries()
    assert line in said
    assert said.count("\n") == 1
    assert bare_machine.asked == []


def test_an_unknown_distribution_is_told_the_libraries(bare_machine):
    assert "libxcb-icccm.so.4" in bare_machine.see_to_libraries()


def test_other_systems_are_left_alone(bare_machine):
    bare_machine.has("uname", "echo Darwin")
    assert bare_machine.see_to_libraries() == ""


def test_the_first_good_python_is_chosen(machine):
    machine.has("python3", "case $2 in *print*) echo 3.9 ;; *exit*) exit 1 ;; esac")
    machine.has("python3.12", "case $2 in *print*) echo 3.12 ;; esac")
    assert machine.run("packaging/find_python.sh").stdout == "python3.12\n"


def test_an_old_python_is_refused_with_what_was_found(machine):
    machine.has("python3", "case $2 in *print*) echo 3.9 ;; *exit*) exit 1 ;; esac")
    done = machine.run("packaging/find_python.sh")
    assert done.returncode == 1
    assert "AE Studio needs Python >= 3.10; found: python3 (3.9)." in done.stderr


def test_no_python_at_all_is_said(machine):
    assert "found: none." in machine.run("packaging/find_python.sh").stderr


def test_a_python_without_venv_names_the_package(machine):
    machine.has("python3", "case $2 in *print*) echo 3.11 ;; *ensurepip*) exit 1 ;; esac")
    done = machine.run("packaging/find_python.sh")
    assert done.returncode == 1
    assert "apt install python3-venv (or python3.11-venv)" in done.stderr
