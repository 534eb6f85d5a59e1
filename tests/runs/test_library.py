import os
import subprocess
import sys
import threading

import pytest

from ae_studio.config import ConfigError
from ae_studio.runs import library
from ae_studio.runs.about import write_about
from ae_studio.runs.library import Listing, config_of, list_runs, read_run, recent_runs, trash, why_kept
from ae_studio.runs.listed import read_listed
from ae_studio.runs.record import RunError
from ae_studio.runs.run_index import RunIndex
from ae_studio.training.live import Change
from tests.runs.made_runs import edit, make_run


@pytest.fixture
def root(tmp_path):
    return tmp_path / "runs"


def folders(listing):
    return [run.folder for run in listing.runs]


def test_no_folder_is_an_empty_list(root):
    assert list_runs(root) == Listing(root)


def test_a_file_in_its_place_is_told(root):
    root.write_text("")
    assert "cannot be read" in list_runs(root).problem


def test_the_newest_comes_first_and_what_is_no_run_is_left_out(root):
    make_run(root, "old")
    make_run(root, "new")
    edit(root / "new", lambda record: record.update(started="2027-01-01 00:00:00"))
    (root / "new.log").touch()
    (root / "photos").mkdir()
    make_run(root, ".hidden")
    assert folders(list_runs(root)) == ["new", "old"]


def test_the_runs_that_were_changed_last_come_first_and_no_others_are_read(root, monkeypatch):
    for number, name in enumerate("abcde"):
        make_run(root, name)
        os.utime(root / name, (number, number))
    os.utime(root / "b", (9, 9))
    (root / "e" / "config.json").write_text("{")
    (root / "photos").mkdir()
    read = []
    monkeypatch.setattr(library, "read_listed", lambda path, seen: read.append(path) or read_listed(path, seen))
    assert [run.folder for run in recent_runs(root, 2)] == ["b", "d"]
    assert [os.path.basename(path) for path in read] == ["b", "e", "d"]
    assert recent_runs(root / "nowhere") == ()


def test_the_default_is_the_folder_of_all_runs(monkeypatch, root):
    monkeypatch.setenv("AE_STUDIO_RUNS", str(root))
    make_run(root, "one")
    assert folders(list_runs()) == ["one"]


# The index


@pytest.fixture
def reads(monkeypatch):
    """The folders that are read, not taken from the index."""
    read = []
    original = library.read_listed

    def noted(path, seen):
        read.append(os.path.basename(path))
        return original(path, seen)

    monkeypatch.setattr(library, "read_listed", noted)
    return read


def test_only_what_has_changed_is_read_again(root, reads):
    for name in "abc":
        make_run(root, name)
    first = list_runs(root)
    assert sorted(reads) == ["a", "b", "c"]
    reads.clear()
    assert list_runs(root) == first
    assert reads == []
    write_about(root / "b", title="Rings")
    assert [run.title for run in list_runs(root).runs if run.folder == "b"] == ["Rings"]
    assert reads == ["b"]


def test_a_run_that_is_gone_is_gone_from_the_list_and_the_index(root, reads):
    make_run(root, "a")
    make_run(root, "b")
    list_runs(root)
    os.rename(root / "a", root.parent / "elsewhere")
    assert folders(list_runs(root)) == ["b"]
    assert list(RunIndex(root).read()) == ["b"]


def test_another_run_under_the_same_name_is_read(root):
    make_run(root, "a", losses=[9.0, 8.0])
    assert list_runs(root).runs[0].best == 8.0
    os.rename(root / "a", root.parent / "elsewhere")
    make_run(root, "a", losses=[9.0, 7.0])
    assert list_runs(root).runs[0].best == 7.0


def test_a_wrong_index_changes_nothing(root):
    make_run(root, "a")
    right = list_runs(root)
    RunIndex(root).path.write_bytes(b"nonsense")
    assert list_runs(root) == right


def test_a_long_list_is_told_in_parts_the_newest_first(root, monkeypatch):
    monkeypatch.setattr(library, "FIRST_PART_S", 0.0)
    monkeypatch.setattr(library, "CHECK_EVERY", 2)
    for day in range(1, 6):
        folder = make_run(root, f"2026-11-{day:02d}_00-00-00_vae_digits")
        edit(folder, lambda record, day=day: record.update(started=f"2026-11-{day:02d} 00:00:00"))
    parts = []
    whole = list_runs(root, parts.append)
    assert [(len(part.runs), part.unread) for part in parts] == [(0, 5), (2, 3), (4, 1)]
    assert folders(parts[1]) == folders(whole)[:2] == [f"2026-11-{day:02d}_00-00-00_vae_digits" for day in (5, 4)]
    assert (len(whole.runs), whole.unread) == (5, 0)


