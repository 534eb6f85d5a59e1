import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent

from ae_studio.gui.latent_canvas import LatentCanvas
from ae_studio.gui.theme import DARK, LIGHT, blended, class_colours
from ae_studio.latent.cloud import Cloud
from ae_studio.latent.globe import circle

POINTS = np.array([[-2, -1], [2, -1], [-2, 1], [2, 1], [0, 0]], dtype=np.float32)
CLASSES = np.array([0, 1, 2, 3, 4])


@pytest.fixture
def canvas(qtbot):
    made = LatentCanvas()
    qtbot.addWidget(made)
    made.resize(400, 300)
    made.set_theme(DARK)
    made.start(CLASSES, 5)
    made.show()
    qtbot.waitExposed(made)
    made.show_points(POINTS, glide=False)
    return made


def pixel(canvas, x, y):
    px, py = canvas.pixel_map().to_pixels(np.array([[x, y]], dtype=np.float32))[0]
    return QPoint(round(float(px)), round(float(py)))


def colour_at(canvas, x, y):
    return canvas.grab().toImage().pixelColor(pixel(canvas, x, y)).name()


def wheel(canvas, at, notches):
    event = QWheelEvent(
        QPointF(at),
        QPointF(canvas.mapToGlobal(at)),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    canvas.wheelEvent(event)


def test_every_point_has_its_classs_colour(canvas):
    colours = class_colours(DARK, 5)
    for (x, y), label in zip(POINTS, CLASSES, strict=True):
        assert colour_at(canvas, x, y) == colours[label]


def test_a_hidden_class_is_not_drawn(canvas):
    canvas.hide_classes({4})
    assert colour_at(canvas, 0, 0) != class_colours(DARK, 5)[4]
    assert colour_at(canvas, 2, 1) == class_colours(DARK, 5)[3]


def test_the_light_theme_has_a_light_ground(canvas):
    canvas.set_theme(LIGHT)
    assert colour_at(canvas, 1.1, 0.3) == QColor(LIGHT.canvas).name()


def test_pressing_and_dragging_reports_where_the_hand_is(canvas, qtbot):
    with qtbot.waitSignal(canvas.hand_tool.moved) as pressed:
        qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=pixel(canvas, 0, 0))
    assert pressed.args == pytest.approx([0, 0], abs=0.02)
    with qtbot.waitSignal(canvas.hand_tool.moved) as moved:
        qtbot.mouseMove(canvas, pixel(canvas, 1, 0.5))
    assert moved.args == pytest.approx([1, 0.5], abs=0.02)


def test_of_many_moves_the_newest_is_reported(canvas, qtbot):
    reported = []
    canvas.hand_tool.moved.connect(lambda x, y: reported.append((x, y)))
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=pixel(canvas, -2, 0))
    with qtbot.waitSignal(canvas.hand_tool.moved, check_params_cb=lambda x, y: abs(x - 2) < 0.02):
        for step in range(60):
            qtbot.mouseMove(canvas, pixel(canvas, -2 + 4 * (step + 1) / 60, 0))
    assert len(reported) < 61


def test_hovering_reports_without_a_button_and_leaving_says_so(canvas, qtbot):
    with qtbot.waitSignal(canvas.hand_tool.hovered) as hovered:
        qtbot.mouseMove(canvas, pixel(canvas, 1, 1))
    assert hovered.args == pytest.approx([1, 1], abs=0.02)
    with qtbot.waitSignal(canvas.hand_tool.left):
        canvas.leaveEvent(QEvent(QEvent.Type.Leave))


@pytest.mark.parametrize(
    ("key", "modifier", "expected"),
    [
        (Qt.Key.Key_Left, Qt.KeyboardModifier.NoModifier, [-0.05, 0]),
        (Qt.Key.Key_Up, Qt.KeyboardModifier.NoModifier, [0, 0.05]),
        (Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier, [0.5, 0]),
        (Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier, [0, -0.5]),
    ],
)
def test_arrow_keys_nudge(canvas, qtbot, key, modifier, expected):
    with qtbot.waitSignal(canvas.nudged) as nudged:
        qtbot.keyClick(canvas, key, modifier)
    assert nudged.args == expected


def test_the_wheel_zooms_about_the_mouse(canvas):
    at = pixel(canvas, 1, 0.5)
    before = canvas.pixel_map().scale
    wheel(canvas, at, 2)
    assert canvas.pixel_map().scale == pytest.approx(before * 1.44)
    assert canvas.pixel_map().to_world(at.x(), at.y()) == pytest.approx((1, 0.5), abs=0.02)


def test_a_right_drag_moves_the_view_and_a_double_click_brings_all_back(canvas, qtbot):
    before = canvas.pixel_map()
    qtbot.mousePress(canvas, Qt.MouseButton.RightButton, pos=QPoint(100, 100))
    qtbot.mouseMove(canvas, QPoint(160, 130))
    qtbot.mouseRelease(canvas, Qt.MouseButton.RightButton, pos=QPoint(160, 130))
    assert canvas.pixel_map().to_world(160, 130) == pytest.approx(before.to_world(100, 100))
    qtbot.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(200, 150))
    qtbot.waitUntil(lambda: canvas.pixel_map() == before)


def test_the_view_stays_where_it_is_rather_than_follow_every_step(canvas):
    canvas.show_points(POINTS * 1.5, glide=False)
    wide = canvas.pixel_map()
    canvas.show_points(POINTS, glide=False)
    assert canvas.pixel_map() == wide


