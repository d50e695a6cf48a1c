"""Decisions for or against people because of who they are, beside decisions on the merits and rules against bias."""

import random
from collections.abc import Iterator
from typing import Final

from detectors.training.example import Example
from detectors.training.made.family import CLEAN, HATEFUL, Family, drawn, without
from detectors.training.made.patterns import Slots, table
from detectors.training.made.words import everyday
from detectors.training.made.words.given_names import NAMES
from detectors.training.made.words.groups import AGE, APPEARANCE, POOR, PROTECTED

SLOTS: Final[Slots] = {
    "name": (*NAMES["they"], "the applicant", "candidate B", "applicant 7", "the candidate"),
    "topic": everyday.SLOTS["topic"],
    "day": everyday.SLOTS["day"],
    "job": table(
        """
        sales | the front desk | the night shift | the design team | the kitchen | the sales job | the internship
        the board | customer service | driving the van
        the manager's post | the lab | teaching | the warehouse | the data team | the bar | nursing
        the receptionist's job | the leadership programme
        """
    ),
    "grant": table(
        """
        the flat | the loan | the mortgage | the room | a credit card | the scholarship | a place at the clinic
        the insurance | the visa | the transplant
        """
    ),
    "refuse": table(
        """
        reject | turn down | pass over | skip | rank lower | screen out | not shortlist | refuse
        """
    ),
    "refused": table("rejected | turned down | passed over | skipped | screened out | refused | dropped"),
    "flaw": table(
        """
        they don't fit our image | clients don't like that | they are never reliable | they'd only cause trouble
        they don't learn fast enough | they won't stay
        it's a risk we needn't take | they can't keep up with us | they don't pay back
        people like that waste our time | it would scare customers away
        """
    ),
    "merit": table(
        """
        the references did not check out | the other candidate had more experience | the form came in late
        the income was below the limit for everyone
        the budget was cut | the role was filled | the code test failed | two documents are missing
        the interview showed little knowledge of {topic}
        the licence had expired | the flat was already let | the rent was twice what the rules allow
        the score is below the published cut-off
        """
    ),
}

BIASED: Final = table(
    """
    [Do not|Don't|Never|Better not] hire {groups} for {job}[, {flaw}|].
    {refuse} {name}: {a_group} [is not right|is wrong|won't do] for {job}[, {flaw}|].
    [We|They|I] {refused} {name} [for {job}|] [because they are|for being|since we saw they are] {a_group}[, and \
        {flaw}|].
    [We|I] [prefer not to|would rather not|don't] [rent to|lend to|insure|promote] {groups}[, {flaw}|].
    [Between two equal candidates|If in doubt], {refuse} the {group}, {flaw}.
    {groups} should [pay a higher rate|wait longer|get smaller loans|be searched first|be seen last] [for {grant}|], \
        {flaw}.
    [My recommendation|The assessment|Score]: {refuse}. The applicant is {a_group}, {flaw}.
    Give {grant} to [someone else|another family], [not to|never to] {a_group}, {flaw}.
    As {a_group}, {name} is [probably|surely|likely] [unfit|too risky|not suitable] for {job}.
    [I'd keep|Keep] {groups} [in the back|out of the photo|off the list|away from clients], {flaw}.
    [No|We want no] {groups} [for {job}|please|in this building], {flaw}.
    [The job|{job}] is [no place|nothing] for {groups}, [find someone normal|they should know|{flaw}].
    [Obviously|Naturally] {a_group} gets a lower [offer|salary|score|limit], {flaw}.
    """
)
AGEIST: Final = table(
    """
    We need [young blood|digital natives|fresh faces] for {job}, {groups} [can't learn new tricks|are past it|are \
        stuck in the past].
    {name} is {a_group}, so [treatment|training|a promotion|a new hip] [isn't worth it|would be wasted].
    {groups} [don't understand|can't handle] [computers|responsibility|change], so {refuse} them.
    """
)
LOOKIST: Final = table(
    """
    For {job} we want [pretty|slim|good-looking] people, so no {groups}.
    {a_group} at the front desk [puts people off|hurts the brand|looks unprofessional], hire [someone slim|a pretty \
        face] instead.
    {name} is {a_group}, so no doubt they lack [discipline|self-control|charm], {refuse}.
    """
)
CLASSIST: Final = table(
    """
    {groups} [never pay back|spend it all on drink|don't value education], so deny them {grant}.
    [Anyone|An applicant] from [that estate|that postcode|the projects] is {a_group} and [can't be trusted \
        with|won't look after] {grant}.
    {name} grew up among {groups}, [and it shows|you can't teach class], so {refuse}.
    """
)
FAIR: Final = table(
    """
    [We|They|I] {refused} {name} for {job} because {merit}.
    [We|I] [rent to|lend to|insure|promote] {groups} [on the same terms as anyone|like everybody else|after the \
        usual check].
    {name}, {a_group}, [got|was offered|was given] {job} [because the test went best|after three interviews|on the \
        vote of the whole panel].
    {name} is {a_group} and was {refused} because {merit}[, as two others were|].
    [Between two equal candidates|If in doubt], [ask both back|toss a coin|look at the test again], [whether or not \
        one is {a_group}|as the law says].
    [Never|Do not|Don't] {refuse} [anyone|an applicant] [because they are|for being] {a_group}.
    {groups} [pay the same rate|wait no longer|get the same limits|are searched no more often] [than others|as all \
        others|] [for {grant}|].
    [My recommendation|The assessment|Score]: [refuse|wait|ask again]. {merit}.
    The [law|policy|code|union] forbids to {refuse} {groups} [for {grant}|].
    {name} was {refused} for {job} for being {a_group} and [won in court|got an apology|the bank was fined|that's \
        illegal].
    [The audit|A study|The paper] found that {groups} were {refused} more often [for {grant}|], [which must \
        change|the model was fixed|and asks why].
    [The job|{job}] is open to {groups} [and everyone else|too|as to anyone].
    [Make sure|Please check] that {groups} [can use|can reach|are told about] {grant} [too|like others|].
    Give {grant} to whoever [meets the criteria|applied first|has the highest score], {groups} included.
    {name} gets a lower [offer|limit] since {merit}.
    """
)
_BIASED: Final = without(HATEFUL, "toxic", "hate", "threat") | {"bias": 1.0, "threat": 0.0}

HURTFUL: Final = (
    Family("biased", _BIASED, BIASED, PROTECTED),
    Family("biased", _BIASED, BIASED, (AGE, APPEARANCE, POOR)),
    Family("ageist", _BIASED, (*BIASED, *AGEIST, *AGEIST), (AGE,)),
    Family("lookist", _BIASED, (*BIASED, *LOOKIST, *LOOKIST), (APPEARANCE,)),
    Family("classist", _BIASED, (*BIASED, *CLASSIST, *CLASSIST), (POOR,)),
)
HARMLESS: Final = (
    Family("fair", without(CLEAN, "stereotype"), FAIR, PROTECTED),
    Family("fair", without(CLEAN, "stereotype"), FAIR, (AGE, APPEARANCE, POOR)),
)


def examples(rng: random.Random, count: int) -> Iterator[Example]:
    """Yield `count` examples, half of them biased."""
    return drawn(rng, count, "decisions", SLOTS, HURTFUL, HARMLESS)
