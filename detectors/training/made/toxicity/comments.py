"""Long comments under posts, with and without poison: games, sport, stars, politics, trouble at home and at work."""

import random
from collections.abc import Iterator
from typing import Final

from detectors.training.example import Example
from detectors.training.made.family import ABUSIVE, CLEAN, Family, drawn
from detectors.training.made.patterns import Slots, table
from detectors.training.made.toxicity import insults
from detectors.training.made.words import everyday
from detectors.training.made.words.slots import SHARED

SLOTS: Final[Slots] = {
    **insults.SLOTS,
    **SHARED,
    **{name: everyday.SLOTS[name] for name in ("place", "food", "day", "topic")},
    "stage": table(
        """
        I [watched|saw] the [match|debate|finale|interview|stream|press conference] {day}.
        This [thread|video|post|podcast] showed up in my feed.
        I've [played|followed|supported] [this game|this team|the band|the party] for [ten|five|twenty] years.
        So {person} [posted|tweeted|said something] about {topic} again.
        [Long post, sorry.|Bear with me.|I rarely comment.|First time here.]
        The [update|patch|album|trailer|budget] came out {day}. | We had [elections|a meeting|a family dinner] {day}.
        My [team|son|company|landlord] [lost|changed|cancelled] [everything|the plan|the deal] {day}.
        @user did you [see|read|hear] [this|what {person} said]?
        """
    ),
    "sting": table(
        """
        {person} is a(n) {mean} {low}. | What a(n) {mean} {low}. | You're all [too|] {mean} to see it.
        Shut up, {low}. | Nobody with a brain would defend this {low}.
        [Go|Please] jump off a cliff. | Every one of you is a(n) {low}.
        This {low} should [be fired|crawl back under a rock|never speak again|be ashamed to exist].
        {you} are {mean}. | [Fuck|Screw] {person} and [fuck|screw] everyone who [likes|supports] that {low}.
        Only {mean} people [write|believe|watch] this. | I hope you [lose your job|choke on it|rot].
        {person} is so {mean} it hurts. | Get a life, you {mean} {low}. | How {mean} can you be? | Cry more, {low}.
        Your [mum|mother] must be [so proud of|ashamed of] such a(n) {low}.
        """
    ),
    "fair": table(
        """
        I don't agree with {person} [at all|on {topic}|here]. | What a [terrible|stupid|sad|weird] decision.
        I'm [so|really] [angry|tired|disappointed|sad|furious] about this. | {claim} is {weak}.
        [Please|Can we] [stay polite|talk about {topic} instead|read the rules first].
        We deserve [better|an explanation|our money back]. | This [broke|breaks] my heart.
        I cried [a lot|like a baby|] [{day}|].
        The [service|ending|referee's call|sound] was [awful|terrible|shit|a mess|not great].
        I [hope|really hope] {person} [gets well soon|does better next time|explains it|apologises].
        That was [fucking|damn|] [brilliant|great|amazing|hilarious].
        I [hated|loved] the [ending|second half|new map|speech].
        [Thanks|Thank you] for [posting|sharing|explaining] this.
        [Sorry|So sorry] to hear that, [hang in there|take care|sending love].
        It's [stupid|dumb|silly] of me, but I [miss|forgot] {person}.
        [Damn|Shit|Wow], I [forgot|lost|missed] [my keys|the start|my train] again.
        My [head|back|heart] is killing me.
        [He|She] was a [legend|great player|good mayor|bad manager], [whatever people say|in my view|].
        Don't be so hard on yourself.
        """
    ),
    "close": table(
        """
        [That's all.|Rant over.|Thoughts?|Peace.|Anyway, {food} for dinner.|Have a good one.|Just my two \
            cents.|Unfollowing.|Back to work.|We'll see.||||]
        """
    ),
}

TOXIC: Final = table(
    """
    {stage} {sting} {close}
    {stage} {fair} {sting} {close}
    {stage} {sting} {sting} {close}
    {fair} {stage} {sting} {fair} {close}
    {sting} {stage} {sting} {close}
    {stage} {fair} {fair} {sting} {sting} {close}
    """
)
FAIR: Final = table(
    """
    {stage} {fair} {close}
    {stage} {fair} {fair} {close}
    {fair} {stage} {fair} {fair} {close}
    {stage} {fair} {fair} {fair} {close}
    {fair} {fair} {close}
    """
)

HURTFUL: Final = (Family("toxic", ABUSIVE, TOXIC),)
HARMLESS: Final = (Family("fair", CLEAN, FAIR),)


def examples(rng: random.Random, count: int) -> Iterator[Example]:
    """Yield `count` examples, half of them abusive; none is hate."""
    return drawn(rng, count, "comments", SLOTS, HURTFUL, HARMLESS)
