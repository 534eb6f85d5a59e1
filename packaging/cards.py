"""Makes anew what follows from the models' cards: typeset formulas and docs/models.md. `make cards`."""

from __future__ import annotations

from pathlib import Path

from ae_studio.export.formulas import as_svg, mark, mark_of
from ae_studio.models.card_page import models_page
from ae_studio.models.catalog import MODELS

REPOSITORY = Path(__file__).resolve().parents[1]
CARDS = REPOSITORY / "resources" / "cards"


def make_formulas() -> None:
    """Those whose card has changed: another matplotlib may draw the same letters a little differently."""
    for svg in CARDS.glob("*.svg"):
        if svg.stem not in MODELS:
            svg.unlink()
    for name, known in MODELS.items():
        svg = CARDS / f"{name}.svg"
        if not svg.exists() or mark_of(svg.read_text(encoding="utf-8")) != mark(known.card.tex):
            svg.write_text(as_svg(known.card.tex), encoding="utf-8")


def make_page() -> None:
    (REPOSITORY / "docs" / "models.md").write_text(models_page(), encoding="utf-8")


if __name__ == "__main__":
    make_formulas()
    make_page()
