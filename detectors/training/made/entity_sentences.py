"""Sentences of everyday life, offices, news and chats, from the templates in `entities/sentences/`."""

import random
from collections.abc import Iterator
from typing import Final

from detectors.training.example import Example
from detectors.training.made.entities.maker import Maker
from detectors.training.made.entities.pieces import example
from detectors.training.made.entities.template import fill, sentences

IDEAS: Final = (
    "personal",
    "support",
    "news",
    "medical",
    "work",
    "places",
    "social",
    "technical",
    "numbers",
    "prompts",
    "fiction",
    "letters",
    "abroad",
    "lists",
    "groups",
    "calendar",
    "roles",
    "money",
)
"""Files of templates; a file is drawn as often as it has templates."""


def examples(rng: random.Random, count: int) -> Iterator[Example]:
    """Make single sentences, complete for every entity."""
    maker = Maker(rng)
    templates = [(idea, template) for idea in IDEAS for template in sentences(idea)]
    for _ in range(count):
        idea, template = maker.choice(templates)
        yield example(fill(template, maker), f"made/entities/{idea}")
