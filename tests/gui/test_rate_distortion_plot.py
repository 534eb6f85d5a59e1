import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from ae_studio.gui.rate_distortion_plot import RateDistortionPlot
from ae_studio.gui.rate_dots import Dot
from ae_studio.gui.theme import DARK, LIGHT
from ae_studio.runs.rate_distortion import Point
from tests.gui.mouse import move


def point(folder, rate, distortion, latent_dim=2):
    return Point(folder, folder, "vae", latent_dim, 1.0, 0, 5, rate, distortion, "nats per image", 0.05)


def dots(*points):
    return tuple(Dot(each, each.distortion, "#ff0000") for each in points)


THREE = dots(point("one", 5, 150), point("two", 10, 120), point("three", 20, 100))


@pytest.fixture
def plot(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(600, 400)
    plot = RateDistortionPlot(window)
    plot.resize(600, 400)
    plot.set_theme(DARK)
    with qtbot.waitExposed(window):
        window.show()
    plot.show_dots(THREE, "nats per image", sums=True, fit=True)
    plot.grab()  # lays the axes out
    yield plot
    window.hide()


def place(plot, folder):
    return plot.pixel_of(folder).toPoint()


def test_all_points_are_in_view_and_no_rate_is_below_zero(plot):
    for folder in ("one", "two", "three"):
        assert plot.viewport().rect().contains(place(plot, folder))
    assert plot.viewRange()[0][0] > -1
    assert place(plot, "one").x() < place(plot, "two").x()
    assert place(plot, "one").y() < place(plot, "two").y()


def test_a_place_is_where_the_scene_draws_the_point(plot):
    drawn = plot.getViewBox().mapViewToScene(QPointF(10, 120))
    found = plot.pixel_of("two")
    assert abs(drawn.x() - found.x()) < 1
    assert abs(drawn.y() - found.y()) < 1
    assert plot.pixel_of("nobody") is None


def test_lines_of_equal_sums_join_points_of_equal_sum(plot):
    x, y = plot._lines.getData()
    sums = x + y
    assert len(x) >= 6
    assert abs(sums[::2] - sums[1::2]).max() < 1e-6
    assert any(
        label.toPlainText() == f"sum {sums[0]:g}" or label.toPlainText().startswith("sum") for label in plot._labels
    )
    plot.show_dots(THREE, "MSE per pixel", sums=False, fit=False)
    assert len(plot._lines.getData()[0]) == 0
    assert plot._labels == []


def test_the_mouse_points_at_the_nearest_run(plot):
    told = []
    plot.pointed.connect(told.append)
    move(plot.viewport(), place(plot, "two"))
    assert plot.at.point.folder == "two"
    plot.show_words("two runs")
    assert plot.read_out == "two runs"
    assert plot.rect().contains(plot._read_out.geometry())
    move(plot.viewport(), place(plot, "two") + place(plot, "three") - place(plot, "two") - place(plot, "one"))
    assert told[0] == "two"


def test_a_click_and_a_right_click_are_told(plot, qtbot):
    with qtbot.waitSignal(plot.clicked) as told:
        QTest.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=place(plot, "three"))
    assert told.args == ["three"]
    with qtbot.waitSignal(plot.menu_wanted) as told:
        QTest.mouseClick(plot.viewport(), Qt.MouseButton.RightButton, pos=place(plot, "one"))
    assert told.args[0] == "one"


def test_a_click_beside_all_points_is_nobodys(plot, qtbot):
    with qtbot.assertNotEmitted(plot.clicked):
        QTest.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=place(plot, "one") + place(plot, "two") / 2)


def test_the_keys_go_from_point_to_point(plot, qtbot):
    plot.setFocus()
    for key, folder in ((Qt.Key.Key_Right, "one"), (Qt.Key.Key_Right, "two"), (Qt.Key.Key_Left, "one")):
        QTest.keyClick(plot, key)
        assert plot.at.point.folder == folder
    with qtbot.waitSignal(plot.menu_wanted) as told:
        QTest.keyClick(plot, Qt.Key.Key_Return)
    assert told.args[0] == "one"


def test_two_clicks_beside_and_zero_bring_all_into_view(plot):
    before = plot.viewRange()
    plot.setXRange(100, 200)
    QTest.keyClick(plot, Qt.Key.Key_0)
    assert plot.viewRange() == before


def test_compared_runs_have_their_letters(plot):
    marked = (*THREE[:2], Dot(THREE[2].point, 100, "#00ff00", "A", "#0000ff"))
    plot.show_dots(marked, "nats per image", sums=True, fit=False)
    assert [label.toPlainText() for label in plot._letters] == ["A"]
    plot.set_theme(LIGHT)
    assert [label.toPlainText() for label in plot._letters] == ["A"]


def test_no_points_are_no_error(plot):
    plot.show_dots((), "nats per image", sums=True, fit=True)
    plot.grab()
    QTest.keyClick(plot, Qt.Key.Key_Right)
    assert plot.at is None
