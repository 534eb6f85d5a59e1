import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton

from ae_studio.gui.library_dialog import SMALLEST, LibraryDialog
from ae_studio.gui.theme import DARK, LIGHT
from ae_studio.gui.trash_question import TrashQuestion
from ae_studio.runs.library import Listing
from ae_studio.runs.listed import ListedRun

KEY = Qt.Key


def run(folder, **values):
    known = {"model": "vae", "data": "digits", "started": "2026-11-23 14:05:09", "outcome": "finished"}
    return ListedRun(folder, **(known | values))


RUNS = (
    run("a", title="Rings", tags=("talk",)),
    run("b", model="linear", data="mnist", tags=("talk", "beta")),
    run("c", broken=True, outcome="", problems=("config.json: is damaged",)),
    run("d", outcome="", being_trained=True),
)


@pytest.fixture
def dialog(qtbot, tmp_path):
    made = LibraryDialog()
    qtbot.addWidget(made)
    made.set_theme(DARK)
    made.resize(1100, 600)
    made.open_library()
    qtbot.waitExposed(made)
    made.show_listing(Listing(tmp_path, RUNS))
    yield made
    made.close()


def shown(dialog):
    return sorted(each.folder for each in dialog.table.shown)


def button(dialog, name):
    return dialog.findChild(QPushButton, name)


def press(qtbot, dialog, name):
    qtbot.mouseClick(button(dialog, name), Qt.MouseButton.LeftButton)


def message(dialog):
    return dialog.findChild(QLabel, "library_message").text()


# The list


def test_before_the_first_run_it_says_what_will_be_there(dialog, tmp_path):
    dialog.show_listing(Listing(tmp_path))
    label = dialog.findChild(QLabel, "library_empty")
    assert label.isVisible()
    assert label.text().startswith("No runs yet.")
    assert str(tmp_path) in label.text()
    assert not button(dialog, "clear_sieve_button").isVisible()
    assert not dialog.details.isVisible()


def test_the_search_finds_runs_and_says_how_many(dialog, qtbot):
    qtbot.keyClick(dialog, KEY.Key_F, Qt.KeyboardModifier.ControlModifier)
    search = dialog.findChild(QLineEdit, "runs_search")
    assert search.hasFocus()
    qtbot.keyClicks(search, "talk")
    assert shown(dialog) == ["a", "b"]
    assert dialog._count.text() == "2 of 4 runs"
    qtbot.keyClicks(search, " mnist")
    assert shown(dialog) == ["b"]
    qtbot.keyClick(search, KEY.Key_Return)
    assert dialog.view.hasFocus()
    assert dialog.view.current.folder == "b"


def test_where_nothing_is_found_one_click_shows_all_again(dialog, qtbot):
    qtbot.keyClicks(dialog.sieve.search, "nothing")
    dialog.findChild(QComboBox, "runs_data_box").setCurrentIndex(1)
    assert dialog.findChild(QLabel, "library_empty").text() == "No run is like this."
    press(qtbot, dialog, "clear_sieve_button")
    assert shown(dialog) == ["a", "b", "c", "d"]
    assert dialog.view.isVisible()


def test_boxes_offer_what_there_is_and_sift(dialog):
    boxes = {kind: dialog.findChild(QComboBox, f"runs_{kind}_box") for kind in ("data", "model", "tag")}
    offered = {kind: [box.itemText(index) for index in range(box.count())] for kind, box in boxes.items()}
    assert offered == {
        "data": ["All data", "digits", "mnist"],
        "model": ["All models", "linear", "vae"],
        "tag": ["All tags", "beta", "talk"],
    }
    boxes["tag"].setCurrentText("talk")
    boxes["model"].setCurrentText("vae")
    assert shown(dialog) == ["a"]