def test_a_list_can_be_left(root):
    make_run(root)

    def leave():
        raise KeyError

    with pytest.raises(KeyError):
        list_runs(root, check=leave)


def test_of_far_too_many_folders_the_newest_are_listed_and_the_others_counted(root, monkeypatch):
    monkeypatch.setattr(library, "MOST", 2)
    for day in (3, 1, 4, 2):
        make_run(root, f"2026-11-0{day}")
    listing = list_runs(root)
    assert sorted(folders(listing)) == ["2026-11-03", "2026-11-04"]
    assert listing.left_out == 2


# Folders from anywhere


@pytest.mark.skipif(sys.platform == "win32", reason="needs links, and names that Windows has not")
def test_odd_names_and_links_are_listed_or_left_out_and_never_crash(root):
    make_run(root, "line\nbreak")
    make_run(root, "\u202egnirts")
    make_run(root, os.fsdecode(b"\xff\xfe"))
    elsewhere = make_run(root.parent / "elsewhere", "real")
    (root / "circle").symlink_to("circle")
    (root / "above").symlink_to("..")
    (root / "gone").symlink_to("nowhere")
    (root / "linked").symlink_to(elsewhere)
    runs = {run.folder: run for run in list_runs(root).runs}
    assert set(runs) == {"line\nbreak", "\u202egnirts", os.fsdecode(b"\xff\xfe"), "circle", "linked"}
    assert "links" in runs["circle"].told
    assert runs["linked"].state == "finished"
    assert list_runs(root).runs == list_runs(root).runs
    for run in runs.values():
        assert run.name.isprintable()


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_read_is_listed_with_that(root):
    folder = make_run(root)
    folder.chmod(0)
    try:
        run = list_runs(root).runs[0]
    finally:
        folder.chmod(0o700)
    assert run.broken
    assert "Permission denied" in run.told


def test_a_folder_out_of_reach_is_listed_with_that(root, monkeypatch):
    make_run(root, "far")
    real = os.stat

    def refused(path, *rest, **more):
        if str(path).endswith(("far", "config.json")):
            raise PermissionError(13, "Permission denied")
        return real(path, *rest, **more)

    monkeypatch.setattr("ae_studio.runs.listed.os.stat", refused)
    run = list_runs(root).runs[0]
    assert (run.folder, run.broken) == ("far", True)
    assert "Permission denied" in run.told


def test_a_model_that_is_not_known_here_is_damage_until_it_is(root, monkeypatch):
    make_run(root)
    edit(root / "2026-11-23_14-05-09_vae_digits", lambda record: record["config"].update(model="my-vae"))
    run = list_runs(root).runs[0]
    assert run.broken
    assert "unknown model 'my-vae'" in run.told
    monkeypatch.setattr("ae_studio.models.own.installed", lambda: {"my-vae": None})
    assert not list_runs(root).runs[0].broken


# The settings, for the form


def test_the_settings_are_those_that_were_trained(root):
    folder = make_run(root, model="beta-vae", data="digits", latent_dim=5, lr=0.5)
    config = config_of(folder)
    assert (config.model, config.latent_dim, config.lr, config.epochs) == ("beta-vae", 5, 0.5, 2)


def test_settings_that_cannot_be_used_say_why(root):
    folder = make_run(root)
    edit(folder, lambda record: record["config"].update(lr=-1))
    with pytest.raises(ConfigError, match="lr must be"):
        config_of(folder)
    edit(folder, lambda record: record["config"].update(lr=1, model="/elsewhere/evil.py"))
    with pytest.raises(RunError, match=r"model\.py: is missing"):
        config_of(folder)


# The trash


@pytest.fixture
def sent(monkeypatch):
    """What was moved to the trash, which is a folder here."""
    folders = []

    def move(path):
        folders.append(path)
        os.rename(path, f"{path}.trashed")

    monkeypatch.setattr("send2trash.send2trash", move)
    return folders


def test_a_run_is_moved_to_the_trash(root, sent):
    make_run(root, "a")
    make_run(root, "b")
    trash(root, "a")
    assert sent == [str(root / "a")]
    assert "a" not in folders(list_runs(root))


