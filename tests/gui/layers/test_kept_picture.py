from PySide6.QtGui import QImage, QPainter

from ae_studio.gui.layers.kept_picture import KeptPicture
from ae_studio.gui.theme import DARK, LIGHT
from ae_studio.gui.view_window import PixelMap, ViewWindow


def test_it_is_painted_anew_only_when_view_or_theme_change(qapp):
    image = QImage(40, 40, QImage.Format.Format_ARGB32)
    painted = []
    kept = KeptPicture()
    painter = QPainter(image)
    near, far = PixelMap(ViewWindow(), 40, 40), PixelMap(ViewWindow(half_width=2), 40, 40)
    for pixel_map, theme in ((near, DARK), (near, DARK), (far, DARK), (far, LIGHT), (far, LIGHT)):
        kept.show(painter, pixel_map, theme, lambda *seen: painted.append(seen[1:]))
    painter.end()
    assert painted == [(near, DARK), (far, DARK), (far, LIGHT)]
