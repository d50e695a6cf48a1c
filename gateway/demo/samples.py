"""The sample calls of the demo: each shows one thing that the gateway does."""

from dataclasses import dataclass
from typing import Any

from gateway.demo.canned import MODEL

_TOOL = {
    "type": "function",
    "function": {
        "name": "open_ticket",
        "description": "Open a support ticket.",
        "parameters": {"type": "object", "properties": {"summary": {"type": "string"}}},
    },
}


@dataclass(frozen=True, slots=True)
class Sample:
    """A call, and with which key it is made (`default`, or `payments`, where card numbers may not leave)."""

    title: str
    body: dict[str, Any]
    use_case: str = "default"


def _ask(text: str, **more: Any) -> dict[str, Any]:
    return {"model": MODEL, "messages": [{"role": "user", "content": text}], **more}


SAMPLES = (
    Sample(
        "Personal data becomes pseudonyms, and comes back",
        _ask("Write to ann.lee@example.com about IBAN DE89370400440532013000."),
    ),
    Sample("A clean prompt, streamed", _ask("Name three primary colours.", stream=True)),
    Sample(
        "Streamed, cut in the middle of a pseudonym",
        _ask("Call Ann on +44 20 7946 0958 or mail ann.lee@example.com.", stream=True),
    ),
    Sample("A tool call gets the real values", _ask("Refund ann.lee@example.com, please.", tools=[_TOOL])),
    Sample("A secret is blocked: the model never sees it", _ask("Is AKIAQYLPMN5HHHFPZAM2 still active?")),
    Sample("A card number, where the use case forbids it", _ask("Charge 4111 1111 1111 1111."), use_case="payments"),
)
