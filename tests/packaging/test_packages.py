"""What the packages are made of agrees with the rest: versions, files, libraries. Nothing is built here."""

from __future__ import annotations

import ast
import configparser
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from ae_studio import __version__

REPOSITORY = Path(__file__).resolve().parents[2]
PACKAGING = REPOSITORY / "packaging"
WORKFLOWS = sorted((REPOSITORY / ".github" / "workflows").glob("*.yml"))
on_posix = pytest.mark.skipif(sys.platform == "win32", reason="the scripts are for POSIX shells")

# What Qt's window and its X11 plug-in ask a bare Linux for.
SONAMES = (
    *("libEGL.so.1", "libGL.so.1", "libGLX.so.0", "libGLdispatch.so.0", "libX11.so.6", "libX11-xcb.so.1"),
    *("libdbus-1.so.3", "libfontconfig.so.1", "libfreetype.so.6", "libglib-2.0.so.0", "libgthread-2.0.so.0"),
    *("libxcb.so.1", "libxcb-cursor.so.0", "libxcb-icccm.so.4", "libxcb-image.so.0", "libxcb-keysyms.so.1"),
    *("libxcb-randr.so.0", "libxcb-render.so.0", "libxcb-render-util.so.0", "libxcb-shape.so.0", "libxcb-shm.so.0"),
    *("libxcb-sync.so.1", "libxcb-util.so.1", "libxcb-xfixes.so.0", "libxcb-xkb.so.1", "libz.so.1"),
    *("libxkbcommon.so.0", "libxkbcommon-x11.so.0"),
)


def depends():
    """The names that the .deb depends on, alternatives included."""
    lines = (PACKAGING / "linux" / "depends").read_text(encoding="utf-8").splitlines()
    return [name.split()[0] for line in lines for name in line.split("|")]


@on_posix
def test_the_packages_have_the_programs_version():
    said = subprocess.run(["sh", str(PACKAGING / "version.sh")], capture_output=True, text=True, check=True).stdout
    assert said == f"{__version__}\n"


def test_the_menu_entry_starts_the_program_and_shows_its_icon():
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str
    parser.read(PACKAGING / "linux" / "ae-studio.desktop", encoding="utf-8")
    entry = parser["Desktop Entry"]
    assert entry["Type"] == "Application"
    assert entry["Name"] == "AE Studio"
    assert entry["Exec"] == "ae-studio open %f"
    assert entry["Terminal"] == "false"
    assert entry["Icon"] == "ae-studio"
    for key in ("Categories", "Keywords", "MimeType"):
        assert entry[key].endswith(";")


def test_the_menu_entry_opens_the_type_that_is_declared():
    declared = ElementTree.parse(PACKAGING / "linux" / "ae-studio.xml").getroot().find("{*}mime-type").get("type")
    entry = (PACKAGING / "linux" / "ae-studio.desktop").read_text(encoding="utf-8")
    assert f"MimeType={declared};" in entry


@on_posix
def test_the_deb_depends_on_every_library_that_the_set_up_would_install(tmp_path):
    """Asks the set-up itself: on a machine where each of them is missing."""
    tools = ("sh", "awk", "sed", "tr", "sort", "head", "grep", "cat")
    for tool in tools:
        (tmp_path / tool).symlink_to(shutil.which(tool))
    missing = "".join(f"\t{name} => not found\n" for name in SONAMES)
    stubs = {"uname": "echo Linux", "fc-list": "echo DejaVu", "ldd": f"cat <<'END'\n{missing}END", "apt-get": "true"}
    for name, does in stubs.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{does}\n")
        (tmp_path / name).chmod(0o755)
    script = [str(tmp_path / "sh"), str(REPOSITORY / "resources" / "system_libraries.sh"), "--check", str(tmp_path)]
    (tmp_path / "lib").mkdir()
    said = subprocess.run(script, env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=True).stdout
    wanted = said.split("apt-get install ")[1].split()
    assert len(wanted) == len(SONAMES) - 1  # libglib2.0-0 holds two of them
    assert set(wanted) <= set(depends())


def test_no_dependency_is_named_twice():
    assert sorted(set(depends())) == sorted(depends())


def test_the_bundles_recipe_is_python_and_takes_files_that_are_there():
    recipe = (PACKAGING / "ae_studio.spec").read_text(encoding="utf-8")
    ast.parse(recipe)
    paths = re.findall(r'REPOSITORY((?: / "[\w.-]+")+)', recipe)
    assert paths
    for path in paths:
        assert REPOSITORY.joinpath(*re.findall(r'"([\w.-]+)"', path)).exists(), path


def test_the_windows_installer_takes_files_that_are_there_and_its_version_from_outside():
    script = (PACKAGING / "windows" / "ae_studio.iss").read_text(encoding="utf-8")
    assert (PACKAGING / "windows" / re.search(r"LicenseFile=(.+)", script)[1].replace("\\", "/")).is_file()
    assert "AppVersion={#Version}" in script
    assert __version__ not in re.sub(r"^(;|  #error).*$", "", script, flags=re.MULTILINE)


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_runs_scripts_that_are_there_and_official_actions_only(workflow):
    text = workflow.read_text(encoding="utf-8")
    for path in re.findall(r"(?:packaging|resources)[/\\][\w./\\-]+|\.ci/run", text):
        assert (REPOSITORY / path.replace("\\", "/")).is_file(), path
    for action in re.findall(r"uses: (\S+)", text):
        assert re.fullmatch(r"actions/[\w-]+@v\d+", action)


@on_posix
@pytest.mark.parametrize("script", sorted(PACKAGING.rglob("*.sh")), ids=lambda path: path.name)
def test_a_script_is_one_that_its_shell_can_read(script):
    shell = "bash" if "bash" in script.read_text(encoding="utf-8").splitlines()[0] else "sh"
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not here")
    subprocess.run([shell, "-n", str(script)], check=True)


def test_the_packages_need_what_the_makefile_and_the_scripts_name():
    """Every file of the checkout that a packing script copies."""
    for name in ("deb.sh", "tarball.sh"):
        script = (PACKAGING / name).read_text(encoding="utf-8")
        for path in re.findall(r"(?<![\w/$])(?:packaging|resources)/[\w./-]+", script):
            assert (REPOSITORY / path).is_file(), f"{name}: {path}"