def test_a_new_list_keeps_what_is_sought_and_chosen(dialog, tmp_path):
    box = dialog.findChild(QComboBox, "runs_tag_box")
    box.setCurrentText("talk")
    dialog.view.choose("b")
    dialog.show_listing(Listing(tmp_path, (*RUNS, run("e", tags=("another", "talk")))))
    assert box.currentText() == "talk"
    assert shown(dialog) == ["a", "b", "e"]
    assert dialog.view.current.folder == "b"


def test_a_part_of_a_long_list_is_shown_until_all_is_there(qtbot, tmp_path):
    dialog = LibraryDialog()
    qtbot.addWidget(dialog)
    dialog.show_listing(Listing(tmp_path, RUNS[:2], unread=9000))
    assert dialog._count.text() == "2 runs; reading 9,000 more…"
    dialog.show_listing(Listing(tmp_path, RUNS))
    assert dialog._count.text() == "4 runs"
    dialog.show_listing(Listing(tmp_path, RUNS[:2], unread=2))
    assert shown(dialog) == ["a", "b", "c", "d"]
    dialog.table.forget_wishes()


def test_folders_that_are_left_out_are_counted(dialog, tmp_path):
    dialog.show_listing(Listing(tmp_path, RUNS, left_out=12_345))
    assert "12,345 more are left out" in dialog._count.text()


def test_a_folder_that_cannot_be_read_is_told(dialog, tmp_path):
    dialog.show_listing(Listing(tmp_path, problem="/x: cannot be read (Permission denied)"))
    assert "Permission denied" in message(dialog)


# What can be done


BUTTONS = ("open_chosen_button", "use_settings_button", "rename_button", "open_folder_button", "trash_button")


def test_return_opens_the_chosen_run(dialog, qtbot):
    dialog.view.choose("b")
    with qtbot.waitSignal(dialog.open_requested) as opened:
        qtbot.keyClick(dialog.view, KEY.Key_Return)
    assert opened.args == ["b"]


def test_return_on_a_run_that_cannot_be_opened_says_why(dialog, qtbot):
    dialog.view.choose("c")
    with qtbot.assertNotEmitted(dialog.open_requested):
        qtbot.keyClick(dialog.view, KEY.Key_Return)
    assert message(dialog) == "It cannot be opened: config.json: is damaged"


def test_while_a_training_runs_nothing_can_be_opened(dialog, qtbot):
    dialog.view.choose("a")
    dialog.allow("Stop the training first")
    assert button(dialog, "open_chosen_button").toolTip() == "Stop the training first"
    with qtbot.assertNotEmitted(dialog.open_requested):
        qtbot.keyClick(dialog.view, KEY.Key_Return)
    dialog.allow("")
    assert button(dialog, "open_chosen_button").isEnabled()


def test_it_is_renamed_by_its_button(dialog, qtbot):
    dialog.view.choose("b")
    press(qtbot, dialog, "rename_button")
    editor = dialog.view.viewport().findChild(QLineEdit)
    editor.selectAll()
    qtbot.keyClicks(editor, "Lines")
    with qtbot.waitSignal(dialog.said) as said:
        qtbot.keyClick(editor, KEY.Key_Return)
    assert said.args == ["b", "title", "Lines"]


def test_a_list_that_comes_while_a_name_is_typed_waits_for_it(dialog, qtbot, tmp_path):
    dialog.view.choose("b")
    dialog.view.rename()
    editor = dialog.view.viewport().findChild(QLineEdit)
    qtbot.keyClicks(editor, "Lines")
    dialog.show_listing(Listing(tmp_path, (*RUNS, run("e"))))
    dialog.show_change(run("a", title="Waves"))
    assert editor.text() == "Lines"
    assert len(shown(dialog)) == 4
    with qtbot.waitSignal(dialog.said):
        qtbot.keyClick(editor, KEY.Key_Return)
    qtbot.waitUntil(lambda: len(shown(dialog)) == 5)
    assert "Waves" in [each.title for each in dialog.table.runs]


