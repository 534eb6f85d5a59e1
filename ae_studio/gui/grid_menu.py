"""What the reconstruction grid shows, chosen in its dock's header: a menu, and buttons of it where there is room."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from ae_studio.gui.fitting_label import FittingLabel
from ae_studio.gui.named import named
from ae_studio.latent.grid import Mode

MODES: dict[Mode, tuple[str, str]] = {
    "fixed": ("Fixed", "The same images at every look"),
    "random": ("Random", "Other images of the sample; New takes others again"),
    "worst": ("Worst", "The images of the sample with the largest errors"),
    "selected": ("Selected", "The images that are selected"),
    "drawn": ("Drawn", "The image that was drawn last"),
}
GAP = 4  # pixels between the buttons
SMALLEST = 58  # pixels for the menu's button: in the smallest window a mode's name may lose its end
LEGEND = 70  # pixels below which the words for the colours say nothing


class GridMenu(QWidget):
    """The menu's button shows the mode; the other buttons are of the menu's own actions, and hide where it is narrow.

    Signals:
        mode_changed(), sort_changed(): read ``mode`` and ``by_error``.
        others_wanted(): other random images.
        classes_toggled(on): the error of each class is to be seen.
    """

    mode_changed = Signal()
    sort_changed = Signal()
    others_wanted = Signal()
    classes_toggled = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("grid_menu")
        self.mode: Mode = "fixed"
        self.legend = named(FittingLabel(self), "dim_label")
        self._menu = QMenu(self)
        self._group = QActionGroup(self)
        self._modes = {mode: self._make_mode(mode) for mode in MODES}
        self._menu.addSeparator()
        self._others = self._make_action("New", "new_images", "Other random images")
        self._sort = self._make_action("Sort", "sort_grid", "The largest errors first", checkable=True)
        self._classes = self._make_action("Classes", "class_errors", "The mean error of each class", checkable=True)
        self._button = named(QToolButton(self), "grid_mode_button")
        self._buttons = [self._make_button(action) for action in (self._others, self._sort, self._classes)]
        self._lay_out()
        self._connect()
        self._show_mode()

    @property
    def by_error(self) -> bool:
        return self._sort.isChecked() and self._sort.isEnabled()

    @property
    def shows_classes(self) -> bool:
        return self._classes.isChecked()

    def _make_mode(self, mode: Mode) -> QAction:
        action = self._make_action(MODES[mode][0], f"{mode}_images", MODES[mode][1], checkable=True)
        action.setData(mode)
        self._group.addAction(action)
        return action

    def _make_action(self, text: str, name: str, hint: str, *, checkable: bool = False) -> QAction:
        action = named(QAction(text, self), f"{name}_action", toolTip=hint, checkable=checkable)
        self._menu.addAction(action)
        return action

    def _make_button(self, action: QAction) -> QToolButton:
        button = named(QToolButton(self), action.objectName().replace("_action", "_button"))
        button.setDefaultAction(action)
        button.setAccessibleName(action.toolTip())
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _lay_out(self) -> None:
        self._menu.setToolTipsVisible(True)
        self._button.setMenu(self._menu)
        self._button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._button.setAccessibleName("Which images are shown")
        self._button.setMinimumWidth(SMALLEST)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)  # what has no room hides
        for widget in (self._button, *self._buttons):
            row.addWidget(widget)
        row.addWidget(self.legend, 1)

    def _connect(self) -> None:
        self._group.triggered.connect(self._choose)
        self._others.triggered.connect(self.others_wanted)
        self._sort.toggled.connect(self.sort_changed)
        self._classes.toggled.connect(self.classes_toggled)

    def allow(self, reasons: dict[Mode, str]) -> None:
        """Which modes are possible: without a reason why not."""
        for mode, action in self._modes.items():
            reason = reasons.get(mode, "")
            action.setEnabled(not reason)
            action.setToolTip(reason or MODES[mode][1])
        why_no_classes = reasons.get("worst", "")
        self._classes.setEnabled(not why_no_classes)
        self._classes.setToolTip(why_no_classes or "The mean error of each class")
        if reasons.get(self.mode):
            self._modes["fixed"].trigger()

    def _choose(self, action: QAction) -> None:
        if action.data() != self.mode:
            self.mode = action.data()
            self._show_mode()
            self.mode_changed.emit()

    def _show_mode(self) -> None:
        self._modes[self.mode].setChecked(True)
        self._button.setText(MODES[self.mode][0])
        self._button.setToolTip(f"Which images are shown, and how; now {MODES[self.mode][0].lower()}")
        self._others.setEnabled(self.mode == "random")
        self._others.setToolTip("Other random images" if self.mode == "random" else "Only of the random images")
        sorted_anyway = self.mode in ("worst", "drawn")
        self._sort.setEnabled(not sorted_anyway)
        self._sort.setToolTip("The worst are sorted already" if sorted_anyway else "The largest errors first")
        self._make_room()

    # Room

    def minimumSizeHint(self) -> QSize:
        """The menu has everything, so that its button is enough."""
        return QSize(SMALLEST, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        room = self.width() - self._width_of(self._button)
        for button in self._buttons:
            useful = button.defaultAction() is not self._others or self.mode == "random"
            needed = self._width_of(button) + GAP
            button.setVisible(useful and needed <= room)
            room -= needed if useful and needed <= room else 0
        self.legend.setVisible(room >= LEGEND)

    @staticmethod
    def _width_of(button: QToolButton) -> int:
        button.ensurePolished()
        return button.sizeHint().width()
