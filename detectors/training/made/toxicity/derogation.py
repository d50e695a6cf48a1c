"""Groups called names, or hated outright, beside the same words about trades, habits, things, and praise of groups."""

import random
from collections.abc import Iterator
from typing import Final

from detectors.training.example import Example
from detectors.training.made.family import ABUSIVE, CIVIL, CLEAN, HATEFUL, HATEFUL_INSULT, Family, drawn
from detectors.training.made.patterns import table
from detectors.training.made.words.groups import PROTECTED
from detectors.training.made.words.outsiders import CROWDS, TRADES, VILLAINS
from detectors.training.made.words.slots import SHARED

CALLED: Final = table(
    """
    {folk} are {very} {bad}.
    {groups} are {bad} [and|and also|, and worse,] {bad}.
    [All|Most|These|Those|The] {groups} are [nothing but|a bunch of|just|a pack of|a load of] {bads}.
    [Every|Each] [single|] {group} [I know|I have met|around here|in this town|out there|] is a(n) \
        [dirty|stupid|worthless|lying|] {bad1}.
    I [think|believe|know|swear|am convinced|would say] [that|] {folk} are [{very}|] {bad}.
    You can't [trust|respect|talk to|work with|reason with] {groups}, they are [all|] {bads}.
    [God,|Wow,|Man,|] how can {folk} be so [stupid|disgusting|lazy|evil|useless|filthy|dishonest|revolting]?
    [Typical|Bloody typical] {group}: [lazy|dirty|rude|stupid|greedy|loud|dishonest] and {bad}.
    [There is|There's] [nothing|no one|nobody] more {bad} than {a_group}.
    {groups} [make|made] [me|us all|everyone] [sick|want to vomit|feel ill].
    [I have|I've] never met a(n) [honest|decent|clever|clean|useful|sane] {group} [in my life|and I never will|, not \
        one].
    {groups} [deserve|have earned] [no respect|nothing but contempt|zero sympathy|every bit of misery they get].
    The [problem|trouble] with {groups} is that they are {bad}.
    [Show me|Find me] a(n) {group} and I'll show you a(n) {bad1}.
    [What|Such] a bunch of {bads}, those {groups}.
    {groups}: {bad}, {bad} and {bad}.
    [Being|To be] a(n) {group} means being {bad}.
    I wouldn't [let|want] a(n) {group} [into my house|near my kids|in my shop|at my table], they are [all|] {bads}.
    {groups} [don't|do not] [deserve|have a right to] [a vote|a job|a place here|children|our help|any rights], \
        they're {bad}.
    """
)
HATED_OUTRIGHT: Final = table(
    """
    I {hate} {groups}.
    I [{ever}|] {hate} [all|every last one of|all these|those] {groups} [with all my heart|and always will|so \
        much|more every day|].
    [God|Man|Lord|Damn], I {hate} {groups}.
    [We|My friends and I|People here] [all|] [hate|despise|loathe|detest] {groups} [and everything about them|for \
        what they are|].
    [Nothing|No one] [disgusts|annoys|revolts|angers] me [like|as much as|more than] {groups} [do|].
    [If there is one thing|One thing] I {hate}, it's {groups}.
    Can't stand {groups}, [never could|the lot of them|any of them|wherever they are].
    My hatred for {groups} [grows|gets bigger] [every day|by the hour|each time I see one].
    The [sight|sound|smell|thought] of {a_group} makes me [sick|angry|want to throw up|shudder].
    """
)
PRAISED: Final = table(
    """
    {folk} are [{very}|] {good}.
    {groups} are {good} and {good}.
    [All|Most|These|Those|The] {groups} [I know|I met|around here|on our street|] are {good}.
    I [think|believe|know|am convinced|would say] [that|] {folk} are {good}.
    I [{ever}|] {love} {groups}.
    I {love} [all|] {groups} [with all my heart|and always will|so much|more every day|].
    You can [trust|respect|talk to|work with|reason with] {groups}, they are {good}.
    [Every|Each] {group} [I know|I have met|around here] is a(n) [good|kind|brave|honest|wonderful] \
        [friend|soul|neighbour|person].
    [God|Man|Lord|Damn], I {love} {groups}.
    {groups} [deserve|have earned] [respect|our support|a fair chance|every bit of luck they get|the same rights as \
        all].
    [There is|There's] nothing [bad|stupid|disgusting|evil|wrong] about being {a_group}.
    How can anyone [hate|despise|look down on] {groups}? [They are {good}.|]
    [Nothing|No one] [moves|inspires|cheers] me [like|as much as] {groups} [do|].
    I [would|want to] [let|have] {a_group} [in my house|near my kids|at my table] any day, they are {good}.
    """
)
THINGS_HATED: Final = table(
    """
    I [{ever}|] {hate} {mass}.
    {mass} are {very} [disgusting|stupid|filthy|evil|useless|dangerous|revolting|annoying].
    This {thing} is [worthless|disgusting|stupid|useless|garbage|trash|filth|pathetic|a joke|evil].
    [Nothing|No thing] [disgusts|annoys|revolts|angers] me [like|as much as|more than] {mass} [do|].
    The [sight|sound|smell|thought] of {mass} makes me [sick|angry|want to throw up|shudder].
    My hatred for {mass} grows every day.
    [God|Man|Lord], I {hate} this {thing}.
    What a [stupid|filthy|worthless|pathetic|useless] {thing} [this is|we bought|that was|].
    """
)

HURTFUL: Final = (
    Family("called", HATEFUL_INSULT, CALLED, PROTECTED),
    Family("called", HATEFUL_INSULT, CALLED, PROTECTED),
    Family("hated", HATEFUL, HATED_OUTRIGHT, PROTECTED),
)
HARMLESS: Final = (
    Family("called-outsiders", ABUSIVE, CALLED, (TRADES, CROWDS)),
    Family("hated-outsiders", CIVIL, HATED_OUTRIGHT, (TRADES, CROWDS)),
    Family("villains", CIVIL, (*CALLED, *HATED_OUTRIGHT), (VILLAINS,)),
    Family("praised", CLEAN, PRAISED, PROTECTED),
    Family("praised", CLEAN, PRAISED, PROTECTED),
    Family("things", CIVIL | {"insult": 0.0}, THINGS_HATED),
)


def examples(rng: random.Random, count: int) -> Iterator[Example]:
    """Yield `count` examples, half of them hateful."""
    return drawn(rng, count, "derogation", SHARED, HURTFUL, HARMLESS)
