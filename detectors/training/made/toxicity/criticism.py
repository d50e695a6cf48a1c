"""Hard but fair words on religions, governments, customs and ideas, beside the same words on the people."""

import random
from collections.abc import Iterator
from typing import Final

from detectors.training.example import Example
from detectors.training.made.family import CLEAN, HATEFUL, Family, drawn
from detectors.training.made.patterns import Slots, table
from detectors.training.made.target import targets
from detectors.training.made.words import everyday
from detectors.training.made.words.slots import SHARED

FAITHS: Final = targets(
    """
    Muslims / Islam / the mosque | Catholics / the Catholic Church / the Vatican | Jews / Judaism / the synagogue
    Hindus / Hinduism / the temple board | Christians / Christianity / the church | Sikhs / Sikhism / the temple board
    Mormons / the Mormon Church / the church | Buddhists / Buddhism / the monastery
    atheists / atheism / the humanist club
    """,
    "religion",
)
STATES: Final = targets(
    """
    Chinese people / China / the Chinese government | Russians / Russia / the Kremlin
    Israelis / Israel / the Israeli government
    Americans / America / the White House | Turks / Turkey / the Turkish government
    Iranians / Iran / the regime in Tehran
    Germans / Germany / the German government | Indians / India / the Indian government
    Poles / Poland / the Polish government
    Saudis / Saudi Arabia / the royal family | Mexicans / Mexico / the Mexican government
    Nigerians / Nigeria / the Nigerian army
    English people / England / Downing Street | French people / France / the French president
    Hungarians / Hungary / the Hungarian government
    Egyptians / Egypt / the Egyptian army | Israelis / Israel / the settlers' lobby | Syrians / Syria / the old regime
    """,
    "nationality",
)
"""Here `one` is the faith or the country, `people` its institution."""

SLOTS: Final[Slots] = {
    **SHARED,
    "topic": everyday.SLOTS["topic"],
    "day": everyday.SLOTS["day"],
    "matter": table(
        """
        women's rights | the war | the press | abuse in its ranks | gay marriage | taxes | refugees | the climate
        the courts | money | free speech | contraception | the elections
        """
    ),
    "faulty": table(
        """
        wrong | outdated | hypocritical | a disaster | inconsistent | indefensible | harmful | a scandal | too harsh
        corrupt | oppressive | shameful | dishonest | cruel
        """
    ),
}

OF_IDEAS: Final = table(
    """
    I [disagree|can't agree|have my problems] with {group} on {matter}[, it's {faulty}|, and I say so openly|].
    {people} [is|has been] {faulty} [on|about] {matter}[, and many {groups} say so too|, if you ask me|].
    The [teaching|position|policy|record] of {people} on {matter} is {faulty}.
    [Criticising|To criticise] {people} is not [hatred of|an attack on] {groups}[, it's our right|, most {groups} do \
        it as well|].
    [We|People|Students|Thousands] [protested|marched|signed a petition] against {people} [over|because of] {matter}.
    I [hate|can't stand|despise] what {people} [did|does|says] [about|on] {matter}[, not {groups}|].
    [Investigate|Fine|Vote out|Question] {people}, [its handling of {matter} was {faulty}|enough is enough|nobody is \
        above the law].
    {people} [lied|failed us|lost my trust] [about|on] {matter}. [Shame on them.|Resign.|I'm furious.]
    """
)
OF_FAITHS: Final = table(
    """
    I left {group} [years ago|as a teenager] [because|since] I found its view of {matter} {faulty}.
    [Nobody|No one] should be [forced|made] to follow {group}, [and nobody should be hated for following it|faith is \
        private|that's all].
    [Some|A few] verses in the [holy books|texts] of {groups} are {faulty} to modern ears, [as in most old \
        books|scholars argue about them|].
    I [don't|do not] believe in [any god|what {groups} believe], [religion isn't for me|and I don't like {people}, \
        but to each their own].
    """
)
OF_STATES: Final = table(
    """
    [The laws|The courts|Some customs] [in|of] {group} are {faulty}, [the people I met were lovely|and activists \
        there risk a lot to say it|].
    I [moved away|emigrated] from {group} [years ago|as a student] [because|since] I found the policy on {matter} \
        {faulty}.
    [Sanctions|Protests] against {group} [over|because of] {matter} [are right|went on {day}|won't hurt ordinary \
        people].
    [The press|Every newspaper] in {group} [is silent|lies] about {matter}, and {groups} know it.
    """
)
OF_PEOPLE: Final = table(
    """
    I [can't live with|won't talk to|want nothing to do with] {groups}, [they're {bad}|it's in their blood|and I say \
        so openly].
    {groups} are {bad} [on|about] {matter}[, all of them|, if you ask me|].
    {groups} [support|are behind|cheer for] everything {people} does, [every one is guilty|they are {bads}|lock them \
        all up].
    [Criticising|To criticise] {people} is not enough, [get rid of {groups}|{groups} are the problem|it's {groups} \
        who are {bad}].
    [Every|Any] [one of those|follower of {people}] is a(n) {bad1}, [I don't need to meet them|no exceptions].
    [Nobody|No one] should [hire|rent to|sit next to|trust] {groups}, [ever|they're {bad}|not even one].
    I [hate|can't stand|despise] {groups} [because of|for] what {people} [did|does] [about|on] {matter}[, and their \
        children too|].
    [Deport|Ban|Lock up|Get rid of] {groups}, [they are {bad}|enough is enough|the whole lot].
    {groups} [lie|cheat|kill] because [{group} tells them to|that's what they are], [you can't reform {vermin}|don't \
        let them in].
    [Boycott|Starve|Bomb] [them all|the lot], {groups} [deserve it|chose this|are all the same {bads}].
    """
)

HURTFUL: Final = (Family("people", HATEFUL, OF_PEOPLE, (FAITHS, STATES)),)
HARMLESS: Final = (
    Family("ideas", CLEAN, (*OF_IDEAS, *OF_FAITHS), (FAITHS,)),
    Family("ideas", CLEAN, (*OF_IDEAS, *OF_STATES), (STATES,)),
)


def examples(rng: random.Random, count: int) -> Iterator[Example]:
    """Yield `count` examples, half of them hateful."""
    return drawn(rng, count, "criticism", SLOTS, HURTFUL, HARMLESS)
