import json

import numpy as np
import pytest

from ae_studio.gui.librarian import Librarian
from ae_studio.runs import library
from tests.runs.made_runs import make_run


@pytest.fixture
def root(tmp_path):
    return tmp_path / "runs"


@pytest.fixture
def librarian(qtbot, root):
    made = Librarian()
    made.root = root
    yield made
    made.end()


def test_it_lists_what_is_there(librarian, root, qtbot):
    make_run(root, "a")
    with qtbot.waitSignal(librarian.listed) as listed:
        librarian.list(root)
    assert [run.folder for run in listed.args[0].runs] == ["a"]


def test_it_reads_pictures_and_says_of_which_runs_there_are_none(librarian, root, qtbot):
    make_run(root, "a")
    (make_run(root, "b") / "looks" / "0002.npz").write_text("")
    runs = [library.read_run(root, name) for name in "ab"]
    with qtbot.waitSignal(librarian.thumbnails_read) as read:
        librarian.read_thumbnails(runs, 3)
    images = read.args[0]
    assert images["a"].shape == (3, 8, 8)
    assert images["b"] is None
    with np.load(root / "a" / "looks" / "0002.npz") as arrays:
        np.testing.assert_array_equal(images["a"], arrays["reconstructions"][:3])


def test_it_reads_the_recent_ones(librarian, root, qtbot):
    make_run(root, "a")
    with qtbot.waitSignal(librarian.recent_read) as read:
        librarian.read_recent(root)
    assert [run.folder for run in read.args[0]] == ["a"]


def test_what_is_said_of_a_run_is_kept_and_told(librarian, root, qtbot):
    make_run(root, "a")
    with qtbot.waitSignal(librarian.changed) as changed:
        librarian.say("a", title="Rings")
    assert changed.args[0].title == "Rings"
    assert json.loads((root / "a" / "about.json").read_text()) == {"title": "Rings"}


def test_a_run_is_named_before_any_list_was_read(librarian, root, qtbot, tmp_path):
    run = make_run(root, "a")
    librarian.root = tmp_path / "none"
    with qtbot.waitSignal(librarian.changed) as changed:
        librarian.say_of(run, title="β = 4", tags=["What β does"])
    assert json.loads((run / "about.json").read_text()) == {"title": "β = 4", "tags": ["What β does"]}
    assert changed.args[0].folder == "a"


def test_what_was_said_last_is_kept_though_the_window_is_closed_at_once(librarian, root):
    for name in "ab":
        make_run(root, name)
        librarian.say(name, notes="last words")
        librarian.say(name, tags=["x"])
    librarian.end()
    for name in "ab":
        assert json.loads((root / name / "about.json").read_text()) == {"notes": "last words", "tags": ["x"]}


def test_what_cannot_be_kept_is_told(librarian, root, qtbot):
    with qtbot.waitSignal(librarian.failed) as failed:
        librarian.say("gone", title="x")
    assert "cannot be kept" in failed.args[0]


def test_settings_come_as_the_form_takes_them(librarian, root, qtbot):
    make_run(root, "a", latent_dim=5)
    with qtbot.waitSignal(librarian.settings_read) as read:
        librarian.read_settings("a")
    assert read.args[0].config.latent_dim == 5
    assert read.args[0].changes == ()


def test_a_run_is_read_to_be_made_again_with_its_changes_or_it_is_said_why_not(librarian, root, qtbot):
    file = make_run(root, "a") / "changes.jsonl"
    file.write_text('{"step": 3, "values": {"beta": 2.0}}')
    with qtbot.waitSignal(librarian.repeat_read) as read:
        librarian.read_to_repeat("a")
    assert [change.step for change in read.args[0].changes] == [3]
    file.write_text("damaged")
    with qtbot.waitSignal(librarian.failed) as failed:
        librarian.read_to_repeat("a")
    assert failed.args[0].startswith("It cannot be repeated:")
    (root / "a" / "config.json").unlink()
    with qtbot.waitSignal(librarian.failed) as failed:
        librarian.read_settings("a")
    assert "config.json: is missing" in failed.args[0]


def test_of_several_that_are_trashed_those_that_cannot_be_are_told(librarian, root, qtbot, monkeypatch):
    monkeypatch.setattr("send2trash.send2trash", lambda path: None)
    make_run(root, "a")
    make_run(root, "b", outcome="")  # being trained
    gone = []
    librarian.trashed.connect(gone.extend)
    with qtbot.waitSignal(librarian.failed) as failed:  # told last, so that it is what is read
        librarian.trash(["a", "b", "gone"])
    assert gone == ["a"]
    assert "b: is being trained" in failed.args[0]
    assert "gone: cannot be reached" in failed.args[0]


def test_a_list_that_is_being_made_does_not_hold_up_the_end(librarian, root, qtbot, monkeypatch):
    """The disk here is so slow that each folder takes as long as it takes the window to be closed."""
    for number in range(20):
        make_run(root, f"run-{number}")
    monkeypatch.setattr(library, "CHECK_EVERY", 1)
    read = []
    original = library.read_listed

    def slow(path, seen):
        read.append(path)
        librarian._ending = True  # as end() says it, from the window's thread
        return original(path, seen)

    monkeypatch.setattr(library, "read_listed", slow)
    with qtbot.assertNotEmitted(librarian.listed), qtbot.assertNotEmitted(librarian.failed):
        librarian.list(root)
        librarian._slow.wait(200)
    librarian.end()
    assert len(read) <= 1
