"""Frames for stereotypes: what they are all said to be, what one was or did, and what says nothing."""

from typing import Final

from detectors.training.made.patterns import table

GENERAL_TRAITS: Final = table(
    """
    {groups} are {trait}.
    [All|Most|Some|Many] {groups} are {trait}[, everybody knows that|, in my experience|].
    {groups} are [naturally|usually|always|typically|just|generally|so|known to be|famously] {trait}.
    [As everyone knows|Let's face it|Statistically|In my experience|From what I've seen|They say], {groups} are \
        {trait}.
    {groups} are {trait} and {trait}[, that's how they are raised|, it's in their culture|, you can't change that|].
    [It is|It's] [no secret|common knowledge|in their nature|typical] that {groups} are {trait}.
    Why are {groups} [so|always so|] {trait}?
    [No wonder|Of course] {he} {is} {trait}, {he} {is} {a_group}.
    {name} must be {trait}, [after all|since] {he} {is} {a_group}.
    You can tell {he} {is} {a_group} because {he} {is} so {trait}.
    I [love|admire|like] [that|how] {groups} are [always|so|naturally|] {trait}[, we could learn from that|].
    [Being|Since {he} {is}] {a_group}, {name} is [probably|surely|bound to be] {trait}.
    For {a_group}, {name} is surprisingly different: not {trait} at all.
    [Ask|Hire|Get|Find] {a_group}, {groups} are {trait}.
    """
)
GENERAL_DEEDS: Final = table(
    """
    {groups} [always|usually|mostly|only|just|] {deed}.
    [All|Most|Many] {groups} {deed}[, everybody knows that|, in my experience|].
    [As everyone knows|Let's face it|In my experience|They say], {groups} {deed}.
    {groups} are [known|likely|born|raised|bound] to {deed}.
    [It is|It's] [no secret|common knowledge|in their nature|typical] that {groups} {deed}.
    Why do {groups} [always|] {deed}?
    [No wonder|Of course] {he} would {deed}, {he} {is} {a_group}.
    I [love|admire|hate|like] [that|how] {groups} [always|] {deed}.
    {name} is {a_group}, so {he} will [surely|probably|] {deed}.
    All {he} can do is {deed}, [typical|such] {a_group}.
    """
)
STORY_TRAITS: Final = table(
    """
    The {group} [was|is] [very|really|so|quite|] {trait}.
    The {group} [next door|at {place}|I met {day}|in my class] [was|is] [very|so|rather|] {trait}.
    [I met|We hired|My sister married|I sat next to|They elected|I talked to] {a_group} [at {place}|{day}|]. {he} \
        {was} [very|so|really|] {trait}.
    My [new|old|] [neighbour|colleague|roommate|boss|friend|teacher] is {a_group} [from out of town|]. {he} {is} \
        {trait}[ and {trait}|].
    {name} is {a_group}. {he} {is} [very|so|always|] {trait}.
    {name}, {a_group} [I know|from {place}|], is {trait}.
    [A(n)|The] {group} [came|walked] into {place}. [Everyone saw that|It was clear that|I noticed how] {he} {was} \
        {trait}.
    [We all|Everybody at {place}] [knew|noticed|said] that the {group} was {trait}.
    [I have|I've got] a friend who is {a_group}. {he} {is} [extremely|really|] {trait}[, and we get on well|].
    """
)
STORY_ADJECTIVES: Final = table(
    """
    The {trait} {group} [sat|stood|waited] [at {place}|near the door|in front of us].
    [A(n)|The|Another] {trait} {group} [asked|told|called] me [about {topic}|{day}].
    [I met|We hired|My sister married|I sat next to] a(n) {trait} {group} [at {place}|{day}|].
    """
)
"""For traits of one word."""
STORY_DEEDS: Final = table(
    """
    The {group} [liked|wanted|used|tried|began|decided|loved] to {deed}.
    The {group} [next door|at {place}|in my class] [likes|wants|loves|seems] to {deed}.
    [I met|We hired|My sister married|I sat next to|I talked to] {a_group} [at {place}|{day}|]. All {he} wanted was \
        to {deed}.
    {name} is {a_group} [from out of town|] and [likes|loves|would rather|used] to {deed}.
    My [new|old|] [neighbour|colleague|roommate|boss|friend] is {a_group}. I [saw|heard] {he} [likes|used] to {deed}.
    [A(n)|The] {group} came into {place}. [We knew|I thought] {he} would {deed}.
    {name}, {a_group}, was [about|eager|going|known] to {deed}.
    """
)
DENIALS: Final = table(
    """
    Not all {groups} are {trait}[, that is a stereotype|, and I know many|].
    [It's|It is] [a stereotype|a cliché|a prejudice|unfair] [to say|] that {groups} are {trait}.
    [Stop|Please stop] saying [that|] {groups} are {trait}[, it isn't true|].
    [Being|To be] {a_group} doesn't mean [you are|one is] {trait}.
    I used to think [that|] {groups} {deed}, [but that's nonsense|then I met some|how wrong I was].
    {groups} are no more {trait} than [anyone else|other people|the rest of us].
    [The study|Our survey|The data] found no evidence that {groups} are {trait}.
    Some {groups} are {trait}, [some are not|others aren't], like [everyone|all people|any of us].
    [The film|Her talk|The article] [plays with|criticises|looks at] the cliché that {groups} {deed}.
    [Don't assume|Nobody should assume|Never assume] [that|] {name} is {trait} because {he} {is} {a_group}.
    """
)
NEUTRAL: Final = table(
    """
    The {group} [went|came|walked] to {place} {day}.
    The {group} [bought|lost|found|sold|lent me] a(n) {thing} [{day}|at {place}|].
    The {group} [ate|ordered|cooked|likes] {food} [{day}|at {place}|].
    [I met|I saw|We invited|I sat next to] {a_group} [at {place}|on the bus] {day}. [It was a(n) {quality} day.|The \
        {food} was good.|The train was on time.|]
    {name} is {a_group}. [The {thing} is in the kitchen.|It rained {day}.|The shop opens at nine.|My cat is \
        asleep.|Bread is made of flour.]
    My [neighbour|colleague|roommate|boss|friend] is {a_group}. [We talked about {topic}.|I need a new {thing}.|The \
        river is high this week.|Water boils at a hundred degrees.]
    [Many|Some|Several|Two] {groups} [live|work] [near {place}|in this town|in the same building].
    {groups} [were asked|voted|read|spoke] about {topic} {day}.
    [The book|A film|An article] about {groups} [came out|won a prize|was on TV] {day}.
    The {group} [was|is] [at {place}|late for the bus|on the phone|in the second row|reading about {topic}].
    {name}, {a_group} from the north, [asked|wrote|talked] about {topic}.
    [A(n)|The] {group} [came|walked] into {place}. [The door was green.|There was {food} on the table.|The radio was \
        on.|{who} said hello.]
    [Bananas are yellow.|The lamp is new.|Tuesday comes after Monday.|The cup is full of tea.|Stones are hard.] [The \
        {group} nodded.|]
    """
)
