"""How a sentence is put: with an opening or a tag, among neighbours, in the casing and stops of chat or print."""

import random
import re
from typing import Final

from detectors.training.made.patterns import expand, table
from detectors.training.made.words.everyday import EVERYDAY, SLOTS

OPENINGS: Final = table(
    """
    Honestly, | Look, | Listen, | Well, | OK so | Ngl | Tbh | Just saying: | Unpopular opinion: | I mean,
    Let's be real, | So,
    Hot take: | @user | @user @user | RT @user: | > | - | Yeah, | No offence but | Sorry but | As I said before,
    Friendly reminder: | FYI
    Like I told my brother, | Hey everyone, | To be clear, | Update: | Question of the day. | Guys, | Wow. | Ugh.
    Lol | Hmm, | PSA:
    """
)
TAGS: Final = table(
    """
    Just saying. | That's all. | End of story. | Think about it. | lol | tbh | imo | ngl | smh | Period.
    Change my mind. | #truth | 🙄 | 😂 | 💯 | 😡 | ❤️
    Anyone else? | I said what I said. | Have a nice day. | 🤷 | Fact. | And that's that. | #mondaymood
    Sorry not sorry. | 👏 | haha | xoxo | :) | ...
    Don't @ me. | What do you think? | Had to get that off my chest. | 🔥 | #realtalk | Believe me. | You know it.
    Rant over. | 😭 | 🙏 | :/ | !!
    """
)
_LONE_I = re.compile(r"\bI(?=\b|')")
_STOP = re.compile(r"[.!?]+$")


def registered(rng: random.Random, text: str, *, alone: bool = False) -> str:
    """Return `text` in some register; its meaning, and so each of its labels, stays. `alone`: it gets no neighbours."""
    if not alone:
        text = _among(rng, _framed(rng, text))
    return _cased(rng, _stopped(rng, text))


def _framed(rng: random.Random, text: str) -> str:
    if rng.random() < 0.12:
        opening = rng.choice(OPENINGS)
        keeps = opening[-1] in ".:>-" or opening.startswith("@") or re.match(r"I\b|[A-Z]{2}|[^ ]*[\"“]", text)
        text = f"{opening} {text if keeps else text[0].lower() + text[1:]}"
    return f"{text} {rng.choice(TAGS)}" if rng.random() < 0.12 else text


def _among(rng: random.Random, text: str) -> str:
    if rng.random() < 0.72:
        return text
    neighbours = [expand(rng, rng.choice(EVERYDAY), SLOTS) for _ in range(rng.choice((1, 1, 1, 2, 2, 3, 4)))]
    neighbours.insert(rng.randrange(len(neighbours) + 1), text)
    return rng.choice((" ", " ", " ", "\n")).join(neighbours)


def _stopped(rng: random.Random, text: str) -> str:
    chance = rng.random()
    if chance < 0.15:
        return _STOP.sub("", text) if not text.endswith("?") or chance < 0.05 else text
    if chance < 0.25 and not text.endswith("?"):
        return _STOP.sub("", text).rstrip() + rng.choice(("!", "!!", "...", "!!!", "…", " !", "!1"))
    return text


def _cased(rng: random.Random, text: str) -> str:
    chance = rng.random()
    if chance < 0.22:
        return text.lower() if chance < 0.17 else text.lower().replace("'", "").replace(",", "")
    if chance < 0.26:
        return text.upper()
    if chance < 0.29:
        return _LONE_I.sub("i", text[0].lower() + text[1:])
    return text
