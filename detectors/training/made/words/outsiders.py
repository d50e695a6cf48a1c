"""Targets that no law protects: trades, fans, owners of habits, single persons, and things."""

from typing import Final

from detectors.training.made.patterns import table
from detectors.training.made.target import targets

TRADES: Final = targets(
    """
    bankers / banker | politicians / politician | lawyers / lawyer | landlords / landlord
    estate agents / estate agent
    journalists / journalist | CEOs / CEO | lobbyists / lobbyist | investors / investor | referees / referee
    cops / cop | tax inspectors / tax inspector | telemarketers / telemarketer | influencers / influencer
    critics / critic | economists / economist | managers / manager | recruiters / recruiter | celebrities / celebrity
    architects / architect | dentists / dentist | car dealers / car dealer | billionaires / billionaire
    professors / professor | bureaucrats / bureaucrat | developers / developer | consultants / consultant
    bus drivers / bus driver | film directors / film director | plumbers / plumber | spammers / spammer
    executives / executive | senators / senator | columnists / columnist | bouncers / bouncer | DJs / DJ
    traffic wardens / traffic warden | insurance brokers / insurance broker | scalpers / scalper
    painters / painter | nurses / nurse | teachers / teacher | accountants / accountant | scientists / scientist
    """
)
CROWDS: Final = targets(
    """
    Chelsea fans / Chelsea fan | Lakers fans / Lakers fan | gamers / gamer | cyclists / cyclist | smokers / smoker
    capitalists / capitalist | communists / communist | liberals / liberal | conservatives / conservative
    Tories / Tory | Democrats / Democrat | Republicans / Republican | socialists / socialist | vegans / vegan
    meat eaters / meat eater | hipsters / hipster | tourists / tourist | dog owners / dog owner
    anti-vaxxers / anti-vaxxer
    conspiracy theorists / conspiracy theorist | crypto bros / crypto bro | skateboarders / skateboarder
    people who litter / person who litters | queue jumpers / queue jumper
    Marvel fans / Marvel fan | golfers / golfer | hunters / hunter | cat people / cat person
    morning people / morning person
    libertarians / libertarian | minimalists / minimalist | astrologers / astrologer | line dancers / line dancer
    Yankees fans / Yankees fan | country singers / country singer | loud neighbours / loud neighbour | hackers / hacker
    """
)
VILLAINS: Final = targets(
    """
    racists / racist | Nazis / Nazi | terrorists / terrorist | murderers / murderer | thieves / thief | trolls / troll
    drunk drivers / drunk driver | mobsters / mobster | fascists / fascist | wife beaters / wife beater
    hooligans / hooligan | scammers / scammer | bullies / bully | arsonists / arsonist | burglars / burglar
    homophobes / homophobe | sexists / sexist | stalkers / stalker | people smugglers / people smuggler
    poachers / poacher
    """
)
"""People who are judged for what they do: strong words about them are not toxic to everybody."""
THINGS: Final = table(
    """
    printer | laptop | phone | car | bus | movie | song | game | app | website | alarm clock | update | meeting
    wifi | fridge | bike | weather | traffic | exam | homework | commute | headache | coffee machine | keyboard | lift
    film | album | sequel | burger | pizza | sofa | shoe | zip | vending machine | escalator | bug | spreadsheet
    server
    season finale | tax form | airline | parking meter | washing machine | ringtone | remote control | battery | train
    """
)
MASSES: Final = table(
    """
    wasps | mosquitoes | Mondays | early mornings | olives | mushrooms | pop-up ads | passwords | captchas | ticks
    slugs | potholes | cockroaches | reality shows | loud bars | cheap headphones | long queues | tax forms
    cold showers
    plastic straws | sequels | jellyfish | rats | weeds | spam mails | autoplay videos | group projects | paper cuts
    """
)
NAMES: Final = table(
    """
    Kevin | Dave | Sarah | Mike | Linda | Tom | Karen | Josh | Emma | Brad | Steve | Priya | Ahmed | Chloe | Jorge
    Wei
    Olga | Fatima | Sam | Alex | Nina | Greg | Paula | Marcus | Tina | Ben | Lucy | Omar | Ivan | Grace | Leo | Hannah
    """
)
PERSONS: Final = table(
    """
    my ex | my boss | my neighbour | my landlord | my brother | my sister | that guy | this guy | my roommate | the ref
    the new manager | our teacher | that waiter | the mayor | the host | my cousin | my old coach | the goalkeeper
    the driver in front of me | the author | the senator | the plumber | that blogger | my flatmate | the striker
    {name}
    """
)
