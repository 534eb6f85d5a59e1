"""What is selected of the sample, how more is selected, and what is done with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QMenu, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ae_studio.gui.attribute_box import AttributeBox
from ae_studio.gui.flow_layout import FlowLayout
from ae_studio.gui.group_list import GroupList
from ae_studio.gui.named import named
from ae_studio.gui.select_by import SelectBy
from ae_studio.gui.selection_facts import SelectionFacts
from ae_studio.gui.theme import Theme
from ae_studio.latent.errors import Errors
from ae_studio.latent.groups import Groups
from ae_studio.latent.scene import Scene

EXPORTS = {"csv": "Table (CSV)…", "npz": "Images and codes (NPZ)…", "png": "Sheet of images (PNG)…"}


class GroupsPanel(QScrollArea):
    """Selection, groups, attribute vector, export; its parts tell for themselves.

    Signals:
        all_requested(), none_requested(), inverse_requested()
        export_requested(kind): "csv", "npz" or "png".
    """

    all_requested = Signal()
    none_requested = Signal()
    inverse_requested = Signal()
    export_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("groups_panel")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.facts = SelectionFacts(self)
        self.select_by = SelectBy(self)
        self.groups = GroupList(self)
        self.attribute = AttributeBox(self)
        self._all = self._button("select_all_button", "All", "Select all that is shown (Ctrl+A)")
        self._none = self._button("select_none_button", "None", "Select nothing (Esc)")
        self._inverse = self._button("select_inverse_button", "Inverse", "Select what is not selected")
        self._export = self._button("export_selection_button", "Export", "")
        self._export_menu = QMenu(self)
        self._scene: Scene | None = None
        self._selected: tuple[int, ...] = ()
        self._lay_out()
        self._connect()
        self._enable()

    def _button(self, name: str, text: str, hint: str) -> QPushButton:
        return named(QPushButton(text, self), name, toolTip=hint)

    def _lay_out(self) -> None:
        content = named(QWidget(self), "groups_content")
        column = QVBoxLayout(content)
        column.setContentsMargins(12, 6, 12, 12)
        column.setSpacing(8)
        column.addWidget(self.facts)
        buttons = FlowLayout(gap=6)
        for button in (self._all, self._none, self._inverse, self._export):
            buttons.addWidget(button)
        column.addLayout(buttons)
        for title, part in (
            ("SELECT BY", self.select_by),
            ("GROUPS", self.groups),
            ("ATTRIBUTE VECTOR", self.attribute),
        ):
            column.addSpacing(4)
            column.addWidget(named(QLabel(title, self), "section_title"))
            column.addWidget(part)
        column.addStretch(1)
        self.setWidget(content)

    def _connect(self) -> None:
        self._all.clicked.connect(self.all_requested)
        self._none.clicked.connect(self.none_requested)
        self._inverse.clicked.connect(self.inverse_requested)
        for kind, text in EXPORTS.items():
            action = self._export_menu.addAction(text)
            action.setData(kind)
        self._export_menu.triggered.connect(lambda action: self.export_requested.emit(action.data()))
        self._export.setMenu(self._export_menu)

    def show_scene(self, scene: Scene) -> None:
        """A new look; of another run where the classes' names are others."""
        if self._scene is None or self._scene.class_names is not scene.class_names:
            self.select_by.show_classes(scene.class_names)
        self._scene = scene
        self.facts.show_scene(scene)
        self._enable()

    def show_selection(self, selected: tuple[int, ...]) -> None:
        self._selected = selected
        self.facts.show_selection(selected)
        self.groups.show_selection(selected)
        self._enable()

    def show_errors(self, errors: Errors | None) -> None:
        """Of the whole sample."""
        self.facts.show_errors(errors)
        self.select_by.show_errors(errors, self._scene.why_no_images if self._scene else "There is no run yet")

    def show_groups(self, groups: Groups) -> None:
        self.groups.show_groups(groups)
        self.attribute.show_groups(groups)

    def set_theme(self, theme: Theme) -> None:
        self.facts.set_theme(theme)
        self.select_by.set_theme(theme)

    def _enable(self) -> None:
        nothing = "There is no run yet" if self._scene is None else ""
        for button in (self._all, self._inverse):
            button.setEnabled(not nothing)
        self._none.setEnabled(bool(self._selected))
        why_no_export = nothing or ("" if self._selected else "Nothing is selected")
        self._export.setEnabled(not why_no_export)
        self._export.setToolTip(why_no_export or "Take the selected images along, with their codes and errors")
        sheet = next(action for action in self._export_menu.actions() if action.data() == "png")
        sheet.setEnabled(self._scene is not None and self._scene.images is not None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.none_requested.emit()
        else:
            super().keyPressEvent(event)
