"""Bend the tokens of generated values in every way and count: restored, left as they were, wrongly restored."""

from collections import Counter

from gateway.pseudonyms.mask import TokenMap
from gateway.pseudonyms.restore import Restorer
from gateway.pseudonyms.token import TokenMaker
from tests.bench.pseudonyms.distortions import DISTORTIONS, Distortion

_VALUES = {
    "PERSON": ("Ann Lee", "Seán O'Neil", "小龙", 'Bob "the" Builder'),
    "EMAIL_ADDRESS": ("a&b@example.org", "ann.lee@example.com"),
    "PHONE_NUMBER": ("+44 20 7946 0958",),
    "STREET_ADDRESS_LINE": ("1 <Main> Street\n2nd floor",),
}
_SENTENCES = ("{}", "Dear {}, hello.", "Schreibe an {}!", "- {}\n", "叫{}的")


def measure(tokens: int) -> dict[str, Counter[str]]:
    """Give for each distortion how many of so many tokens fared how, each in every sentence."""
    maker = TokenMaker(bytes(range(32)), b"report")
    made: dict[str, Counter[str]] = {one.name: Counter() for one in DISTORTIONS}
    cases = [(label, value) for label, values in _VALUES.items() for value in values]
    for number in range(tokens):
        label, value = cases[number % len(cases)]
        token = maker.candidate(label, value, value, number)
        others = {maker.candidate(label, str(other), str(other), number): f"other {other}" for other in range(8)}
        restorer = Restorer(TokenMap({**others, token: value}))
        for one in DISTORTIONS:
            made[one.name] += _fared(restorer, one, token, value)
    return made


def _fared(restorer: Restorer, one: Distortion, token: str, value: str) -> Counter[str]:
    kind, _, suffix = token[1:-1].rpartition("_")
    bent, counted = one.bend(kind, suffix), Counter[str]()
    for sentence in _SENTENCES if bent else ():
        text = sentence.format(bent)
        wanted = sentence.format(one.put(value)) if one.put else text
        got, stream = restorer.text(text), restorer.stream()
        streamed = "".join(map(stream.feed, text)) + stream.finish()
        if got != streamed or got not in {wanted, text}:
            counted["wrong"] += 1
        else:
            counted["left" if got == text else "restored"] += 1
    return counted
