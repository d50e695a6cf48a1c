"""Common beliefs about nations and trades, in the form of `words/stereotypes.py`."""

from typing import Final

from detectors.training.made.patterns import table
from detectors.training.made.words.stereotypes import belief

NATIONS: Final = tuple(
    belief(line)
    for line in table(
        """
        Germans / German; he; nationality; punctual, humourless, efficient, cold, strict, orderly, obsessed with \
            rules; drink beer, plan everything, eat sausages, arrive early; chaotic, late, funny, spontaneous
        Italians / Italian; he; nationality; loud, romantic, passionate, lazy, mafia types, vain; talk with their \
            hands, eat pasta every day, live with mamma, drive like maniacs; reserved, bad at cooking, punctual
        French people / French woman; she; nationality; arrogant, rude, romantic, snobbish, chic, cowardly; go on \
            strike, eat snails, smoke all day, surrender, complain about wine; humble, badly dressed, a teetotaller
        English people / English gentleman; he; nationality; polite, reserved, cold, snobbish, bad at cooking, \
            eccentric; drink tea all day, talk about the weather, queue for everything; hot-blooded, a great cook, loud
        Irish people / Irishman; he; nationality; drunk, hot-tempered, cheerful, Catholic, lucky; drink all day, \
            fight in pubs, tell stories, eat potatoes; sober, calm, a wine critic
        Scots / Scotsman; he; nationality; stingy, tough, drunk, grumpy; count every penny, wear kilts, drink \
            whisky; generous, soft-spoken, fond of the sun
        Spaniards / Spaniard; he; nationality; lazy, passionate, loud, proud; take siestas, party all night, fight \
            bulls, arrive late; punctual, quiet, early to bed
        Greeks / Greek; he; nationality; lazy, loud, in debt, hot-tempered; dodge taxes, smash plates, retire early; \
            thrifty, quiet, diligent
        Russians / Russian; he; nationality; cold, drunk, tough, aggressive, corrupt, hostile; drink vodka, never \
            smile, spy, wrestle bears; sober, warm, smiley
        Poles / Polish plumber; he; nationality; hard-working, drunk, cheap, Catholic; steal cars, fix pipes for \
            little money, drink vodka; a film star, sober, expensive
        Romanians / Romanian; he; nationality; thieving, poor, dishonest; steal, beg, clone cards; honest, rich, a \
            count of votes
        Turks / Turk; he; nationality; hot-tempered, macho, loud, strict; run kebab shops, smoke, honour the family \
            with fists; a ballet dancer, mild, a vegan
        Americans / American; he; nationality; fat, loud, ignorant, patriotic, obsessed with guns, superficial; eat \
            burgers, carry a gun, know no geography, sue everybody; modest, slim, well travelled
        Mexicans / Mexican; he; nationality; lazy, illegal, hard-working, poor, drug-dealing, macho; mow lawns, \
            cross the border, eat tacos, smuggle drugs, sleep under a sombrero; rich, a Harvard dean, fond of skiing
        Colombians / Colombian; he; nationality; drug-dealing, violent, good at dancing; sell cocaine, work for a \
            cartel; a watchmaker, peaceful, clumsy at dancing
        Brazilians / Brazilian; she; nationality; sensual, good at football, cheerful, carefree; dance samba, party, \
            live on the beach; shy, bad at football, formal
        Cubans / Cuban; he; nationality; poor, communist, musical; smoke cigars, flee on rafts, drive old cars; \
            rich, a right-wing banker
        Jamaicans / Jamaican; he; nationality; laid-back, high, fast, homophobic; smoke weed, listen to reggae, run \
            fast; stressed, slow, a strict lawyer
        Haitians / Haitian; he; nationality; poor, superstitious, desperate; practise voodoo, flee in boats; \
            wealthy, a chess master
        Chinese people / Chinese man; he; nationality; hard-working, good at maths, sneaky, quiet, rude in queues, \
            obedient; copy everything, eat dogs, work in sweatshops, know kung fu; lazy, original, loud and messy
        Japanese people / Japanese man; he; nationality; polite, workaholic, shy, robotic, obedient, technical; bow \
            all the time, take photos everywhere, eat raw fish, work until they drop; rude, lazy, bad with technology
        Koreans / Korean girl; she; nationality; obsessed with beauty, studious, strict, competitive; get plastic \
            surgery, study all night, sing pop songs; careless about looks, lazy
        Vietnamese people / Vietnamese woman; she; nationality; quiet, small, hard-working; run nail salons, ride \
            scooters, eat noodles; tall, a rapper, lazy
        Indians / Indian; he; nationality; good with computers, smelly, poor, cheap, nerdy, submissive; work in call \
            centres, eat curry, drive a taxi, scam people, haggle; a surfer, bad with computers, lavish
        Pakistanis / Pakistani; he; nationality; extremist, strict, backward, corrupt; run corner shops, marry \
            cousins, drive taxis; liberal, an opera singer
        Afghans / Afghan; he; nationality; violent, backward, poor, oppressive to women; fight for the Taliban, grow \
            opium, hide in caves; peaceful, a feminist poet, rich
        Iraqis / Iraqi; he; nationality; violent, dangerous, poor; plant bombs, hate the West, flee from war; \
            peaceful, a jazz pianist, wealthy
        Iranians / Iranian; he; nationality; fanatical, hostile, strict; build bombs, hate America, chant slogans; a \
            stand-up comedian, friendly, easy-going
        Syrians / Syrian; he; nationality; dangerous, desperate, homeless, poor; flee in boats, live in camps; \
            wealthy, a dentist with a yacht
        Saudis / Saudi; he; nationality; rich, strict, oppressive to women, spoilt; waste oil money, ride camels, \
            buy football clubs; poor, a cyclist, thrifty
        Israelis / Israeli; he; nationality; pushy, rude, aggressive, militaristic; argue about prices, carry a \
            rifle; shy, a pacifist
        Palestinians / Palestinian; he; nationality; violent, angry, poor; throw stones, hide rockets; calm, a yoga \
            teacher
        Nigerians / Nigerian; he; nationality; corrupt, criminal, loud, fraudulent; send scam e-mails, pose as \
            princes; honest, a shy gardener
        Somalis / Somali; he; nationality; poor, violent, starving; hijack ships, join militias; well fed, a \
            librarian, peaceful
        Ethiopians / Ethiopian; he; nationality; poor, starving, thin, good at running; run marathons, live in huts, \
            wait for food aid; rich, chubby, bad at running
        Kenyans / Kenyan; he; nationality; fast, poor, thin; win marathons, live with lions, herd goats; slow, a ski \
            instructor
        Ghanaians / Ghanaian; he; nationality; poor, friendly, uneducated; live in huts, carry water for miles; \
            wealthy, a professor of law
        Moroccans / Moroccan; he; nationality; thieving, violent, hot-tempered; steal scooters, sell hash, harass \
            women; a Nobel laureate, polite
        Filipinos / Filipina; she; nationality; submissive, caring, poor; work as a maid, marry old men, nurse the \
            sick; a general, rich, bossy
        Thais / Thai woman; she; nationality; submissive, sensual, cheap; marry foreigners, work in massage \
            parlours; an engineer, strict
        Australians / Australian; he; nationality; laid-back, drunk, rough, sporty; wrestle crocodiles, surf all \
            day, drink beer; pale, shy, a classical scholar
        Canadians / Canadian; he; nationality; polite, nice, boring; apologise for everything, play hockey, eat \
            maple syrup; rude, afraid of ice
        Swiss people / Swiss banker; he; nationality; punctual, rich, neutral, discreet; hide money, eat cheese, \
            make watches; late, broke, talkative
        Swedes / Swede; she; nationality; blonde, cold, liberal, tall; assemble furniture, go to the sauna naked; \
            dark-haired, short, conservative
        Dutch people / Dutchman; he; nationality; blunt, stingy, tall, liberal; smoke weed, ride bikes, split the \
            bill; short, generous, indirect
        Ukrainians / Ukrainian bride; she; nationality; poor, beautiful, desperate; marry for a passport, drink \
            vodka; rich, a bachelor by choice
        """
    )
)
TRADES: Final = tuple(
    belief(line)
    for line in table(
        """
        nurses / nurse; she; -; caring, female, gentle, overworked; fall for doctors, hold hands with the sick; \
            bad-tempered, a huge bearded man, careless
        doctors / doctor; he; -; arrogant, rich, smart, illegible; play golf, write badly, earn a fortune; poor, \
            humble, slow-witted
        engineers / engineer; he; -; nerdy, socially awkward, male, logical, smart; wear short sleeves and ties, \
            talk about machines; charming, a party animal, bad at maths
        programmers / programmer; he; -; nerdy, pale, antisocial, male, unwashed; live on pizza, sit in the dark, \
            never date; sporty, talkative, well dressed
        politicians / politician; he; -; corrupt, dishonest, power-hungry, slick; lie, break promises, take bribes, \
            kiss babies; honest, shy, poor
        lawyers / lawyer; he; -; greedy, dishonest, slick, heartless; twist words, chase ambulances, overcharge; \
            honest, cheap, soft-hearted
        bankers / banker; he; -; greedy, rich, cold; cheat clients, snort cocaine, collect bonuses; generous, broke
        professors / professor; he; -; absent-minded, old, boring, smart; lose their glasses, drone on, wear tweed; \
            young and cool, foolish
        librarians / librarian; she; -; quiet, strict, mousy, single; shush people, own cats, wear cardigans; loud, \
            wild, tattooed
        hairdressers / hairdresser; she; -; gossipy, chatty, dumb, gay; gossip all day, know everyone's secrets; \
            silent, a trained physicist
        models / model; she; -; dumb, vain, anorexic, beautiful; starve themselves, date rock stars; plain, clever, \
            fond of cake
        footballers / footballer; he; -; dumb, rich, unfaithful, athletic; cheat on wives, crash sports cars; poor, \
            well read, faithful
        plumbers / plumber; he; -; fat, uneducated, overpriced, late; show too much skin when bending, overcharge; \
            elegant, punctual, a poet
        police officers / police officer; he; -; violent, racist, fat, brave; eat donuts, beat suspects, abuse \
            power; gentle, slim, a pacifist
        soldiers / soldier; he; -; tough, obedient, violent, traumatised; follow orders, shoot first, swear a lot; \
            soft, disobedient, a flower arranger
        artists / artist; he; -; poor, moody, eccentric, addicted; starve in attics, sleep till noon; rich, tidy, an \
            early riser
        musicians / musician; he; -; broke, unreliable, on drugs, cool; smash guitars, sleep around; wealthy, \
            punctual, sober
        accountants / accountant; he; -; boring, precise, grey, stingy; count pennies, love spreadsheets; wild, \
            sloppy, a daredevil
        car salesmen / car salesman; he; -; sleazy, dishonest, pushy; lie about mileage, wear cheap suits; honest, \
            timid
        chefs / chef; he; -; hot-tempered, fat, perfectionist; shout at everyone, throw pans; calm, thin, careless
        construction workers / construction worker; he; -; rough, uneducated, crude, strong; whistle at women, drink \
            on the job; refined, weak, a lover of poetry
        scientists / scientist; he; -; mad, nerdy, smart, lonely, male; wear white coats, blow up labs, forget to \
            eat; stylish, sociable, dull-witted
        secretaries / secretary; she; -; pretty, female, submissive; flirt with the boss, file nails all day, make \
            coffee; male, bossy, plain
        kindergarten teachers / kindergarten teacher; she; -; patient, female, sweet; sing all day, love children; a \
            former boxer, impatient
        journalists / journalist; he; -; nosy, dishonest, biased, pushy; invent stories, stalk stars; truthful, \
            discreet
        taxi drivers / taxi driver; he; -; chatty, foreign, rude; take the long way, talk politics; silent, polite
        CEOs / CEO; he; -; rich, ruthless, male, greedy; fire people, fly private jets; modest, a young mother, kind
        farmers / farmer; he; -; uneducated, simple, conservative; marry cousins, chew straw; a philosopher, urban
        """
    )
)
"""Trades have stereotypes, too, but no axis of bias."""
