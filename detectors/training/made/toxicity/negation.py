"""Denied hate beside denied respect: the same words, turned over by who is negated and how often."""

import random
from collections.abc import Iterator
from typing import Final

from detectors.training.example import Example
from detectors.training.made.family import CIVIL, CLEAN, HATEFUL, Family, drawn
from detectors.training.made.patterns import table
from detectors.training.made.words.groups import HATED, PROTECTED
from detectors.training.made.words.outsiders import CROWDS, TRADES
from detectors.training.made.words.slots import SHARED

HATE_DENIED: Final = table(
    """
    {folk} are not {bad}.
    {groups} aren't {bads}[, and they never were|, whatever you hear|].
    I [don't|do not|can't|cannot] [think|believe|see how] [that|] {folk} are {bad}.
    I [would|could|will] never [say|claim|think|post|tell anyone] [that|] {groups} are {bad}.
    I [don't|do not|would never|could never|will never] hate {groups}.
    [No|Not one|Not a single] {group} [deserves|has earned] [to be hated|this hatred|such contempt|to be called \
        {vermin}|to be insulted like that].
    [No|Not one] {group} is {bad} [just because of who they are|by birth|because of that].
    [Nobody|No one] [should|may|ought to] [say|think|claim] [that|] {groups} are {bad}.
    {groups} are anything but {bad}.
    [It is|It's] [not true|wrong|false|a lie|nonsense|untrue] that {groups} are {bad}.
    [Not once|Never] have I [thought|said|felt|believed] that {groups} are {bad}.
    [There is|There's] no [reason|excuse] to [hate|despise|fear|insult|look down on] {groups}.
    [You|We|I] [shouldn't|must not|should never] [call {groups} {vermin}|treat {groups} like {vermin}].
    I [don't|can't] agree with [anyone|people] who [says|say] {groups} are {bad}.
    [Nobody|No one] can deny [that|] {groups} are {good}.
    I [won't|will not] [stand by|sit there|keep quiet] while [someone|he|she] says [that|] {groups} are {bad}.
    [It's|It is] not that I [dislike|fear|mistrust] {groups}, I {love} them.
    I [never|don't] [meant|mean] to [say|imply] [that|] {groups} are {bad}; [they aren't|they are {good}|I was wrong].
    {groups} do not [ruin|destroy|harm|threaten] [this country|our town|anything|our schools].
    [Being|To be] {a_group} does not [mean you are|make you] {bad}.
    """
)
RESPECT_DENIED: Final = table(
    """
    {folk} are not {worth}.
    {groups} aren't {worth}[, and they never were|, whatever you hear|].
    I [don't|do not|can't|cannot] [think|believe|see how] [that|] {folk} are {worth}.
    I [would|could|will] never [say|claim|think|post|tell anyone] [that|] {groups} are {worth}.
    I [don't|do not|would never|could never|will never] [respect|trust|accept|tolerate|hire] {groups}.
    [No|Not one|Not a single] {group} [deserves|has earned] [respect|our help|a vote|to be treated as an \
        equal|kindness|to live here].
    [No|Not one] {group} is [worthy of respect|trustworthy|decent|honest|normal|one of us|our equal], [that's in \
        their blood|and never will be|ask anyone].
    [Nobody|No one] [should|may|ought to] [say|think|claim] [that|] {groups} are {worth}.
    {groups} are anything but {worth}.
    [It is|It's] [not true|wrong|false|a lie|nonsense|untrue] that {groups} are {worth}.
    [Not once|Never] have I [met|seen|known] {a_group} who [was|is] [worthy of \
        respect|trustworthy|decent|honest|normal|clean|civilised].
    [There is|There's] no [reason|excuse] to [respect|help|welcome|trust|keep] {groups}.
    [You|We|I] [shouldn't|must not|should never] [treat|see] {groups} as [equals|human beings|people like us|one of \
        us].
    I [don't|can't] agree with [anyone|people] who [says|say] {groups} are {worth}.
    [Nobody|No one] can deny [that|] {groups} are {bad}.
    I [won't|will not] [sit|eat|work|live] [next to|beside|near] {a_group}.
    [It's|It is] not that I [dislike|fear|mistrust] {groups}, I [hate|despise|loathe] them.
    [Don't|Do not] tell me [that|] {groups} aren't {bad}.
    {groups} [will never be|were never|are never going to be] {worth}.
    {groups} do not [belong|fit in|have a place] [in this country|in our town|among us|in our schools].
    You [will|'ll] never [convince me|make me believe] [that|] {groups} aren't {bad}.
    [I'm|I am] not [saying|claiming] [all|] {groups} are {bad}, [but they are|except that they are|just that I've \
        never met one who isn't].
    """
)

HURTFUL: Final = (
    Family("respect-denied", HATEFUL, RESPECT_DENIED, HATED),
    Family("respect-denied", HATEFUL, RESPECT_DENIED, PROTECTED),
)
HARMLESS: Final = (
    Family("hate-denied", CLEAN, HATE_DENIED, PROTECTED),
    Family("hate-denied", CLEAN, HATE_DENIED, PROTECTED),
    Family("hate-denied", CLEAN, HATE_DENIED, PROTECTED),
    Family(
        "outsiders",
        CIVIL,
        RESPECT_DENIED,
        (TRADES, CROWDS),
    ),
)


def examples(rng: random.Random, count: int) -> Iterator[Example]:
    """Yield `count` examples, half of them hateful."""
    return drawn(rng, count, "negation", SHARED, HURTFUL, HARMLESS)
