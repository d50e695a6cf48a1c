"""Hate dressed as a question or a mere opinion, beside questions and opinions that are just that."""

import random
from collections.abc import Iterator
from typing import Final

from detectors.training.example import Example
from detectors.training.made.family import CIVIL, CLEAN, HATEFUL, Family, drawn
from detectors.training.made.patterns import table
from detectors.training.made.words.groups import HATED, PROTECTED
from detectors.training.made.words.outsiders import CROWDS, TRADES
from detectors.training.made.words.slots import SHARED

LOADED: Final = table(
    """
    Why are [all|] {groups} [so|always so|such|] [{very}|] {bad}?
    Why [do|must] {groups} [always|have to] [ruin|spoil|destroy|infest|steal] everything?
    [Does anyone|Does anybody|Do any of you] else [hate|despise|loathe] {groups} [as much as I do|or is it just me|]?
    [When|When on earth] will [we|the government|somebody] [finally|] [get rid of|do something about|throw out|stop] \
        [all these|the|those] {groups}?
    [Isn't it|Is it not] [obvious|clear|time we said|a fact] that {groups} are {bad}?
    Who [on earth|in their right mind|] [would|could] [trust|hire|marry|love|want to live near|respect] {a_group}?
    [How can {groups} be allowed to|Since when are {groups} allowed to] [vote|have children|live here|teach our \
        kids|walk \
        our streets]?
    What [use|good] [are|is there in] {groups}[, really|, honestly|]?
    How many {groups} [must we put up with|do we have to feed|does this country need]?
    [What's|What is] the difference between {groups} and {vermin}? [None.|I can't see one.|You can like {vermin}.]
    [Am I the only one who thinks|Are we the only ones who think] {groups} are {bad}?
    Why should [I|we|anyone] [respect|pay for|care about|be nice to] {groups}?
    [Can|Could] [somebody|anyone] [explain|tell me] why {groups} [exist|are still here|are not locked up]?
    """
)
OPINION: Final = table(
    """
    [In my opinion|If you ask me|The way I see it|Personally I think|I'm entitled to my opinion, and I think|Call me \
        old-fashioned, but|I'm not prejudiced, but|With all due respect,] {groups} are [{very}|] {bad}.
    [In my opinion|If you ask me|The way I see it|I'm just saying that|I have nothing against them, but|Some of my \
        best friends are different, but] {groups} [should know their place|should stay away from us|don't belong \
        here|are ruining this country|are {vermin}].
    [I'm not racist, but|I'm no bigot, but|Don't get me wrong, but|Nothing personal, but] I {hate} {groups}.
    It's [just|only] my [opinion|view|taste], [but|and] {groups} [make me sick|disgust me|are {bad}].
    [I feel|My feeling is|It seems to me|I would argue] that {groups} are [not {worth}|{bad}|inferior to us|a burden \
        on everyone].
    [As a taxpayer|As a father|As a mother|As a patriot], I [think|say] {groups} are {bad}.
    """
)
OPEN: Final = table(
    """
    Why do [people|some people|they] [still|] [hate|despise|fear|mock|mistrust] {groups}?
    Why are {groups} [so often|still|] [called|described as|portrayed as] {bad}? [They aren't.|It's unfair.|]
    [Does anyone|Does anybody|Do any of you] [else|] [know|admire|work with|have friends who are] {groups}?
    [When|When on earth] will [we|the government|somebody] [finally|] [protect|listen to|do something for|stop \
        insulting] {groups}?
    [Isn't it|Is it not] [obvious|clear|a fact] that {groups} are {good}?
    Who [on earth|] [decided|says|told you] that {groups} are {bad}?
    [How|Where] can {groups} [apply|vote|find help|get a doctor|learn the language] [here|in this town|]?
    What [do|can] {groups} [need|think|eat|do] [at school|at work|in winter|for the feast]?
    How many {groups} [live|work|study|vote] [in this town|in this country|at your school]?
    [What's|What is] the [right|polite|best] [word for|way to support|way to talk about] {groups}?
    [Am I the only one who thinks|Are we the only ones who think] {groups} are {good}?
    Why should [I|we|anyone] [hate|fear|look down on|be rude to] {groups}?
    [Can|Could] [somebody|anyone] [explain|tell me] why {groups} [are still paid less|were kept out|celebrate \
        today|need a permit]?
    Is it [wrong|okay|rude] to ask {a_group} [where they grew up|about their faith|for advice|to dance]?
    """
)
VIEW: Final = table(
    """
    [In my opinion|If you ask me|The way I see it|Personally I think|I'm entitled to my opinion, and I think|Call me \
        old-fashioned, but|With all due respect,] {groups} are [{very}|] {good}.
    [In my opinion|If you ask me|The way I see it|I'm just saying that] {groups} [should be heard|should get the \
        same pay|belong here|are treated badly in this country|are {good}].
    [Don't get me wrong, but|Nothing personal, but|I'm no expert, but] I {love} {groups}.
    It's [just|only] my [opinion|view|taste], [but|and] [{groups} deserve better|I like how {groups} are shown in \
        that film|hating {groups} is {bad}].
    [I feel|My feeling is|It seems to me|I would argue] that {groups} are [{worth}|{good}|not {bad}|no burden on \
        anyone].
    [As a taxpayer|As a father|As a mother|As a patriot], I [think|say] {groups} are {good}.
    """
)

HURTFUL: Final = (
    Family("loaded", HATEFUL, LOADED, HATED),
    Family("loaded", HATEFUL, LOADED, PROTECTED),
    Family("opinion", HATEFUL, OPINION, PROTECTED),
)
HARMLESS: Final = (
    Family("open", CLEAN, OPEN, PROTECTED),
    Family("open", CLEAN, OPEN, PROTECTED),
    Family("view", CLEAN, VIEW, PROTECTED),
    Family("outsiders", CIVIL, (*LOADED, *OPINION), (TRADES, CROWDS)),
)


def examples(rng: random.Random, count: int) -> Iterator[Example]:
    """Yield `count` examples, half of them hateful."""
    return drawn(rng, count, "questions", SHARED, HURTFUL, HARMLESS)
