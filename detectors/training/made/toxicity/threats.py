"""Violence announced to groups or wished on them, beside violence reported, refused, punished, and talk of pests."""

import random
from collections.abc import Iterator
from typing import Final

from detectors.training.example import Example
from detectors.training.made.family import CIVIL, CLEAN, HATEFUL, HATEFUL_THREAT, Family, drawn, without
from detectors.training.made.patterns import Slots, table
from detectors.training.made.words.groups import HATED, PROTECTED
from detectors.training.made.words.outsiders import CROWDS, TRADES
from detectors.training.made.words.slots import SHARED

SLOTS: Final[Slots] = {
    **SHARED,
    "hurt": table(
        """
        kill | beat up | shoot | stab | burn | hang | smash | punch | strangle | hunt down | wipe out | slaughter
        attack | drown | whip
        break the bones of | set fire to | cut the throats of | run over | lynch | torture | gas | exterminate
        execute | stone
        """
    ),
    "hurt_done": table(
        """
        killed | beaten up | shot | stabbed | burned alive | hanged | smashed | punched | strangled | hunted down
        wiped out | slaughtered
        attacked | drowned | whipped | run over | lynched | tortured | gassed | exterminated | executed | stoned
        castrated | sterilised
        """
    ),
    "banned": table(
        """
        deported | locked up | thrown out | banned from our schools | driven out of town | kicked out | put in camps
        kept out | sent to prison | fired
        """
    ),
    "soon": table(
        """
        tonight | tomorrow | soon | one day | this weekend | when the time comes | the next time | right now
        at the parade | on sight
        """
    ),
}

