"""Hate in a later clause or sentence, by pronoun, beside pronouns that stand for somebody or something else."""

import random
from collections.abc import Iterator
from typing import Final

from detectors.training.example import Example
from detectors.training.made.family import ABUSIVE, CIVIL, CLEAN, HATEFUL_INSULT, HATEFUL_THREAT, Family, drawn
from detectors.training.made.patterns import Slots, table
from detectors.training.made.words import everyday
from detectors.training.made.words.groups import HATED, PROTECTED
from detectors.training.made.words.outsiders import CROWDS, TRADES
from detectors.training.made.words.slots import SHARED

SLOTS: Final[Slots] = {
    **SHARED,
    "place": everyday.SLOTS["place"],
    "met": table(
        """
        [Some|A few|Many|More and more|Lots of] {groups} [moved in next door|live on our street|come to {place}|work \
            with me|joined the club|shop here].
        [I met|I saw|There were|We had] [some|a few|many|lots of] {groups} [at {place}|in class|on the train|at the \
            party] [yesterday|today|last week|].
        [My new neighbours|The people at {place}|Half of my class|The family upstairs] are {groups}.
        I [work|live|study|worked for years] with {groups}.
        [You know|You asked|People ask me] what I think [about|of] {groups}[.|?]
        [I've|I have] [known|met|seen|read about] {groups} [for years|all my life|often].
        """
    ),
    "between": table(
        """
        [Let me be honest.|I'll say it openly.|I thought about it.|Everybody has an opinion.|It took me a while to \
            see it.||||]
        """
    ),
    "they_bad": table(
        """
        they are [{very}|] {bad} | they are all {bads} | they are {vermin} | they're nothing but {bads}
        I {hate} them | I {hate} every single one of them
        not one of them is [trustworthy|decent|honest|civilised|normal|clean] | you can't trust a single one of them
        they don't belong here | they ruin everything | they disgust me
        we'd be better off without them | I don't want them near my kids | they smell and they steal
        people like that deserve nothing
        """
    ),
    "they_hurt": table(
        """
        they should all be shot | somebody should beat them up | I will burn their houses down
        I'm going to kill them | they deserve to hang
        I'd love to smash their faces in | someone ought to wipe them out | they will bleed for it
        I'll get my gun and wait for them
        """
    ),
    "they_good": table(
        """
        they are [{very}|] {good} | they are all {goods} | they're simply {good} | I {love} them
        I {love} every single one of them
        each of them is [trustworthy|decent|honest|civilised|normal|clean] | you can trust every single one of them
        they belong here | they make everything better | they inspire me
        we'd be worse off without them | I like having them near my kids | they cook and they sing
        people like that deserve the best
        """
    ),
}

BAD_THEY: Final = table(
    """
    {met} {between} {they_bad}.
    {groups} [moved in next door|live upstairs|work at {place}|are everywhere now], and {they_bad}.
    [When|Whenever|Every time] I see {groups} [on TV|in the street|at {place}], I think the same: {they_bad}.
    I [tried to|wanted to|really did try to] [like|understand|be nice to] {groups}, but {they_bad}.
    [Everyone|My teacher|The paper|My wife] [defends|likes|praises] {groups}. [I don't.|Not me.|But] {they_bad}.
    """
)
HURT_THEY: Final = table(
    """
    {met} {between} {they_hurt}.
    {groups} [moved in next door|live upstairs|work at {place}|are everywhere now], and {they_hurt}.
    [When|Whenever|Every time] I see {groups} [on TV|in the street|at {place}], I think the same: {they_hurt}.
    """
)
GOOD_THEY: Final = table(
    """
    {met} {between} {they_good}.
    {groups} [moved in next door|live upstairs|work at {place}|are everywhere now], and {they_good}.
    [When|Whenever|Every time] I see {groups} [on TV|in the street|at {place}], I think the same: {they_good}.
    I [didn't want to|wasn't sure I'd|was afraid I wouldn't] [like|get along with] {groups}, but {they_good}.
    [Nobody|Not everyone|My uncle never] [defends|likes|praises] {groups}. [I do.|Well, I do.|But] {they_good}.
    """
)
OTHER_THEY: Final = table(
    """
    [Some|A few|Two] {groups} [helped me carry|gave me|sold me|lent me] [boxes|shoes|chairs|tools] [at {place}|]. \
        [They|The things] were [filthy|useless|a joke|broken], [so I threw them away|I hate cheap stuff].
    {met} [The {mass} there|The stairs|The toilets] are {bad}, {groups} [say so too|agree|complain as well].
    [A man|A drunk|Some guy|My boss] [shouted at|spat at|insulted|made fun of] {groups} [at {place}|on the bus]. \
        [He|That man] is [scum|an idiot|disgusting|a coward|vermin|a disgrace].
    [Bullies|Trolls|Racists|Hooligans] [go after|harass|threaten] {groups} [at {place}|online|again]. [They are \
        {bad}|They are {bads}|I {hate} them], [the bullies|I mean the bullies|those attackers].
    {groups} [told me|say|write] that [the wasps|the rats|the mosquitoes|the landlords' fees] [at {place}|here] are \
        [awful|disgusting|a plague]. [They should be got rid of.|I hate them too.]
    {met} [Their|The] [landlord|boss|old teacher] [treats|treated] them like dirt; [he|she] is [disgusting|a \
        bully|heartless].
    [My cat|Our dog] [loves|likes] the {groups} next door. [He|She] is [lazy|filthy|a pig] and [sleeps all \
        day|steals their food].
    """
)

HURTFUL: Final = (
    Family("bad-they", HATEFUL_INSULT, BAD_THEY, HATED),
    Family("bad-they", HATEFUL_INSULT, BAD_THEY, PROTECTED),
    Family("hurt-they", HATEFUL_THREAT, HURT_THEY, HATED),
)
HARMLESS: Final = (
    Family("good-they", CLEAN, GOOD_THEY, PROTECTED),
    Family("good-they", CLEAN, GOOD_THEY, PROTECTED),
    Family("other-they", CIVIL, OTHER_THEY, PROTECTED),
    Family("outsiders", ABUSIVE, BAD_THEY, (TRADES, CROWDS)),
)


def examples(rng: random.Random, count: int) -> Iterator[Example]:
    """Yield `count` examples, half of them hateful."""
    return drawn(rng, count, "reference", SLOTS, HURTFUL, HARMLESS)