def test_tags_and_notes_are_told(dialog, qtbot):
    dialog.view.choose("b")
    qtbot.keyClicks(dialog.details.notes, "Look")
    qtbot.keyClicks(dialog.details.tags, ", x")
    told = []
    dialog.said.connect(lambda *said: told.append(said))
    dialog.view.choose("a")
    assert told == [("b", "tags", ["talk", "beta", "x"]), ("b", "notes", "Look")]


def test_its_folder_is_opened(dialog, qtbot, tmp_path, monkeypatch):
    opened = []
    monkeypatch.setattr("PySide6.QtGui.QDesktopServices.openUrl", lambda url: opened.append(url.toLocalFile()))
    dialog.view.choose("b")
    press(qtbot, dialog, "open_folder_button")
    assert opened == [str(tmp_path / "b")]
    assert str(tmp_path / "b") in message(dialog)  # here no program has shown it


def test_the_trash_is_asked_about_first(dialog, qtbot):
    dialog.view.choose("b")
    qtbot.keyClick(dialog.view, KEY.Key_Delete)
    question = dialog.findChild(TrashQuestion)
    with qtbot.assertNotEmitted(dialog.trash_requested):
        qtbot.keyClick(question, KEY.Key_Escape)
    dialog.view.choose("a")
    press(qtbot, dialog, "trash_button")
    question = next(each for each in dialog.findChildren(TrashQuestion) if each.isVisible())
    assert "Rings" in question.text()
    yes = next(each for each in question.findChildren(QPushButton) if each.text() == "Move to trash")
    with qtbot.waitSignal(dialog.trash_requested) as asked:
        qtbot.mouseClick(yes, Qt.MouseButton.LeftButton)
    assert asked.args == [["a"]]


def test_what_was_trashed_is_told_with_the_way_back(dialog):
    dialog.tell_trashed(["a"])
    assert "restore it from the system's trash" in message(dialog)


def test_escape_closes_it(dialog, qtbot):
    qtbot.keyClick(dialog.view, KEY.Key_Escape)
    assert not dialog.isVisible()


def test_f5_reads_the_disk_again(dialog, qtbot):
    with qtbot.waitSignal(dialog.refresh_requested):
        qtbot.keyClick(dialog, KEY.Key_F5)


# How it looks


@pytest.mark.parametrize("theme", [DARK, LIGHT])
def test_it_fits_its_smallest_size(dialog, qtbot, theme):
    dialog.set_theme(theme)
    dialog.view.choose("a")
    dialog.resize(*SMALLEST)
    qtbot.wait(1)
    assert (dialog.width(), dialog.height()) == SMALLEST
    for widget in (*(button(dialog, name) for name in BUTTONS), dialog.sieve.search, dialog.details, dialog.view):
        place = widget.mapTo(dialog, widget.rect().bottomRight())
        assert place.x() < dialog.width(), widget.objectName()
        assert place.y() < dialog.height(), widget.objectName()


def test_everything_that_can_be_used_has_a_name_for_those_who_cannot_see_it(dialog):
    for widget in (dialog.view, dialog.sieve.search, dialog.details.tags, dialog.details.notes):
        assert widget.accessibleName()
    for box in dialog.findChildren(QComboBox):
        assert box.accessibleName()
        assert box.objectName()


# Comparing


def choose(qtbot, dialog, rows, modifier):
    for number, row in enumerate(rows):
        place = dialog.view.visualRect(dialog.table.index(row, 1)).center()
        held = modifier if number else Qt.KeyboardModifier.NoModifier
        qtbot.mouseClick(dialog.view.viewport(), Qt.MouseButton.LeftButton, held, place)


def test_two_to_four_runs_that_are_chosen_can_be_compared(dialog, qtbot):
    folders = [each.folder for each in dialog.table.shown]
    sound = [row for row, folder in enumerate(folders) if folder != "c"]
    choose(qtbot, dialog, sound, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(dialog.compare_requested) as asked:
        press(qtbot, dialog, "compare_button")
    assert asked.args == [[folders[row] for row in sound]]
