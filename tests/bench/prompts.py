"""What the bench asks: chat requests of about 70 characters, as the exact bytes that every server gets."""

from dataclasses import dataclass

import orjson

MODEL = "bench-model"
PERSONAL_VALUES = ("jane.roe@example.org", "+44 20 7946 0958")


@dataclass(frozen=True, slots=True)
class Prompt:
    """One request. `text` is the user's message, `stream` asks for server-sent events."""

    name: str
    text: str
    stream: bool = False

    @property
    def body(self) -> bytes:
        """The request's JSON, the same bytes for every server."""
        document = {"model": MODEL, "messages": [{"role": "user", "content": self.text}]}
        return orjson.dumps({**document, "stream": True} if self.stream else document)


_PLAIN = "Summarise the plot of Hamlet for a class of ten-year-olds, please. Ok?"
_PERSONAL = f"Please write to {PERSONAL_VALUES[0]} or phone {PERSONAL_VALUES[1]} today."

PROMPTS = {
    prompt.name: prompt
    for prompt in (
        Prompt("plain", _PLAIN),
        Prompt("personal", _PERSONAL),
        Prompt("stream", _PLAIN, stream=True),
    )
}
