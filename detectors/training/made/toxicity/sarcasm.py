"""Sarcasm that insults under kind words, beside kind words that are meant, and jokes at nobody's cost."""

import random
from collections.abc import Iterator
from typing import Final

from detectors.training.example import Example
from detectors.training.made.family import ABUSIVE, CLEAN, HATEFUL, Family, drawn
from detectors.training.made.patterns import Slots, table
from detectors.training.made.words import everyday
from detectors.training.made.words.groups import HATED
from detectors.training.made.words.slots import SHARED

SLOTS: Final[Slots] = {
    **SHARED,
    **{name: everyday.SLOTS[name] for name in ("place", "food", "day", "topic")},
    "praise": table(
        """
        genius | hero | great mind | shining star | real expert | natural talent | deep thinker | legend | born leader
        wise soul
        """
    ),
    "barb": table(
        """
        even a brick would have got that | your dog could explain it better | I'd need a map to find your brain
        it must be hard to be wrong all day
        they should put you in a museum of bad ideas | your mirror deserves a medal | if only you could read
        you have delighted us long enough
        some village is missing its fool | your silence would be your best work | no wonder your friends are imaginary
        I've seen toast with more charm
        """
    ),
    "thanks": table(
        """
        I learnt a lot from you | you explained it so well | the kids still talk about it
        I'd never have managed alone | we are lucky to have you
        your soup saved my week | it made my day | I'll tell everyone at {place} | the whole team thinks so
        let me buy you {food}
        """
    ),
}

BARBED: Final = table(
    """
    [Oh|Wow|Well done|Congratulations|Bravo], [what a|such a] {praise}: {barb}.
    [Thank you|Thanks|Cheers] for [sharing|that insight|your wisdom], {barb}.
    [Clearly|Obviously|Sure], {person} is a {praise}, {barb}.
    [I love|I adore|I admire] how you [think|talk|write] [about {topic}|], {barb}.
    [Bless your heart|Aren't you clever|Slow clap for you|Give that one a cookie], {barb}.
    [Please|Do] [go on|keep talking|tell us more], [{name}|o {praise}], {barb}.
    """
)
BARBED_AT_GROUPS: Final = table(
    """
    [Oh great|Wonderful|How lovely|Just what we needed], [more|even more|another bus full of] {groups}, [hide the \
        silver|there goes the neighbourhood|now we can all learn to beg].
    [Of course|Sure|Yeah right], {groups} are [the smartest|the cleanest|the most honest] people on earth[, and pigs \
        can fly|, ask any policeman|, lol].
    [Let's give|Why don't we give] {groups} [everything|our houses|the whole country], [they've done so much for \
        us|they've earned it by whining|what could go wrong].
    [Thank God for|Where would we be without] {groups}? [Who else would rob us|In a clean and quiet country|Who \
        would live off us].
    [I'm sure|No doubt] {groups} will [invent something|pay their taxes|tell the truth] any [century|millennium] now.
    """
)
MEANT: Final = table(
    """
    [Oh|Wow|Well done|Congratulations|Bravo], [what a|such a] {praise}: {thanks}.
    [Thank you|Thanks|Cheers] for [sharing|that insight|your wisdom], {thanks}.
    [Clearly|Obviously|Sure], {person} is a {praise}, {thanks}.
    [I love|I adore|I admire] how you [think|talk|write] [about {topic}|], {thanks}.
    [Bless your heart|Aren't you clever|A big clap for you|You get the last cookie], {thanks}.
    [Please|Do] [go on|keep talking|tell us more], [{name}|my {praise}], {thanks}.
    [Oh great|Wonderful|Lovely|Just what we needed], [more|even more|another week of] [rain|meetings|tax \
        forms|{mass}], [I can't wait|my favourite|said nobody ever].
    [Of course|Sure|Yeah right], the [train|lift|wifi|{thing}] works [today|again], [and pigs can fly|lol|as always].
    [Thank God for|Where would we be without] {groups}? [{thanks}.|They run half this town.|They kept the hospital \
        going.]
    [I'm sure|No doubt] {groups} will [win the cup|bring {food}|vote on it] {day}.
    """
)

HURTFUL: Final = (
    Family("barbed", ABUSIVE, BARBED),
    Family("barbed-at-groups", HATEFUL, BARBED_AT_GROUPS, HATED),
)
HARMLESS: Final = (Family("meant", CLEAN, MEANT, HATED),)


def examples(rng: random.Random, count: int) -> Iterator[Example]:
    """Yield `count` examples, half of them hurtful."""
    return drawn(rng, count, "sarcasm", SLOTS, HURTFUL, HARMLESS)
