"""Azure's layout of OpenAI's API: most endpoints stand below a deployment, and every call names a version.

https://learn.microsoft.com/azure/ai-services/openai/reference. Its newer `/openai/v1` needs none of this: that is an
ordinary base URL.
"""

from typing import Final
from urllib.parse import quote

from gateway.dialects.layout import Layout
from gateway.dialects.openai.api import OPENAI

_DEPLOYED: Final = (
    "/chat/completions",
    "/completions",
    "/embeddings",
    "/images/generations",
    "/images/edits",
    "/audio/",
)
"""Endpoints that are a deployment's own; others, such as `/responses` and `/models`, are the whole resource's."""


def _place(path: str, model: str, version: str) -> str:
    name, _, query = path.partition("?")
    below = f"/openai/deployments/{quote(model, safe='')}" if name.startswith(_DEPLOYED) else "/openai"
    return f"{below}{name}?{query + '&' if query else ''}api-version={version}"


AZURE: Final = Layout(name="azure", api=OPENAI, credential="api-key", place=_place)
