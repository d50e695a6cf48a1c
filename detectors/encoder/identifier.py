"""The language identifier: loaded when the first text asks for it, which takes about a second and 80 MB."""

import threading
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

_LOADING: Final = threading.Lock()


def probabilities(text: str) -> Mapping[str, float]:
    """Give how probable each language is, by its code in ISO 639; `zxx` is what is in no language. Thread-safe."""
    return dict(_identifier().rank(text))


def _identifier() -> Any:
    with _LOADING:  # whoever comes while it is loaded waits, instead of loading it as well
        return _loaded()


@cache
def _loaded() -> Any:
    """Load it in a thread of its own: its processor time must not count as that of the text that came first."""
    loaded: list[Any] = []
    thread = threading.Thread(target=lambda: loaded.append(_load()), name="language-identifier", daemon=True)
    thread.start()
    thread.join()
    if not loaded:
        raise RuntimeError("the language identifier can't be loaded")
    return loaded[0]


def _load() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
