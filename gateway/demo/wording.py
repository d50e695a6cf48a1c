"""What the canned model says, whichever API it is asked in, and where its streams are cut."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

MODEL: Final = "canned-1"
CREATED: Final = 1_767_225_600  # a fixed date: the model is deterministic
_PIECE_SIZES: Final = (1, 3, 7, 2, 5)  # streams are cut anywhere, in the middle of words and of pseudonyms


@dataclass(frozen=True, slots=True)
class Tool:
    """A function that the app offers, with the JSON schema of its arguments."""

    name: str
    schema: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reply:
    """What the model says: a text, or the call of a tool (`called` is its name)."""

    text: str = ""
    called: str = ""
    arguments: Mapping[str, str] = field(default_factory=dict)

    @property
    def tokens(self) -> int:
        """Say how long it is."""
        return tokens(self.text)


def reply(
    said: str, *, tool: Tool | None = None, by_tool: bool = False, choice: int = 0, earlier: tuple[str, ...] = ()
) -> Reply:
    """Answer what was said: by calling the tool that is offered, unless a tool said it; else by quoting it.

    `choice` counts the answers to one question, `earlier` are the turns before, if the model keeps them.
    """
    if tool and not by_tool:
        return Reply(called=tool.name, arguments=_arguments(tool.schema, said))
    opening = "The tool told me" if by_tool else "You wrote"
    number = f" (choice {choice + 1})" if choice else ""
    before = f" Earlier you wrote: {' / '.join(earlier)}" if earlier else ""
    return Reply(f"I am a canned model{number}.{before} {opening}: {said}")


def pieces(text: str) -> Iterator[str]:
    """Cut a text as a stream does."""
    at = turn = 0
    while at < len(text):
        size = _PIECE_SIZES[turn % len(_PIECE_SIZES)]
        yield text[at : at + size]
        at, turn = at + size, turn + 1


def tokens(text: str) -> int:
    """Count a text's tokens, which to this model are its words."""
    return len(text.split())


def text_of(content: Any) -> str:
    """Give the text of a message's content, whether it is a string or a list of parts."""
    if isinstance(content, str):
        return content
    return " ".join(part["text"] for part in content or () if isinstance(part.get("text"), str))


def _arguments(schema: Mapping[str, Any], said: str) -> dict[str, str]:
    properties = schema.get("properties", {"text": {}})
    return {name: said for name, one in properties.items() if one.get("type", "string").lower() == "string"}
