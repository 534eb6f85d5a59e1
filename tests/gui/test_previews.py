from unittest.mock import MagicMock

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget

from ae_studio.data.images import load
from ae_studio.data.preview import preview
from ae_studio.gui.previews import Previews
from ae_studio.gui.setup_panel import SetupPanel


@pytest.fixture(scope="module")
def digits():
    return preview(load("digits"))


@pytest.fixture
def previews(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    made = Previews(MagicMock(), SetupPanel(window), window)
    yield made
    made.close()


def test_the_parts_are_those_of_a_training_with_these_settings(previews):
    previews._setup.fields.common["validation_fraction"].widget.setValue(0.25)
    previews.ask("digits")
    previews._errands.preview_data.assert_called_once_with("digits", 0.25)


def test_wrong_settings_do_not_keep_one_from_looking(previews):
    previews._setup.fields.own["hidden"].widget.setText("5-x")
    previews.ask("digits")
    previews._errands.preview_data.assert_called_once_with("digits", 0.1)


def test_another_takes_the_place_of_the_one_that_is_open(previews, digits):
    previews.show_preview(digits)
    first = previews.dialog
    previews.show_preview(digits)
    assert not first.isVisible()
    assert previews.dialog.isVisible()
    assert previews.dialog is not first


def test_one_that_was_closed_and_deleted_is_in_nobodys_way(previews, digits):
    previews.show_preview(digits)
    previews.dialog.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    previews.close()
    assert previews.dialog is None
