"""The dialog that asks from where a run goes on, by mouse and keys."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from ae_studio.gui.continue_dialog import ANEW, APART, IN_PLACE, UNFINISHED, Choice, ContinueDialog
from ae_studio.training.defaults import complete

RUN = Path("runs/2026-11-25_beta-vae_digits")


def settings(**values):
    beta = values.pop("beta", 4.0)
    return complete({"data": "digits", "model": "beta-vae", "epochs": 5, "settings": {"beta": beta}, **values})


def found(epochs=range(6), last=5, exact=(5,), unfinished=False, config=None):
    configs = dict.fromkeys(epochs, config or settings())
    return SimpleNamespace(
        path=RUN, epochs=tuple(epochs), exact=frozenset(exact), last=last, unfinished=unfinished, configs=configs
    )


@pytest.fixture
def asked(qtbot):
    def ask(epoch=None, **about):
        dialog = ContinueDialog(found(**about), epoch)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return ask


def said(dialog):
    return dialog.findChild(QLabel, "continue_what_label").text()


def advice(dialog):
    label = dialog.findChild(QLabel, "field_advice")
    return label.text() if not label.isHidden() else ""


def type_into(qtbot, box, text):
    box.selectAll()
    qtbot.keyClicks(box, text)
    qtbot.keyClick(box, Qt.Key.Key_Tab)


def click(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton, pos=button.rect().topLeft() + button.rect().center() / 8)


def chosen(qtbot, dialog):
    with qtbot.waitSignal(dialog.go_requested) as asked_for:
        click(qtbot, dialog.go_button)
    assert not dialog.isVisible()
    return asked_for.args[0]


def test_from_the_last_epoch_a_run_goes_on_in_its_folder(qtbot, asked):
    dialog = asked()
    assert (said(dialog), advice(dialog)) == (IN_PLACE, "")
    assert chosen(qtbot, dialog) == Choice(RUN, 5, 10, False)


def test_from_the_last_epoch_it_may_be_a_branch_too(qtbot, asked):
    dialog = asked()
    click(qtbot, dialog.apart_box)
    assert said(dialog) == APART.format(epoch=5)
    type_into(qtbot, dialog.more_box, "3")
    assert chosen(qtbot, dialog) == Choice(RUN, 5, 3, True)


def test_from_an_earlier_epoch_it_is_a_branch_whose_adam_begins_anew(qtbot, asked):
    dialog = asked()
    type_into(qtbot, dialog.epoch_box, "2")
    assert (said(dialog), advice(dialog)) == (APART.format(epoch=2), ANEW)
    assert (dialog.apart_box.isChecked(), dialog.apart_box.isEnabled()) == (True, False)
    assert "always a branch" in dialog.apart_box.toolTip()
    assert chosen(qtbot, dialog).apart
    dialog = asked(2)
    type_into(qtbot, dialog.epoch_box, "5")
    assert not dialog.apart_box.isChecked()  # the wish was the dialog's own


def test_the_epoch_that_is_looked_at_is_proposed_with_what_is_left(asked):
    dialog = asked(3)
    assert (dialog.epoch_box.value(), dialog.more_box.value()) == (3, 2)
    assert asked(9).epoch_box.value() == 5  # one that was not finished


def test_an_epoch_with_a_checkpoint_says_nothing_of_adam(asked):
    assert advice(asked(3, exact=(3, 5))) == ""
    assert advice(asked(0)) == ""  # Adam has no moments before its first step


def test_an_unfinished_epoch_is_said_to_be_learned_again(asked):
    assert said(asked(unfinished=True)) == UNFINISHED


def test_without_a_checkpoint_it_can_only_be_a_branch(qtbot, asked):
    dialog = asked(last=None, exact=())
    assert (dialog.apart_box.isChecked(), said(dialog)) == (True, APART.format(epoch=5))
    assert "no checkpoint" in dialog.apart_box.toolTip()


def test_an_epoch_that_was_not_kept_cannot_be_gone_on_from(qtbot, asked):
    dialog = asked(epochs=(0, 1, 5))
    type_into(qtbot, dialog.epoch_box, "3")
    assert not dialog.go_button.isEnabled()
    assert said(dialog) == "Epoch 3 was not kept whole: choose another"


def test_the_forms_other_values_are_told_and_make_a_branch(qtbot, asked):
    dialog = asked()
    assert dialog.values_box.isHidden()
    dialog.show_form(settings(beta=1.0, lr=0.01, latent_dim=7), settings())
    assert dialog.findChild(QLabel, "continue_others_label").text() == "Learning rate 0.001 → 0.01\nKL weight β 4 → 1"
    assert dialog.findChild(QLabel, "dim_label").text() == "Stays as it is in this run: Latent dimensions"
    assert said(dialog) == APART.format(epoch=5)
    assert chosen(qtbot, dialog) == Choice(RUN, 5, 10, True, {"lr": 0.01, "beta": 1.0})


def test_the_forms_other_values_need_not_be_taken(qtbot, asked):
    dialog = asked()
    dialog.show_form(settings(beta=1.0), settings())
    click(qtbot, dialog.values_box)
    assert chosen(qtbot, dialog) == Choice(RUN, 5, 10, False)


def test_a_form_with_a_wrong_value_takes_nothing_over(asked):
    dialog = asked()
    dialog.show_form(None, settings(), "It trains elsewhere.")
    assert dialog.findChild(QLabel, "continue_what_label").text().endswith("It trains elsewhere.")
    assert dialog.values_box.isHidden()


def test_escape_and_cancel_ask_for_nothing(qtbot, asked):
    for leave in (lambda d: qtbot.keyClick(d, Qt.Key.Key_Escape), lambda d: click(qtbot, d.cancel_button)):
        dialog = asked()
        with qtbot.assertNotEmitted(dialog.go_requested):
            leave(dialog)
        assert not dialog.isVisible()


def test_return_goes_on(qtbot, asked):
    dialog = asked()
    with qtbot.waitSignal(dialog.go_requested):
        qtbot.keyClick(dialog.more_box, Qt.Key.Key_Return)
