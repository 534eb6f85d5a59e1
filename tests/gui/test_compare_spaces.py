import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from ae_studio.gui.compare_spaces import SpacesTab
from ae_studio.gui.theme import DARK, LIGHT
from tests.gui.linked_runs import CODES, IMAGES, LABELS, MIRRORED, TURNED, compared, decode
from tests.gui.mouse import LEFT, drag, move
from tests.gui.test_linked_canvas import pixel_of, wheel


@pytest.fixture
def tab(qtbot):
    tab = SpacesTab()
    qtbot.addWidget(tab)
    tab.resize(1100, 640)
    tab.set_theme(DARK)
    with qtbot.waitExposed(tab):
        tab.show()
    yield tab
    tab.hide()
    tab.end()


@pytest.fixture
def three(tab, qtbot):
    show(tab, qtbot, compared(), compared(TURNED), compared(MIRRORED))
    return tab


def show(tab, qtbot, *runs):
    with qtbot.waitSignal(tab.hand.linked, timeout=20_000):
        tab.show_runs(runs)
    settle(tab, qtbot)


def settle(tab, qtbot):
    """Points and views have come to rest, and every image is there."""
    for view in tab._shown_views():
        view.canvas._glide.finish()
        if view.run.why_not == "":
            wanted = decode(tab.hand.codes[view.index][None])[0]
            qtbot.waitUntil(lambda view=view, wanted=wanted: np.array_equal(view.decoded, wanted))


def at(canvas, x, y):
    px, py = canvas.pixel_map().to_pixels(np.array([[x, y]], dtype=np.float32))[0]
    return QPoint(round(float(px)), round(float(py)))


def canvas(tab, index):
    return tab.views[index].canvas


def handles(tab):
    return [view.canvas._handle for view in tab._shown_views()]


def test_the_turned_spaces_look_like_the_first(three):
    clouds = [view.canvas.points_seen()[0] for view in three._shown_views()]
    assert np.allclose(clouds[1], CODES, atol=1e-3)
    assert np.allclose(clouds[2], CODES, atol=1e-3)
    assert three.views[1].agreement == "100 % of the spread agrees after turning"
    assert not three.views[3].isVisible()


@pytest.mark.parametrize("index", [0, 1, 2])
def test_a_drag_on_any_canvas_moves_the_handle_in_all_and_decodes_in_all(three, qtbot, index):
    place = at(canvas(three, index), 1.0, 0.5)
    drag(canvas(three, index), at(canvas(three, index), 0, 0), place)
    qtbot.waitUntil(
        lambda: np.allclose(handles(three), canvas(three, index).pixel_map().to_world(*place.toTuple()), atol=1e-3)
    )
    settle(three, qtbot)
    assert abs(int(three.views[0].decoded[0, 0]) - 110) <= 1
    assert abs(int(three.views[1].decoded[0, 1]) - 120) <= 1
    assert abs(int(three.views[2].decoded[0, 1]) - 95) <= 1


