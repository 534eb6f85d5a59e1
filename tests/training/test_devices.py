import pytest

from ae_studio.config import ConfigError
from ae_studio.training import devices
from ae_studio.training.defaults import complete


@pytest.fixture
def cpu_only(monkeypatch):
    monkeypatch.setattr(devices, "unavailable_devices", lambda: {"cuda": "no GPU", "mps": "no Mac"})


@pytest.mark.usefixtures("cpu_only")
def test_auto_is_the_cpu_where_there_is_nothing_else():
    place = devices.choose_place(complete({}))
    assert (place.accelerator, place.device.type, place.precision_name) == ("cpu", "cpu", "float32")


@pytest.mark.usefixtures("cpu_only")
@pytest.mark.parametrize("device", ["cuda", "mps"])
def test_a_device_that_is_not_there_is_refused_with_the_reason_and_the_way_out(device):
    with pytest.raises(ConfigError, match=f"device '{device}' cannot be used: no .* Usable here: auto, cpu"):
        devices.choose_place(complete({"device": device}))


def test_auto_takes_cuda_before_mps(monkeypatch):
    monkeypatch.setattr(devices, "unavailable_devices", lambda: {})
    monkeypatch.setattr("torch.cuda.is_bf16_supported", lambda including_emulation: True)
    monkeypatch.setattr(devices, "_device_name", lambda name: name)
    place = devices.choose_place(complete({}))
    assert (place.accelerator, place.device.type, place.precision_name) == ("gpu", "cuda", "bf16")


@pytest.mark.usefixtures("cpu_only")
@pytest.mark.parametrize(
    ("units", "network", "expected"),
    [
        (True, "conv", "bf16"),
        (True, "mlp", "float32"),
        (False, "conv", "float32"),
    ],
)
def test_on_a_cpu_auto_takes_bf16_for_convolutions_where_there_are_units_for_it(monkeypatch, units, network, expected):
    monkeypatch.setattr(devices, "_cpu_has_bf16", lambda: units)
    assert devices.choose_place(complete({"settings": {"network": network}})).precision_name == expected


@pytest.mark.usefixtures("cpu_only")
def test_the_precision_asked_for_is_taken():
    assert devices.choose_place(complete({"precision": "bf16"})).precision == "bf16-mixed"
    conv = complete({"precision": "32", "settings": {"network": "conv"}})
    assert devices.choose_place(conv).precision == "32-true"
