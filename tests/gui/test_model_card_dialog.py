import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from ae_studio.gui.diagram_view import DiagramView
from ae_studio.gui.formula_view import FormulaView
from ae_studio.gui.model_card_dialog import ModelCardDialog
from ae_studio.gui.theme import DARK, LIGHT
from ae_studio.models.catalog import MODELS


@pytest.fixture
def dialog(qtbot):
    made = ModelCardDialog("vae")
    qtbot.addWidget(made)
    return made


def text(dialog, name):
    return dialog.findChild(QLabel, name).text()


def colours(widget):
    image = widget.grab().toImage()
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


@pytest.mark.parametrize("name", MODELS)
def test_it_shows_the_whole_card(dialog, qtbot, name):
    dialog.show_model(name)
    dialog.open_card()
    qtbot.waitExposed(dialog)
    card = MODELS[name].card
    assert card.title in dialog.windowTitle()
    assert card.summary.split("'")[0] in text(dialog, "card_head")
    assert dialog.findChild(FormulaView, "card_formula").isVisible()
    assert dialog.findChild(DiagramView, "card_diagram").accessibleDescription() == "; ".join(card.drawing.words)
    for part in ("card_purpose", "card_settings", "card_attempts", "card_paper"):
        assert dialog.findChild(QLabel, part).isVisible()
        assert text(dialog, part)
    assert dialog.findChild(QLabel, "card_speed").isVisible() == bool(card.slow)


def test_it_leaves_the_window_free(dialog):
    dialog.open_card()
    assert not dialog.isModal()


def test_open_it_follows_the_family_that_is_chosen_from_its_top(dialog):
    dialog.resize(420, 300)
    dialog.open_card()
    bar = dialog._scroll.verticalScrollBar()
    bar.setValue(bar.maximum())
    dialog.show_model("linear")
    assert "Linear autoencoder" in text(dialog, "card_head")
    assert bar.value() == 0
    dialog.close()
    dialog.show_model("deep")
    dialog.open_card()
    assert "Deep autoencoder" in text(dialog, "card_head")


def test_the_same_family_again_leaves_it_where_it_was_scrolled_to(dialog, qtbot):
    dialog.resize(420, 300)
    dialog.open_card()
    bar = dialog._scroll.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > dialog.height())  # laid out to its end
    bar.setValue(bar.maximum())
    dialog.show_model("vae")
    qtbot.wait(1)
    assert bar.value() == bar.maximum()


def test_a_family_that_was_loaded_anew_is_told_anew(dialog, monkeypatch):
    dialog.open_card()
    known = MODELS["vae"]
    changed = known.card.model_copy(update={"title": "My VAE"})
    monkeypatch.setattr("ae_studio.models.catalog.card", lambda name: changed)
    dialog.show_model("vae")
    assert "My VAE" in text(dialog, "card_head")


def test_a_theme_changes_its_colours_while_it_is_open(dialog):
    dialog.set_theme(DARK)
    dialog.open_card()
    assert DARK.dim in text(dialog, "card_settings")
    dialog.set_theme(LIGHT)
    assert LIGHT.dim in text(dialog, "card_settings")
    assert LIGHT.text in colours(dialog.findChild(FormulaView, "card_formula"))
    assert LIGHT.accent in colours(dialog.findChild(DiagramView, "card_diagram"))


def test_the_papers_link_opens_in_the_browser(dialog, monkeypatch):
    opened = []
    monkeypatch.setattr("PySide6.QtGui.QDesktopServices.openUrl", lambda url: opened.append(url.toString()))
    dialog.open_card()
    dialog.findChild(QLabel, "card_paper").linkActivated.emit(MODELS["vae"].card.link)
    assert opened == [MODELS["vae"].card.link]


def test_its_text_can_be_selected(dialog):
    for label in ("card_head", "card_purpose", "card_settings", "card_paper"):
        flags = dialog.findChild(QLabel, label).textInteractionFlags()
        assert flags & Qt.TextInteractionFlag.TextSelectableByMouse


def test_the_keyboard_scrolls_it_and_closes_it(dialog, qtbot):
    dialog.resize(420, 300)
    dialog.open_card()
    bar = dialog._scroll.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    qtbot.keyClick(dialog._scroll, Qt.Key.Key_PageDown)
    assert bar.value() > 0
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_nothing_is_cut_off_at_its_narrowest(dialog, qtbot):
    dialog.open_card()
    dialog.resize(dialog.minimumWidth(), 500)
    qtbot.wait(1)
    content = dialog.findChild(QWidget, "card_content")
    assert content.width() <= dialog.width()
    for label in dialog.findChildren(QLabel):
        if label.isVisible() and label.wordWrap():
            assert label.height() >= label.heightForWidth(label.width()) - 1, label.objectName()


def test_it_stands_at_the_windows_right_and_is_no_higher(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.setGeometry(0, 0, 800, 500)
    made = ModelCardDialog("vae", window)
    made.open_card()
    assert made.height() <= 500
    assert made.geometry().right() < 800
    assert made.geometry().left() > 200


def test_where_no_formula_is_typeset_it_stands_as_text(dialog, monkeypatch):
    monkeypatch.setattr("ae_studio.gui.formula_view.FormulaView.show_formula", lambda self, family: False)
    dialog.open_card()
    assert dialog.findChild(QLabel, "card_formula_text").isVisible()
    assert MODELS["vae"].card.formula in text(dialog, "card_formula_text")
