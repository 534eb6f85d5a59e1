import numpy as np
import pytest

from ae_studio.events import Encoded, LatentSpace, Look, Switch
from ae_studio.latent.linked import link
from ae_studio.latent.scene import Scene

RANDOM = np.random.default_rng(3)
LABELS = np.arange(60) % 3
NAMES = ("ant", "bee", "cat")
IMAGES = RANDOM.integers(0, 256, (60, 4, 4)).astype(np.uint8)
CODES = (RANDOM.normal(size=(60, 2)) * (3, 1)).astype(np.float32)
TURN = np.array([[0.6, -0.8], [0.8, 0.6]], dtype=np.float32)


def scene(codes=CODES, images=IMAGES, space=None, encoder=None, kl=None):
    look = Look(1, 10, codes, IMAGES[:4], lambda z: IMAGES[: len(z)], encoder=encoder, kl=kl)
    return Scene(space or LatentSpace(codes.shape[1]), LABELS, NAMES, images, look)


def wide(codes, d=10, noise=0.1):
    """The codes in the first numbers of wider ones, turned."""
    q, _ = np.linalg.qr(RANDOM.normal(size=(d, d)))
    padded = np.concatenate([codes, noise * RANDOM.normal(size=(len(codes), d - codes.shape[1]))], axis=1)
    return (padded @ q).astype(np.float32)


def linked(*scenes, data="mnist", **more):
    return link(scenes, [data] * len(scenes), **more)


def test_a_turned_and_stretched_space_is_seen_as_the_first():
    found = linked(scene(), scene((2 * CODES @ TURN + 5).astype(np.float32)))
    assert np.allclose(found.runs[0].points(aligned=True), CODES)
    assert np.allclose(found.runs[1].points(aligned=True), CODES, atol=1e-4)
    assert np.allclose(found.runs[1].points(aligned=False), 2 * CODES @ TURN + 5, atol=1e-4)
    assert found.runs[1].whole.agreement == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize("aligned", [True, False])
@pytest.mark.parametrize("leader", [0, 1, 2])
def test_one_drag_moves_all_to_the_same_place(leader, aligned):
    found = linked(scene(), scene((2 * CODES @ TURN + 5).astype(np.float32)), scene(wide(CODES)))
    codes = found.moved(leader, 1.5, -0.5, found.start(), aligned=aligned)
    places = [run.place(code, aligned=True) for run, code in zip(found.runs, codes, strict=True)]
    assert np.allclose(places, places[leader], atol=1e-4)
    assert np.allclose(found.runs[leader].place(codes[leader], aligned=aligned), (1.5, -0.5), atol=1e-4)
    assert np.allclose(codes[1], 2 * codes[0] @ TURN + 5, atol=1e-3)  # each in its own space


def test_every_run_has_its_own_code_of_an_image():
    others = (2 * CODES @ TURN).astype(np.float32)
    found = linked(scene(), scene(others))
    assert np.array_equal(found.codes_of(7)[0], CODES[7])
    assert np.array_equal(found.codes_of(7)[1], others[7])


def test_a_drag_keeps_what_lies_off_the_plane():
    codes = wide(CODES, noise=1.0)
    found = linked(scene(codes), scene(wide(CODES, noise=1.0)))
    before = found.codes_of(3)
    after = found.moved(0, 0.2, 0.1, before, aligned=True)
    for run, old, new in zip(found.runs, before, after, strict=True):
        turn = run.picture.turn
        assert np.allclose((new - old) @ (np.eye(10) - turn @ turn.T), 0, atol=1e-4)


def test_wide_codes_are_shown_on_the_plane_in_which_they_spread_most_or_another():
    codes = wide(CODES)
    found = linked(scene(codes), scene(CODES))
    assert found.choice == "pca"
    points = found.runs[0].points(aligned=True)
    values = np.sort(np.linalg.eigvalsh(np.cov(codes.T)))[::-1]
    assert np.allclose(np.var(points, axis=0, ddof=1), values[:2], rtol=1e-3)
    other = linked(scene(codes), scene(CODES), choice=(3, 1))
    assert np.allclose(other.runs[0].points(aligned=True), codes[:, [3, 1]])


