import numpy as np
import pytest
from PIL import Image

from ae_studio.events import LatentSpace, Look
from ae_studio.gui import interpolation
from ae_studio.gui.hand import Hand
from ae_studio.gui.interpolation import NO_STROKE, NOTHING_YET, Interpolation
from ae_studio.gui.laboratory import Laboratory
from ae_studio.gui.undo import UndoStack
from ae_studio.gui.view_window import PixelMap, ViewWindow
from ae_studio.latent.film import make_film

CODES = np.array([[-1, 0], [-1, 1], [3, 0], [3, 1]], dtype=np.float32)
LABELS = np.array([4, 4, 9, 9])
IMAGES = np.stack([np.full((2, 2), index, dtype=np.uint8) for index in range(4)])
NAMES = tuple("0123456789")


def decode(codes):
    """An image of a grey that tells the first number."""
    grey = np.clip(20 * (codes[:, 0] + 5), 0, 255).astype(np.uint8)
    return np.broadcast_to(grey[:, None, None], (len(codes), 2, 2)).copy()


def derivatives(codes):
    jacobians = np.zeros((len(codes), 4, codes.shape[1]), dtype=np.float32)
    jacobians[:, :, 0] = 20 / 255
    return np.repeat(20 * (codes[:, :1] + 5) / 255, 4, axis=1), jacobians


class World:
    """A hand, a laboratory, and what the interpolation tells."""

    def __init__(self, qtbot):
        self.qtbot = qtbot
        self.hand = Hand()
        self.laboratory = Laboratory(self.hand)
        self.undo = UndoStack()
        self.paths = Interpolation(self.laboratory, self.hand, self.undo)
        self.strips, self.drawings, self.ends, self.possible = [], [], [], []
        self.paths.strip_changed.connect(lambda frames, notes: self.strips.append((frames, notes)))
        self.paths.drawing_changed.connect(self.drawings.append)
        self.paths.end_shown.connect(lambda *end: self.ends.append(end))
        self.paths.possible_changed.connect(lambda reasons, kind: self.possible.append((reasons, kind)))

    def begin(self, space=None, labels=LABELS, images=IMAGES):
        self.hand.begin(space or LatentSpace(2), labels, NAMES)
        self.laboratory.begin(images)
        self.laboratory.show_window(PixelMap(ViewWindow(0, 0, 4, 2), 400, 200))

    def look(self, codes=CODES, **rest):
        look = Look(1, 1, codes, IMAGES[:1], decode, **{"derivatives": derivatives, **rest})
        self.hand.show(look)
        self.laboratory.show(look)

    def next_film(self, wish=lambda: None):
        """Behind a wish, the strip that comes of it."""
        before = len(self.strips)
        wish()
        self.qtbot.waitUntil(lambda: len(self.strips) > before)
        return self.paths._film

    def end(self):
        self.laboratory.end()
        self.hand.end()


@pytest.fixture
def world(qtbot):
    made = World(qtbot)
    yield made
    made.end()


@pytest.fixture
def seen(world):
    """Somebody looks at it."""
    world.begin()
    world.paths.set_active(True)
    world.next_film(world.look)
    return world


def test_the_first_path_leads_from_class_to_class(seen):
    film = seen.paths._film
    np.testing.assert_allclose(film.codes[[0, -1]], [[-1, 0.5], [3, 0.5]])
    assert seen.ends == [("A", "class", 4), ("B", "class", 9)]
    frames, _ = seen.strips[-1]
    assert len(frames.images) == len(frames.nearest) == 12
    assert "Frame 1 of 12" in frames.hints[0]
    assert "image no. 1, 4" in frames.hints[0]
    assert frames.grades[0] == 0


def test_the_path_lies_on_the_canvas_only_while_it_is_seen(seen):
    np.testing.assert_allclose(seen.drawings[-1].dots[[0, -1]], [[-1, 0.5], [3, 0.5]])
    seen.paths.set_active(False)
    assert seen.drawings[-1] is None


def test_nothing_is_computed_while_nobody_sees_it_and_at_once_when_somebody_does(world, monkeypatch):
    computed = []
    monkeypatch.setattr(interpolation, "make_film", lambda *of: computed.append(of) or make_film(*of))
    world.begin()
    world.look()
    done = []
    world.laboratory.ask("behind it", lambda: None, done.append)
    world.qtbot.waitUntil(lambda: bool(done))
    assert not computed
    world.next_film(lambda: world.paths.set_active(True))
    assert len(computed) == 1


def test_every_look_is_decoded_again(seen):
    film = seen.next_film(lambda: seen.look(CODES + 1))
    np.testing.assert_allclose(film.codes[0], [0, 1.5])


def test_the_handle_is_taken_as_it_is_and_stays_there(seen):
    seen.hand.put(np.array([2, 2], dtype=np.float32))
    film = seen.next_film(lambda: seen.paths.choose_end("A", "handle", 0))
    np.testing.assert_allclose(film.codes[0], [2, 2])
    seen.hand.put(np.array([0, 0], dtype=np.float32))
    np.testing.assert_allclose(seen.next_film(seen.look).codes[0], [2, 2])


def test_the_point_that_was_looked_at_last_becomes_an_image_with_its_number(seen):
    seen.laboratory.focus(3)
    seen.laboratory.focus(None)
    film = seen.next_film(lambda: seen.paths.choose_end("B", "focus", 0))
    np.testing.assert_allclose(film.codes[-1], CODES[3])
    assert seen.ends[-1] == ("B", "image", 3)


