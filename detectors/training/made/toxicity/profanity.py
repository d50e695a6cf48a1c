"""Oaths against groups, beside oaths in joy, in anger at things and at oneself, and in praise of groups."""

import random
from collections.abc import Iterator
from typing import Final

from detectors.training.example import Example
from detectors.training.made.family import ABUSIVE, CIVIL, CLEAN, HATEFUL, HATEFUL_INSULT, Family, drawn
from detectors.training.made.patterns import Slots, table
from detectors.training.made.words.groups import HATED, PROTECTED
from detectors.training.made.words.outsiders import CROWDS, TRADES, VILLAINS
from detectors.training.made.words.slots import SHARED

SLOTS: Final[Slots] = {
    **SHARED,
    "nice": table(
        """
        good | great | brilliant | beautiful | lucky | happy | delicious | hilarious | amazing | cute | fun
        proud of you | talented
        """
    ),
    "event": table(
        """
        my birthday | the weekend | this concert | that goal | the final | dinner | our wedding | the exam results
        my new job | the last episode
        """
    ),
    "dull": table(
        """
        cold | late | slow | tired | broken | hungry | boring | hot | loud | expensive | confusing | hard | long
        heavy | wet
        """
    ),
}

AT_GROUPS: Final = table(
    """
    Fuck [all|] [those|these|the|] {groups}[, seriously|, every last one|!|].
    {fucking} {groups} [ruin|are ruining|destroy|spoil|fuck up] [everything|this country|this town|my life|our \
        schools].
    [Those|These|All] {fucking} {groups} are [{bad}|{bads}|{swears}].
    {groups} are [{fucking}|so {fucking}|just {fucking}] {bad}.
    I [fucking|fuckin|bloody|goddamn|freaking] hate {groups}[, I swear|, all of them|].
    {groups} can [go fuck themselves|fuck off|kiss my arse|eat shit|get fucked] [for all I care|and never come back|].
    {groups} are [all|just|nothing but] [a bunch of|] {fucking} {swears}.
    [Every|Any] {group} [I know|around here|] is a(n) {fucking} {swear1}.
    [What the fuck is|What the hell is] wrong with {groups}? [{fucking} {bads}.|They're all {bad}.]
    [Get|Keep] [your|those|these] {fucking} {groups} [away from me|out of here|off my street].
    {swear}, [not another|I'm sick of this] {fucking} {group}.
    [Nobody gives a shit|I don't give a fuck|Who gives a shit] [about {groups}|what happens to {groups}], they're \
        {bads}.
    """
)
FOR_GROUPS: Final = table(
    """
    I [fucking|fuckin|bloody|goddamn|freaking] love {groups}[, I swear|, all of them|].
    [Those|These|All] {groups} are {fucking} {nice}.
    {groups} are [{fucking}|so {fucking}|just {fucking}] {good}.
    {swear}, {groups} [throw the best parties|can dance|know how to cook|have had a hard year|won again], [love \
        it|respect|good on them].
    [Nobody gives a shit|I don't give a fuck|Who gives a shit] [whether|if] [you are|she's|he's] a(n) {group}[, come \
        in|, you're welcome here|, be happy|].
    Fuck [everyone|anyone|anybody] who [hates|insults|mocks|attacks] {groups}.
    [Happy|Merry] {fucking} [holidays|new year|Friday] to all {groups} [here|reading this|].
    I'm a(n) {fucking} [happy|proud|gorgeous|tired|lucky|talented] {group} [and proud of it|, deal with it|].
    [What the fuck is|What the hell is] wrong with [people|those] who hate {groups}?
    {groups} have [worked|fought|waited] {fucking} hard for [this|their rights].
    """
)
JOY: Final = table(
    """
    {swear}, {event} was {fucking} {nice}!
    [That|This] {thing} is {fucking} {nice}.
    I [{fucking}|] love [this|that|my new] {thing}[, holy shit|, fuck yes|].
    [You|We] {fucking} [did it|won|made it][, so proud|, holy shit|!]
    I'm so {fucking} {nice} [right now|today|about {event}].
    [Fuck yes|Fuck yeah|Hell yes|Holy shit], {event} [is here|is tomorrow|was perfect]!
    [Happy|Merry] {fucking} [birthday|new year|Friday], [everyone|my friend|mate].
    [Damn|Shit|Fuck], you look {nice} [tonight|today|in that dress|].
    No fucking way, [we got tickets|she said yes|I passed] [!|, I'm shaking|].
    {event} was the shit[, best night ever|].
    """
)
AT_THINGS: Final = table(
    """
    [This|That|My] {fucking} {thing} [is broken|broke|won't work|died|froze|is late|is a piece of shit] [again|today|].
    Fuck [this|that|my] {thing}[, seriously|, I'm done|!|].
    I [fucking|fuckin|bloody|goddamn|freaking] hate {mass}[, I swear|, all of them|].
    {mass} can [go to hell|fuck off|kiss my arse] [for all I care|].
    It's so {fucking} {dull} [in here|today|at work].
    {swear}, I [forgot|lost|broke|burnt] [my keys|dinner|the {thing}|my phone] [again|].
    I'm [such|] a(n) [{fucking}|] [idiot|dumbass|{swear1}], I [forgot|missed|broke] [the train|my keys|mum's birthday].
    I [fucked|screwed|messed] up [my exam|the recipe|that interview] [badly|and I'm sad|].
    [What the fuck is|What the hell is] wrong with [this|my] {thing}?
    [Nobody gives a shit|I don't give a fuck|Who gives a shit] about [the {thing}|{mass}|the dress code].
    I'm so {fucking} {dull}, [I need a coffee|let's go home|shit].
    """
)

HURTFUL: Final = (
    Family("at-groups", HATEFUL_INSULT, AT_GROUPS, HATED),
    Family("at-groups", HATEFUL, AT_GROUPS, PROTECTED),
)
HARMLESS: Final = (
    Family("for-groups", CIVIL | {"insult": 0.0}, FOR_GROUPS, PROTECTED),
    Family("for-groups", CIVIL | {"insult": 0.0}, FOR_GROUPS, PROTECTED),
    Family("joy", CLEAN, JOY),
    Family("at-things", CIVIL | {"insult": 0.0}, AT_THINGS),
    Family("at-outsiders", ABUSIVE, AT_GROUPS, (TRADES, CROWDS)),
    Family("at-villains", CIVIL, AT_GROUPS, (VILLAINS,)),
)


def examples(rng: random.Random, count: int) -> Iterator[Example]:
    """Yield `count` examples, half of them hateful."""
    return drawn(rng, count, "profanity", SLOTS, HURTFUL, HARMLESS)
