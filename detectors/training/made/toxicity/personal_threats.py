"""Threats to a person, beside the hyperbole, the games, the news and the warnings that share their words."""

import random
from collections.abc import Iterator
from typing import Final

from detectors.training.example import Example
from detectors.training.made.family import CLEAN, Family, drawn, without
from detectors.training.made.patterns import Slots, table
from detectors.training.made.words import everyday
from detectors.training.made.words.slots import SHARED

SLOTS: Final[Slots] = {
    **SHARED,
    **{name: everyday.SLOTS[name] for name in ("place", "food", "day", "topic")},
    "maim": table(
        """
        kill | shoot | stab | strangle | beat | burn | choke | hurt | run over | poison | bury | punch | cut | hang
        drown | slap | smash | destroy
        """
    ),
    "part": table("legs | neck | face | jaw | fingers | skull | arms | ribs | nose | teeth"),
    "or_else": table(
        """
        pay me | shut up | delete that post | come back to me | drop the charges | open the door | leave him
        give it back | stop talking
        """
    ),
}

THREATS: Final = table(
    """
    I [am going to|will|swear I'll|am gonna] {maim} you [tonight|tomorrow|with my own hands|in your sleep|slowly|and \
        your family|].
    I'll [break|smash|cut off|crush] [your|his|her] {part}[ if you don't {or_else}| next time I see you|].
    [I know|We know] where you [live|work|park|sleep][, {name}|], [watch your back|sleep tight|see you soon|and your \
        kids too].
    [You'd better|Better|You will] {or_else} or [you'll regret it|you're dead|I'll {maim} you|your kids will find \
        you in the cellar].
    [Watch|Mind] your back, [{name}|you], [I'm coming for you|you won't live to see Monday|my knife is sharp].
    [Say|Post|Do] that [again|one more time] and [I'll {maim} you|you're a dead man|they will find you in the \
        river|I'll break your {part}].
    [Somebody|Someone|I] should [put a bullet in|slit the throat of|set fire to|{maim}] {person}[, and I will|, I \
        have a gun|].
    [Next time|When] I see {person}, I [will|am going to] {maim} [him|her|them][, no joke|, I've had enough|].
    [I hope|We'll make sure] [someone|somebody] [shoots you|burns your house down|breaks your {part}|runs you over] \
        [tonight|soon|].
    You [won't|will not] [leave|get out of] {place} alive[, that's a promise|].
    [Snitches|Liars|People like you] [end up|get buried] [in the woods|in a ditch|at the bottom of the lake], [so \
        {or_else}|remember that].
    [Your|The] [shop|house|car|office] will [burn|be in flames] [tonight|by morning] [if you don't {or_else}|].
    There is a bomb [at {place}|under your car|in the building], [{or_else} or it goes off|you have ten minutes|run].
    """
)
HYPERBOLE: Final = table(
    """
    I [could|would|'d] kill for [{food}|a coffee|a nap|a holiday|a cold drink|that coat][ right now| tonight|].
    [My mum|My boss|My wife|The teacher|Mum] [will|is going to|'s gonna] {maim} me [when she sees this|if I'm late \
        again|for breaking the vase|].
    [This|That] [{thing}|commute|heat|homework|meeting|song|dress code] is [killing me|murder|pure torture|gonna be \
        the death of me].
    [You|That joke|This video|His face] [killed me|slays me|had me dying|nearly killed me][, haha|, lol| 😂|].
    I'm [dying|dead] [of laughter|of boredom|to know|here|of thirst][, help|, tell me|].
    [We|They|Our team|The girls] [killed it|slaughtered them|crushed them|got destroyed|got hammered] [at \
        {place}|{day}|in the second half].
    [How do I|I can't|Anyone know how to] kill [the process|this {mass} problem|a zombie in level two|the lights|the \
        boss in the ice cave]?
    I [shot|killed|burned|smashed|stabbed] [the last zombie|the final boss|a great photo|my toast|the piñata|ten \
        orcs] {day}.
    [A man|The suspect|A teenager|Her ex] threatened to {maim} {person} [at {place}|{day}] [and was arrested|, the \
        police said|, the court heard].
    [Someone|A stranger] [wrote|told|called] me that [he would|they'd] {maim} me, [what should I do|I went to the \
        police|I'm scared].
    If [you feel like hurting yourself|anyone feels like hurting themselves], please [call|talk to] [a friend|a \
        helpline|someone].
    [Watch|Mind] your [back|step|head|fingers], [{name}|], [the floor is wet|the shelf is low|that knife is \
        sharp|lift with your legs].
    [You'd better|Better] {or_else} or [we miss the train|the cake will burn|mum gets angry|it gets cold].
    [I know|We know] where you [live|work], [so we'll bring {food}|I'll drop the keys there|the parcel is on its way].
    I'll [break|cut|crush] [the eggs|the bread|the ice|your record|the onions] [first|for dinner|tomorrow].
    The [novel|film|report|game] [opens|ends] with a [threat|murder|shooting|bomb], [not for kids|gripping|I could \
        not sleep].
    [Punch|Slap|Beat|Burn|Kill] [the dough|the eggs|some wood|the engine|that level][ first| for ten minutes| and \
        wait|].
    I'm going to [kill it|crush it|murder this exam|destroy that burger|smash my record|die of shame] \
        [tomorrow|tonight|at {place}|].
    """
)
_THREAT: Final = without(CLEAN, "insult") | {"toxic": 1.0, "threat": 1.0}

HURTFUL: Final = (Family("threat", _THREAT, THREATS),)
HARMLESS: Final = (Family("hyperbole", CLEAN, HYPERBOLE),)


def examples(rng: random.Random, count: int) -> Iterator[Example]:
    """Yield `count` examples, half of them threats; none is hate."""
    return drawn(rng, count, "personal-threats", SLOTS, HURTFUL, HARMLESS)
