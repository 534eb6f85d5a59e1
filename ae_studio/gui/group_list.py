"""The selections that have a name."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from ae_studio.gui.flow_layout import FlowLayout
from ae_studio.gui.named import named
from ae_studio.latent.groups import Groups

LOW = 78  # pixels: three names are seen, more by scrolling
NAME = Qt.ItemDataRole.UserRole


class GroupList(QWidget):
    """Enter or a double click selects a group again, F2 renames it, Delete deletes it.

    Signals:
        group_wanted(name): keep what is selected under this name.
        select_wanted(name), delete_wanted(name), rename_wanted(name, wish)
    """

    group_wanted = Signal(str)
    select_wanted = Signal(str)
    delete_wanted = Signal(str)
    rename_wanted = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = named(QLineEdit(self, placeholderText="Name of a group"), "group_name_edit")
        self._name.setAccessibleName("Name of the group")
        self._keep = named(QPushButton("Keep", self), "keep_group_button")
        self._list = named(QListWidget(self), "group_list")
        self._list.setAccessibleName("Groups")
        self._list.setFixedHeight(LOW)
        self._list.setEditTriggers(QListWidget.EditTrigger.EditKeyPressed)
        self._select = named(QPushButton("Select", self), "select_group_button")
        self._rename = named(QPushButton("Rename", self), "rename_group_button")
        self._delete = named(QPushButton("Delete", self), "delete_group_button")
        self._anything = False
        self._lay_out()
        self._connect()
        self._enable()

    def _lay_out(self) -> None:
        top, bottom = QHBoxLayout(), FlowLayout(gap=8)
        top.setSpacing(8)
        for row, widgets in ((top, (self._name, self._keep)), (bottom, (self._select, self._rename, self._delete))):
            for widget in widgets:
                row.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(top)
        layout.addWidget(self._list)
        layout.addLayout(bottom)

    def _connect(self) -> None:
        self._keep.clicked.connect(self._want_group)
        self._name.returnPressed.connect(self._want_group)
        self._list.itemActivated.connect(lambda item: self.select_wanted.emit(item.data(NAME)))
        self._list.itemChanged.connect(lambda item: self.rename_wanted.emit(item.data(NAME), item.text()))
        self._list.itemSelectionChanged.connect(self._enable)
        self._select.clicked.connect(lambda: self.select_wanted.emit(self.current))
        self._rename.clicked.connect(lambda: self._list.editItem(self._list.currentItem()))
        self._delete.clicked.connect(lambda: self.delete_wanted.emit(self.current))

    @property
    def current(self) -> str:
        """The name of the group that is chosen; empty without one."""
        items = self._list.selectedItems()
        return str(items[0].data(NAME)) if items else ""

    def show_groups(self, groups: Groups) -> None:
        current = self.current
        with QSignalBlocker(self._list):
            self._list.clear()
            for group in groups:
                item = QListWidgetItem(group.name, self._list)
                item.setData(NAME, group.name)
                item.setToolTip(f"{group.name}: {len(group.members):,} images")
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
                item.setSelected(group.name == current)
        self._enable()

    def show_selection(self, selected: tuple[int, ...]) -> None:
        self._anything = bool(selected)
        self._enable()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.current:
            self.delete_wanted.emit(self.current)
        else:
            super().keyPressEvent(event)

    def _want_group(self) -> None:
        if self._anything:
            self.group_wanted.emit(self._name.text())
            self._name.clear()

    def _enable(self) -> None:
        self._keep.setEnabled(self._anything)
        hint = "Keep what is selected as a group with this name"
        self._keep.setToolTip(hint if self._anything else "Nothing is selected")
        buttons = {
            self._select: "Select the images of this group",
            self._rename: "Give this group another name (F2)",
            self._delete: "Forget this group",
        }
        for button, words in buttons.items():
            button.setEnabled(bool(self.current))
            button.setToolTip(words if self.current else "No group is chosen")
