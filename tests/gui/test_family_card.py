from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from ae_studio.gui.family_card import FamilyCard
from ae_studio.models.catalog import MODELS


def test_it_tells_the_family_in_short_and_leads_to_its_whole_card(qtbot):
    made = FamilyCard()
    qtbot.addWidget(made)
    made.show_family("vae")
    told = made.findChild(QLabel, "model_card").text()
    assert MODELS["vae"].card.summary in told
    assert MODELS["vae"].card.formula in told
    with qtbot.waitSignal(made.card_requested):
        qtbot.mouseClick(made.findChild(QPushButton, "card_button"), Qt.MouseButton.LeftButton)
