"""Models of one's own: a Python file, or an installed package's entry point. Knows torch only once one is loaded.

A file is one module, whole: it runs under a name of its own, and what lies beside it is not found by its imports. Only
what the user has trusted is run (:mod:`ae_studio.models.trust`).
"""

from __future__ import annotations

import inspect
import itertools
import linecache
import sys
import threading
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from ae_studio.config import ConfigError
from ae_studio.models.cards import Card
from ae_studio.models.catalog import MODELS, Family
from ae_studio.models.own_class import described, the_model
from ae_studio.models.own_file import Source, absolute, names_a_file, place, read_source, refuse_untrusted

if TYPE_CHECKING:
    from ae_studio.models.base import Autoencoder

GROUP = "ae_studio.models"  # of entry points


@dataclass(frozen=True, slots=True)
class OwnFamily(Family):
    """A family that is not the app's. ``file`` is where its class stands, ``source`` what was run of a file."""

    model: type[Autoencoder[Any]] | None = None
    told: Card | None = None
    file: str = ""
    source: Source | None = None

    @property
    def card(self) -> Card:
        assert self.told is not None
        return self.told

    def model_class(self) -> type[Autoencoder[Any]]:
        assert self.model is not None
        return self.model


_loaded: dict[str, OwnFamily] = {}  # by name: a file's absolute path, or an entry point
_loading = threading.RLock()
_numbers = itertools.count(1)


def own_family(name: str) -> OwnFamily:
    """The family of this file or entry point, as it was loaded; loads it the first time, as :func:`load` does."""
    return loaded(name) or load(name)


def loaded(name: str) -> OwnFamily | None:
    """None for one of the app's own families, and for one that was not loaded yet. Runs nothing."""
    return _loaded.get(str(absolute(name)) if names_a_file(name) else name)


def load(name: str) -> OwnFamily:
    """The same, as the file is now. Raises :class:`ConfigError`: what is wrong, in which line, what would be right."""
    return load_file(name) if names_a_file(name) else _load_installed(name)


def load_file(path: str | Path) -> OwnFamily:
    """Runs a Python file as a module of its own, unless that very content has been run, and finds its one model.

    Raises :class:`~ae_studio.models.own_file.NotTrusted` where the user has not let it run.
    """
    source = read_source(path)
    name = str(source.path)
    with _loading:
        known = _loaded.get(name)
        changed = known is not None and known.source is not None and known.source.sha256 != source.sha256
        refuse_untrusted(source, changed=changed)
        if known is None or changed:
            _loaded[name] = _family_of_file(source)
        return _loaded[name]


def installed() -> dict[str, EntryPoint]:
    """Models that installed packages offer, by name; those of the app's own names are left out. Runs nothing."""
    return {each.name: each for each in entry_points(group=GROUP) if each.name not in MODELS}


def _load_installed(name: str) -> OwnFamily:
    from ae_studio.models.base import Autoencoder

    entry = installed()[name]
    with _loading:
        if name in _loaded:
            return _loaded[name]
        try:
            model = entry.load()
        except (Exception, SystemExit) as error:
            raise ConfigError(f"model {name!r} ({entry.value}): {_in_words(error)} ({place(error)})") from error
        if not isinstance(model, type) or not issubclass(model, Autoencoder) or inspect.isabstract(model):
            raise ConfigError(f"model {name!r} ({entry.value}): is no class that fills in ae_studio's Autoencoder")
        _loaded[name] = _family(name, model, inspect.getsourcefile(model) or "", None)
        return _loaded[name]


def _family(name: str, model: type[Autoencoder[Any]], file: str, source: Source | None) -> OwnFamily:
    settings, told = described(model, Path(file).name)
    return OwnFamily(name, name, settings, {}, model=model, told=told, file=file, source=source)


# A file is run


def _family_of_file(source: Source) -> OwnFamily:
    file = str(source.path)
    module = ModuleType(f"ae_studio_own_{next(_numbers)}")
    module.__file__ = file
    # So that tracebacks quote what was run, whatever is in the file by then: an entry without a time is never renewed.
    linecache.cache[file] = (len(source.content), None, source.text.splitlines(keepends=True), file)
    sys.modules[module.__name__] = module  # pydantic and dataclasses look annotations up there
    try:
        _run(source, module)
        return _family(file, the_model(module, source.path.name), file, source)
    except BaseException:
        del sys.modules[module.__name__]
        raise


def _run(source: Source, module: ModuleType) -> None:
    try:
        exec(compile(source.content, str(source.path), "exec", dont_inherit=True), module.__dict__)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # whatever a file raises, it ends the file and not the app
        raise ConfigError(_why_not_run(error, source.path)) from error


def _why_not_run(error: BaseException, path: Path) -> str:
    if isinstance(error, SyntaxError) and error.filename == str(path):
        if not error.lineno or error.msg.startswith("(unicode"):
            return f"{path}: is no text in UTF-8 ({error.msg})"
        line = f": `{error.text.strip()}`" if error.text and error.text.strip() else ""
        return f"{type(error).__name__}: {error.msg} ({path.name}, line {error.lineno}{line})"
    if isinstance(error, SyntaxError | UnicodeDecodeError) and not error.__traceback__.tb_next:  # type: ignore[union-attr]
        return f"{path}: is no text in UTF-8 ({error})"
    where = place(error, str(path))
    if isinstance(error, SystemExit):
        return f"The file ends the program ({where}); one with a model only says what the model is"
    if isinstance(error, ModuleNotFoundError) and error.name:
        return f"{_in_words(error)} ({where}). {_missing(error.name, path)}"
    return f"{_in_words(error)} ({where})"


def _missing(module: str, path: Path) -> str:
    top = module.partition(".")[0]
    if (path.parent / f"{top}.py").exists() or (path.parent / top).is_dir():
        return f"{top} lies beside the file, but a model is one file, whole: move what it needs into it"
    if getattr(sys, "frozen", False):
        return "The packaged AE Studio has only its own libraries; installed with pip it finds those of its Python"
    return f"Install it beside AE Studio: {sys.executable} -m pip install {top}"


def _in_words(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}".removesuffix(": ")
