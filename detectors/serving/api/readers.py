"""All that is served, for whoever watches."""

from typing import Any

from detectors.serving.ports import ContentReader, Registry


def readers_of(registry: Registry) -> dict[str, ContentReader[Any]]:
    """Give the readers by name, those of texts first. A model that was taken away meanwhile is not among them."""
    texts = {name: registry.get(name) for name in registry.names}
    pictures = {name: registry.images(name) for name in registry.image_names}
    return {name: reader for name, reader in (*texts.items(), *pictures.items()) if reader is not None}
