"""Plain and glad mentions of who people are, beside mentions of the same people that turn into contempt."""

import random
from collections.abc import Iterator
from typing import Final

from detectors.training.example import Example
from detectors.training.made.family import CLEAN, HATEFUL_INSULT, Family, drawn
from detectors.training.made.patterns import Slots, table
from detectors.training.made.words import everyday
from detectors.training.made.words.given_names import NAMES
from detectors.training.made.words.groups import HATED, PROTECTED
from detectors.training.made.words.slots import SHARED

SLOTS: Final[Slots] = {
    **SHARED,
    **{name: everyday.SLOTS[name] for name in ("place", "food", "day", "topic")},
    "name": NAMES["they"],
    "kin": table(
        """
        my brother | my wife | my best friend | my boss | our neighbour | my doctor | my teacher | a friend
        the new mayor | my aunt | our coach | the driver
        """
    ),
    "life": table(
        """
        works at {place} | runs the choir | likes {food} | has three kids | plays chess | is learning to swim
        lives upstairs | teaches maths
        fixes bikes | writes about {topic} | sings on Sundays | voted yesterday | is on holiday | grows tomatoes
        drives a bus | is having {food}
        """
    ),
    "live": table(
        """
        work at {place} | run the choir | like {food} | have three kids | play chess | are learning to swim
        live upstairs | teach maths
        fix bikes | write about {topic} | sing on Sundays | voted yesterday | are on holiday | grow tomatoes
        drive buses | are having {food}
        """
    ),
    "slur_end": table(
        """
        which says it all | so keep your distance | what a shame for us all | so of course it's dirty there
        disgusting as ever | and it shows: {bad} | so I left, I can't stand them
        """
    ),
}

NEUTRAL: Final = table(
    """
    {kin} is {a_group}[ and {life}|].
    [Some|Many|Most|A lot of|Two of the|Four] {groups} [I know|here|in my class|] {live}.
    I [am|'m] {a_group}[ and I {live}| from the north| who likes {food}|].
    [We|They|Our friends] are {groups}[ and {live}|].
    {groups} and {other} [{live}|met at {place}|are invited|sat together {day}|share a kitchen].
    The [survey|study|report|film|exhibition|podcast|book] [is about|asked|interviews|describes] {groups} [and \
        {topic}|in this town|over fifty|].
    [How many|Which] {groups} [{live}|live here|came to {place}]?
    {name} is {a_group}, {life} [and {life}|].
    [There are|We have|I met] [some|a few|many|three] {groups} [at {place}|in my class|on the committee|in parliament].
    [The census|The form|The poll] counts {groups} [by town|by age|separately|every ten years].
    [A(n)|The] {group} [asked|told|called|helped|visited] {kin} {day}.
    {groups} [voted|marched|gathered|met|celebrated] [at {place}|] {day}.
    Is there a [club|group|bar|helpline|meeting] for {groups} [in this town|near {place}|]?
    [I'm|I am] looking for [books|films|songs] [by|about] {groups}[, any tips|].
    """
)
GLAD: Final = table(
    """
    [I'm|I am] {a_group} and [proud of it|happy|doing fine|glad to be one|loved].
    [So|Very|Really] [glad|happy|proud] that {kin} is {a_group}[ and open about it|].
    {groups} [deserve|should have] [the same rights|equal pay|respect|a seat at the table|love] [like everyone|as \
        anyone else|].
    [It's|It is] [wonderful|beautiful|great|good] to [see|have|meet] {groups} [in parliament|at {place}|on TV|in our \
        team].
    {groups} [rock|are the best|make this town better|inspire me|matter].
    [Happy|Have a great] [holiday|feast|Pride|week] to all {groups} [here|reading this|].
    [Congrats|Well done|Cheers] to the {groups} [who won {day}|who run {place}|on the new centre].
    {name} was the first {group} to [win the prize|lead the team|fly there|win the seat], [what a day|we all cheered|].
    My [mum|son|daughter|partner] is {a_group} and I [love|adore|would do anything for] [them|that family of ours].
    Without {groups} [this town|our hospital|the band|my life] would be [poorer|nothing|boring].
    [Let's|We should|It's time to] [celebrate|support|listen to|thank] {groups} [this week|today|more often].
    """
)
TURNED: Final = table(
    """
    {kin} is {a_group}, {slur_end}.
    [Some|Many|Most|Two of the] {groups} [here|in my class] {live}, {slur_end}.
    [We have|There are] [some|a few|many|three] {groups} [at {place}|in my class|on the committee|in parliament], \
        {slur_end}.
    [A(n)|The] {group} [asked|called|visited] {kin} {day}, [disgusting|those people are {bad}|they are {bads}|I'd \
        have shut the door].
    {groups} and {other} [{live}|sat together {day}|share a kitchen], {bads} [among themselves|all of them].
    {groups} [voted|marched|gathered|met|celebrated] [at {place}|] {day}, [somebody should have stopped the {bads}|a \
        day of shame|and the place had to be disinfected].
    {name} was the first {group} to [win the prize|lead the team|win the seat], [and it will go downhill from \
        here|what an insult to us|they let anything in now].
    I'd be [ashamed|sick] if [my son|my daughter|{kin}] [was|turned out to be] {a_group}.
    [So|Very|Really] [ashamed|disgusted|sad] that {kin} is {a_group}.
    Without {groups} [this town|our hospital|this country|my life] would be [cleaner|safer|better|normal].
    It's [horrible|disgusting|a scandal] to [see|have|meet] {groups} [in parliament|at {place}|on TV|in our team].
    {groups} [deserve|should have] [no rights|no pay|no respect|no seat at any table|only contempt].
    """
)

HURTFUL: Final = (Family("turned", HATEFUL_INSULT, TURNED, HATED), Family("turned", HATEFUL_INSULT, TURNED, PROTECTED))
HARMLESS: Final = (Family("neutral", CLEAN, NEUTRAL, PROTECTED), Family("glad", CLEAN, GLAD, PROTECTED))


def examples(rng: random.Random, count: int) -> Iterator[Example]:
    """Yield `count` examples, half of them hateful."""
    return drawn(rng, count, "identity", SLOTS, HURTFUL, HARMLESS)
