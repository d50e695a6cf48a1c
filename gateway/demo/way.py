"""How apps call each API: where to, with which header, and where the texts are in what goes and comes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from gateway.demo import canned_chat, canned_gemini, canned_messages, canned_responses
from gateway.demo.wording import MODEL, text_of

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Way:
    """One way to ask a model.

    `credential` is the header with the key, after `prefix`. `said` gives the last text of a request's body, `texts`
    those of a whole reply's body or of one event of a stream.
    """

    path: str
    credential: str
    said: Callable[[Document], str]
    texts: Callable[[Document], Iterator[str]]
    prefix: str = ""


def _chat_texts(told: Document) -> Iterator[str]:
    for choice in told.get("choices", ()):
        message = choice.get("message") or choice["delta"]
        yield message.get("content") or ""
        for call in message.get("tool_calls") or ():
            yield f"{call['function']['name']}({call['function']['arguments']})"


def _responses_said(request: Document) -> str:
    earlier = request.get("previous_response_id")
    more = f"\n\n(previous_response_id: {earlier})" if earlier else ""
    return canned_responses.said(request) + more


def _responses_texts(told: Document) -> Iterator[str]:
    if told.get("type") == "response.output_text.delta":
        yield told["delta"]
    yield from (text_of(item.get("content")) for item in told.get("output", ()))


def _messages_texts(told: Document) -> Iterator[str]:
    yield told.get("delta", {}).get("text") or text_of(told.get("content"))


def _gemini_texts(told: Document) -> Iterator[str]:
    yield from (text_of(candidate["content"]["parts"]) for candidate in told.get("candidates", ()))


CHAT: Final = Way("/v1/chat/completions", "authorization", canned_chat.said, _chat_texts, "Bearer ")
RESPONSES: Final = Way("/v1/responses", "authorization", _responses_said, _responses_texts, "Bearer ")
MESSAGES: Final = Way("/v1/messages", "x-api-key", canned_messages.said, _messages_texts)
GEMINI: Final = Way(f"/v1beta/models/{MODEL}:generateContent", "x-goog-api-key", canned_gemini.said, _gemini_texts)
