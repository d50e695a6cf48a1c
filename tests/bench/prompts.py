"""What the bench asks: chat requests, as the exact bytes that every server gets. Most are of about 70 characters."""

import itertools
from dataclasses import dataclass

import orjson

from tests.bench import fresh

MODEL = "bench-model"
PACED_MODEL = "bench-paced"
"""The mock provider streams this model's replies as fast as models write, not at once."""

PERSONAL_VALUES = ("jane.roe@example.org", "+44 20 7946 0958")


@dataclass(frozen=True, slots=True)
class Prompt:
    """One request. `text` is the user's message, `stream` asks for server-sent events, perhaps at a model's pace.

    `pattern` is for requests that say something new each time: the text with marks for words (`fresh.py`), of which
    `text` is an example.
    """

    name: str
    text: str
    stream: bool = False
    paced: bool = False
    pattern: str = ""

    @property
    def body(self) -> bytes:
        """The request's JSON, the same bytes for every server."""
        return self._saying(self.text)

    @property
    def template(self) -> bytes:
        """The same with the pattern in it if there is one: what the load generator makes its requests of."""
        return self._saying(self.pattern or self.text)

    def _saying(self, text: str) -> bytes:
        document = {"model": PACED_MODEL if self.paced else MODEL, "messages": [{"role": "user", "content": text}]}
        return orjson.dumps({**document, "stream": True} if self.stream else document)


_PLAIN = "Summarise the plot of Hamlet for a class of ten-year-olds, please. Ok?"
_NOUNS = ("prince", "ghost", "queen", "actor", "letter", "sword", "friend", "castle", "river", "speech", "king")
_VERBS = ("doubts", "follows", "forgives", "watches", "hides", "answers", "loses", "buries", "praises", "sends")
_LONG_CHARACTERS = 80_000  # some 20,000 tokens


def _prose(length: int) -> str:
    """Give text of this length in which no sentence comes twice in a row; the same text each time."""
    text = ""
    for n in itertools.count():
        who, whom = _NOUNS[n % 11], _NOUNS[n * 7 % 11]
        text += f"In scene {n % 97} the {who} {_VERBS[n % 10]} the {whom}, and nobody {_VERBS[n * 3 % 10]}. "
        if len(text) >= length:
            break
    return text[:length]


_PERSONAL = f"Please write to {PERSONAL_VALUES[0]} or phone {PERSONAL_VALUES[1]} today."

PROMPTS = {
    prompt.name: prompt
    for prompt in (
        Prompt("plain", _PLAIN),
        Prompt("fresh", fresh.text(0), pattern=fresh.PATTERN),
        Prompt("personal", _PERSONAL),
        Prompt("stream", _PLAIN, stream=True),
        Prompt("long", _prose(_LONG_CHARACTERS)),
        Prompt("paced", _prose(900), stream=True, paced=True),
    )
}
