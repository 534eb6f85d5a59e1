import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit

from ae_studio.gui.run_table import BEST, RunTable, Sieve
from ae_studio.gui.runs_view import RunsView
from ae_studio.runs.listed import ListedRun


def run(folder, **values):
    return ListedRun(folder, **{"started": "2026-11-23 14:05:09", **values})


@pytest.fixture
def view(qtbot):
    table = RunTable()
    made = RunsView(table)
    qtbot.addWidget(made)
    made.resize(900, 400)
    table.set_runs([run(name, started=f"202{index}", best=index) for index, name in enumerate("cba")])
    made.show()
    qtbot.waitExposed(made)
    yield made
    table.forget_wishes()


def click(qtbot, view, row, modifier=Qt.KeyboardModifier.NoModifier, double=False):
    place = view.visualRect(view.model().index(row, 1)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, modifier, place)
    if double:
        qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, modifier, place)


def folders(view):
    return [each.folder for each in view.selected]


def test_a_click_chooses_a_run_and_a_double_click_opens_it(view, qtbot):
    with qtbot.waitSignal(view.chosen) as chosen:
        click(qtbot, view, 1)
    assert chosen.args[0].folder == "b"
    with qtbot.waitSignal(view.open_requested):
        click(qtbot, view, 1, double=True)


def test_keys_choose_open_and_trash(view, qtbot):
    view.choose_first()
    assert folders(view) == ["a"]
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert folders(view) == ["b"]
    with qtbot.waitSignal(view.open_requested):
        qtbot.keyClick(view, Qt.Key.Key_Return)
    with qtbot.waitSignal(view.trash_requested):
        qtbot.keyClick(view, Qt.Key.Key_Delete)


def test_several_can_be_chosen(view, qtbot):
    click(qtbot, view, 0)
    click(qtbot, view, 2, Qt.KeyboardModifier.ControlModifier)
    assert folders(view) == ["a", "c"]
    qtbot.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert folders(view) == ["a", "b", "c"]


def test_a_click_on_a_heading_sorts_and_what_was_chosen_stays_chosen(view, qtbot):
    click(qtbot, view, 0)
    click(qtbot, view, 1, Qt.KeyboardModifier.ControlModifier)
    header = view.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(BEST) + 10, header.height() // 2)
    with qtbot.assertNotEmitted(view.chosen):  # it is the same run still
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert [each.folder for each in view.model().shown] == ["c", "b", "a"]
    assert folders(view) == ["b", "a"]
    assert view.current.folder == "b"


def test_what_is_sifted_out_is_chosen_no_more_and_its_neighbour_is(view, qtbot):
    view.choose("a")
    with qtbot.waitSignal(view.chosen) as chosen:
        view.model().sift(Sieve("b"))
    assert chosen.args[0].folder == "b"
    with qtbot.waitSignal(view.chosen) as chosen:
        view.model().sift(Sieve("nothing is like this"))
    assert chosen.args == [None]
    assert folders(view) == []


def test_after_the_last_is_gone_the_one_before_is_chosen(view):
    view.choose("c")
    view.model().set_runs([run("a", started="2022"), run("b", started="2021")])
    assert folders(view) == ["b"]


def test_a_change_of_what_is_known_is_told(view, qtbot):
    view.choose("b")
    with qtbot.waitSignal(view.chosen) as chosen:
        view.model().set_runs([run("a", started="2022"), run("b", started="2021", title="Rings")])
    assert chosen.args[0].title == "Rings"


def test_f2_renames_where_the_name_stands_and_escape_leaves_it(view, qtbot):
    view.choose("b")
    qtbot.keyClick(view, Qt.Key.Key_F2)
    editor = view.viewport().findChildren(QLineEdit)[-1]
    assert editor.text() == "b"
    qtbot.keyClicks(editor, "Rings")
    with qtbot.waitSignal(view.model().renamed) as renamed, qtbot.assertNotEmitted(view.open_requested):
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert renamed.args == ["b", "Rings"]
    qtbot.keyClick(view, Qt.Key.Key_F2)
    editor = view.viewport().findChildren(QLineEdit)[-1]
    qtbot.keyClicks(editor, "no")
    with qtbot.assertNotEmitted(view.model().renamed):
        qtbot.keyClick(editor, Qt.Key.Key_Escape)
