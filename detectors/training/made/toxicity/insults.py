"""Insults to a person, beside the same words about things, heated but civil dispute, and everyday praise."""

import random
from collections.abc import Iterator
from typing import Final

from detectors.training.example import Example
from detectors.training.made.family import ABUSIVE, CIVIL, CLEAN, Family, drawn
from detectors.training.made.patterns import Slots, table
from detectors.training.made.words import everyday
from detectors.training.made.words.slots import SHARED

SLOTS: Final[Slots] = {
    **SHARED,
    **{name: everyday.SLOTS[name] for name in ("place", "food", "day", "topic")},
    "low": table(
        """
        idiot | moron | loser | clown | liar | coward | fool | imbecile | pig | rat | joke | failure | waste of space
        waste of oxygen | snake | troll
        hypocrite | crook | fraud | nobody | {swear1} | {swear1} | halfwit | dimwit | creep | weirdo | tool | crybaby
        jerk | {fucking} idiot | know-nothing
        """
    ),
    "mean": table(
        """
        stupid | pathetic | ugly | dumb | useless | worthless | disgusting | ignorant | brainless | spineless
        miserable | ridiculous | arrogant | lazy
        vile | nasty | embarrassing | fucking stupid | clueless | incompetent | thick as a brick | rotten to the core
        full of shit | a disgrace
        """
    ),
    "claim": table(
        """
        your argument | this article | that plan | the new rule | your source | the headline | this idea | that study
        the figure you quote | your last point
        """
    ),
    "weak": table(
        """
        wrong | misleading | weak | unfair | outdated | badly written | one-sided | dangerous | stupid | absurd
        ridiculous | nonsense | a disaster | half the story
        """
    ),
    "you": table("You | @user you | Mate, you | Dude, you | You people | Honestly, you | Lol you | Sir, you"),
}

RUDE: Final = table(
    """
    {you} are [such|] a(n) {low}.
    {you} are [so|really|just|] {mean}[, it hurts to read|, do us a favour and log off|].
    [Shut up|Shut your mouth|Get lost|Piss off|Go away|Fuck off], you [{mean}|] {low}.
    {person} is [such|nothing but|] a(n) [{mean}|complete|total|absolute|] {low}.
    [What a|What an absolute|What a total] {low} {person} is.
    [Nobody|No one] [likes|asked|wants|cares about] you, [{low}|you {low}|go cry about it].
    [Only|Just] a(n) {low} would [write|believe|vote for|say|defend] [this|that|such nonsense].
    [Are you|Were you born] [really|] [this|that] {mean}[, or do you practise|, or just pretending|]?
    [Your|Her|His] [face|brain|writing|voice|mother] is [{mean}|a joke|an insult to us all].
    [Go|Please] [back to school|play in traffic|jump off a cliff|crawl back under your rock], [{low}|you \
        {low}|nobody will miss you].
    I've [never|rarely] met a [bigger|worse] {low} than {person}.
    {person} [couldn't|can't] [tie a shoe|count to three|boil water|find the door], [what a|typical] {low}.
    [Learn|Try] to [read|think|spell] before you [open your mouth|post], you {low}.
    [Keep|Go on] [crying|talking|lying], {low}, [it suits you|everybody laughs at you|you're {mean}].
    [Typical|Classic] {name}, too {mean} to [read the rules|admit it|get it].
    [I hope|Hope] you [choke|fail|lose everything|rot], you {mean} {low}.
    """
)
CIVIL_DISPUTE: Final = table(
    """
    I [strongly|really|totally|] disagree[: {claim} is {weak}| with you on {topic}|, and here is why|].
    {claim} is {weak}, [in my view|if you ask me|and I can show it|sorry to say].
    You are [wrong|mistaken|missing the point|not listening] [here|about {topic}|again|], [but I get where you come \
        from|read the report|no hard feelings|].
    [With respect|Honestly|Frankly], [{claim} is {weak}|this was a stupid decision|that's the worst idea this year].
    [What a|That is a] [stupid|ridiculous|terrible|silly] [rule|idea|plan|headline|design|law].
    [Nobody|No one] [asked|wants|needs] this [update|rule|sequel|tax], [bring back the old one|it's {weak}].
    {person} [made|has made] a [stupid|bad|costly] mistake [with {topic}|{day}|], [but who hasn't|and should say \
        so|it happens].
    I [can't stand|don't like|don't trust] this [government|budget|plan|newspaper], [it is {weak}|they broke their \
        word|vote them out].
    [Are you|Were you] [really|] [sure|serious] about this? {claim} looks {weak} [to me|].
    [Stop|Please stop] [blaming|interrupting|quoting] {person} and [read the facts|answer the question|look at \
        {claim}].
    I [feel|felt] [stupid|like an idiot|like a fool|useless|ugly] [today|after that meeting|when I forgot your name|].
    [Don't|Never] [call|let anyone call] [yourself|her|him|your brother] a(n) [idiot|loser|failure|moron]. [Be \
        kind.|It hurts.|]
    [He|She|My teacher] [called|calls] me a(n) [idiot|loser|moron|liar] [in front of everyone|once|], [and I \
        cried|which hurt|so I complained].
    [I|We] [waited|queued] for an hour and the [service|food|app] was {weak}; [never again|I want my money back|one \
        star].
    The [villain|main character|clown] in that [film|play|book] is [a liar|a coward|a loser|pathetic], [great \
        acting|well written|].
    You [idiot|fool|loser], [I love you|I missed you|come here and hug me], [haha|❤️|😂].
    """
)
AT_THINGS: Final = table(
    """
    [This|That|My] [stupid|damn|useless|worthless|ugly|pathetic] {thing} [is {weak}|broke again|hates me|is garbage].
    [What a|Such a] [{mean}|] {thing}[, worst I ever had|, never again|].
    {mass} are [{mean}|a joke|for losers][, I said it|].
    """
)
KIND: Final = table(
    """
    You are [so|really|just|] [kind|clever|funny|lovely|talented|patient|brave][, thank you|, I mean it|].
    {person} is [such|] a(n) [gem|legend|star|sweetheart|great listener|hero].
    [Thanks|Thank you|Cheers] for [the tips|your help|explaining {topic}|{food}|listening], [you made my day|that \
        was kind|].
    [What a|Such a] [lovely|great|thoughtful|funny] [post|comment|picture|idea|answer].
    [Nobody|No one] [explains|sings|cooks|listens] like you[, really|, my friend|].
    [Happy birthday|Congrats|Well done|Good luck|Get well soon], [{name}|mate|my friend|everyone]!
    I've [never|rarely] met a [kinder|better|braver] [person|teacher|friend] than {person}.
    [Your|Her|His] [face|voice|writing|smile] [is lovely|made my day|cheers me up].
    [Learn|Try] to [rest|trust yourself|ask for help], you [do so much|deserve it|are enough].
    """
)

HURTFUL: Final = (Family("rude", ABUSIVE, RUDE),)
HARMLESS: Final = (
    Family("dispute", CLEAN, CIVIL_DISPUTE),
    Family("dispute", CLEAN, CIVIL_DISPUTE),
    Family("kind", CLEAN, KIND),
    Family("things", CIVIL | {"insult": 0.0}, AT_THINGS),
)


def examples(rng: random.Random, count: int) -> Iterator[Example]:
    """Yield `count` examples, half of them insulting; none is hate."""
    return drawn(rng, count, "insults", SLOTS, HURTFUL, HARMLESS)
