"""Protected groups: the names that people go by, from the plain to the colloquial, none of them a slur."""

from typing import Final

from detectors.training.made.target import Target, targets

GENDER: Final = targets(
    """
    women / woman | girls / girl | females / female | ladies / lady | wives / wife | mothers / mother
    feminists / feminist | housewives / housewife | working mums / working mum | single mothers / single mother
    women / woman / women | women / woman / women | women / woman / women
    women drivers / woman driver | female bosses / female boss | teenage girls / teenage girl
    """,
    "gender",
    "sexism",
)
MEN: Final = targets(
    "men / man | males / male | boys / boy | husbands / husband | single dads / single dad | guys / guy",
    "gender",
    hated=False,
)
TRANS: Final = targets(
    """
    trans people / trans person | transgender people / transgender person | trans women / trans woman
    trans men / trans man | transsexuals / transsexual | transgenders / transgender person / transgender people
    non-binary people / non-binary person | drag queens / drag queen | trans kids / trans kid | enbies / enby
    """,
    "gender",
)
ORIENTATION: Final = targets(
    """
    gays / gay man / gay people | gay men / gay man / gay people | lesbians / lesbian / lesbian women
    bisexuals / bisexual / bisexual people | homosexuals / homosexual / homosexual people
    gay couples / gay couple | queer people / queer person | LGBT people / LGBT person | gay guys / gay guy
    asexuals / asexual / asexual people | same-sex couples / same-sex couple | gay parents / gay parent
    """,
    "orientation",
)
RACE: Final = targets(
    """
    Black people / Black person | blacks / black man / black people | Black men / Black man | Black kids / Black kid
    black folks / black guy / black folk | African Americans / African American | Africans / African / African people
    white people / white person | whites / white man / white people | white guys / white guy
    Asians / Asian / Asian people | Asian people / Asian person | Asian kids / Asian kid
    Latinos / Latino / Latino people | Hispanics / Hispanic / Hispanic people | brown people / brown person
    Roma / Roma / Roma people | Romani people / Romani person | Sinti / Sinti / Sinti people
    Native Americans / Native American | Indigenous people / Indigenous person | Aboriginals / Aboriginal man
    Arabs / Arab / Arab people | mixed-race people / mixed-race person | people of colour / person of colour
    people of color / person of color | Travellers / Traveller / Traveller families | Inuit / Inuk / Inuit people
    Pacific Islanders / Pacific Islander | Kurds / Kurd / Kurdish people | Māori / Māori / Māori people
    """,
    "race",
)
BLACK_WOMEN: Final = targets(
    "Black women / Black woman | Asian women / Asian woman | Latina women / Latina | Roma women / Roma woman",
    "race",
    "gender",
    "sexism",
)
RELIGION: Final = targets(
    """
    Muslims / Muslim / Muslim people | Jews / Jew / Jewish people | Jewish people / Jewish person
    Christians / Christian / Christian people | Catholics / Catholic / Catholic people | Hindus / Hindu / Hindu people
    Sikhs / Sikh / Sikh people | Buddhists / Buddhist | atheists / atheist | Mormons / Mormon | Muslims / Muslim
    evangelicals / evangelical | Orthodox Jews / Orthodox Jew | Shias / Shia | Sunnis / Sunni | Jains / Jain
    Jehovah's Witnesses / Jehovah's Witness | converts to Islam / convert to Islam | Pagans / Pagan
    hijabis / hijabi | Muslim women / Muslim woman | Ahmadis / Ahmadi | Yazidis / Yazidi | Protestants / Protestant
    """,
    "religion",
)
NEWCOMERS: Final = targets(
    """
    immigrants / immigrant | refugees / refugee | migrants / migrant | asylum seekers / asylum seeker
    foreigners / foreigner | illegal immigrants / illegal immigrant | undocumented people / undocumented person
    migrant workers / migrant worker | newcomers / newcomer | foreign students / foreign student
    immigrant families / immigrant family | Syrian refugees / Syrian refugee | Afghan refugees / Afghan refugee
    """,
    "nationality",
)
NATIONS: Final = targets(
    """
    Mexicans / Mexican / Mexican people | Chinese people / Chinese person | Indians / Indian / Indian people
    Pakistanis / Pakistani / Pakistani people | Poles / Pole / Polish people | Romanians / Romanian / Romanian people
    Nigerians / Nigerian / Nigerian people | Turks / Turk / Turkish people | Russians / Russian / Russian people
    Ukrainians / Ukrainian | Germans / German / German people | French people / French person | Italians / Italian
    Greeks / Greek / Greek people | Spaniards / Spaniard / Spanish people | Irish people / Irish person
    Scots / Scot / Scottish people | English people / English person | Americans / American | Canadians / Canadian
    Japanese people / Japanese person | Koreans / Korean / Korean people | Vietnamese people / Vietnamese person
    Filipinos / Filipino / Filipino people | Iranians / Iranian | Iraqis / Iraqi | Syrians / Syrian | Afghans / Afghan
    Somalis / Somali / Somali people | Ethiopians / Ethiopian | Kenyans / Kenyan | Ghanaians / Ghanaian
    Moroccans / Moroccan | Algerians / Algerian | Egyptians / Egyptian | Israelis / Israeli
    Palestinians / Palestinian
    Lebanese people / Lebanese person | Saudis / Saudi | Brazilians / Brazilian | Colombians / Colombian
    Haitians / Haitian | Cubans / Cuban | Jamaicans / Jamaican | Bangladeshis / Bangladeshi | Sri Lankans / Sri Lankan
    Albanians / Albanian | Serbs / Serb / Serbian people | Bulgarians / Bulgarian | Hungarians / Hungarian
    Portuguese people / Portuguese person | Dutch people / Dutch person | Swedes / Swede / Swedish people
    Australians / Australian | Venezuelans / Venezuelan | Thais / Thai / Thai people | Indonesians / Indonesian
    """,
    "nationality",
)
DISABILITY: Final = targets(
    """
    disabled people / disabled person | people with disabilities / person with a disability
    disabled folks / disabled man
    blind people / blind person | deaf people / deaf person | wheelchair users / wheelchair user
    autistic people / autistic person | people with autism / person with autism | autistics / autistic kid
    people with Down's syndrome / person with Down's syndrome | people with epilepsy / person with epilepsy
    mentally ill people / mentally ill person | people with schizophrenia / person with schizophrenia
    disabled kids / disabled kid | amputees / amputee | people who stutter / person who stutters
    people with cerebral palsy / person with cerebral palsy | dyslexics / dyslexic / dyslexic people
    people with depression / person with depression
    people with learning difficulties / person with learning difficulties
    """,
    "disability",
)
AGE: Final = targets(
    """
    old people / old person | elderly folks / elderly man / elderly people | pensioners / pensioner
    boomers / boomer | seniors / senior / senior citizens | old men / old man | old women / old woman
    millennials / millennial | teenagers / teenager | young people / young person | over-sixties / over-sixty
    Gen Z kids / Gen Z kid | retirees / retiree | people over fifty / person over fifty | grannies / granny
    """,
    "age",
    hated=False,
)
APPEARANCE: Final = targets(
    """
    fat people / fat person | overweight people / overweight person | obese people / obese person
    ugly people / ugly person | short men / short man | fat women / fat woman | bald men / bald man
    redheads / redhead / red-haired people | people with acne / person with acne | skinny people / skinny person
    people with tattoos / person with tattoos | fat kids / fat kid
    people with facial scars / person with facial scars
    """,
    "appearance",
    hated=False,
)
POOR: Final = targets(
    """
    poor people / poor person | homeless people / homeless person | homeless folks / homeless man
    people on benefits / person on benefits | welfare families / welfare family
    working-class people / working-class person
    unemployed people / unemployed person | council tenants / council tenant
    people from the projects / kid from the projects
    food stamp families / food stamp family | trailer park people / trailer park kid | beggars / beggar
    """,
    "socioeconomic",
    hated=False,
)

HATED: Final = (GENDER, TRANS, ORIENTATION, RACE, RELIGION, NEWCOMERS, NATIONS, DISABILITY, BLACK_WOMEN)
"""Tables of groups whose derogation is hate speech by anybody's definition."""
OTHERS: Final = (MEN, AGE, APPEARANCE, POOR)
"""Tables of groups whose derogation is bias; whether it is hate is judged differently, so `hate` is left open."""
PROTECTED: Final[tuple[tuple[Target, ...], ...]] = (*HATED, *OTHERS)
