"""Names for widgets, by which tests, scripts and the style sheet find them."""

from __future__ import annotations

from typing import Any, TypeVar

from PySide6.QtCore import QObject

Q = TypeVar("Q", bound=QObject)


def named(widget: Q, name: str, **properties: Any) -> Q:
    """The object with its ``objectName`` and other properties of Qt's, in Qt's spelling."""
    widget.setObjectName(name)
    for key, value in properties.items():
        widget.setProperty(key, value)
    return widget
