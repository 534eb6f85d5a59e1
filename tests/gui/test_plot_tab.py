import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from ae_studio.gui.plot_tab import PlotTab
from ae_studio.gui.theme import DARK, LIGHT


class Plot(QLabel):
    def set_theme(self, theme):
        self.setText(theme.name)


class Tab(PlotTab):
    made = 0

    def _new_plot(self):
        self.made += 1
        return Plot(self)


@pytest.fixture
def tab(qtbot):
    made = Tab("some_tab", "Reading…")
    qtbot.addWidget(made)
    made.choices.addWidget(QPushButton("choice", made))
    made.column.addWidget(QLabel("note", made))
    made.set_theme(LIGHT)
    made.resize(400, 300)
    with qtbot.waitExposed(made):
        made.show()
    return made


def words(tab):
    return tab.findChild(QLabel, "compare_empty")


def heights(tab):
    """Of what is seen, from top to bottom."""
    seen = [each for each in (*tab.findChildren(QPushButton), *tab.findChildren(QLabel)) if each.isVisible()]
    return [each.text() for each in sorted(seen, key=lambda each: each.y())]


def test_until_there_is_a_plot_words_stand_in_its_place(tab):
    assert tab.made == 0
    assert words(tab).text() == "Reading…"
    assert heights(tab) == ["choice", "Reading…", "note"]


def test_the_plot_is_made_once_in_the_theme_that_is_there(tab, qtbot):
    plot = tab._shown_plot(there=True)
    qtbot.waitUntil(lambda: plot.height() > 100)
    assert heights(tab) == ["choice", "light", "note"]
    assert tab._shown_plot(there=True) is plot
    assert tab.made == 1


def test_where_nothing_is_to_be_drawn_the_words_come_back(tab):
    plot = tab._shown_plot(there=False)
    assert words(tab).isVisible()
    assert not plot.isVisible()
    tab._shown_plot(there=True)
    assert plot.isVisible()
    assert not words(tab).isVisible()


def test_the_plot_follows_the_theme(tab):
    plot = tab._shown_plot(there=True)
    tab.set_theme(DARK)
    assert plot.text() == "dark"
    assert tab.theme is DARK
