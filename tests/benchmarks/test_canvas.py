import numpy as np
import pytest

from benchmarks import canvas as bench


@pytest.fixture
def canvas(qtbot):
    made = bench.canvas_of(30_000, (300, 200))
    qtbot.addWidget(made)
    return made


def test_a_pan_and_a_zoom_of_the_benchmark_move_what_is_seen_frame_by_frame(canvas, monkeypatch):
    monkeypatch.setattr(bench, "FRAMES", 6)
    seen = []
    canvas.view_changed.connect(seen.append)
    for move in (bench.pan, bench.zoom):
        seen.clear()
        assert bench.frames_per_second(canvas, move) > 0
        assert len(set(seen)) == 6


def test_the_hover_of_the_benchmark_finds_points(canvas, monkeypatch):
    monkeypatch.setattr(bench, "HOVERS", 20)
    assert 0 < bench.hover_milliseconds(canvas) < 1000
    places = bench._places(np.random.default_rng(1), canvas)
    assert any(canvas.point_at(bench.QPointF(x, y)) is not None for x, y in places)
