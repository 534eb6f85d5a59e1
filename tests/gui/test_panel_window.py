"""The window without anything behind it: where everything stands, and how it looks."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, QSettings, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDockWidget,
    QLabel,
    QLineEdit,
    QScrollBar,
    QWidget,
)

from ae_studio.events import LatentSpace, Switch
from ae_studio.gui.messages import ABOUT, KEYS
from ae_studio.gui.panel_window import PanelWindow
from ae_studio.latent.measured import About, Measured

CONTROLS = (QAbstractButton, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit)
SMALL = (1000, 680)  # a laptop's screen of 1024 by 768 less a title bar and a task bar


@pytest.fixture
def make(qtbot):
    QSettings().clear()

    def made():
        window = PanelWindow()
        qtbot.addWidget(window)
        window.view_menu.theme_changed.connect(window.set_theme)
        window.view_menu.apply_theme()
        window.panel_layout.restore()
        window.show()
        qtbot.waitExposed(window)
        return window

    yield made
    QApplication.instance().setStyleSheet("")


@pytest.fixture
def window(make):
    return make()


def click(qtbot, window, name):
    qtbot.mouseClick(window.findChild(QWidget, name), Qt.MouseButton.LeftButton)


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_both_themes_reach_every_panel(qtbot, window, theme):
    action = next(a for a in window.top_bar.view_menu.actions() if a.objectName() == f"theme_{theme}_action")
    action.trigger()
    assert window.view_menu.theme.name == theme
    picture = window.grab().toImage()
    lightness = picture.pixelColor(picture.width() // 2, picture.height() // 5).lightness()  # above the words
    assert (lightness < 60) == (theme == "dark")


def test_a_hidden_panel_comes_back_and_the_layout_is_remembered(qtbot, make, window):
    dock = window.findChild(QDockWidget, "loss_dock")
    click(qtbot, window, "loss_dock_hide_button")
    assert not dock.isVisible()
    window.panel_layout.save()
    again = make()
    assert not again.findChild(QDockWidget, "loss_dock").isVisible()
    again.panel_layout.reset()
    assert again.findChild(QDockWidget, "loss_dock").isVisible()


def test_restored_all_panels_stand_as_they_first_did(qtbot, window):
    def places():
        docks = window._docks.items()
        seen = {name for name, dock in docks if not dock.visibleRegion().isEmpty()}
        return {name: (dock.geometry(), dock.titleBarWidget().height()) for name, dock in docks if name in seen}

    window.setWindowState(Qt.WindowState.WindowNoState)
    window.resize(2600, 900)  # wide enough for headers in one row
    window.panel_layout.reset()
    setup, decoded, loss = (window._docks[name] for name in ("setup", "decoded", "loss"))
    qtbot.waitUntil(lambda: (setup.width(), decoded.width(), loss.height()) == (300, 300, 232))
    first = places()
    assert first.keys() == {"setup", "decoded", "loss", "reconstructions"}
    assert first["loss"][1] < 40
    loss.hide()
    setup.setFloating(True)
    qtbot.waitUntil(lambda: "loss" not in places())
    window.removeDockWidget(decoded)
    window.panel_layout.reset()
    qtbot.waitUntil(lambda: places() == first)


def test_every_control_has_a_name_for_scripts_and_for_screen_readers(window):
    controls = [child for kind in CONTROLS for child in window.findChildren(kind)]
    own = [c for c in controls if not isinstance(c, QScrollBar) and not c.objectName().startswith("qt_")]
    nameless = [type(c).__name__ + ":" + c.objectName() for c in own if not c.objectName()]
    silent = [c.objectName() for c in own if not (c.accessibleName() or getattr(c, "text", lambda: "")())]
    assert nameless == []
    assert silent == []


@pytest.fixture
def full(window, told, qtbot):
    """A small window that shows as much as any run has: classes, switches, terms, metrics; a table in the front."""
    window.setWindowState(Qt.WindowState.WindowNoState)
    window.resize(*SMALL)
    window.welcome.hide()
    switches = tuple(Switch(f"c{number}", tuple("0123456789")) for number in range(10))
    classes = ("T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot")
    window.latent_panel.start(LatentSpace(12, switches=switches), np.arange(10), classes, (0, 1))
    window.decoded_panel.start(12, lambda code: "")
    window.loss_panel.start(told.start())
    for name in ("reconstruction", "kl", "total_correlation", "dimension_wise_kl", "mutual_information"):
        window.loss_panel.add_epoch(told.epoch(1, loss=9.0, **{name: 1.0}))
    window.loss_panel.end()
    about = About("ssim", "Linear probe on pixels", "nats", "", "higher", "")
    window.metrics_panel.allow("")
    window.metrics_panel.begin(20)
    for _ in range(30):
        window.metrics_panel.add(Measured(about, 0.1234, baseline=0.1234))
    window.metrics_panel.end(10_000)
    window._docks["metrics"].raise_()
    return window


def cut(window):
    """Controls, texts and canvas that are not seen whole, but for what scrolls or stands behind another tab."""
    behind = [dock for dock in window._docks.values() if dock.visibleRegion().isEmpty()]
    shown = [child for kind in (*CONTROLS, QLabel) for child in window.findChildren(kind) if child.isVisible()]
    shown = [each for each in shown if not (each.size().isEmpty() or _scrolls(each))]
    shown = [each for each in shown if not any(dock.isAncestorOf(each) for dock in behind)]
    shown.append(window.latent_panel.canvas)
    return [f"{each.objectName()} {each.geometry()}" for each in shown if not _is_whole(each)]


def _settle(qtbot, window):
    """A layout takes several rounds; the message names what is cut."""
    for _ in range(20):
        if not cut(window):
            return
        qtbot.wait(20)
    assert cut(window) == []


def _is_whole(widget):
    above = widget.parentWidget()
    while above is not None:
        if not above.rect().contains(QRect(widget.mapTo(above, QPoint()), widget.size())):
            return False
        above = None if above.isWindow() else above.parentWidget()
    return True


def _scrolls(widget):
    above = widget.parentWidget()
    return isinstance(widget, QScrollBar) or (
        above is not None and (isinstance(above, QAbstractScrollArea) or _scrolls(above))
    )


def test_an_empty_window_fits_a_small_screen(window, qtbot):
    window.setWindowState(Qt.WindowState.WindowNoState)
    window.resize(*SMALL)
    qtbot.waitUntil(lambda: window.size().toTuple() == SMALL)
    assert cut(window) == []


@pytest.mark.parametrize("advice", ["", "The codes say next to nothing about their images. " * 3])
@pytest.mark.parametrize("tab", ["metrics", "reconstructions"])
def test_with_all_that_a_run_shows_the_window_fits_a_small_screen(full, qtbot, tab, advice):
    full._docks[tab].raise_()
    if advice:
        full.message_bar.show_message("warning", advice)
    _settle(qtbot, full)
    assert full.size().toTuple() == SMALL


@pytest.mark.parametrize("details", [KEYS, ABOUT, "line\n" * 100], ids=["keys", "about", "many"])
def test_unfolded_details_scroll_where_they_have_no_room(full, qtbot, details):
    full.message_bar.show_message("info", "Something to read", details=details, unfolded=True)
    _settle(qtbot, full)
    assert full.size().toTuple() == SMALL
    assert full.findChild(QWidget, "message_details").height() >= 50


def test_metrics_stand_behind_the_reconstructions_and_leave_the_canvas_its_room(window):
    assert window._docks["metrics"] in window.tabifiedDockWidgets(window._docks["reconstructions"])
    assert window.reconstruction_panel.grid.isVisible()
    before = window.latent_panel.canvas.height()
    window._docks["metrics"].raise_()
    assert window.latent_panel.canvas.height() == before
