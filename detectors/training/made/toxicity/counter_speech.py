"""Hate that is quoted or told of in order to condemn it, beside the same quotations with approval."""

import random
from collections.abc import Iterator
from typing import Final

from detectors.training.example import Example
from detectors.training.made.family import CLEAN, HATEFUL, Family, drawn, without
from detectors.training.made.patterns import Slots, table
from detectors.training.made.words.groups import PROTECTED
from detectors.training.made.words.slots import SHARED

SLOTS: Final[Slots] = {
    **SHARED,
    "slogan": table(
        """
        {groups} are {bad} | {groups} are {vermin} | all {groups} are {bads} | I hate {groups}
        {groups} should be deported
        {groups} don't belong here | {groups} should be shot | I {hate} {groups} | kill all {groups}
        never trust {a_group} | {groups} ruin everything
        no {group} deserves respect | {groups} are {very} {bad} | we'd be better off without {groups}
        the only good {group} is a dead one
        {groups} belong in a cage | get rid of {groups} | fuck {groups} | {groups} are {bad} and {bad}
        ban all {groups} | {groups} out
        """
    ),
    "speaker": table(
        """
        my uncle | some guy on the bus | that politician | a pastor | my old boss | the man next to me
        a caller on the radio | this account
        my cousin | an angry customer | the leaflet | the graffiti on the wall | a colleague | that podcast
        my grandfather | the banner | a troll
        """
    ),
    "condemned": table(
        """
        disgusting | wrong | hateful | not okay | plain racism and nothing else | unacceptable | bigoted | a lie
        vile | ignorant | shameful | hate speech
        dangerous nonsense | cruel and stupid | the opposite of the truth | a disgrace
        something that has no place here | just prejudice | not an opinion
        """
    ),
    "approved": table(
        """
        right | exactly right | the truth | spot on | what we all think | so true | common sense | not a crime to say
        brave | a fact | nothing but the truth
        the best thing I heard all week | just honest | long overdue | what my father taught me | my motto
        an opinion that I share | not wrong
        """
    ),
    "objected": table(
        """
        I told them to stop | I walked out | I reported it | I was ashamed | I spoke up | it made me sick
        I blocked them | I cried afterwards
        we complained | I asked them to apologise | I could not let that stand | I will never forgive that
        everybody booed | they were rightly fired
        """
    ),
    "cheered": table(
        """
        I told them to go on | I clapped | I shared it | I was proud | I joined in | it made my day | I agreed
        I laughed and nodded
        we cheered | I asked for more | I could not have put it better | I will never forget those true words
        everybody with a brain cheered | they were right
        """
    ),
}

DENOUNCED: Final = table(
    """
    "{slogan}" is {condemned}.
    [Saying|Shouting|Writing|Posting] "{slogan}" is {condemned}.
    [Saying|Thinking|Claiming] that {groups} are {bad} is {condemned}.
    {speaker} [said|shouted|wrote|muttered] "{slogan}" and {objected}.
    {speaker} [said|told us|claimed] that {groups} are {bad}. {objected}.
    [Anyone who|Whoever|Everyone who] [says|thinks|still says] "{slogan}" [needs help|should be ashamed|is not my \
        friend|should read a book|gets blocked].
    [Stop|Please stop|Can we stop|Quit] [saying|writing|posting|shouting] "{slogan}"[ at {groups}|, it is \
        {condemned}|, it hurts people|].
    [Why do people still|How can anyone|Why would anybody] [say|think|write] things like "{slogan}"? [It's \
        {condemned}.|{groups} are {good}.|]
    [The words "{slogan}"|Calling {groups} "{bads}"|Calling {groups} {vermin}|To call {a_group} a "{bad1}"] is \
        {condemned}.
    [I was|My friend was|They were] [told|called|shouted at] "{slogan}" [at school|on the bus|at work|in the street] \
        [and nobody helped|, that still hurts|and it broke my heart].
    If you [think|say|believe] [that|] {groups} are {bad}, [you are wrong|please leave|we can't be friends|you have \
        never met one].
    "{slogan}": [that is the kind of hatred|this is the filth|such are the words] [{groups} face|my friends read|our \
        kids hear] [every day|online|at school], [and it must stop|and I'm tired of it|and I won't be quiet].
    [Imagine|Just imagine] [being told|hearing|reading] "{slogan}" [every day|as a child|at work]. [No one deserves \
        that.|Be kind.|]
    [The court|The judge|A jury] [fined|sentenced] the man who [shouted|wrote|chanted] "{slogan}" [at a rally|on a \
        synagogue|outside a school].
    You [can't|cannot|may not] [just|] say "{slogan}" [here|in this forum|at work] and [call it a joke|expect to \
        keep your job|get away with it].
    """
)
ENDORSED: Final = table(
    """
    "{slogan}" is {approved}.
    [Saying|Shouting|Writing|Posting] "{slogan}" is {approved}.
    [Saying|Thinking|Claiming] that {groups} are {bad} is {approved}.
    {speaker} [said|shouted|wrote|muttered] "{slogan}" and {cheered}.
    {speaker} [said|told us|claimed] that {groups} are {bad}. {cheered}.
    [Anyone who|Whoever|Everyone who] [denies|won't say] "{slogan}" [needs help|should be ashamed|is not my \
        friend|is blind].
    [Keep|Never stop|Why stop] [saying|writing|posting|shouting] "{slogan}"[ at {groups}|, it is {approved}|, they \
        deserve it|].
    [Why can't we just|Why is nobody allowed to] say "{slogan}"? It's {approved}.
    [Calling {groups} "{bads}"|Calling {groups} {vermin}|To call {a_group} a "{bad1}"] is {approved}.
    [I told|My friend told|We told] {a_group} "{slogan}" [at school|on the bus|at work|in the street] [and it felt \
        great|, they had it coming|and I'd do it again].
    If you [think|say|believe] [that|] {groups} are {bad}, [you are right|welcome to the club|we can be friends|you \
        have met one].
    "{slogan}": [that is the truth|these are the words] [nobody dares to say|our kids should learn|I live by], [and \
        I won't be quiet|and I'm proud of it].
    [The court|The judge|A jury] [fined|sentenced] a man who only said what is true: {slogan}.
    They [can't|cannot] stop us from saying "{slogan}", [because it's true|we all know it|it's {approved}].
    """
)

HURTFUL: Final = (Family("endorsed", without(HATEFUL, "threat"), ENDORSED, PROTECTED),)
HARMLESS: Final = (Family("denounced", CLEAN, DENOUNCED, PROTECTED),)


def examples(rng: random.Random, count: int) -> Iterator[Example]:
    """Yield `count` examples, half of them hateful."""
    return drawn(rng, count, "counter-speech", SLOTS, HURTFUL, HARMLESS)