def test_other_images_are_encoded_by_each_run_itself():
    asked = []

    def encode(images, labels):
        asked.append((images, labels))
        return Encoded((3 * CODES).astype(np.float32))

    found = linked(scene(), scene(RANDOM.normal(size=(60, 2)).astype(np.float32), 255 - IMAGES, encoder=encode))
    assert len(asked) == 1
    assert np.array_equal(asked[0][0], IMAGES)
    assert np.array_equal(found.runs[1].codes, 3 * CODES)
    assert np.allclose(found.runs[1].points(aligned=True), CODES, atol=1e-4)


def test_the_same_images_are_not_encoded_again():
    found = linked(scene(), scene(2 * CODES, IMAGES.copy(), encoder=lambda *_: pytest.fail("encoded")))
    assert np.array_equal(found.runs[1].codes, 2 * CODES)


@pytest.mark.parametrize(
    ("other", "data", "words"),
    [
        (scene(), "digits", "has learned from digits"),
        (scene(images=None), "mnist", "without the images"),
        (scene(images=IMAGES[:, :2]), "mnist", "2 × 4 pixels"),
        (scene(images=255 - IMAGES), "mnist", "Nothing can be encoded"),
        (scene(space=LatentSpace(2, kind="codebook")), "mnist", "codebook"),
        (scene(space=LatentSpace(0, switches=(Switch("s", ("a", "b")),))), "mnist", "choices among options"),
        (scene(np.full((60, 2), np.nan, np.float32)), "mnist", "no image has a code"),
    ],
)
def test_a_run_that_cannot_be_linked_says_why_and_the_others_go_on(other, data, words):
    found = link([scene(), other, scene(2 * CODES)], ["mnist", data, "mnist"])
    assert [bool(run.why_not) for run in found.runs] == [False, True, False]
    assert words in found.runs[1].why_not
    codes = found.moved(2, 1, 1, found.start(), aligned=True)
    assert np.allclose(codes[0], (1, 1), atol=1e-4)
    assert len(found.codes_of(0)) == 3


def test_without_a_plane_of_the_first_there_is_none_to_bring_others_to():
    found = linked(scene(space=LatentSpace(2, kind="codebook")), scene())
    assert all(run.why_not for run in found.runs)
    found.start()


def test_codes_stay_where_the_model_knows_them():
    space = LatentSpace(2, kind="ball", radius=1.0, switches=(Switch("class", NAMES, given=True),))
    codes = np.concatenate([CODES / 10, np.eye(3, dtype=np.float32)[LABELS]], axis=1).astype(np.float32)
    found = linked(scene(), scene(codes, space=space))
    moved = found.moved(0, 500, 0, found.codes_of(1), aligned=True)
    assert np.linalg.norm(moved[1][:2]) < 1
    assert np.array_equal(moved[1][2:], (0, 1, 0))  # the class of the image it began with


def test_a_line_is_linked_with_a_plane():
    found = linked(scene(), scene(CODES[:, :1].copy()))
    codes = found.moved(1, 2.0, 0.3, found.start(), aligned=True)
    assert codes[1].shape == (1,)
    assert abs(found.runs[0].place(codes[0], aligned=True)[0] - 2) < 0.2
    back = linked(scene(CODES[:, :1].copy()), scene())
    assert np.allclose(back.runs[0].points(aligned=True)[:, 1], 0)


def test_the_plane_of_largest_kl_is_there_for_models_that_have_it():
    codes = wide(CODES, d=4)
    kl = np.array([0.1, 3, 0.2, 2], dtype=np.float32)
    found = linked(scene(codes, kl=kl), scene(), choice="kl")
    assert np.allclose(found.runs[0].points(aligned=True), codes[:, [1, 3]], atol=1e-5)
    assert linked(scene(codes), scene(), choice="kl").choice == (0, 1)  # none
