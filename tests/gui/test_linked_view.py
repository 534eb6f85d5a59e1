import numpy as np
import pytest

from ae_studio.events import LatentSpace
from ae_studio.gui.linked_view import IMAGE, LARGEST_IMAGE, LinkedView, common_window, own_window
from ae_studio.gui.theme import DARK
from ae_studio.gui.view_window import ViewWindow
from ae_studio.latent.linked import link
from tests.gui.linked_runs import CODES, IMAGES, TURNED, scene


@pytest.fixture
def view(qtbot):
    view = LinkedView(1)
    qtbot.addWidget(view)
    view.resize(300, 500)
    view.set_theme(DARK)
    with qtbot.waitExposed(view):
        view.show()
    return view


def linked(*scenes):
    return link(scenes, ["digits"] * len(scenes))


def test_it_says_how_much_agrees_of_what_is_seen_and_of_all(view):
    wide = np.concatenate([CODES, np.random.default_rng(0).normal(0, 1, (40, 8))], axis=1).astype(np.float32)
    view.begin(linked(scene(), scene(wide)))
    seen, whole = view.run.seen.agreement, view.run.whole.agreement
    assert seen > 0.9 > 0.6 > whole
    assert view.agreement.startswith(f"{100 * seen:.0f} %")
    assert f"{100 * whole:.0f} %" in view._agreement.toolTip()


def test_a_run_that_cannot_be_linked_says_why_in_the_canvass_place(view):
    view.begin(linked(scene(), scene(space=LatentSpace(2, kind="codebook"))))
    assert not view.canvas.isVisible()
    assert "codebook" in view._reason.text()
    assert view.agreement == "not linked"
    view.begin(linked(scene(), scene(TURNED)))
    assert view.canvas.isVisible()
    assert not view._reason.isVisible()


def test_what_is_decoded_is_told_by_the_class_that_is_near_and_a_held_image_by_its_error(view):
    view.begin(linked(scene(), scene(TURNED)))
    view.show_points(ViewWindow(0, 0, 3, 3), aligned=True)
    view.show_handle((0.5, 0.5), None, 6)
    view.show_decoded(IMAGES[10])
    assert view.caption == "decoded · nearest: class cat"
    view.show_handle((0.5, 0.5), 10, 10)
    assert view.caption == "reconstruction · squared error 0.0000 per pixel"
    assert view._original.isVisible()
    view.grab()
    view.show_decoded(IMAGES[10] + 51)
    assert "0.0400" in view.caption


def test_the_images_leave_the_canvas_most_of_the_room(view, qtbot):
    view.begin(linked(scene(), scene(TURNED)))
    view.resize(300, 260)
    qtbot.waitUntil(lambda: view._decoded.width() == IMAGE)
    assert view.canvas.height() > IMAGE
    view.resize(300, 900)
    qtbot.waitUntil(lambda: view._decoded.width() == LARGEST_IMAGE)


def test_the_common_window_holds_all_points_and_a_runs_own_its_own():
    runs = linked(scene(), scene(TURNED))
    common, own = common_window(runs, aligned=True), own_window(runs.runs[1])
    assert common.left < -2 < 2 < common.right
    assert own.left < 3 < 7 < own.right
