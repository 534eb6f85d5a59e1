import pytest

from ae_studio.display import draws_on_x, missing_display


@pytest.fixture(autouse=True)
def linux(monkeypatch):
    monkeypatch.setattr("sys.platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)


def test_no_display_is_said():
    assert "there is no display" in missing_display()


def test_a_display_that_is_not_there_is_said_by_its_name(monkeypatch):
    monkeypatch.setenv("DISPLAY", ":4711")
    assert missing_display() == "the display :4711 cannot be reached"


def test_wayland_will_do(monkeypatch):
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert missing_display() == ""


@pytest.mark.parametrize("platform", ["offscreen", "minimal", "vnc:port=5900"])
def test_platforms_without_a_screen_need_none(monkeypatch, platform):
    monkeypatch.setenv("QT_QPA_PLATFORM", platform)
    assert missing_display() == ""


def test_other_systems_always_have_one(monkeypatch):
    monkeypatch.setattr("sys.platform", "darwin")
    assert missing_display() == ""


def test_x_is_drawn_on_unless_another_platform_was_chosen(monkeypatch):
    assert draws_on_x()
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert not draws_on_x()
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert not draws_on_x()
