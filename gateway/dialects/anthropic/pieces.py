"""Anthropic Messages: which members of a stream's events are pieces of a text that grows."""

from typing import Final

from gateway.dialects.anthropic.blocks import CITATION
from gateway.dialects.anthropic.opaque import walk_encrypted, walk_seal
from gateway.dialects.members import Members, object_of
from gateway.dialects.places import ROLE
from gateway.dialects.slot import Kind
from gateway.dialects.walk import Walk

_ASSISTANT: Final = ROLE["assistant"]
INPUT: Final = "partial_json"
GROWING: Final = {
    "text": ("text", Kind.TEXT, _ASSISTANT.text),
    "thinking": ("thinking", Kind.SEALED, _ASSISTANT.sealed),
    "content": ("content", Kind.SEALED, _ASSISTANT.sealed),  # of a compaction, which is signed as well
    INPUT: ("input", Kind.ARGUMENTS, _ASSISTANT.arguments),
}
"""Members that hold a piece of a growing text: the name of that text, its kind and its place."""

STARTS: Final = {"text": ("text",), "thinking": ("thinking",), "compaction": ("content",)}
"""Which member of a block is the beginning of a growing text, by the block's type."""

TYPE: Final[Members] = {"type": Walk.label}
DELTAS: Final[dict[str, Members]] = {
    "text_delta": TYPE,
    "input_json_delta": TYPE,
    "thinking_delta": {**TYPE, "estimated_tokens": Walk.options},
    "signature_delta": {**TYPE, "signature": walk_seal},
    "citations_delta": {**TYPE, "citation": object_of(CITATION)},
    "compaction_delta": {**TYPE, "encrypted_content": walk_encrypted},
}
"""How to walk a delta's members that hold no piece of a growing text, by its type."""

PIECES: Final = {
    "text_delta": ("text",),
    "input_json_delta": (INPUT,),
    "thinking_delta": ("thinking",),
    "compaction_delta": ("content",),
}
"""Which member of a delta is a piece of a growing text, by its type."""
