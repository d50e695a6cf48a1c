"""Contempt without a bad word, known from its drift, beside the same drift turned to good or to nobody."""

import random
from collections.abc import Iterator
from typing import Final

from detectors.training.example import Example
from detectors.training.made.family import CLEAN, HATEFUL, Family, drawn
from detectors.training.made.patterns import Slots, table
from detectors.training.made.words import everyday
from detectors.training.made.words.groups import (
    BLACK_WOMEN,
    DISABILITY,
    GENDER,
    HATED,
    NATIONS,
    NEWCOMERS,
    ORIENTATION,
    PROTECTED,
    RACE,
    RELIGION,
    TRANS,
)
from detectors.training.made.words.slots import SHARED

SLOTS: Final[Slots] = {**SHARED, "place": everyday.SLOTS["place"]}

AGAINST_ANY: Final = table(
    """
    [We|This country|The world|Our town] would be [so much|far|a lot|] better off without {groups}.
    I [cross the street|hold my bag tight|lock the car|change seats] when I see {a_group} [coming|get on|].
    I'd [rather|sooner] [starve|walk|be alone|die] than [eat with|sit next to|work for|be treated by] {a_group}.
    [My|No] daughter [will not|is never going to|won't] [marry|date|bring home] {a_group}[, over my dead body|, not \
        while I live|].
    [There goes|So much for] the neighbourhood[, the new people are {groups}|: {groups} bought the house next door].
    [Keep|Get] {groups} [away from|out of] [our kids|our schools|our pools|our pubs|the game].
    [Real|Normal|Decent] people [have|want] nothing to do with {groups}.
    {groups} should [know their place|be seen and not heard|stay among themselves|be grateful we tolerate them|not \
        be allowed to breed].
    [Of course it was|Let me guess:|Surprise, surprise:] {a_group} [again|did it|], [who else|what did you expect].
    If {groups} [disappeared|were gone] tomorrow, [nobody would notice|I'd throw a party|the streets would be clean].
    [Count|Check] your [fingers|wallet|change|silver] after [shaking hands with|dealing with|a visit by] {groups}.
    You can [take|get] {a_group} out of the gutter, but not the gutter out of {a_group}.
    [We|They] used to [know|have words for|have ways] how to deal with {groups}[, those were the days|].
    [It's no wonder|I'm not surprised] nobody wants {groups} [around|as neighbours|in the team].
    [A country|A school|A team] full of {groups} [can only go downhill|is no place for my family|is finished].
    """
)
AGAINST_COMERS: Final = table(
    """
    {groups} should [all|] go back [to where they came from|home|to their own countries|where they belong].
    [Go back|Send them back|Back] to [where you came from|your desert|your jungle|your own country], we have enough \
        {groups} here.
    {groups} [come here|cross the border|arrive] [only|just] to [take our jobs|live off our taxes|change our \
        culture|steal and rape].
    [Soon|One day] [we will be|our children will be] a minority [because of|thanks to] {groups}.
    [Every|Another] boat [of|full of] {groups} is [an invasion|one too many|a boat too many].
    {groups} [bring|import|carry] [crime|diseases|drugs|filth] [into our country|with them|wherever they go].
    [Build|Close|Shut] the [wall|border|gates] before more {groups} [get in|crawl through].
    [You can tell|One can see] by the smell that {groups} moved in.
    """
)
AGAINST_FAITH: Final = table(
    """
    {groups} [run|own|control] [the banks|the media|the government|Hollywood], and [we pay|they laugh at us|nobody \
        may say it].
    {groups} [worship|serve|pray to] [a monster|the devil|money|a lie], what do you expect.
    [Not all|Maybe not all] {groups} blow things up, but [all who blow things up are|it's always] {groups}.
    [Ban|Close|Burn] the [temples|books|schools] of {groups} [before it's too late|and we'll have peace].
    [Every|Each] {group} is [loyal to their own|a bomb waiting to go off|a spy for their kind], never to us.
    {groups} [want to|are here to] [convert|conquer|enslave|replace] [us all|our children|the rest of us].
    """
)
AGAINST_WOMEN: Final = table(
    """
    {groups} belong in the [kitchen|bedroom|nursery], not [in parliament|behind a wheel|in the boardroom].
    [Who let|Why let] {groups} [vote|drive|coach|lead|speak]? [Go make me a sandwich.|The dishes won't do themselves.]
    {groups} [only|just] [want your money|sleep their way up|lie about assault|exist to please men].
    If {groups} dress like that, they [are asking for it|want it|can't complain].
    [Logic|Reason|Physics|Chess] and {groups} [don't mix|are strangers], [everybody knows|it's biology].
    A [firm hand|slap] [now and then|] [keeps|never hurt] {groups} [in line|].
    Ever since {groups} got the vote, [everything went downhill|men have no say|families fall apart].
    """
)
AGAINST_QUEER: Final = table(
    """
    {groups} [shouldn't be|must not be|have no right to be] [allowed|let] near [children|schools|our sons].
    {groups} [can be|need to be|should be] [cured|prayed straight|fixed|put in treatment].
    [What|Whatever] {groups} do [at home|] is [against nature|a sin|an abomination], [and they'll burn for it|and \
        God sees it].
    [Nobody|No one] is born [like that|this way], {groups} [choose|just want attention|were made so by the internet].
    {groups} are [a phase|a fashion|a lifestyle|a delusion|an agenda], not [a family|people to build laws \
        for|something to celebrate].
    [Real men|Real women|My children] [don't|would never] [act|turn out] like {groups}.
    [A boy with a wig|Surgery|A dress|A hormone pill] [won't|doesn't] make {groups} [real|what they say they are].
    """
)
AGAINST_DISABLED: Final = table(
    """
    {groups} are [a burden on|too expensive for|a drain on] [society|the health system|their families|normal people].
    {groups} [should|must] not [have children|be in normal schools|be seen in restaurants|take up our time].
    [Nature|In the wild, nature|The pack] [would have|] [sorted out|left behind|got rid of] {groups} [long ago|at \
        birth].
    Why [waste|spend] [money|ramps|doctors] on {groups}[, they'll never be of use|, they don't even notice|]?
    [Breeding|Letting] {groups} [weakens|dilutes] the [gene pool|race].
    [It's|It would be] a mercy [for all|] if {groups} were never born.
    """
)
FOR_ANY: Final = table(
    """
    [We|This country|The world|Our town] would be [so much|far|a lot|] [poorer|duller|worse off] without {groups}.
    I [cross the street|get up|changed seats] to [say hello|help|talk] when I see {a_group} [I know|from my choir|] \
        [coming|get on|].
    I'd [rather|happily] [eat with|sit next to|work for|be treated by] {a_group} [than be alone|any day|].
    My [daughter|son|sister] [married|is dating|will bring home] {a_group}[, and we like them a lot|, the wedding \
        was lovely|].
    [Anyone who|Whoever|A neighbour who] [thinks|says] we'd be better off without {groups} is [wrong|ignorant|hateful].
    [Keep|Get] [bullies|racists|hate|bigots] [away from|out of] [our kids|our schools|our pubs|the game], {groups} \
        are welcome.
    [Real|Normal|Decent] people [have|want] nothing to do with hatred of {groups}.
    {groups} should [know their rights|be seen and heard|never be told to stay among themselves|not have to be \
        grateful for being tolerated].
    If {groups} [disappeared|were gone] tomorrow, [everyone would notice|I'd miss my friends|the hospital would close].
    [It's no wonder|I'm not surprised] everybody wants {groups} [around|as neighbours|in the team].
    Nobody should [be told|have to hear] to go back where they came from, [{groups} least of all|not even in \
        anger|and {groups} hear it all the time].
    {groups} [belong|are at home] in [parliament|every school|the boardroom|our choir|this town], [and|just like] [I \
        hope they run|everyone else|you and me].
    [Of course it was|Guess who it was:] {a_group} [again|who helped], [always there|as every time] when you need a \
        hand.
    [A country|A school|A team] that [welcomes|listens to|counts on] {groups} [can only win|is a good place for my \
        family|goes far].
    [They|The new law|The pool|That club] [kept|keeps] {groups} out, [which is a shame|and I'm ashamed of it|so we \
        sued].
    {groups} [come here|arrive|move here] [to work|to study|to be safe|for love], [as anyone would|like my own \
        parents|].
    {groups} [are no burden|cost nobody anything|are not asking for pity], [they want a ramp and a job|ask their \
        friends|].
    {groups} [were born|are fine|are loved] just the way they are, and [nothing needs to be cured|God loves \
        them|that's nobody's business].
    The [banks|media|government] [should hire|hired|interviewed] [more|some] {groups} [this year|].
    """
)

_NEWCOMERS: Final = (NEWCOMERS, NATIONS, RACE)
HURTFUL: Final = (
    Family("any", HATEFUL, AGAINST_ANY, HATED),
    Family("any", HATEFUL, AGAINST_ANY, PROTECTED),
    Family("newcomers", HATEFUL, AGAINST_COMERS, _NEWCOMERS),
    Family("faith", HATEFUL, AGAINST_FAITH, (RELIGION,)),
    Family("women", HATEFUL, AGAINST_WOMEN, (GENDER, GENDER, BLACK_WOMEN)),
    Family("queer", HATEFUL, AGAINST_QUEER, (ORIENTATION, TRANS)),
    Family("disabled", HATEFUL, AGAINST_DISABLED, (DISABILITY,)),
)
HARMLESS: Final = (Family("for-any", CLEAN, FOR_ANY, PROTECTED),)


def examples(rng: random.Random, count: int) -> Iterator[Example]:
    """Yield `count` examples, half of them hateful."""
    return drawn(rng, count, "implicit", SLOTS, HURTFUL, HARMLESS)
