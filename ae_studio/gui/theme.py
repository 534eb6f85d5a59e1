"""Dark and light: the colours, and how they reach the widgets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from ae_studio.paths import resource

VEIL = 0.8  # opacity of what lies behind words in a plot


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours by their use. ``classes`` stay apart for colour-blind eyes; differences go from blue to orange."""

    name: str
    ground: str
    panel: str
    raised: str
    hovered: str
    line: str
    text: str
    dim: str
    accent: str
    accent_hovered: str
    accent_text: str
    canvas: str
    image_ground: str
    image_ink: str
    good: str
    warning: str
    error: str
    too_dark: str
    too_bright: str
    classes: tuple[str, ...]

    @property
    def dark(self) -> bool:
        return self.name == "dark"


# Paul Tol's schemes "bright" and "vibrant" (Notes on colour schemes, SRON/EPS/TN/09-002), completed to ten hues that
# differ in lightness too, and tuned for each ground.
DARK = Theme(
    name="dark",
    ground="#16181d",
    panel="#1d2027",
    raised="#262a33",
    hovered="#2f343f",
    line="#2b2f38",
    text="#e6e8ee",
    dim="#8b93a3",
    accent="#5aa9ff",
    accent_hovered="#7abaff",
    accent_text="#0b1220",
    canvas="#0f1115",
    image_ground="#0f1115",
    image_ink="#ffffff",
    good="#5fbf77",
    warning="#e8b04a",
    error="#ff7a70",
    too_dark="#3d9bff",
    too_bright="#ff8a3d",
    classes=(
        "#4a90d9",
        "#f28e2b",
        "#e8505b",
        "#5cc9bd",
        "#59b04f",
        "#f2cf4a",
        "#b07aa1",
        "#ff9da7",
        "#a0785a",
        "#c8c3bd",
    ),
)
LIGHT = Theme(
    name="light",
    ground="#f3f4f7",
    panel="#ffffff",
    raised="#eef0f4",
    hovered="#e4e7ed",
    line="#dfe2e8",
    text="#1b1e25",
    dim="#667085",
    accent="#1769e0",
    accent_hovered="#2d7af0",
    accent_text="#ffffff",
    canvas="#fbfbfd",
    image_ground="#fbfbfd",
    image_ink="#0b0d12",
    good="#1f7a3a",
    warning="#9a6700",
    error="#c62828",
    too_dark="#1f7ae0",
    too_bright="#e8590c",
    classes=(
        "#2f6fb5",
        "#e67a12",
        "#d13a45",
        "#2fa79b",
        "#3f8f38",
        "#c9a400",
        "#92588a",
        "#f27e8a",
        "#80593c",
        "#8d8a86",
    ),
)


def white_on_black(theme: Theme) -> Theme:
    """The theme with images as data sets store them: 0 is black, 255 is white."""
    return replace(theme, image_ground="#000000", image_ink="#ffffff")


_TURNS = 0.32  # of the colour circle between two rounds of the ten, where there are more classes


Palette = Callable[["Theme", int], tuple[str, ...]]
"""So many colours of a theme, for things that differ."""


def blended(colour: str, other: str, share: float) -> str:
    """The colour at 0, the other at 1."""
    a, b = QColor(colour), QColor(other)
    pairs = ((a.redF(), b.redF()), (a.greenF(), b.greenF()), (a.blueF(), b.blueF()))
    return QColor.fromRgbF(*(low + (high - low) * share for low, high in pairs)).name()


def ordered_colours(theme: Theme, count: int) -> tuple[str, ...]:
    """A colour for each of ``count`` steps from nothing to much: from that of hints to the accent."""
    return tuple(blended(theme.line, theme.accent, step / max(1, count - 1)) for step in range(count))


def class_colours(theme: Theme, count: int) -> tuple[str, ...]:
    """A colour for each of ``count`` classes; beyond ten, the ten come again, turned and paler or deeper."""
    colours = list(theme.classes[:count])
    while len(colours) < count:
        turn, index = divmod(len(colours), len(theme.classes))
        colour = QColor(theme.classes[index])
        hue = (max(colour.hsvHueF(), 0.0) + _TURNS * turn) % 1.0
        shade = colour.valueF() * (0.75 if turn % 2 else 0.9)
        colours.append(QColor.fromHsvF(hue, colour.hsvSaturationF() * 0.8, shade).name())
    return tuple(colours)


def system_theme(app: QApplication) -> Theme:
    return LIGHT if app.styleHints().colorScheme() == Qt.ColorScheme.Light else DARK


def apply(app: QApplication, theme: Theme) -> None:
    """Fusion, the palette and the style sheet, for every window of the application; where they are, nothing is done:
    to set them once more would go through every widget there is.
    """
    icons = resource("icons").as_posix()
    values = {name: value for name, value in asdict(theme).items() if isinstance(value, str)}
    veil = QColor(theme.panel)
    veil.setAlphaF(VEIL)
    values["veil"] = veil.name(QColor.NameFormat.HexArgb)
    sheet = Template(resource("style.qss").read_text(encoding="utf-8")).substitute(values, icons=icons)
    palette = _palette(theme)
    if app.styleSheet() == sheet and app.palette() == palette:
        return
    app.setStyle("Fusion")
    app.setPalette(palette)
    app.setStyleSheet(sheet)


def tabular(font: QFont) -> QFont:
    """The font with figures of one width, so that numbers do not jump."""
    changed = QFont(font)
    if hasattr(QFont, "Tag"):
        changed.setFeature(QFont.Tag("tnum"), 1)
    return changed


def _palette(theme: Theme) -> QPalette:
    palette = QPalette()
    roles = QPalette.ColorRole
    colours = {
        roles.Window: theme.ground,
        roles.WindowText: theme.text,
        roles.Base: theme.raised,
        roles.AlternateBase: theme.panel,
        roles.Text: theme.text,
        roles.Button: theme.raised,
        roles.ButtonText: theme.text,
        roles.ToolTipBase: theme.raised,
        roles.ToolTipText: theme.text,
        roles.PlaceholderText: theme.dim,
        roles.Highlight: theme.accent,
        roles.HighlightedText: theme.accent_text,
        roles.Link: theme.accent,
        roles.Mid: theme.line,
    }
    for role, colour in colours.items():
        palette.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.dim))
    return palette
