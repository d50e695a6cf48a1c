"""Presidio run the plain way: every recogniser's own `analyze` over the whole text, one after the other."""

from math import inf

from presidio_analyzer import EntityRecognizer

from detectors.encodings import decoded
from detectors.escapes import readable
from detectors.text.cards.recognizer import card_recognizers
from detectors.text.deadline import Deadline
from detectors.text.hits import Hit
from detectors.text.languages.catalog import language_recognizers
from detectors.text.national.catalog import national_recognizers
from detectors.text.pii import load_recognizers
from detectors.text.rules import context_of
from detectors.text.secrets.catalog import secret_recognizers

Found = tuple[str, int, int, float]


class PlainLoop:
    def __init__(self, *, context: bool = True) -> None:
        numbers = [*load_recognizers(), *card_recognizers(), *national_recognizers()]
        recognizers = [*numbers, *language_recognizers(), *secret_recognizers()]
        self._recognizers = [(r, context_of(r) if context else None) for r in recognizers]

    def find(self, text: str) -> list[Found]:
        """Give what is found where escapes and encodings are undone, and the secrets of the text as it is."""
        views = {view.text: view for view in (readable(text), decoded(text))}
        found = {
            (label, *view.origin(start, end), score)
            for view in views.values()
            for label, start, end, score in self._find(view.text)
        }
        if text not in views:
            found |= {one for one in self._find(text) if one[0].startswith("SECRET_")}
        return sorted(found)

    def _find(self, text: str) -> list[Found]:
        found: list[Found] = []
        for recognizer, context in self._recognizers:
            results = EntityRecognizer.remove_duplicates(recognizer.analyze(text, recognizer.supported_entities, None))
            hits = [Hit(result.start, result.end, result.score) for result in results]
            if context:
                hits = context.lift(text, hits, Deadline(inf))
            found += [(recognizer.supported_entities[0], *hit) for hit in hits]
        return found
