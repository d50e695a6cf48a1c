"""What a request calls the conversation that it belongs to, so that its pseudonyms hold in it and nowhere else."""

from collections.abc import Mapping
from typing import Any, Final

MEMBER: Final = "conversation_id"
"""The member of an app's own metadata that names its conversation, wherever an API has such metadata."""


def of_metadata(metadata: Any, member: str = MEMBER) -> str:
    """Give the name in an app's metadata, "" if there is none."""
    name = metadata.get(member) if isinstance(metadata, Mapping) else None
    return name if isinstance(name, str) else ""


def of_state(conversation: Any) -> str:
    """Give the id of a conversation that the provider keeps, told as text or as an object; "" if there is none."""
    return conversation if isinstance(conversation, str) else of_metadata(conversation, "id")
