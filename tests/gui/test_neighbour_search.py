import numpy as np
import pytest

from ae_studio.events import LatentSpace
from ae_studio.gui.neighbour_search import NeighbourSearch
from ae_studio.gui.neighbours_panel import NeighboursPanel

CODES = np.array([[0, 0], [1, 0], [2, 0], [3, 0], [4, 0], [0, 5], [8, 8]], dtype=np.float32)


@pytest.fixture
def at(stage, qtbot):
    def make(**settings):
        made = stage(**({"codes": CODES} | settings))
        made.panel = NeighboursPanel()
        qtbot.addWidget(made.panel)
        made.panel.resize(460, 200)
        made.panel.show()
        qtbot.waitExposed(made.panel)
        made.search = NeighbourSearch(made.laboratory, made.panel, made)
        made.search.watch(True)
        return made

    return make


def shown(row):
    return [cell.index for cell in row.cells]


def caption(stage):
    return stage.panel._caption.text()


def test_the_place_under_the_handle_is_looked_around(qtbot, at):
    stage = at()
    stage.hand.put(np.array([8.0, 8.0]))
    qtbot.waitUntil(lambda: shown(stage.panel.by_codes)[:1] == [6])
    assert caption(stage) == "decoded\nat the handle"
    assert len(stage.panel.by_codes.cells) == 7  # all that there are


def test_the_point_in_focus_is_looked_around_and_is_not_its_own_neighbour(qtbot, at):
    stage = at()
    stage.laboratory.focus(1)
    qtbot.waitUntil(lambda: caption(stage) == "b\nimage 2")
    assert shown(stage.panel.by_codes)[:3] == [0, 2, 3]
    assert [round(cell.distance, 3) for cell in stage.panel.by_codes.cells[:3]] == [1, 1, 2]
    # in pixels a unit of the code is ten grey levels of one pixel
    assert shown(stage.panel.by_pixels)[:3] == [0, 2, 3]
    assert stage.panel.by_pixels.cells[2].distance == pytest.approx(20 / 255)


def test_letting_go_of_the_focus_goes_back_to_the_handle(qtbot, at):
    stage = at()
    stage.laboratory.focus(1)
    qtbot.waitUntil(lambda: caption(stage) == "b\nimage 2")
    stage.laboratory.focus(None)
    qtbot.waitUntil(lambda: caption(stage) == "decoded\nat the handle")


def test_images_that_only_one_list_has_are_marked(qtbot, at):
    """Nine images in a line, one code of them thrown far away; five neighbours are wished."""
    codes = np.zeros((9, 2), dtype=np.float32)
    codes[:, 0] = np.arange(9)
    stage = at(codes=codes)
    moved = codes.copy()
    moved[3] = [100, 0]
    stage.look = type(stage.look)(1, 11, moved, stage.originals, stage.look.decoder)
    stage.panel._count_box.setCurrentIndex(0)
    stage.show(stage.look)
    stage.laboratory.focus(4)
    qtbot.waitUntil(lambda: caption(stage) == "b\nimage 5" and len(stage.panel.by_codes.cells) == 5)
    lonely = {cell.index for row in (stage.panel.by_pixels, stage.panel.by_codes) for cell in row.cells if cell.alone}
    assert 3 in lonely
    assert 5 not in lonely


def test_nothing_is_asked_while_nobody_sees_it(qtbot, at, monkeypatch):
    stage = at()
    stage.search.watch(False)
    asked = []
    monkeypatch.setattr(stage.laboratory, "ask", lambda *arguments: asked.append(arguments))
    stage.show(stage.look)
    stage.laboratory.focus(2)
    assert asked == []
    stage.search.watch(True)
    assert len(asked) == 1


def test_a_run_without_images_says_so(at):
    stage = at(images=False)
    assert "without the images" in stage.panel._message.text()
    assert not stage.panel.by_codes.isVisible()


def test_what_cannot_be_decoded_is_said_in_its_place(qtbot, at):
    stage = at()

    def refuse(codes):
        raise ValueError("nobody trusts this model")

    with qtbot.assertNotEmitted(stage.laboratory.failed):  # the hand tells it
        stage.show(type(stage.look)(1, 10, CODES, stage.originals, refuse))
        qtbot.waitUntil(lambda: stage.panel._message.text() == "nobody trusts this model")


def test_a_new_run_clears_what_was_shown(qtbot, at):
    stage = at()
    qtbot.waitUntil(lambda: bool(stage.panel.by_codes.cells))
    stage.begin()
    stage.search.ask()
    assert not stage.panel.by_codes.isVisible()


def test_an_answer_that_comes_when_the_next_run_has_begun_is_not_shown(qtbot, at, monkeypatch):
    stage = at()
    qtbot.waitUntil(lambda: bool(stage.panel.by_codes.cells))
    asked = []
    monkeypatch.setattr(stage.laboratory, "ask", lambda kind, work, then: asked.append((work, then)))
    stage.search.ask()
    stage.begin()
    stage.search.ask()
    work, then = asked[0]
    then(work())
    assert stage.panel.by_codes.cells == ()


def test_a_codebooks_codes_have_neighbours_too(qtbot, at):
    stage = at(space=LatentSpace(2, kind="codebook"))
    stage.laboratory.focus(4)
    qtbot.waitUntil(lambda: shown(stage.panel.by_codes)[:2] == [3, 2])
