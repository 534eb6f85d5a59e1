"""Push buttons that stand beside a list, and how a widget says that it cannot be used now."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget

from ae_studio.gui.named import named


def button_beside_list(name: str, text: str, parent: QWidget) -> QPushButton:
    """Return stays with the list: in a dialog it would otherwise press the button that has the focus, or the first."""
    button = named(QPushButton(text, parent), name)
    button.setAccessibleName(text)
    button.setAutoDefault(False)
    return button


def allow(widget: QWidget, why_not: str, hint: str) -> None:
    """Greyed, with the reason as its tooltip, or usable with its hint where there is no reason."""
    widget.setEnabled(not why_not)
    widget.setToolTip(why_not or hint)
