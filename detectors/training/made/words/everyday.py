"""Everyday sentences that judge nobody: the neighbours of a sentence in a paragraph."""

from typing import Final

from detectors.training.made.patterns import Slots, table

SLOTS: Final[Slots] = {
    "day": table(
        """
        on Monday | on Tuesday | on Friday | on Sunday | yesterday | last night | this morning | last week | in March
        on my birthday
        """
    ),
    "place": table(
        """
        the library | work | the station | the market | the gym | the park | the airport | my sister's place
        the doctor's
        the office | a small cafe | the supermarket | the cinema | school | the beach | the dentist's | the garage
        the hospital
        """
    ),
    "food": table(
        """
        soup | pasta | curry | pancakes | a salad | dumplings | tacos | fried rice | a sandwich | stew | porridge
        pie
        """
    ),
    "thing": table(
        """
        bike | kettle | phone | coat | laptop | tent | lamp | guitar | camera | bag | toaster | radio | sofa | van
        """
    ),
    "topic": table(
        """
        the budget | the new timetable | last night's match | the election | rents | the new season | gardening
        the heatwave | old films
        the price of bread | local history | the football | school dinners | chess | the road works | space travel
        the housing plan
        """
    ),
    "quality": table(
        """
        nice | quiet | odd | long | slow | lovely | busy | strange | dull | boring | calm | pleasant | normal
        """
    ),
    "who": table(
        """
        my brother | a friend of mine | my aunt | the woman next door | my colleague | our teacher
        an old school friend | my dad | a guy from work
        """
    ),
}
"""Words for `EVERYDAY`."""

EVERYDAY: Final = table(
    """
    I went to {place} {day} [and came home late|with {who}|by bus|and it was {quality}|].
    {who} told me about {topic} [again|over lunch|the other day|on the phone|].
    [It's|It was] a(n) {quality} day [today|at {place}|here|for once|].
    We had {food} for [dinner|lunch|breakfast] [on Monday|on Friday|yesterday|last week|again|with {who}].
    I [read|saw|watched|heard] something about {topic} [online|on TV|in the paper|on the radio|this morning].
    My {thing} [broke|got fixed|was stolen|needs new batteries|is finally back] {day}.
    The [meeting|train|bus|match|lesson] was {quality} [as usual|again|this time|].
    [Anyone|Does anyone] know a good [place|shop|website] for {thing} repairs?
    I'm [thinking about|reading up on|tired of hearing about|writing something about] {topic}.
    We talked about {topic} for [an hour|two hours|ages|a while] at {place}.
    [Thanks|Thank you] for [the link|the reply|your answer|reading this|the invite].
    The comments under that [video|article|post] are [long|something else|all over the place|closed now].
    This came up [at {place}|in class|in the group chat|at dinner|on my feed] {day}.
    I've lived here for [ten|twenty|five|thirty] years [now|and I like it|].
    {who} is coming over [later|tonight|at the weekend|for {food}].
    [Need|I need|I still need] to buy a new {thing} before the [weekend|holidays|trip].
    It [rained|snowed|was sunny] all [day|morning|week] at {place}.
    The [council|school|club|company] sent [a letter|an e-mail|a survey] about {topic}.
    [Nothing|Not much] [new|else] [to report|happened] {day}.
    Can't believe it's already [June|October|the weekend|Friday|almost Christmas].
    I [made|cooked|ordered] {food} and [watched|fell asleep during] a film.
    There was a long [thread|discussion|article] about {topic} {day}.
    [Someone|Somebody] at {place} asked me what I think [about this|of {topic}|of it all].
    {who} [lent|gave|sold] me a(n) [old|new|second-hand] {thing}.
    The queue at {place} was [long|endless|short|slow] [again|as usual|today|].
    I [start|finish|leave] at [six|seven|eight|nine] on [Mondays|weekdays|Fridays].
    [Here is|That's] what I [think|wrote in my diary|told {who}|posted {day}].
    """
)
