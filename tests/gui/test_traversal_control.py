import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from ae_studio.events import Codebook, LatentSpace
from ae_studio.gui.traversal_control import TraversalControl
from ae_studio.gui.traversal_panel import TraversalPanel
from tests.gui.laboratories import World, decoder, look


@pytest.fixture
def world(qtbot):
    made = World()
    made.panel = TraversalPanel()
    qtbot.addWidget(made.panel)
    made.panel.resize(460, 220)
    made.control = TraversalControl(made.hand, made.laboratory, made.panel)
    made.table = made.panel.table
    made.panel.show()
    yield made
    made.control.end()
    made.end()


def shown(world, qtbot, moment=None):
    world.show(moment)
    qtbot.waitUntil(lambda: world.table.images_of(0) is not None)


def centre(world):
    return world.table.rows[0].codes[4]


def choose(world, name, key):
    box = world.panel.header.findChild(QComboBox, f"traversal_{name}_box")
    box.setCurrentIndex(box.findData(key))


def test_a_look_fills_the_table_with_the_decoded_rows(qtbot, world):
    shown(world, qtbot)
    assert [row.name for row in world.table.rows] == ["z₄", "z₃", "z₂", "z₁", "z₅"]
    for number in range(4):
        np.testing.assert_array_equal(world.table.images_of(number), decoder(world.table.rows[number].codes))


def test_it_goes_through_the_image_in_focus(qtbot, world):
    shown(world, qtbot)
    codes = world.laboratory.scene.codes
    np.testing.assert_allclose(centre(world), codes[0], atol=1e-6)
    world.laboratory.focus(17)
    qtbot.waitUntil(lambda: np.allclose(centre(world), codes[17], atol=1e-6))
    world.laboratory.focus(None)  # the mouse has left the point: the table stays
    world.show(look(seed=2))
    qtbot.waitUntil(lambda: np.allclose(centre(world), world.laboratory.scene.codes[17], atol=1e-6))


def test_or_through_the_handle_which_it_follows(qtbot, world):
    shown(world, qtbot)
    choose(world, "centre", "handle")
    qtbot.waitUntil(lambda: np.allclose(centre(world), 0))
    world.hand.put([1, 2, 3, 0, 0])
    qtbot.waitUntil(lambda: np.allclose(centre(world), [1, 2, 3, 0, 0]))


def test_or_through_the_mean_of_all_codes(qtbot, world):
    shown(world, qtbot)
    choose(world, "centre", "mean")
    qtbot.waitUntil(lambda: np.allclose(centre(world), world.laboratory.scene.codes.mean(axis=0), atol=1e-5))


def test_another_range_is_computed_anew(qtbot, world):
    shown(world, qtbot)
    choose(world, "range", "quantile")
    codes = world.laboratory.scene.codes
    wanted = np.quantile(codes[:, 3], 0.01)
    qtbot.waitUntil(lambda: world.table.rows[0].values[0] == pytest.approx(wanted, abs=1e-5))


def test_without_posteriors_their_range_is_grey(qtbot, world):
    shown(world, qtbot, look(spread=None))
    box = world.panel.header.findChild(QComboBox, "traversal_range_box")
    assert not box.model().item(box.findData("aggregate")).isEnabled()


def test_a_click_puts_the_handle_there_and_enter_does_the_same(qtbot, world):
    shown(world, qtbot)
    with qtbot.waitSignal(world.hand.handle_decoded):
        place = world.table.cell_rect(1, 7).center().toPoint()
        qtbot.mouseClick(world.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    np.testing.assert_allclose(world.handle, world.table.rows[1].codes[7])
    qtbot.keyClick(world.table, Qt.Key.Key_Left)
    qtbot.keyClick(world.table, Qt.Key.Key_Return)
    np.testing.assert_allclose(world.handle, world.table.rows[1].codes[6])


def test_the_marked_row_is_seen_on_the_canvas(qtbot, world):
    shown(world, qtbot)
    with qtbot.waitSignal(world.control.marked) as marked:
        qtbot.mouseMove(world.table.viewport(), world.table.cell_rect(1, 7).center().toPoint())
    path = marked.args[0]
    np.testing.assert_allclose(path.points, world.hand.explorer.plane.project(world.table.rows[1].codes), atol=1e-5)
    assert path.index == 7
    with qtbot.waitSignal(world.control.marked) as marked:
        qtbot.keyClick(world.table, Qt.Key.Key_Escape)
    assert marked.args == [None]


def test_it_follows_the_looks(qtbot, world):
    shown(world, qtbot)
    before = world.table.rows[0].codes
    world.show(look(seed=3))
    qtbot.waitUntil(lambda: not np.array_equal(world.table.rows[0].codes, before))
    np.testing.assert_allclose(centre(world), world.laboratory.scene.codes[0], atol=1e-6)


def test_out_of_sight_it_costs_nothing_and_comes_back_up_to_date(qtbot, world, monkeypatch):
    world.panel.hide()
    asked = []
    monkeypatch.setattr(world.laboratory, "ask", lambda *request: asked.append(request[0]))
    world.show()
    world.laboratory.focus(3)
    world.hand.put(np.ones(5))
    assert asked == []
    world.panel.show()
    assert set(asked) == {"traversals"}


def test_only_what_is_in_sight_is_decoded_and_the_rest_when_it_comes(qtbot, world):
    decoded = []

    def counting(codes):
        decoded.append(len(codes))
        return decoder(codes)

    world.begin(LatentSpace(200))
    moment = look(200)
    world.show(type(moment)(1, 10, moment.codes, moment.reconstructions, counting, derivatives=moment.derivatives))
    qtbot.waitUntil(lambda: world.table.images_of(0) is not None)
    assert len(world.table.rows) == 200
    assert max(decoded) <= 9 * 10
    world.table.verticalScrollBar().setValue(world.table.verticalScrollBar().maximum())
    qtbot.waitUntil(lambda: world.table.images_of(199) is not None)
    assert world.table.images_of(0) is not None
    assert world.table.images_of(100) is None


def test_a_codebook_has_none_and_says_why(world):
    world.begin(LatentSpace(2, "codebook", slots=2))
    codes = np.zeros((60, 4), np.float32)
    moment = look(4)
    entries = Codebook(np.zeros((3, 2), np.float32), np.ones(3, np.float32) / 3)
    world.show(type(moment)(1, 10, codes, moment.reconstructions, decoder, codebook=entries))
    assert "codebook" in world.table._message


def test_a_row_of_another_run_leads_nowhere(qtbot, world):
    shown(world, qtbot)
    world.begin(LatentSpace(3))
    world.panel.cell_chosen.emit(0, 0)
    np.testing.assert_array_equal(world.handle, np.zeros(3))


def test_a_line_has_one_row(qtbot, world):
    world.begin(LatentSpace(1))
    moment = look(5)
    one = type(moment)(
        1, 10, moment.codes[:, :1].copy(), moment.reconstructions, decoder, derivatives=moment.derivatives
    )
    shown(world, qtbot, one)
    qtbot.waitUntil(lambda: len(world.table.rows) == 1)