def test_a_view_that_was_chosen_by_hand_stays(canvas):
    wheel(canvas, QPoint(200, 150), 3)
    chosen = canvas.pixel_map()
    canvas.show_points(POINTS * 5, glide=False)
    assert canvas.pixel_map() == chosen


def test_points_glide_to_their_new_places(canvas, qtbot):
    canvas.show_points(POINTS * 0.5)
    assert canvas._glide.points[0].tolist() == [-2, -1]
    with qtbot.waitSignal(canvas._glide.moved):
        pass
    assert -2 < canvas._glide.points[0][0] < -1
    qtbot.waitUntil(lambda: canvas._glide.points[0].tolist() == [-1, -0.5])


def test_points_that_are_no_numbers_change_nothing(canvas):
    before = canvas.grab().toImage()
    canvas.show_points(np.full_like(POINTS, np.nan))
    assert canvas.grab().toImage() == before


def test_the_handle_is_drawn_where_it_is_put(canvas):
    before = colour_at(canvas, 1, 0.4)
    canvas.show_handle(1, 0.4)
    assert colour_at(canvas, 1, 0.4) != before
    canvas.show_handle(-1, -0.4)
    assert colour_at(canvas, 1, 0.4) == before


@pytest.mark.parametrize("notches", [7, -7])
def test_zooming_ends_where_numbers_would_lose_their_meaning(canvas, notches):
    for _ in range(60):
        wheel(canvas, QPoint(200, 150), notches)
    times_nearer = canvas._fitted.half_width / canvas._glide.window.half_width
    assert 1e-5 <= times_nearer <= 1e5
    assert times_nearer != pytest.approx(1)
    canvas.grab()


@pytest.mark.parametrize("place", [(1e6, -1e6), (0.1, 0.2)])
def test_a_handle_far_outside_of_the_view_is_no_trouble(canvas, place):
    for _ in range(8):
        wheel(canvas, QPoint(100, 100), 7)
    canvas.show_handle(*place)
    canvas.show_handle(0, 0)
    canvas.grab()


def cloud(points, behind, outline=()):
    return Cloud(np.asarray(points, np.float32), np.zeros(len(points), np.int64), np.asarray(behind), outline)


@pytest.fixture
def globe(canvas):
    canvas.start(np.zeros(2, np.int64), 1, globe=True)
    canvas.show_cloud(cloud([[0.5, 0], [-0.5, 0]], [False, True], tuple(circle(1.0))))
    canvas._glide.finish()
    return canvas


def test_a_whole_globe_is_in_view_and_its_far_side_is_faint(globe):
    assert globe._fitted.half_width >= 0.99
    front = class_colours(DARK, 1)[0]
    assert colour_at(globe, 0.5, 0) == front
    assert colour_at(globe, -0.5, 0) == blended(front, DARK.canvas, 0.75)


def test_a_right_drag_rolls_a_globe_instead_of_moving_the_view(globe, qtbot):
    window = globe._glide.window
    qtbot.mousePress(globe, Qt.MouseButton.RightButton, pos=QPoint(200, 150))
    with qtbot.waitSignal(globe.turned) as turned:
        qtbot.mouseMove(globe, QPoint(230, 130))
    assert turned.args[0] > 0
    assert turned.args[1] > 0
    assert globe._glide.window == window


def test_control_and_an_arrow_roll_a_globe(globe, qtbot):
    with qtbot.waitSignal(globe.turned) as turned:
        qtbot.keyClick(globe, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert turned.args == [0.05, 0]
    with qtbot.waitSignal(globe.nudged):
        qtbot.keyClick(globe, Qt.Key.Key_Right)


def test_a_globe_that_is_rolled_shows_its_points_there_at_once(globe):
    globe.show_turned(cloud([[0, 0.5], [0, -0.5]], [True, False]))
    np.testing.assert_array_equal(globe._glide.points, [[0, 0.5], [0, -0.5]])


class Painted(QObject):
    """How wide the areas are that are painted anew."""

    def __init__(self, canvas):
        super().__init__(canvas)
        self.widths = []
        canvas.installEventFilter(self)

    def eventFilter(self, watched, event):  # noqa: N802 (named by Qt)
        if event.type() == QEvent.Type.Paint:
            self.widths.append(event.rect().width())
        return False


class Nothing:
    def paint(self, painter, pixel_map, theme):
        pass


def test_a_drag_repaints_the_handles_surroundings_and_with_something_that_moves_along_all(canvas, qtbot):
    canvas.show_handle(0, 0)
    qtbot.wait(20)
    painted = Painted(canvas)
    canvas.show_handle(0.1, 0)
    qtbot.waitUntil(lambda: bool(painted.widths))
    assert max(painted.widths) < canvas.width() / 2
    canvas.show_overlay("line", Nothing())
    qtbot.wait(20)
    painted.widths.clear()
    canvas.show_handle(0.2, 0)
    qtbot.waitUntil(lambda: bool(painted.widths))
    assert max(painted.widths) == canvas.width()


def test_points_that_do_not_glide_are_at_once_where_their_codes_are(canvas):
    canvas.show_layers({"points"})
    canvas.show_points(POINTS + np.float32(0.5))
    assert np.array_equal(canvas._glide.points, POINTS + np.float32(0.5))
    canvas.show_layers({"points", "gliding"})
    canvas.show_points(POINTS)
    assert not np.array_equal(canvas._glide.points, POINTS)
