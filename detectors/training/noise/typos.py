"""Slips of the keyboard and chat spelling: "yuo", "dont", "u", "becuz"."""

import random
import re
from typing import Final

from detectors.training.noise.words import some_words

_KEYS: Final = """
    a=qsz b=vgn c=xvd d=sfe e=wrd f=dgr g=fht h=gjy i=uok j=hku k=jli l=ko m=nj n=bmh o=ipl p=ol q=wa r=etf s=adw t=ryg
    u=yij v=cbf w=qes x=zcs y=tuh z=xa
"""
_CHAT: Final = """
    you=u are=r your=ur you're=ur because=cuz people=ppl please=pls to=2 for=4 with=w/ that=dat the=da them=em what=wut
    really=rly though=tho and=n don't=dont can't=cant isn't=isnt they're=theyre I'm=im won't=wont doesn't=doesnt
"""
NEXT_TO: Final = dict(pair.split("=") for pair in _KEYS.split())
"""Letters beside each letter on the keyboard."""
CHAT: Final = dict(pair.split("=") for pair in _CHAT.split())
"""Words in chat spelling."""


def apply(rng: random.Random, text: str) -> str:
    """Return `text` with a wrong key in some words, or in chat spelling."""
    return some_words(rng, text, lambda word: _slip(rng, word)) if rng.random() < 0.5 else _chatty(rng, text)


def _slip(rng: random.Random, word: str) -> str:
    at = rng.randrange(1, len(word))
    near = NEXT_TO.get(word[at].lower())
    if near is None:
        return word
    return word[:at] + rng.choice(near) + word[at + rng.choice((0, 1)) :]


def _chatty(rng: random.Random, text: str) -> str:
    for plain, short in CHAT.items():
        if rng.random() < 0.7:
            text = re.sub(rf"\b{re.escape(plain)}\b", short, text, flags=re.IGNORECASE)
    return text
