"""The whole card of a family: what it is for, how it works, what can be set, what to try, where it comes from."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtWidgets import QDialog, QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from ae_studio.gui import card_html
from ae_studio.gui.diagram_view import DiagramView
from ae_studio.gui.formula_view import FormulaView
from ae_studio.gui.named import named
from ae_studio.gui.theme import DARK, Theme
from ae_studio.models.catalog import family

WIDTH, HEIGHT = 540, 720  # pixels, at first
NARROWEST = 400
FREE = 24  # pixels to the window's edges
SECTIONS = {  # the label of the text: the title above it
    "card_purpose": "WHAT IT IS FOR",
    "card_letters": "",
    "card_settings": "SETTINGS",
    "card_attempts": "WHAT TO TRY",
    "card_speed": "SPEED",
    "card_paper": "PAPER",
}


class ModelCardDialog(QDialog):
    """Stands beside the window, and shows the card of the family that is chosen there."""

    def __init__(self, model: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("model_card_dialog")
        self.setSizeGripEnabled(True)
        self._model = model
        self._theme = DARK
        self._head = self._text("card_head")
        self._diagram = named(DiagramView(self), "card_diagram")
        self._diagram.setAccessibleName("What the model does")
        self._formula = named(FormulaView(self), "card_formula")
        self._formula.setAccessibleName("The objective")
        self._formula_text = self._text("card_formula_text")  # where none is typeset
        self._texts = {name: self._text(name) for name in SECTIONS}
        self._titles = {name: named(QLabel(title, self), "section_title") for name, title in SECTIONS.items()}
        self._lay_out()

    def _text(self, name: str) -> QLabel:
        label = named(QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.RichText), name)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        label.linkActivated.connect(self._open_link)
        return label

    def _lay_out(self) -> None:
        content = named(QWidget(self), "card_content")
        column = QVBoxLayout(content)
        column.setContentsMargins(20, 16, 20, 20)
        column.setSpacing(6)
        column.addWidget(self._head)
        column.addSpacing(8)
        column.addWidget(self._diagram)
        for name, text in self._texts.items():
            if name == "card_letters":
                self._add_formula(column)
            elif name != "card_purpose":
                column.addSpacing(10)
            column.addWidget(self._titles[name])
            column.addWidget(text)
        column.addStretch(1)
        self._scroll = named(QScrollArea(self, widgetResizable=True), "card_scroll")
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(content)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 1, 1, 1)  # its border, for where windows have no frames
        whole.addWidget(self._scroll)
        self.setMinimumSize(NARROWEST, NARROWEST // 2)
        self.resize(WIDTH, HEIGHT)

    def _add_formula(self, column: QVBoxLayout) -> None:
        column.addSpacing(10)
        column.addWidget(named(QLabel("OBJECTIVE", self), "section_title"))
        column.addSpacing(4)
        column.addWidget(self._formula)
        column.addWidget(self._formula_text)
        column.addSpacing(4)

    # What is shown

    def show_model(self, model: str) -> None:
        """The family that is chosen now, from its top; the same one anew stays where it was scrolled to."""
        other = model != self._model
        self._model = model
        if self.isVisible():
            self._tell()
            if other:
                self._scroll.verticalScrollBar().setValue(0)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._diagram.set_theme(theme)
        self._formula.set_theme(theme)
        if self.isVisible():
            self._tell()

    def open_card(self) -> None:
        """Beside the window's form; in front where it is open already. The keys scroll it, Esc closes it."""
        if not self.isVisible():
            self._stand_aside()
        self.show()
        self.raise_()
        self.activateWindow()
        self._scroll.setFocus()

    def _stand_aside(self) -> None:
        """At the window's right, so that the form stays in sight; no higher than the window."""
        parent = self.parentWidget()
        if parent is not None:
            room = parent.window().geometry().adjusted(0, FREE, -FREE, -FREE)
            self.resize(self.width(), min(self.height(), max(room.height(), self.minimumHeight())))
            self.move(room.right() - self.width(), room.top() + (room.height() - self.height()) // 2)

    def showEvent(self, event: QShowEvent) -> None:
        self._tell()
        super().showEvent(event)

    def _tell(self) -> None:
        known, theme = family(self._model), self._theme
        card = known.card
        self.setWindowTitle(f"{card.title}: about this model")
        self._head.setText(card_html.head(card, theme))
        self._diagram.show_diagram(card.drawing)
        self._formula.setVisible(self._formula.show_formula(self._model))
        self._formula_text.setText(f"<i>{card.formula}</i>")
        self._formula_text.setVisible(self._formula.isHidden())
        told = {
            "card_purpose": card_html.purpose(card),
            "card_letters": card_html.letters(card, theme),
            "card_settings": card_html.settings(known, theme),
            "card_attempts": card_html.attempts(card.attempts, theme),
            "card_speed": card.slow,
            "card_paper": card_html.paper(card, theme),
        }
        for name, text in told.items():
            self._texts[name].setText(text)
            self._texts[name].setVisible(bool(text))
            self._titles[name].setVisible(bool(text) and bool(SECTIONS[name]))

    def _open_link(self, link: str) -> None:
        QDesktopServices.openUrl(QUrl(link))