@pytest.mark.parametrize(
    "name", ["", ".", "..", "../other", "a/looks", os.path.abspath(os.sep), "photos", "file", "no"]
)
def test_nothing_but_a_run_in_the_folder_is_ever_trashed(root, sent, name):
    make_run(root, "a")
    make_run(root.parent, "other")
    (root / "photos").mkdir()
    (root / "file").touch()
    with pytest.raises(RunError):
        trash(root, name)
    assert sent == []


@pytest.mark.skipif(sys.platform == "win32", reason="needs links")
def test_a_link_and_what_it_leads_to_are_left_alone(root, sent):
    real = make_run(root.parent / "elsewhere", "real")
    root.mkdir()
    (root / "linked").symlink_to(real)
    assert "is a link" in why_kept(root, "linked")
    with pytest.raises(RunError, match="is a link"):
        trash(root, "linked")
    assert sent == []
    assert (real / "config.json").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="needs links")
def test_a_runs_folder_that_is_a_link_itself_is_no_hindrance(root, sent):
    make_run(root, "a")
    (root.parent / "link").symlink_to(root)
    trash(root.parent / "link", "a")
    assert len(sent) == 1


def test_a_run_that_is_being_trained_is_left_alone(root, sent):
    make_run(root, "a", outcome="")
    assert read_run(root, "a").being_trained
    with pytest.raises(RunError, match="is being trained"):
        trash(root, "a")
    assert sent == []


@pytest.mark.skipif(sys.platform == "win32", reason="there an open file cannot be moved anyway")
def test_a_training_that_was_paused_long_ago_still_holds_its_run(root, sent):
    from ae_studio.training.run_format import hold

    folder = make_run(root, "a", outcome="")
    with open(folder / "metrics.csv", "a") as file:
        hold(file)
        for path in (folder, *folder.rglob("*")):
            os.utime(path, (1e9, 1e9))
        with pytest.raises(RunError, match="is being trained"):
            trash(root, "a")
    trash(root, "a")
    assert len(sent) == 1


def test_a_trash_that_refuses_is_told_in_words(root, monkeypatch):
    make_run(root, "a")

    def refuse(path):
        raise PermissionError(13, "Permission denied", "/.Trash-0")

    monkeypatch.setattr("send2trash.send2trash", refuse)
    with pytest.raises(RunError, match=r"a: cannot be moved to the trash \(Permission denied\)"):
        trash(root, "a")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a trash of one's own can be had on Linux")
def test_the_systems_own_trash_gives_it_back(root, tmp_path):
    make_run(root, "a")
    code = (
        "import sys; from pathlib import Path; from send2trash import plat_other; import send2trash\n"
        "plat_other.get_dev = lambda path: 1\n"  # the trash of the home, wherever the tests have their folders
        "send2trash.send2trash = plat_other.send2trash\n"
        "from ae_studio.runs.library import trash; trash(Path(sys.argv[1]), 'a')"
    )
    environment = {**os.environ, "XDG_DATA_HOME": str(tmp_path / "data"), "HOME": str(tmp_path)}
    subprocess.run([sys.executable, "-c", code, str(root)], check=True, env=environment, timeout=60)
    assert not (root / "a").exists()
    assert (tmp_path / "data" / "Trash" / "files" / "a" / "config.json").exists()
    assert f"Path={root / 'a'}".split(str(tmp_path))[0] in (tmp_path / "data/Trash/info/a.trashinfo").read_text()


def test_a_folder_that_vanishes_while_it_is_listed_does_no_harm(root):
    """Runs are made and trashed elsewhere while this window lists them."""
    over = threading.Event()

    def come_and_go():
        number = 0
        while not over.is_set():
            folder = make_run(root, f"run-{number}")
            os.rename(folder, root.parent / f"gone-{number}")
            number += 1

    make_run(root, "stays")
    other = threading.Thread(target=come_and_go)
    other.start()
    try:
        for _ in range(50):
            assert "stays" in folders(list_runs(root))
    finally:
        over.set()
        other.join()


def test_the_settings_of_a_run_come_with_their_changes(tmp_path):
    folder = make_run(tmp_path)
    assert library.settings_of(folder) == library.RunSettings(folder, library.config_of(folder))
    (folder / "changes.jsonl").write_text('{"step": 3, "values": {"beta": 4.0}}')
    assert library.settings_of(folder).changes == (Change(3, {"beta": 4.0}),)
    assert library.settings_of(folder).told[0].before == {"beta": 1.0}
    (folder / "changes.jsonl").write_text('{"step": 3, "values": {"beta": -4.0}}')
    found = library.settings_of(folder)
    assert found.changes == ()
    assert "beta must be a number, 0 to 1000, got -4" in found.problem