def test_arrow_keys_nudge_all(three, qtbot):
    before = np.array(handles(three))
    QTest.keyClick(canvas(three, 2), Qt.Key.Key_Right)
    QTest.keyClick(canvas(three, 2), Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert np.allclose(np.array(handles(three)) - before, (0.05, 0.5), atol=1e-3)


def test_two_clicks_on_a_point_show_every_runs_own_code_of_that_image_and_the_image(three, qtbot):
    QTest.mouseDClick(canvas(three, 1), LEFT, pos=pixel_of(canvas(three, 1), 7))
    assert three.hand.held == 7
    settle(three, qtbot)
    assert np.array_equal(three.hand.codes[2], MIRRORED[7])
    assert np.array_equal(three.views[0]._original._image, IMAGES[7])
    assert "squared error" in three.views[0].caption
    QTest.keyClick(canvas(three, 0), Qt.Key.Key_Left)
    assert not three.views[0]._original.isVisible()
    assert "nearest: class" in three.views[0].caption


def test_return_snaps_to_the_nearest_image(three):
    three.hand.move(0, *(CODES[13] + 0.001))
    QTest.keyClick(canvas(three, 1), Qt.Key.Key_Return)
    assert three.hand.held == 13


def test_what_is_drawn_around_in_one_is_selected_in_all_with_the_count(three, qtbot):
    three.bar._lasso.click()
    third = canvas(three, 2)
    corners = [at(third, x, y) for x, y in ((-3, -2), (-1, -2), (-1, 0), (-3, 0), (-3, -2))]
    drag(third, *corners)
    inside = np.flatnonzero(LABELS == 0)  # the class about the corner (-2, -1)
    assert three.selected.tolist() == inside.tolist()
    for view in three._shown_views():
        assert view.canvas.points._selected.tolist() == inside.tolist()
        assert view.canvas._overlays["selection"].text == "10 selected"
    assert three.bar._clear.text().startswith("10 selected")
    three.bar._clear.click()
    assert len(three.selected) == 0
    assert not three.bar._clear.isEnabled()


def test_shift_adds_to_what_was_selected_in_another(three):
    three.bar._lasso.click()
    QTest.mouseClick(canvas(three, 0), LEFT, pos=pixel_of(canvas(three, 0), 5))
    QTest.mouseClick(canvas(three, 2), LEFT, Qt.KeyboardModifier.ShiftModifier, pixel_of(canvas(three, 2), 8))
    assert three.selected.tolist() == [5, 8]
    QTest.keyClick(canvas(three, 1), Qt.Key.Key_Escape)
    assert three.selected.tolist() == []


def test_a_class_is_hidden_in_all_and_selected_no_longer(three):
    three._select(np.array([4, 5]), "replace")
    chip = three.bar.legend.findChild(object, "legend_chip_0")
    QTest.mouseClick(chip, LEFT)
    assert three.selected.tolist() == [5]
    for view in three._shown_views():
        assert view.canvas.points.hidden == {0}


def test_the_mouse_over_a_point_marks_the_same_image_in_all(three):
    move(canvas(three, 1), pixel_of(canvas(three, 1), 6))
    assert all("focus" in view.canvas._overlays for view in three._shown_views())
    cards = [view._card for view in three._shown_views()]
    assert [card.isVisible() for card in cards] == [False, True, False]
    assert cards[1].words == ("cat · image 7",)
    move(canvas(three, 1), QPoint(2, 2))
    assert not any("focus" in view.canvas._overlays for view in three._shown_views())


def test_zooming_one_zooms_all_unless_that_is_off(three):
    wheel(canvas(three, 1), QPoint(100, 100), 2)
    windows = {view.canvas.pixel_map().window for view in three._shown_views()}
    assert len(windows) == 1
    three.bar._same_view.click()
    wheel(canvas(three, 1), QPoint(100, 100), 2)
    windows = [view.canvas.pixel_map().window for view in three._shown_views()]
    assert windows[0] == windows[2] != windows[1]
    three.bar._fit.click()
    for view in three._shown_views():
        view.canvas._glide.finish()
    assert len({view.canvas.pixel_map().window for view in three._shown_views()}) == 1


def test_each_its_own_way_shows_the_codes_as_they_were_learned(three, qtbot):
    three.hand.move(0, 1.0, 0.5)
    three.bar._own.click()
    settle(three, qtbot)
    assert np.allclose(canvas(three, 1).points_seen()[0], TURNED, atol=1e-3)
    assert np.allclose(canvas(three, 1)._handle, (4, 2), atol=1e-2)
    assert not three.bar._same_view.isEnabled()
    assert "plane of its own" in three.bar._same_view.toolTip()
    place = at(canvas(three, 1), 5.0, 3.0)
    drag(canvas(three, 1), at(canvas(three, 1), 5, 1), place)
    qtbot.waitUntil(lambda: np.allclose(canvas(three, 0)._handle, (1.5, 0), atol=0.05))
    three.bar._aligned.click()
    settle(three, qtbot)
    assert np.allclose(canvas(three, 1).points_seen()[0], CODES, atol=1e-3)


def test_other_images_are_encoded_and_other_data_are_told(tab, qtbot):
    other = compared(TURNED, images=255 - IMAGES)
    show(tab, qtbot, compared(), other, compared(data="mnist"))
    assert np.allclose(canvas(tab, 1).points_seen()[0], CODES, atol=1e-3)
    assert "has learned from mnist" in tab.views[2]._reason.text()
    assert tab.views[2]._reason.isVisible()
    assert not canvas(tab, 2).isVisible()


def test_wide_codes_offer_their_planes(tab, qtbot):
    wide = np.concatenate([CODES, 0.1 * CODES], axis=1).astype(np.float32)
    show(tab, qtbot, compared(wide, latent_dim=4), compared(TURNED))
    assert tab.bar.planes.isVisible()
    with qtbot.waitSignal(tab.hand.linked):
        tab.bar.planes.plane_chosen.emit((2, 3))
    settle(tab, qtbot)
    assert np.allclose(canvas(tab, 0).points_seen()[0], wide[:, 2:], atol=1e-4)


def test_at_another_epoch_selection_and_hidden_classes_stay(three, qtbot):
    three._select(np.array([4, 5]), "replace")
    QTest.mouseClick(three.bar.legend.findChild(object, "legend_chip_3"), LEFT)
    show(three, qtbot, compared(), compared(MIRRORED))
    assert three.selected.tolist() == [4, 5]
    assert canvas(three, 1).points.hidden == {3}
    assert not three.views[2].isVisible()
    show(three, qtbot, compared(images=255 - IMAGES), compared(MIRRORED, images=255 - IMAGES))
    assert three.selected.tolist() == []
    assert canvas(three, 1).points.hidden == frozenset()


def test_without_runs_there_is_nothing(three):
    three.show_runs(())
    assert not any(view.isVisible() for view in three.views)
    three.set_theme(LIGHT)


def test_what_goes_wrong_is_told(tab, qtbot):
    def fail(codes):
        raise ValueError("no weights")

    with qtbot.waitSignal(tab.problem, check_params_cb=lambda text: text == "no weights"):
        tab.show_runs((compared(decoder=fail),))