def test_ends_are_exchanged_and_frames_chosen(seen):
    film = seen.next_film(seen.paths.swap)
    np.testing.assert_allclose(film.codes[[0, -1]], [[3, 0.5], [-1, 0.5]])
    assert len(seen.next_film(lambda: seen.paths.choose_frames(5)).codes) == 5


def test_a_frame_takes_the_handle_there(seen):
    seen.paths.go(11)
    np.testing.assert_allclose(seen.hand.explorer.handle, [3, 0.5])


@pytest.mark.parametrize("kind", ["slerp", "geodesic", "data"])
def test_other_kinds_of_path_have_the_same_ends(seen, kind):
    film = seen.next_film(lambda: seen.paths.choose_kind(kind))
    np.testing.assert_allclose(film.codes[[0, -1]], [[-1, 0.5], [3, 0.5]], atol=1e-5)
    assert seen.possible[-1][1] == kind


def test_a_stroke_is_lifted_and_followed_and_can_be_turned_around(seen, qtbot):
    assert seen.possible[-1][0]["stroke"] == NO_STROKE
    drawn = np.array([[0, 0], [2, 0], [2, 1]], dtype=np.float32)
    with qtbot.waitSignal(seen.paths.stroke_taken):
        film = seen.next_film(lambda: seen.paths.take_stroke(drawn))
    np.testing.assert_allclose(film.codes[[0, -1]], drawn[[0, -1]], atol=1e-5)
    assert seen.possible[-1] == (dict.fromkeys(seen.possible[-1][0], ""), "stroke")
    np.testing.assert_allclose(seen.next_film(seen.paths.swap).codes[0], [2, 1], atol=1e-5)


def test_another_plane_shows_the_same_path_elsewhere(world):
    world.begin(LatentSpace(3))
    world.paths.set_active(True)
    codes = np.concatenate([CODES, [[0], [0], [5], [5]]], axis=1).astype(np.float32)
    world.next_film(lambda: world.look(codes))
    world.hand.choose_plane((2, 1))
    before = len(world.drawings)
    world.laboratory.tell_view()
    world.qtbot.waitUntil(lambda: len(world.drawings) > before)
    np.testing.assert_allclose(world.drawings[-1].dots[-1], [5, 0.5], atol=1e-5)


def test_a_codebook_has_no_path_and_no_stroke_and_says_why(world):
    refused = []
    world.paths.stroke_refused.connect(refused.append)
    world.begin(LatentSpace(2, kind="codebook"))
    world.paths.set_active(True)
    world.next_film(world.look)
    assert world.strips[-1][0] is None
    assert "codebook" in world.strips[-1][1][0]
    assert "codebook" in refused[-1]
    world.paths.take_stroke(CODES[:, :2])
    assert world.strips[-1][0] is None


def test_without_the_model_there_is_no_geodesic_and_without_images_no_nearest_one(world):
    world.begin(images=None)
    world.paths.set_active(True)
    world.next_film(lambda: world.look(derivatives=None))
    assert world.strips[-1][0].nearest is None
    assert "model itself" in world.possible[-1][0]["geodesic"]


def test_another_run_begins_with_its_own_ends(seen):
    seen.paths.choose_end("A", "handle", 0)
    seen.begin(labels=np.array([1, 2, 1, 2]))
    seen.paths.begin()
    assert seen.strips[-1] == (None, (NOTHING_YET,))
    assert seen.drawings[-1] is None
    seen.next_film(seen.look)
    assert seen.ends[-2:] == [("A", "class", 1), ("B", "class", 2)]


def test_an_image_that_is_not_there_is_told(seen):
    seen.next_film(lambda: seen.paths.choose_end("A", "image", 99))
    assert seen.strips[-1][0] is None
    assert "choose another" in seen.strips[-1][1][0]


def test_the_strip_is_saved_as_a_film_or_a_picture(seen, qtbot, tmp_path):
    for name, frames in (("way.gif", 22), ("way.png", 1)):
        with qtbot.waitSignal(seen.paths.saved):
            seen.paths.save(str(tmp_path / name), 10.0, True)
        with Image.open(tmp_path / name) as picture:
            assert getattr(picture, "n_frames", 1) == frames


def test_what_cannot_be_saved_is_told(seen, qtbot, tmp_path):
    with qtbot.waitSignal(seen.paths.failed) as told:
        seen.paths.save(str(tmp_path / "nowhere" / "way.gif"), 10.0, False)
    assert "way.gif could not be saved" in told.args[0]


def test_every_choice_of_a_path_can_be_undone_and_done_again(world):
    world.begin()
    world.look()
    shown = []
    world.paths.frames_shown.connect(lambda *frames: shown.append(frames))
    world.paths.choose_end("A", "image", 3)
    world.paths.choose_frames(5)
    world.paths.swap()
    world.paths.choose_kind("slerp")
    world.undo.undo()
    assert world.possible[-1][1] == "linear"
    world.undo.undo()
    assert world.ends[-2][:3] == ("A", "image", 3)
    world.undo.undo()
    assert shown[-1] == (12, "code")
    world.undo.undo()
    assert world.ends[-2][1] == "class"
    world.undo.redo()
    assert world.ends[-2] == ("A", "image", 3)
