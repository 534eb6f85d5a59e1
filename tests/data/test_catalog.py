from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from ae_studio.config import ConfigError, RunConfig, check
from ae_studio.data.catalog import DATASETS, dataset, on_disk

DATA = DATASETS.values()


def test_the_catalog_lists_the_seven_data_sets():
    assert list(DATASETS) == ["digits", "mnist", "fashion-mnist", "kmnist", "emnist-letters", "usps", "cifar10"]
    assert all(name == data.name for name, data in DATASETS.items())


def test_an_unknown_name_gets_the_known_ones_and_the_nearest():
    with pytest.raises(ConfigError, match=r"unknown data set 'mnst': did you mean 'mnist'.*Known: digits, mnist"):
        dataset("mnst")


@pytest.mark.parametrize("data", DATA, ids=lambda data: data.name)
def test_defaults_are_settings_of_a_run(data):
    assert check(RunConfig, data.defaults)


@pytest.mark.parametrize("data", DATA, ids=lambda data: data.name)
def test_the_archives_bring_every_file_that_is_read(data):
    brought = {path for archive in data.archives for path in archive.members.values()}
    assert set(data.files) <= brought
    assert set(data.md5) <= set(data.files)
    assert all(len(archive.md5) == 32 and archive.urls for archive in data.archives)


@pytest.mark.parametrize("data", DATA, ids=lambda data: data.name)
def test_addresses_name_a_host_and_the_file(data):
    for url in (url for archive in data.archives for url in archive.urls):
        assert urlsplit(url).scheme in ("http", "https")
        assert urlsplit(url).netloc
        assert url.rpartition("/")[2]


def test_addresses_and_checksums_are_torchvisions():
    source = importlib.util.find_spec("torchvision")
    if source is None:
        pytest.skip("torchvision is not installed")
    folder = Path(source.submodule_search_locations[0]) / "datasets"
    text = "".join((folder / f"{name}.py").read_text("utf-8") for name in ("mnist", "usps", "cifar"))
    for archive in (archive for data in DATA for archive in data.archives):
        assert archive.md5 in text, archive.path
        assert all(url in text or url.rpartition("/")[0] in text for url in archive.urls), archive.urls
    assert all(md5 in text for data in DATA for md5 in data.md5.values())


def test_digits_are_always_on_disk_and_the_others_only_with_their_files(tmp_path):
    assert [name for name in DATASETS if on_disk(name, tmp_path)] == ["digits"]


@pytest.mark.parametrize("suffix", ["", ".gz"])
def test_a_data_set_is_found_plain_and_gzipped(tmp_path, suffix):
    raw = tmp_path / "MNIST" / "raw"
    raw.mkdir(parents=True)
    for path in dataset("mnist").files:
        assert not on_disk("mnist", tmp_path)
        (tmp_path / f"{path}{suffix}").touch()
    assert on_disk("mnist", tmp_path)


def test_the_catalog_is_there_without_numpy_torch_or_a_network():
    heavy = "{'torch', 'numpy', 'sklearn', 'torchvision', 'urllib.request', 'PySide6'}"
    code = f"import sys, ae_studio.data.catalog; print(sorted({heavy} & set(sys.modules)))"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"