DIRECT: Final = table(
    """
    I [am going to|will|swear I will|am about to] {hurt} [every|the next|that|any] {group} [I see|I find|who crosses \
        my path|in this town|on my street].
    [Me and the boys|My friends and I|We] [are going to|will|are coming to] {hurt} [some|all the|those|these] \
        {groups} {soon}.
    If [I see|I meet|I catch] [another|one more|a single] {group} [here|on my street|near my kids], I [will|swear \
        I'll] {hurt} them.
    [Can't wait|I can't wait|I'd love|I'm dying|I want] to {hurt} [some|a few|all the|those] {groups} {soon}.
    {groups} [should|had better|better] [run|hide|watch out|be afraid|pack their bags], [we are coming for them|I \
        have a gun|we know where they live|I will {hurt} them].
    [Tonight|Tomorrow|Soon|One day] [the streets will run red with the blood of {groups}|{groups} will pay with \
        their lives|we will hunt {groups}].
    [Somebody|Someone|I] should [bring|get|take] a [gun|bat|knife|bomb|rope] [to|for] [the next|that] meeting of \
        {groups}, [and I will|I have one|watch me].
    """
)
WISHED: Final = table(
    """
    {groups} [should|must|need to|ought to|deserve to] [all|] be {hurt_done}.
    [All|The|These|Those] {groups} [deserve to|should|must] [die|hang|burn|rot in hell|suffer|bleed].
    [Somebody|Someone|The army|The state|The police] [should|needs to|has to] {hurt} [all|the|every last one of \
        the|those] {groups}.
    [I hope|I pray|I wish] [that|] {groups} [all|] [get|will be|are] {hurt_done} {soon}.
    The only good {group} is a dead [one|{group}].
    [It's time|It is high time] [that|] we {hurt} [all|these|the] {groups}.
    [The world|This country|Our town] would be better if {groups} were [all|] {hurt_done}.
    [Nobody|No one] would [cry|miss them|care] if {groups} were {hurt_done}, [least of all me|good riddance|and I \
        would cheer].
    [Just|Why don't we just|Let's] {hurt} [all|every one of] the {groups} [and be done with it|already|and then \
        there would be peace].
    Death to [all|] {groups}[!|.|, every last one of them!]
    """
)
EXPELLED: Final = table(
    """
    {groups} [should|must|need to|ought to|deserve to] [all|] be {banned}.
    [Somebody|The government|The state|The police] [should|needs to] make sure [all|those|these] {groups} are {banned}.
    [I can't wait|I hope|I pray] for the day when [all|] {groups} are {banned}.
    [Get|Kick|Throw] [all|these|those] {groups} out [of our country|of here|of our schools|now].
    [It's time|It is high time] [that|] {groups} were {banned}.
    """
)
SAFE: Final = table(
    """
    [No|Not one|Not a single] {group} [should|deserves to|must] be {hurt_done}[ for who they are| in this country|].
    {groups} [should|must] never [again|] be [{hurt_done}|{banned}] [for who they are|by anyone|].
    [Last night|Yesterday|On Friday|In 2015] {a_group} was {hurt_done} [by a mob|by a gang|near the station|outside \
        a bar] [and the police are looking for witnesses|, the paper says|].
    [He|The man|The suspect|A teenager] [threatened to|said he would|was jailed because he wanted to|planned to] \
        {hurt} {groups} [and was arrested|, so I called the police|, the court heard].
    [Anyone who|Whoever] [wants to|tries to] {hurt} {groups} [belongs in prison|will have to get past me|should be \
        arrested].
    If [I see|I meet|I catch] [someone|anybody] [attacking|bothering|threatening] {a_group} [here|on my street], I \
        [will|swear I'll] [call the police|step in|help them].
    I [am going to|will] [meet|help|visit|interview|thank|invite|teach] [every|the next|that] {group} [I see|in this \
        town|on my street].
    [We|My friends and I] are [going to|coming to] [march with|cook for|sing with|stand up for] [some|all the|those] \
        {groups} {soon}.
    {groups} [should|deserve to] [all|] be [safe|protected|heard|paid fairly|welcomed|left in peace|free].
    [In the war|Under that regime|Back then] {groups} were [{hurt_done}|{banned}], and we [must not forget|still \
        learn about it|light a candle every year].
    [I hope|I pray|I wish] [that|] {groups} [all|] [get home safe|will be free|are protected] {soon}.
    The book [tells|describes] how {groups} were {hurt_done} [during the war|by the regime|in those years].
    [Nobody|No one] should [die|suffer|live in fear] because they are [{groups}|{a_group}].
    [The world|This country|Our town] would be better if {groups} were no longer [{hurt_done}|{banned}|threatened].
    """
)
PESTS: Final = table(
    """
    {mass} [should|must|need to|ought to|deserve to] [all|] be [banned|exterminated|wiped out|burned].
    I [am going to|will|swear I will] [kill|smash|wipe out|burn] [every|the next|that|any] \
        [wasp|mosquito|tick|slug|cockroach|weed|rat] [I see|I find|in this garden].
    [Somebody|Someone] [should|needs to] [kill|shoot|drown|burn|smash] this [damn|] {thing}.
    [Me and the boys|My friends and I|We] are going to [smash|kill|slaughter|beat|destroy] [the other team|the level \
        boss|that record|the zombies] {soon}.
    The only good {thing} is a dead one[, I swear|].
    """
)

HURTFUL: Final = (
    Family("direct", HATEFUL_THREAT, DIRECT, HATED),
    Family("direct", HATEFUL_THREAT, DIRECT, PROTECTED),
    Family("wished", HATEFUL_THREAT, WISHED, HATED),
    Family("wished", HATEFUL_THREAT, WISHED, PROTECTED),
    Family("expelled", without(HATEFUL, "threat"), EXPELLED, HATED),
)
HARMLESS: Final = (
    Family("safe", CLEAN, SAFE, PROTECTED),
    Family("safe", CLEAN, SAFE, PROTECTED),
    Family("safe", CLEAN, SAFE, PROTECTED),
    Family("pests", CLEAN, PESTS),
    Family("outsiders", CIVIL | {"threat": 1.0, "toxic": 1.0}, (*DIRECT, *WISHED), (TRADES, CROWDS)),
)


def examples(rng: random.Random, count: int) -> Iterator[Example]:
    """Yield `count` examples, half of them hateful."""
    return drawn(rng, count, "threats", SLOTS, HURTFUL, HARMLESS)
