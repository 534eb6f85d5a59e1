"""Which data sets there are. Knows neither torch nor a network, so that the form and ``--help`` are there at once.

Below a root the files lie exactly where torchvision puts and looks for them, so that both share one folder.
Addresses and checksums are torchvision's; numbers of images are those that the sources state.
"""

from __future__ import annotations

import string
from pathlib import Path

from ae_studio.config import ConfigError, unknown_name
from ae_studio.data.dataset import Archive, DamagedFileError, DataError, DataSet, missing_files

__all__ = ["DATASETS", "Archive", "DamagedFileError", "DataError", "DataSet", "dataset", "missing_files", "on_disk"]

DIGIT_NAMES = tuple(string.digits)
FASHION_NAMES = (
    *("T-shirt/top", "Trouser", "Pullover", "Dress", "Coat"),
    *("Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"),
)
CIFAR_NAMES = ("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck")
TRAIN_IDX = ("train-images-idx3-ubyte", "train-labels-idx1-ubyte")
TEST_IDX = ("t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte")


def _idx_archives(folder: str, mirrors: tuple[str, ...], *sums: tuple[str, int]) -> tuple[Archive, ...]:
    """The four files that MNIST and its relatives consist of; ``sums`` are (MD5, bytes) of each, train first."""
    archives = []
    for name, (md5, size) in zip(TRAIN_IDX + TEST_IDX, sums, strict=True):
        urls = tuple(f"{mirror}{name}.gz" for mirror in mirrors)
        archives.append(Archive(f"{folder}/{name}.gz", urls, md5, size, {f"{name}.gz": f"{folder}/{name}"}))
    return tuple(archives)


