import time

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon

from ae_studio.gui.run_table import BEST, COLUMNS, MOST_ASKED, NAME, STATE, THUMBNAIL, RunTable, Sieve
from ae_studio.gui.theme import DARK, LIGHT
from ae_studio.runs.listed import ListedRun

ROLE = Qt.ItemDataRole


@pytest.fixture
def table(qtbot):
    made = RunTable()
    yield made
    made.forget_wishes()


def run(folder, **values):
    return ListedRun(folder, **{"model": "vae", "data": "digits", "started": "2026-11-23 14:05:09", **values})


def shown(table):
    return [each.folder for each in table.shown]


def cell(table, row, column, role=ROLE.DisplayRole):
    return table.data(table.index(row, column), role)


def test_a_row_says_what_is_known(table):
    table.set_runs([run("a", title="Rings", latent_dim=3, epochs=20, epochs_done=12, best=0.123456, tags=("x", "y"))])
    texts = {column.title: cell(table, 0, index) for index, column in enumerate(COLUMNS)}
    assert texts == {
        "Run": "Rings",
        "Model": "vae",
        "Data": "digits",
        "d": "3",
        "Epochs": "12 of 20",
        "Best": "0.1235",
        "Date": "2026-11-23",
        "State": "no end",
        "Tags": "x, y",
        "Notes": "",
    }


def test_the_newest_comes_first_until_another_column_is_chosen(table):
    table.set_runs([run("old", started="2025", best=1.0), run("new", started="2026", best=2.0)])
    assert shown(table) == ["new", "old"]
    table.sort(BEST, Qt.SortOrder.AscendingOrder)
    assert shown(table) == ["old", "new"]


def test_numbers_are_sorted_as_numbers_and_what_is_missing_comes_last(table):
    table.set_runs([run("a", best=100.0), run("b"), run("c", best=20.0), run("d", best=3.0)])
    table.sort(BEST, Qt.SortOrder.AscendingOrder)
    assert shown(table) == ["d", "c", "a", "b"]
    table.sort(BEST, Qt.SortOrder.DescendingOrder)
    assert shown(table) == ["a", "c", "d", "b"]


@pytest.mark.parametrize(
    ("sieve", "found"),
    [
        (Sieve("RINGS"), ["a"]),
        (Sieve("vae look"), ["a"]),
        (Sieve("look mnist"), []),
        (Sieve("damaged"), ["b"]),
        (Sieve("not json"), ["b"]),
        (Sieve(data="mnist"), ["c"]),
        (Sieve(model="vae"), ["a", "b"]),
        (Sieve(tag="talk"), ["a", "c"]),
        (Sieve("linear", tag="talk"), ["c"]),
        (Sieve(), ["a", "b", "c"]),
    ],
)
def test_every_word_and_every_choice_must_be_met(table, sieve, found):
    table.set_runs(
        [
            run("a", title="Rings", tags=("talk",), notes="Look here"),
            run("b", broken=True, problems=("config.json: is not JSON",)),
            run("c", model="linear", data="mnist", tags=("talk", "x")),
        ]
    )
    table.sort(NAME)
    table.sift(sieve)
    assert sorted(shown(table)) == found


def test_damaged_runs_stand_out_and_say_why(table):
    table.set_runs([run("a", broken=True, problems=("config.json: is <damaged>",))])
    assert cell(table, 0, STATE, ROLE.ForegroundRole).name() == DARK.error
    assert cell(table, 0, STATE, ROLE.ToolTipRole) == "<qt>config.json: is &lt;damaged></qt>"
    table.set_theme(LIGHT, 1.0)
    assert cell(table, 0, STATE, ROLE.ForegroundRole).name() == LIGHT.error


def test_a_name_is_told_once_it_is_another(table, qtbot):
    table.set_runs([run("a")])
    index = table.index(0, NAME)
    with qtbot.waitSignal(table.renamed) as renamed:
        assert table.setData(index, " Rings ")
    assert renamed.args == ["a", "Rings"]
    with qtbot.assertNotEmitted(table.renamed):
        assert not table.setData(index, "a")
    table.set_runs([run("a", title="Rings")])
    with qtbot.waitSignal(table.renamed) as renamed:
        table.setData(table.index(0, NAME), "")
    assert renamed.args == ["a", ""]


# Pictures


def test_pictures_are_asked_for_when_a_row_is_painted_and_only_then(table, qtbot):
    table.set_runs([run(str(number)) for number in range(1000)])
    with qtbot.waitSignal(table.thumbnails_wanted) as wanted:
        cell(table, 0, NAME, ROLE.DecorationRole)
        cell(table, 7, NAME, ROLE.DecorationRole)
    assert wanted.args[0] == [table.shown[0], table.shown[7]]


def test_of_a_long_way_scrolled_only_the_last_page_is_asked_for(table, qtbot):
    table.set_runs([run(str(number)) for number in range(1000)])
    with qtbot.waitSignal(table.thumbnails_wanted) as wanted:
        for row in range(1000):
            cell(table, row, NAME, ROLE.DecorationRole)
    assert wanted.args[0] == list(table.shown[-MOST_ASKED:])
    with qtbot.waitSignal(table.thumbnails_wanted):
        cell(table, 0, NAME, ROLE.DecorationRole)  # painted again


def ink(icon, mode=QIcon.Mode.Normal):
    image = icon.pixmap(THUMBNAIL, mode=mode).toImage()
    return image.pixelColor(image.width() // 6, image.height() // 2).name()


def test_pictures_have_the_themes_ink(table):
    table.set_runs([run("a")])
    for theme in (DARK, LIGHT):
        table.set_theme(theme, 1.0)
        table.show_thumbnails({"a": np.full((5, 8, 8), 255, dtype=np.uint8)})
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
            assert ink(cell(table, 0, NAME, ROLE.DecorationRole), mode) == theme.image_ink


def test_pictures_of_a_run_that_has_gone_on_are_asked_for_again(table, qtbot):
    table.set_runs([run("a", epochs_done=1), run("b")])
    table.show_thumbnails({"a": np.zeros((3, 8, 8), dtype=np.uint8), "b": None})
    with qtbot.assertNotEmitted(table.thumbnails_wanted, wait=50):
        cell(table, 0, NAME, ROLE.DecorationRole)
    table.set_runs([run("a", epochs_done=2), run("b")])
    with qtbot.waitSignal(table.thumbnails_wanted) as wanted:
        for row in range(2):
            cell(table, row, NAME, ROLE.DecorationRole)
    assert [each.folder for each in wanted.args[0]] == ["a"]


def test_ten_thousand_rows_are_sorted_and_searched_at_once(table):
    runs = [run(f"run-{number}", best=(number * 7919) % 10_000 / 7, notes="x" * 50) for number in range(10_000)]
    table.set_runs(runs)
    began = time.process_time()
    table.sort(BEST)
    table.sift(Sieve("run-99"))
    assert time.process_time() - began < 0.5
    assert len(shown(table)) == 111
