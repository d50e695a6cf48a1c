"""Slurs thrown at people, beside slurs that a group uses of itself, that are reported or rejected, and namesakes."""

import random
from collections.abc import Iterator
from typing import Final

from detectors.training.example import Example
from detectors.training.made.family import CIVIL, CLEAN, HATEFUL, HATEFUL_INSULT, Family, drawn, without
from detectors.training.made.patterns import Slots, table
from detectors.training.made.words import everyday
from detectors.training.made.words.homonyms import HOMONYMS
from detectors.training.made.words.slots import SHARED
from detectors.training.made.words.slurs import RECLAIMED, SLURS

SLOTS: Final[Slots] = {
    **SHARED,
    "place": everyday.SLOTS["place"],
    "kinder": table(
        """
        proud | happy | loud | old | lovely | fierce | gorgeous | beloved | brilliant | tired | fellow | fat and happy
        married
        """
    ),
}

AT_SOMEBODY: Final = table(
    """
    [Shut up|Get lost|Piss off|Go home|Get out|Drop dead|Move], [you|] [{foul}|filthy|dirty|ugly|stupid|] \
        {group}[!|.|, nobody wants you here.]
    You [are|'re] [just|nothing but|such|only|] a(n) [{foul}|filthy|dirty|little|stupid|worthless|] {group}.
    [What a|He's a|She's a|My boss is a|Typical] [{foul}|filthy|dirty|little|stupid|fucking|] {group}.
    [He|She|My neighbour|That singer|This guy] [acts|talks|looks|dresses|drives] like a(n) \
        [{foul}|filthy|dirty|little|stupid|fucking|] {group}.
    Look at [that|this|the] [filthy|dirty|fucking|stupid|ugly|] {group} [over there|on the bus|in my comments|on TV].
    [Your|His|Her] [friends|kids|brothers|people] are [all|nothing but|just] {groups}.
    """
)
AT_ALL: Final = table(
    """
    [I|We] {hate} [those|all|these|] [{foul}|filthy|dirty|fucking|] {groups}.
    [All|Most|These|Those|] {groups} are [{very}|] {bad}.
    {groups} [ruin|destroy|spoil] everything.
    [Too many|More and more|Nothing but] {groups} [in this town|on my street|at this school|on this app|in here].
    [No|Get the|Keep those|Throw the] [filthy|dirty|fucking|bloody|] {groups} [out of our schools|out of here|out of \
        this country|off my street].
    [Bloody|Fucking|Goddamn|Filthy|Stupid] {groups}[, the lot of them|!|, always complaining|].
    [Another|One more] {group} [taking|getting|wasting] [our jobs|our money|a place at university|my time].
    I [won't|don't|would never] [hire|serve|date|trust|sit next to] {groups}.
    [Why are there|How come there are] so many {groups} [here|on TV|in this game|at work]?
    A [good|proper|decent] beating is what {groups} [need|deserve|understand].
    {groups} will be {groups}[, what did you expect|].
    """
)
OWN: Final = table(
    """
    [We|Us] {kinder} {groups} [will|have to|need to] [stick together|look out for each other|dance tonight|march \
        again|laugh about it].
    [As|Speaking as|Coming from] a {kinder} {group} [myself|], I [love|enjoyed|recommend] this \
        [film|book|bar|song|parade].
    [I'm|I am] a {kinder} {group} and [I love it|my mum knows|I won't hide|that's fine|happy to be one].
    [My|All my] {group} [friends|sisters|brothers|family] [and I|] [are|were] [dancing|here|crying|so proud] \
        [tonight|at the parade|].
    [Love|Missed|Thank you,|Good morning,|Happy Pride,|Congrats,] my {kinder} {groups} ❤️
    My [wife|girlfriend|husband|best friend] and I call ourselves [the|two] {kinder} {groups}[, with love|, always \
        have|].
    Where my {groups} at? [Party|Brunch|Movie night] at mine [tonight|on Sunday].
    [That's|You're] my {group}[, always had my back|, love you|, see you at the gym].
    Took me [years|long] to call myself a {group} [with pride|and smile about it|without shame|].
    """
)
REPORTED: Final = table(
    """
    [They|Some kids|A man|My boss|Strangers] called [me|him|her|my son|my friend] a(n) "{group}" [at school|on the \
        bus|yesterday|again] [and I cried|and nobody helped|, it still hurts|and I reported it].
    [Don't|Never|Please don't|You shouldn't] [call|ever call] [anybody|people|your classmates|her] [a(n) \
        "{group}"|"{groups}"][, it's a slur|, it hurts|, ever|].
    [Saying|Writing|Shouting|Posting] "{group}" is [not okay|hateful|disgusting|against our rules|never just a joke].
    The word "{group}" [is a slur|has an ugly history|is offensive|used to be shouted at my father|should be left in \
        the past].
    [Why would|How could] anyone [still|] use the word "{group}"?
    [He|She|The player|A comedian] [apologised|was fined|was suspended|lost the job] for saying "{group}" [on air|on \
        the pitch|in a tweet|].
    [The article|My essay|Her talk|This chapter] [explains|is about|traces] where the word "{group}" comes from.
    [Being|To be] called a(n) "{group}" [as a child|at work|every day] [left a mark|broke something in me|is not \
        funny].
    """
)
REPORTED_LABELS: Final = without(CLEAN, "toxic")

HURTFUL: Final = (
    Family("at-somebody", HATEFUL_INSULT, AT_SOMEBODY, SLURS, obscene=False),
    Family("at-all", HATEFUL, AT_ALL, SLURS, obscene=False),
)
HARMLESS: Final = (
    Family("own", without(CIVIL | {"insult": 0.0}, "sexism"), OWN, (RECLAIMED,), obscene=False),
    Family("reported", REPORTED_LABELS, REPORTED, SLURS, obscene=False),
    Family("namesakes", CLEAN, HOMONYMS, obscene=False),
)


def examples(rng: random.Random, count: int) -> Iterator[Example]:
    """Yield `count` examples, half of them hateful."""
    return drawn(rng, count, "slur-use", SLOTS, HURTFUL, HARMLESS)
