"""Common beliefs about groups and trades, which a model must know to notice; none is true by birth.

A line: `many / one`, pronoun, axis, what they are said to be, what they are said to do (base form), and its opposite.
"""

from dataclasses import dataclass
from typing import Final

from detectors.training.made.patterns import table
from detectors.training.made.target import Target


@dataclass(frozen=True, slots=True)
class Belief:
    """What is commonly said of `target`: to be `traits`, to do `deeds`; `opposites` are what nobody says of it."""

    target: Target
    pronoun: str
    traits: tuple[str, ...]
    deeds: tuple[str, ...]
    opposites: tuple[str, ...]


def belief(line: str) -> Belief:
    """Read one line of a table."""
    names, pronoun, axis, traits, deeds, opposites = (part.strip() for part in line.split(";"))
    many, one = names.split(" / ")
    axes = () if axis == "-" else tuple(axis.split("+"))
    return Belief(Target(many, one, many, axes), pronoun, _list(traits), _list(deeds), _list(opposites))


def _list(text: str) -> tuple[str, ...]:
    return tuple(item.strip() for item in text.split(","))


GROUPS: Final = tuple(
    belief(line)
    for line in table(
        """
        women / woman; she; gender; emotional, bad at parking, gentle, gossipy, caring, weak, hysterical, too \
            sensitive, good with children, moody, bad with money, born to nurture; talk too much, cry at films, shop \
            for shoes, stay home with the kids, look for a rich husband, change their mind, clean the house; strong, \
            good at repairing engines, calm under fire, top of the physics class, the boss here
        girls / girl; she; gender; bad at maths, sweet, tidy, afraid of spiders, quiet, vain, weak at sports; play \
            with dolls, love pink, giggle, wear make-up, dream of a wedding; good at football, fearless, the best \
            coder in class, wild, strong
        mothers / mother; she; gender; overprotective, loving, tired, selfless, always worried, too busy for a \
            career; cook for everyone, stay at home, nag, bake cookies, give up work; away on business, bad at \
            cooking, the head of the bank, relaxed
        men / man; he; gender; strong, aggressive, unable to cook, insensitive, messy, obsessed with sex, better \
            leaders, dominant, bad listeners; hide their feelings, watch football, drink beer, fix cars, refuse to \
            ask for directions, leave the dishes; tender, fond of knitting, at home with the baby, quick to cry, shy
        boys / boy; he; gender; rough, loud, good at maths, lazy at school, messy, wild; break things, fight, play \
            video games, hate reading, climb trees; quiet, fond of ballet, neat, good at sewing, gentle
        husbands / husband; he; gender; lazy around the house, forgetful, hopeless with babies, jealous; forget \
            birthdays, hide in the garage, earn the money, snore on the sofa; good at ironing, attentive, fond of \
            baking
        feminists / feminist; she; gender; angry, humourless, man-hating, bitter, ugly; hate men, burn bras, \
            complain about everything; cheerful, happily married, fond of jokes
        trans people / trans person; they; gender; confused, mentally unstable, dishonest about who they are, \
            obsessed with surgery; seek attention, trick people, regret it later; settled, ordinary, sure of \
            themselves, busy with their garden
        gay men / gay man; he; orientation; feminine, promiscuous, stylish, good at decorating, fussy, dramatic, \
            weak, obsessed with fashion; love musicals, gossip, work as hairdressers, party all night, sleep around; \
            fond of boxing, plain, faithful, bad at dressing, shy
        lesbians / lesbian; she; orientation; masculine, aggressive, man-hating, short-haired, handy with tools; \
            hate men, drive trucks, wear flannel shirts, play softball; feminine, fond of dresses, gentle, long-haired
        bisexuals / bisexual man; he; orientation; greedy, confused, unfaithful, unable to choose, just curious; \
            cheat on everyone, want attention, go through a phase; faithful, sure of himself, happily married
        Black men / Black man; he; race; good at basketball, dangerous, athletic, aggressive, fatherless, musical, \
            criminal, well-endowed, lazy, on drugs; sell drugs, steal cars, rap, run fast, leave their children, \
            like fried chicken, carry a gun; gentle, fond of opera, a quiet accountant, bad at sports, wealthy
        Black women / Black woman; she; race+gender; loud, angry, sassy, strong, bossy, on welfare; snap fingers at \
            people, argue, raise kids alone, dance well; soft-spoken, calm, fond of ice hockey, shy
        Asians / Asian student; he; race; good at maths, quiet, hard-working, bad at driving, shy, obedient, nerdy, \
            short, robotic, excellent at the violin; study all day, do martial arts, eat dogs, work with computers, \
            obey the teacher; lazy, loud, bad at maths, a rock singer, tall
        Asian women / Asian woman; she; race+gender; submissive, exotic, petite, quiet, obedient; please men, work \
            in a nail salon, never complain, serve tea; loud, bossy, tall, a truck driver
        Latinos / Latino; he; race; hot-blooded, lazy, macho, illegal, loud, good at dancing, Catholic, jealous; mow \
            lawns, cross the border, join gangs, clean houses, dance salsa, have many kids; reserved, bad at \
            dancing, a tax lawyer, fond of snow
        white people / white guy; he; race; bad at dancing, privileged, racist, boring, uptight, rich, stiff; put no \
            spice on food, call the manager, play golf, own dogs like children; good at hip-hop, poor, a great dancer
        Native Americans / Native American; he; race; drunk, spiritual, close to nature, poor, stoic; run casinos, \
            drink too much, talk to spirits, live in teepees; a software engineer, sober, fond of cities
        Roma / Roma woman; she; race; dirty, thieving, musical, nomadic, poor, uneducated; steal, beg in the street, \
            read palms, pick pockets, travel in caravans; a judge, honest, settled, well educated
        Arabs / Arab man; he; race; rich, violent, strict with women, hot-tempered, oily; own camels, carry bombs, \
            swim in oil money, have four wives, haggle; peaceful, a vegan baker, poor, shy
        Muslims / Muslim; he; religion; violent, backward, oppressive to women, strict, extremist, intolerant; \
            support terror, beat their wives, hide bombs, hate freedom, force daughters to marry; peaceful, \
            feminist, fond of comedy, liberal
        Muslim women / Muslim woman; she; religion+gender; oppressed, submissive, uneducated, voiceless; hide under \
            a veil, obey the husband, stay at home, have no say; outspoken, a fighter pilot, the head of the firm
        Jews / Jew; he; religion; greedy, rich, stingy, clever with money, powerful, sly, big-nosed; control the \
            banks, run the media, count every penny, lend money, own Hollywood; poor, generous, bad with money, a \
            farmer
        Christians / Christian; she; religion; judgmental, narrow-minded, prudish, hypocritical, kind to the poor; \
            preach at everyone, deny science, hate gays, pray before meals; open-minded, a biologist, fond of heavy \
            metal
        Catholics / Catholic; he; religion; guilt-ridden, strict, against contraception, conservative; have ten \
            kids, confess on Saturdays, obey the Pope; childless, relaxed, progressive
        Hindus / Hindu; he; religion; vegetarian, superstitious, caste-obsessed, spiritual; worship cows, arrange \
            marriages, do yoga at dawn; fond of steak, a sceptic, unmarried
        Buddhists / Buddhist; he; religion; peaceful, calm, detached, poor by choice; meditate all day, chant in \
            temples, wear orange robes; hot-tempered, loud, fond of racing
        atheists / atheist; he; religion; immoral, arrogant, cold, rebellious; mock believers, worship science, have \
            no values; modest, warm, active in the parish choir
        immigrants / immigrant; he; nationality; poor, criminal, uneducated, hard-working, on benefits, unwilling to \
            integrate; steal jobs, live off welfare, bring crime, send money home, speak no English; a surgeon, \
            rich, a poet laureate, fluent in five languages
        refugees / refugee; he; nationality; dangerous, helpless, ungrateful, traumatised, poor; live on handouts, \
            flee from war, carry a smartphone, commit crimes; cheerful, a banker, well off
        old people / old man; he; age; slow, grumpy, forgetful, bad with computers, stubborn, lonely, conservative, \
            frail, boring; complain about the young, drive too slowly, repeat the same stories, fall asleep in \
            chairs, fear the internet; quick, a skilled programmer, fond of techno, adventurous
        grandmothers / grandmother; she; age+gender; sweet, frail, old-fashioned, hard of hearing; knit, bake pies, \
            spoil the kids, watch soaps; a marathon runner, a hacker, tattooed
        teenagers / teenager; he; age; lazy, rude, glued to the phone, rebellious, irresponsible, moody; skip \
            school, sleep till noon, slam doors, vandalise bus stops; polite, up at six, responsible, fond of \
            classical music
        millennials / millennial; she; age; entitled, lazy, spoilt, oversensitive, broke; eat avocado toast, live \
            with their parents, quit jobs, take selfies; thrifty, tough, a homeowner
        boomers / boomer; he; age; selfish, out of touch, stubborn, rich; complain about the young, ruin the planet, \
            call instead of texting; generous, curious, good at coding
        fat people / fat man; he; appearance; lazy, undisciplined, jolly, unhealthy, greedy, clumsy, smelly; eat all \
            day, avoid exercise, take two seats, break chairs; fit, a dancer, disciplined, quick
        blondes / blonde; she; appearance; dumb, ditzy, shallow, flirtatious, vain; forget everything, have more \
            fun, giggle, marry for money; a physicist, serious, top of the law class
        redheads / redhead; she; appearance; hot-tempered, fiery, wild, pale; lose their temper, burn in the sun; \
            calm, mild, patient
        people with tattoos / man with tattoos; he; appearance; criminal, unreliable, rough, dangerous; ride \
            motorbikes, fight in bars, do drugs; a kindergarten teacher, gentle, a priest
        short men / short man; he; appearance; aggressive, insecure, bossy; overcompensate, start fights; relaxed, \
            confident, gentle
        poor people / poor man; he; socioeconomic; lazy, uneducated, dirty, criminal, bad with money, drunk; waste \
            money on cigarettes, have too many kids, steal, live off the state; thrifty, well read, hard-working, \
            honest
        rich people / rich man; he; socioeconomic; snobbish, selfish, stingy, spoilt, heartless; look down on \
            others, avoid taxes, cheat, never work with their hands; humble, generous, kind
        homeless people / homeless man; he; socioeconomic; drunk, dangerous, lazy, crazy, dirty; beg for drugs, \
            refuse to work, steal; a former teacher, sober, clean, polite
        disabled people / disabled man; he; disability; helpless, bitter, inspirational, dependent, sad; need \
            constant help, live off benefits, envy others; independent, funny, a team captain
        blind people / blind man; he; disability; helpless, musical, wise, gifted with super hearing; play the \
            piano, need a guide, live in darkness; a ski racer, clumsy at music, independent
        autistic people / autistic boy; he; disability; cold, good with numbers, friendless, obsessed with trains, \
            incapable of love; count everything, avoid people, feel nothing; affectionate, bad at maths, popular
        people with schizophrenia / man with schizophrenia; he; disability; violent, unpredictable, dangerous, \
            crazy; hear voices and attack, need to be locked up; gentle, reliable, a good father
        """
    )
)
