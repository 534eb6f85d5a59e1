"""What all views of a run do together; how it looks in the window is in test_main_window."""

from unittest.mock import MagicMock

import numpy as np
import pytest

from ae_studio.events import EpochDone, RunEnded
from ae_studio.gui.run_views import RunViews

PARTS = ("hand", "laboratory", "latent", "decoded", "loss", "reconstructions", "epochs", "metrics", "status", "welcome")


@pytest.fixture
def views():
    return RunViews(*(MagicMock(name=name) for name in PARTS))


def epoch(**validation):
    return EpochDone(1, {}, validation, 1e-3, 1.0, 1.0, None, None)


def test_the_epoch_is_that_of_the_look_which_is_shown(views):
    views.end_epoch(epoch(loss=1.0))
    views.show_look(MagicMock(epoch=7))
    assert views.epoch == 7
    views.start(MagicMock(goes_on=False))
    assert views.epoch == 0


def test_a_run_that_holds_no_epoch_yet_is_shown_without_points(views):
    opened = MagicMock(moment=None, epochs=())
    views.load(opened)
    labels = views.latent.start.call_args.args[1]
    assert labels.dtype == np.int64
    assert len(labels) == 0
    views.reconstructions.set_originals.assert_not_called()


def test_the_curves_mark_the_epoch_that_is_looked_at(views):
    views.epochs.following = False
    views.mark_epoch(3)
    views.loss.mark_epoch.assert_called_once_with(3)
    views.epochs.following = True
    views.mark_epoch(4)
    views.loss.unmark.assert_called_once_with()


def test_every_view_hears_of_the_end(views):
    ended = RunEnded("finished", "", None)
    views.end(ended)
    views.status.end.assert_called_once_with(ended)
    views.loss.end.assert_called_once_with()
    views.epochs.end.assert_called_once_with()


def test_a_run_that_goes_on_keeps_what_is_shown_of_its_past(views):
    views.start(MagicMock(goes_on=True, epochs=5, first_epoch=2))
    views.hand.begin.assert_not_called()
    views.loss.start.assert_called_once()
    views.epochs.go_on.assert_called_once_with(5, 2)
    views.epochs.start.assert_not_called()
