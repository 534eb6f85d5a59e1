"""A hand, a laboratory and a canvas with points, without a window: what the views of data points are tested on."""

from functools import partial

import numpy as np
from PySide6.QtCore import QObject, QPoint

from ae_studio.events import Encoded, LatentSpace, Look
from ae_studio.gui.hand import Hand
from ae_studio.gui.handle_history import HandleHistory
from ae_studio.gui.held_point import HeldPoint
from ae_studio.gui.laboratory import Laboratory
from ae_studio.gui.latent_canvas import LatentCanvas
from ae_studio.gui.theme import DARK
from ae_studio.gui.undo import UndoStack

CLASSES = ("a", "b", "c")
CODES = np.array([[-2, -1], [2, -1], [-2, 1], [2, 1], [0, 0], [0.5, 0.5]], dtype=np.float32)


def decode(codes):
    """The first numbers of a code as the first pixels of an image, a tenth of a unit a grey level."""
    images = np.zeros((len(codes), 4, 4), dtype=np.uint8)
    images[:, 0, : codes.shape[1]] = np.clip(np.round(100 + 10 * codes), 0, 255)
    return images


def encode(size, shift, images, labels):
    """The way back, off by a shift in the first number."""
    codes = (images[:, 0, :size].astype(np.float32) - 100) / 10
    codes[:, 0] += shift
    return Encoded(codes)


class Stage(QObject):
    """Everything connected as the window does it. The points are at rest."""

    def __init__(self, qtbot, space=None, codes=CODES, shift=0.0, images=True, encoder=True, codebook=None):
        self.canvas = LatentCanvas()  # owns everything
        qtbot.addWidget(self.canvas)
        super().__init__(self.canvas)
        self.space = space or LatentSpace(codes.shape[1])
        self.hand = Hand(self)
        self.laboratory = Laboratory(self.hand, self)
        self.undo = UndoStack(self)
        self.history = HandleHistory(self.hand, self.undo, self)
        self.held = HeldPoint(self.laboratory, self.hand, self.history, self)
        self.canvas.resize(400, 300)
        self.canvas.set_theme(DARK)
        self.canvas.show()
        qtbot.waitExposed(self.canvas)
        self.hand.points_changed.connect(self.canvas.show_cloud)
        self.hand.plane_changed.connect(self.canvas.show_plane)
        self.hand.turned.connect(self.canvas.show_turned)
        self.hand.handle_moved.connect(self.take_handle)
        self.canvas.view_changed.connect(self.laboratory.show_window)
        self.hand.handle_moved.connect(self.laboratory.tell_view)
        self.labels = np.arange(len(codes)) % 3
        self.originals = decode(codes[:, :4]) if images else None
        encoder = partial(encode, self.space.size, shift) if encoder else None
        self.look = Look(1, 10, codes, self.originals, decode, encoder=encoder, codebook=codebook)
        self.begin()
        self.show(self.look)

    def begin(self):
        self.history.begin()
        self.hand.begin(self.space, self.labels, CLASSES)
        self.laboratory.begin(self.originals)
        self.held.begin()
        is_globe = self.space.kind == "sphere" and self.space.dim == 3
        self.canvas.start(self.labels, 3, globe=is_globe)

    def show(self, look):
        self.hand.show(look)
        self.laboratory.show(look)
        self.canvas._glide.finish()

    def take_handle(self, code, x, y, behind):
        self.canvas.show_handle(x, y, behind)

    @property
    def handle(self):
        return self.hand.explorer.handle

    def pixel(self, x, y):
        px, py = self.canvas.pixel_map().to_pixels(np.array([[x, y]], dtype=np.float32))[0]
        return QPoint(round(float(px)), round(float(py)))

    def pixel_of(self, index):
        """Where a data point is shown."""
        return self.pixel(*self.canvas._glide.points[index])

    def end(self):
        self.canvas.hide()
        self.laboratory.end()
        self.hand.end()