def _below(folder: str, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{folder}/{name}" for name in names)


def _whole(name: str, url: str, md5: str, size: int) -> Archive:
    """A file that is read as it comes."""
    return Archive(name, (url,), md5, size, {name: name})


EMNIST_TRAIN = ("emnist-letters-train-images-idx3-ubyte", "emnist-letters-train-labels-idx1-ubyte")
EMNIST_TEST = ("emnist-letters-test-images-idx3-ubyte", "emnist-letters-test-labels-idx1-ubyte")
USPS_URL = "https://www.csie.ntu.edu.tw/~cjlin/libsvmtools/datasets/multiclass/"
CIFAR_FOLDER = "cifar-10-batches-py"
CIFAR_MD5 = {
    f"{CIFAR_FOLDER}/data_batch_1": "c99cafc152244af753f735de768cd75f",
    f"{CIFAR_FOLDER}/data_batch_2": "d4bba439e000b95fd0a9bffe97cbabec",
    f"{CIFAR_FOLDER}/data_batch_3": "54ebc095f3ab1f0389bbae665268c751",
    f"{CIFAR_FOLDER}/data_batch_4": "634d18415352ddfa80567beed471001a",
    f"{CIFAR_FOLDER}/data_batch_5": "482c414d41f54cd18b22e5b47cb7c3cb",
    f"{CIFAR_FOLDER}/test_batch": "40351d587109b95175f43aff81a1287e",
}
# torchvision refuses the folder without it; we know the names of the classes.
CIFAR_META = f"{CIFAR_FOLDER}/batches.meta"

_ALL = (
    DataSet(
        name="digits",
        title="Digits 8×8",
        summary="1,797 small handwritten digits that come with the app: no download, trained in seconds.",
        image_shape=(1, 8, 8),
        class_names=DIGIT_NAMES,
        train_images=1_438,
        test_images=359,
        source="Alpaydin & Kaynak 1998, Optical Recognition of Handwritten Digits, UCI; as scikit-learn ships it",
        licence="CC BY 4.0",
        reader="embedded",
        # So few images make short epochs: more of them, smaller batches, and a validation part large enough to see.
        defaults={"epochs": 80, "batch_size": 32, "validation_fraction": 0.25},
    ),
    DataSet(
        name="mnist",
        title="MNIST",
        summary="70,000 handwritten digits, 28×28 grey: the classic.",
        image_shape=(1, 28, 28),
        class_names=DIGIT_NAMES,
        train_images=60_000,
        test_images=10_000,
        source="LeCun, Cortes & Burges 1998, The MNIST database of handwritten digits",
        licence="CC BY-SA 3.0",
        train=_below("MNIST/raw", TRAIN_IDX),
        test=_below("MNIST/raw", TEST_IDX),
        archives=_idx_archives(
            "MNIST/raw",
            ("https://ossci-datasets.s3.amazonaws.com/mnist/", "http://yann.lecun.com/exdb/mnist/"),
            ("f68b3c2dcbeaaa9fbdd348bbdeb94873", 9_912_422),
            ("d53e105ee54ea40749a09fcbcd1e9432", 28_881),
            ("9fb629c4189551a2d022fa330f9573f3", 1_648_877),
            ("ec29112dd5afa0611ce80d1b7f02629c", 4_542),
        ),
    ),
    DataSet(
        name="fashion-mnist",
        title="Fashion-MNIST",
        summary="70,000 pictures of clothes, 28×28 grey: harder than digits.",
        image_shape=(1, 28, 28),
        class_names=FASHION_NAMES,
        train_images=60_000,
        test_images=10_000,
        source="Xiao, Rasul & Vollgraf 2017, arXiv:1708.07747",
        licence="MIT",
        train=_below("FashionMNIST/raw", TRAIN_IDX),
        test=_below("FashionMNIST/raw", TEST_IDX),
        archives=_idx_archives(
            "FashionMNIST/raw",
            ("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",),
            ("8d4fb7e6c68d591d4c3dfef9ec88bf0d", 26_421_880),
            ("25c81989df183df01b3e8a0aad5dffbe", 29_515),
            ("bef4ecab320f06d8554ea6380940ec79", 4_422_102),
            ("bb300cfdad3c16e7a12a480ee83cd310", 5_148),
        ),
    ),
    DataSet(
        name="kmnist",
        title="Kuzushiji-MNIST",
        summary="70,000 cursive Japanese characters, 28×28 grey: ten classes with many shapes each.",
        image_shape=(1, 28, 28),
        class_names=("o", "ki", "su", "tsu", "na", "ha", "ma", "ya", "re", "wo"),
        train_images=60_000,
        test_images=10_000,
        source="Clanuwat et al. 2018, arXiv:1812.01718",
        licence="CC BY-SA 4.0",
        train=_below("KMNIST/raw", TRAIN_IDX),
        test=_below("KMNIST/raw", TEST_IDX),
        archives=_idx_archives(
            "KMNIST/raw",
            ("http://codh.rois.ac.jp/kmnist/dataset/kmnist/",),
            ("bdb82020997e1d708af4cf47b453dcf7", 18_165_135),
            ("e144d726b3acfaa3e44228e80efcd344", 29_497),
            ("5c965bf0a639b31b8f53240b1b52f4d7", 3_041_136),
            ("7320c461ea6c1c855c0b718fb2a4b134", 5_120),
        ),
    ),
    DataSet(
        name="emnist-letters",
        title="EMNIST letters",
        summary="145,600 handwritten letters, 28×28 grey, capitals and small ones of a kind together.",
        image_shape=(1, 28, 28),
        class_names=tuple(string.ascii_lowercase),
        train_images=124_800,
        test_images=20_800,
        source="Cohen et al. 2017, arXiv:1702.05373",
        licence="free to use, from NIST Special Database 19",
        train=_below("EMNIST/raw", EMNIST_TRAIN),
        test=_below("EMNIST/raw", EMNIST_TEST),
        archives=(
            Archive(
                "EMNIST/raw/gzip.zip",
                ("https://biometrics.nist.gov/cs_links/EMNIST/gzip.zip",),
                "58c8d27c78d21e728a6bc7b3cc06412e",
                561_753_746,
                {f"gzip/{name}.gz": f"EMNIST/raw/{name}" for name in EMNIST_TRAIN + EMNIST_TEST},
            ),
        ),
        first_label=1,
        transposed=True,
    ),
    DataSet(
        name="usps",
        title="USPS",
        summary="9,298 digits from American envelopes, 16×16 grey: small, and its test part is hard.",
        image_shape=(1, 16, 16),
        class_names=DIGIT_NAMES,
        train_images=7_291,
        test_images=2_007,
        source="Hull 1994, IEEE TPAMI 16(5)",
        licence="free for research",
        reader="usps",
        train=("usps.bz2",),
        test=("usps.t.bz2",),
        archives=(
            _whole("usps.bz2", f"{USPS_URL}usps.bz2", "ec16c51db3855ca6c91edd34d0e9b197", 6_579_383),
            _whole("usps.t.bz2", f"{USPS_URL}usps.t.bz2", "8ea070ee2aca1ac39742fdd1ef5ed118", 1_831_726),
        ),
        first_label=1,
        defaults={"epochs": 60, "batch_size": 64},
    ),
    DataSet(
        name="cifar10",
        title="CIFAR-10",
        summary="60,000 colour photographs, 32×32, of ten kinds of things: two numbers keep little of them.",
        image_shape=(3, 32, 32),
        class_names=CIFAR_NAMES,
        train_images=50_000,
        test_images=10_000,
        source="Krizhevsky 2009, Learning Multiple Layers of Features from Tiny Images",
        licence="free for research; please cite the report",
        reader="cifar",
        train=tuple(CIFAR_MD5)[:5],
        test=tuple(CIFAR_MD5)[5:],
        archives=(
            Archive(
                "cifar-10-python.tar.gz",
                ("https://www.cs.toronto.edu/~kriz/cifar-10-python.tar.gz",),
                "c58f30108f718f92721af3b95e74349a",
                170_498_071,
                {path: path for path in (*CIFAR_MD5, CIFAR_META)},
            ),
        ),
        md5=CIFAR_MD5,
    ),
)

DATASETS: dict[str, DataSet] = {data.name: data for data in _ALL}


def dataset(name: str) -> DataSet:
    """The data set of this name, or the one in the ``.npy`` file of this path, which need not be there.

    Raises :class:`~ae_studio.config.ConfigError` that lists the known ones.
    """
    if name.endswith(".npy"):
        return _own(Path(name).expanduser().absolute())
    if name not in DATASETS:
        raise ConfigError(f"{unknown_name('data set', name, DATASETS)}, or the path of a .npy file of images")
    return DATASETS[name]


def _own(path: Path) -> DataSet:
    """Images of one's own, named by their absolute path, so that a run finds them from anywhere."""
    return DataSet(
        name=str(path),
        title=path.stem,
        summary=str(path),
        image_shape=(0, 0, 0),
        class_names=(),
        train_images=0,
        test_images=0,
        source="",
        licence="",
        reader="npy",
        train=(str(path),),
    )


def on_disk(name: str, root: Path) -> bool:
    """Whether this data set can be read without a network. Raises ConfigError for an unknown name."""
    return not missing_files(dataset(name), root)
