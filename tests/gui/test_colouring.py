"""The choice itself; how the points look then is in test_canvas_at_work."""

import numpy as np
import pytest
from PySide6.QtCore import QObject, Signal

from ae_studio.events import LatentSpace, Look
from ae_studio.gui.colouring import CLASS, MOVE, Colouring
from ae_studio.latent.scene import Scene

CODES = np.random.default_rng(0).normal(size=(20, 2)).astype(np.float32)
LABELS = np.zeros(20, dtype=np.int64)


class Laboratory(QObject):
    """Does what it is asked for when it is told to."""

    scene_changed = Signal(object)

    def __init__(self):
        super().__init__()
        self.scene = None
        self.asked = {}

    def ask(self, kind, work, then=None):
        self.asked[kind] = (work, then)

    def forget(self, kind):
        self.asked.pop(kind, None)

    def do_all(self):
        for kind in list(self.asked):
            work, then = self.asked.pop(kind)
            then(work())

    def show(self, epoch, codes=CODES, labels=LABELS):
        look = Look(epoch, epoch, codes, np.zeros((1, 8, 8), np.uint8), lambda z: z)
        self.scene = Scene(LatentSpace(2), labels, ("a",), None, look)
        self.scene_changed.emit(self.scene)


@pytest.fixture
def laboratory(qapp):
    return Laboratory()


@pytest.fixture
def colouring(laboratory):
    made = Colouring(laboratory)
    made.told = []
    made.coloured.connect(made.told.append)
    return made


def reason(colouring, key):
    return next(choice.reason for choice in colouring.choices() if choice.key == key)


def test_before_there_is_a_look_only_the_class_can_be_chosen(colouring):
    assert [choice.key for choice in colouring.choices() if not choice.reason] == [CLASS]


def test_every_look_is_computed_anew_in_the_laboratory(colouring, laboratory):
    laboratory.show(1)
    colouring.choose("distance")
    assert colouring.told == []
    laboratory.do_all()
    first = colouring.told[-1].numbers
    laboratory.show(2, 2 * CODES)
    laboratory.do_all()
    assert np.allclose(colouring.told[-1].numbers, 2 * first)
    assert colouring.told[-1].title == "Distance to the nearest"


def test_numbers_that_come_late_do_not_replace_another_choice(colouring, laboratory):
    laboratory.show(1)
    colouring.choose("distance")
    work, then = laboratory.asked["colour"]
    colouring.choose(CLASS)
    then(work())
    assert colouring.told == []


def test_by_class_nothing_is_told_look_for_look(colouring, laboratory):
    laboratory.show(1)
    laboratory.show(2)
    assert colouring.told == []
    colouring.choose("distance")
    laboratory.do_all()
    colouring.choose(CLASS)
    laboratory.show(3)
    assert colouring.told[1:] == [None]


def test_what_this_run_cannot_have_is_given_up(colouring, laboratory):
    laboratory.show(1)
    colouring.choose("error")
    assert "not kept" in reason(colouring, "error")
    laboratory.show(2)
    assert colouring.key == CLASS


def test_another_run_remembers_no_moves_and_no_given_numbers(colouring, laboratory):
    for epoch in (1, 5):
        laboratory.show(epoch)
        laboratory.do_all()
    colouring.choose(MOVE)
    assert colouring.told[-1].numbers.tolist() == [4] * 20
    colouring.give("mine", "Mine", "", LABELS.astype(np.float32))
    laboratory.show(6, labels=LABELS.copy())
    laboratory.do_all()
    assert colouring.told[-1].numbers.tolist() == [0] * 20
    assert "mine" not in [choice.key for choice in colouring.choices()]


def test_given_numbers_are_shown_at_once_where_they_are_chosen(colouring, laboratory):
    laboratory.show(1)
    colouring.give("mine", "Mine", "m", np.zeros(20, dtype=np.float32))
    colouring.choose("mine")
    colouring.give("mine", "Mine", "m", np.ones(20, dtype=np.float32))
    assert [told.numbers[0] for told in colouring.told] == [0, 1]
