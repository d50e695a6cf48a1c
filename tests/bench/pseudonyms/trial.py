"""Try one conversation: mask and restore each turn, then a model's answer, whole and in pieces."""

import random
from collections import Counter

from gateway.pseudonyms.mask import Masked, Pseudonymiser
from gateway.pseudonyms.restore import Restorer
from gateway.pseudonyms.token import ALPHABET, derive_key, parts_of
from tests.bench.pseudonyms.conversations import LABELS, Conversation

_LONG = 10  # characters; a shorter value may stand in a text by chance
_MASTER = b"a master secret of at least 32 bytes"


def try_one(seed: int) -> Counter[str]:
    """Try the conversation of this seed and count what went right, and in `lost` and `false` what did not.

    `lost`: a text that did not come back as it was. `false`: a token that was never issued, or part of a text, for
    which a value was put. `leaked`: a value that was found and left all the same. `moved`: an old text that left
    in another form than the turn before.
    """
    rng = random.Random(f"conversation {seed}")
    made, talk = Counter[str](conversations=1), Conversation(rng)
    masker = Pseudonymiser(derive_key(_MASTER, f"tenant {seed % 7}"))
    earlier: dict[str, str] = {}
    for _ in range(rng.randint(1, 5)):
        talk.say()
        masked = masker.mask(talk.turn.slots, talk.turn.findings, LABELS, f"conversation {seed}")
        made["turns"] += 1
        restorer = Restorer(masked.tokens)
        sent = {slot.id: masked.replacements.get(slot.id, slot.text) for slot in talk.turn.slots}
        texts = {slot.id: slot.text for slot in talk.turn.slots}
        for slot in talk.turn.slots:
            made["texts"] += 1
            text = sent[slot.id]
            is_lost = restorer.text(text) != slot.text
            made["lost"] += is_lost or (slot.id not in earlier and _streamed(restorer, text, rng) != slot.text)
        made["moved"] += any(sent[name] != text for name, text in earlier.items())
        earlier = sent
        for finding in talk.turn.findings:
            value = texts[finding.slot][finding.start : finding.end]
            made["leaked"] += len(value) >= _LONG and value in sent[finding.slot]
        _answer(talk, restorer, masked, rng, made)
    return made


def _answer(talk: Conversation, restorer: Restorer, masked: Masked, rng: random.Random, made: Counter[str]) -> None:
    """Have a model answer with tokens of this call, of nobody, and with a letter changed; the app keeps the values."""
    said, meant, kept = [], [], []
    for token, surface in rng.sample(sorted(masked.tokens.surfaces.items()), min(3, len(masked.tokens))):
        others = [talk.foreign(), _spoilt(token, rng)]
        wrong = [other for other in others if other not in masked.tokens.surfaces]
        said += [token, *wrong]
        meant += [surface, *wrong]
        kept += [(surface, parts_of(token)[0]), (" and ", "")]
        made["tokens"] += 1
        made["foreign"] += len(wrong)
    text, expected = " and ".join(said), " and ".join(meant)
    made["false"] += restorer.text(text) != expected or _streamed(restorer, text, rng) != expected
    talk.answer(kept)


def _spoilt(token: str, rng: random.Random) -> str:
    place = rng.choice([place for place, letter in enumerate(token) if letter.isalnum()])
    letters = [letter for letter in ALPHABET if letter != token[place].lower()]
    return token[:place] + rng.choice(letters) + token[place + 1 :]


def _streamed(restorer: Restorer, text: str, rng: random.Random) -> str:
    stream, given, position = restorer.stream(), "", 0
    while position < len(text):
        size = rng.randint(1, 16)
        given += stream.feed(text[position : position + size])
        position += size
    return given + stream.finish()
