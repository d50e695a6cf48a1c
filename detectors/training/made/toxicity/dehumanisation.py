"""Groups called vermin, filth or disease, beside vermin, filth and disease themselves, and people who object."""

import random
from collections.abc import Iterator
from typing import Final

from detectors.training.example import Example
from detectors.training.made.family import ABUSIVE, CIVIL, CLEAN, HATEFUL_INSULT, Family, drawn
from detectors.training.made.patterns import table
from detectors.training.made.words.groups import HATED, PROTECTED
from detectors.training.made.words.outsiders import CROWDS, TRADES, VILLAINS
from detectors.training.made.words.slots import SHARED

VERMIN_THEY_ARE: Final = table(
    """
    {folk} are {vermin}.
    {groups} are {vermin} [in|on|to] [our society|this country|our streets|the nation|our towns|this planet].
    [All|Most|These|Those] {groups} are [no better than|worse than|just like|nothing but|little more than] {vermin}.
    {groups} [breed|multiply|spread|swarm] like [rats|rabbits|cockroaches|flies|a virus|lice|weeds].
    {groups} [live|behave|act|smell] like [animals|pigs|dogs|beasts|rats].
    {groups} [infest|have infested|are infesting|crawl all over] [our cities|this country|the neighbourhood|our \
        schools].
    [I|We] [see|look at|think of] {groups} as [animals|vermin|a plague|something less than human|pests|a disease].
    {groups} are [not|not even|barely|less than|hardly] human.
    [Every|Each|A(n)] {group} is a [parasite|rat|leech|tumour|cockroach|maggot] [feeding on|sucking dry|eating away \
        at] \
        [us all|our country|the honest people].
    [Treat|Keep] {groups} like [the dogs they are|the animals they are|vermin], [they know nothing else|it's all \
        they understand|that's what they are].
    [It's time to|We must|Let's] [clean|cleanse|disinfect|sweep] [this country|our streets|the city] of {groups}.
    [Calling|To call] {groups} {vermin} is [an insult to|unfair to] [animals|pigs|rats|real vermin].
    [You|One] can't [domesticate|tame|civilise|house-train] {groups}, [they're animals|it's in their blood].
    {groups} belong in [a cage|a stable|the sewer|the gutter|the bin|a kennel].
    """
)
NO_VERMIN: Final = table(
    """
    {folk} are not {vermin}[, they are {good}|, they are people|].
    [Anyone who|Whoever] [calls {groups} {vermin}|treats {groups} like {vermin}] [should be ashamed|has lost the \
        plot|gets blocked|is wrong].
    [Nobody|No {group}] should be [called|compared to|treated like] {vermin}.
    [Don't|Never] [treat|keep|handle] {groups} like [animals|dogs|vermin|dirt].
    {groups} [live|work|learn|laugh] like [everyone else|you and me|all of us].
    [I|We] [see|look at|think of] {groups} as [friends|equals|part of the family|neighbours].
    {groups} are [human|fully human|human beings], [not {vermin}|just like us|like all of us].
    [They|The papers|His speeches|The posters] called {groups} {vermin}, and [it made me cry|that is how it starts|I \
        wrote a complaint].
    [It's time to|We must|Let's] [make|keep] [this country|our streets|the city] safe for {groups}.
    [Some|Many|A few] {groups} [keep|train|breed|rescue] [dogs|pigs|snakes|rabbits|insects] [for a living|on the \
        farm|].
    {groups} [belong|have a place] in [our town|the team|every school|parliament|this country].
    [A(n)|The] {group} next door [had|has] [an infestation of|a problem with|to deal with] \
        [rats|cockroaches|lice|mosquitoes|weeds] [and nobody helped|again|, so I lent a hand].
    {groups} were [hit|struck] hardest by [the disease|the virus|the plague|the cancer].
    """
)
REAL_VERMIN: Final = table(
    """
    {mass} are {vermin}.
    {mass} [breed|multiply|spread|swarm] like [rabbits|crazy|a plague|weeds].
    [We|They] have [an infestation of|a plague of] {mass} [in the kitchen|at work|in the garden|in the cellar].
    [The rats|The cockroaches|Mosquitoes|Bed bugs|The wasps] [infest|have infested] [our building|the \
        neighbourhood|the school].
    [It's time to|We must|Let's] [clean|disinfect|sweep] [the kitchen|our streets|the yard|the cellar].
    [This virus|That disease|Cancer|The flu|Mould] is [a plague|a parasite|a pest|the worst].
    [My cat|The dog|Our pig|That monkey] [lives|behaves|acts|smells] like [a(n) king|an animal|a beast|a rat].
    """
)

HURTFUL: Final = (
    Family("vermin", HATEFUL_INSULT, VERMIN_THEY_ARE, HATED),
    Family("vermin", HATEFUL_INSULT, VERMIN_THEY_ARE, PROTECTED),
)
HARMLESS: Final = (
    Family("no-vermin", CLEAN, NO_VERMIN, PROTECTED),
    Family("no-vermin", CLEAN, NO_VERMIN, PROTECTED),
    Family("real-vermin", CLEAN, REAL_VERMIN),
    Family("outsiders", ABUSIVE, VERMIN_THEY_ARE, (TRADES, CROWDS)),
    Family("villains", CIVIL, VERMIN_THEY_ARE, (VILLAINS,)),
)


def examples(rng: random.Random, count: int) -> Iterator[Example]:
    """Yield `count` examples, half of them hateful."""
    return drawn(rng, count, "dehumanisation", SHARED, HURTFUL, HARMLESS)
