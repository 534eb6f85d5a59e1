import numpy as np

from ae_studio.events import LatentSpace, Look
from ae_studio.latent.ends import End, first_ends
from ae_studio.latent.scene import Scene

CODES = np.array([[0, 0], [2, 0], [4, 6]], dtype=np.float32)


def scene(labels, codes=CODES):
    look = Look(1, 1, codes, np.zeros((1, 8, 8), dtype=np.uint8), lambda z: z)
    return Scene(LatentSpace(2), np.array(labels), ("a", "b", "c"), None, look)


def test_an_image_and_a_class_go_where_a_look_puts_them_and_a_code_stays():
    ends = End("image", 2), End("class", 0), End("code", code=np.array([7, 7], dtype=np.float32))
    now = [end.in_scene(scene([0, 0, 1])).tolist() for end in ends]
    later = [end.in_scene(scene([0, 0, 1], CODES + 1)).tolist() for end in ends]
    assert now == [[4, 6], [1, 0], [7, 7]]
    assert later == [[5, 7], [2, 1], [7, 7]]


def test_what_is_not_there_is_no_end():
    here = scene([0, 0, 1])
    assert End("image", 3).in_scene(here) is None
    assert End("class", 2).in_scene(here) is None
    assert End("code", code=np.zeros(3, dtype=np.float32)).in_scene(here) is None


def test_a_path_begins_at_one_class_and_ends_at_another():
    a, b = first_ends(scene([2, 0, 2]))
    assert (a.what, a.number, b.what, b.number) == ("class", 0, "class", 2)


def test_of_one_class_it_goes_from_the_first_image_to_the_last():
    a, b = first_ends(scene([1, 1, 1]))
    assert (a.what, a.number, b.what, b.number) == ("image", 0, "image", 2)
