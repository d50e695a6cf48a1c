"""Words for made-up names: given names by language and gender, and names that are put together of parts.

What is put together sounds like the language and is hardly anybody's, so a reply rarely has it by chance.
"""

from typing import Final, NamedTuple

from gateway.pseudonyms.surrogates.draw import Draw

DEFAULT: Final = "en"
_GIVEN: Final = {
    "en": (
        "Rosalind Maribel Harriet Winifred Beatrix Cordelia Imogen Philippa Tabitha Verity Marigold Henrietta Prudence "
        "Rowena Sybil Lavinia Ottilie Clementine Araminta Eleanor",
        "Alistair Barnaby Crispin Desmond Ellsworth Fergus Gideon Humphrey Ignatius Jasper Lysander Montague Neville "
        "Orlando Percival Quentin Rupert Sylvester Thaddeus Wilfred",
    ),
    "de": (
        "Adelheid Brunhilde Dorothea Edeltraud Friederike Gerlinde Hannelore Irmgard Kunigunde Leonore Mechthild "
        "Notburga Roswitha Sieglinde Trudhilde Ulrike Veronika Waltraud Wilhelmine Hedwig",
        "Adalbert Bertram Dietmar Eberhard Ferdinand Gottfried Hartmut Ingolf Konradin Lothar Meinhard Norbert "
        "Ottokar Reinhold Siegbert Traugott Ulrich Volkmar Wendelin Winfried",
    ),
    "fr": (
        "Adelaide Blandine Capucine Delphine Eulalie Faustine Genevieve Honorine Isaure Josephine Laurence Mathilde "
        "Ninon Odette Perrine Quiterie Rosalie Sidonie Thais Violaine",
        "Aurelien Barnabe Corentin Donatien Evariste Fabrice Gaspard Hyacinthe Isidore Lazare Marceau Narcisse Octave "
        "Philibert Raphael Sylvain Theophile Urbain Valentin Yvain",
    ),
    "es": (
        "Adelina Benita Casilda Dorotea Encarna Filomena Genoveva Hortensia Inmaculada Jacinta Leocadia Macarena "
        "Nicolasa Obdulia Petronila Remedios Salome Teodora Visitacion Zulema",
        "Abelardo Baldomero Celestino Demetrio Eleuterio Florencio Gumersindo Hilario Isidro Jacinto Leoncio Melchor "
        "Nicanor Olegario Prudencio Rigoberto Segundo Telesforo Urbano Wenceslao",
    ),
    "it": (
        "Assunta Bettina Carmela Donatella Ersilia Fiorella Gelsomina Immacolata Loredana Mirella Nunzia Ornella "
        "Palmira Quirina Rosalba Serafina Tosca Ubaldina Venusta Zaira",
        "Achille Baldassarre Calogero Donato Ermenegildo Fiorenzo Gaudenzio Ippolito Leandro Marcantonio Nazareno "
        "Oreste Pancrazio Quirino Romualdo Saverio Tiburzio Ubaldo Venanzio Zeno",
    ),
}
_KNOWN: Final = {
    "en": (
        "ann anna mary jane emma emily olivia sarah susan linda karen lisa jennifer jessica elizabeth patricia kate",
        "john james robert michael william david richard thomas charles mark paul george steven andrew tom jim bob",
    ),
    "de": (
        "eva ursula monika petra sabine renate helga karin brigitte ingrid greta heike anke birgit katrin",
        "hans peter klaus wolfgang j\u00fcrgen dieter manfred uwe stefan lars karl heinz matthias jens otto",
    ),
    "fr": (
        "marie nathalie isabelle sylvie catherine chantal camille "
        "chlo\u00e9 manon l\u00e9a sophie h\u00e9l\u00e8ne am\u00e9lie",
        "jean pierre michel philippe alain nicolas fran\u00e7ois louis hugo lucas antoine julien jacques",
    ),
    "es": (
        "carmen dolores pilar teresa ana cristina luc\u00eda elena mar\u00eda isabel paula marta roc\u00edo",
        "jos\u00e9 manuel antonio francisco juan carlos javier miguel alejandro pablo diego luis jorge",
    ),
    "it": (
        "giulia chiara francesca sara martina giovanna rosa angela lucia paola silvia",
        "giuseppe giovanni marco andrea francesco alessandro luca matteo lorenzo mario luigi",
    ),
}
_FAMILY: Final = {
    "en": (
        "Ash Bram Cald Dun Eld Farn Glen Hol Kel Lang Mel Nor Ot Pem Rad Shel Thorn Under Wex Yar",
        "combe worth bury ley wick brook field stone thwaite hurst",
    ),
    "de": (
        "Ahl Birk Dorn Eich Falk Gruen Hasel Isen Kalt Linden Moos Nuss Oster Rosen Stein Tann Ulm Wald Weiden Zeder",
        "brink mann horst kamp thal wieser hofer inger reuter auer",
    ),
    "fr": (
        "Beau Clair Dor Fleur Grand Haut Jol Lam Mar Mont Noir Pont Roche Rous Sal Tern Val Vern Vill Aub",
        "champs ecourt elier emont eville ignac ineau onval audin oche",
    ),
    "es": (
        "Alba Bena Cala Domin Espe Fuen Galla Hino Jara Lanza Mala Naval Olmo Pera Quinta Robla Sala Terra Valde Zama",
        "rreda quez ntera mendi vides ndez rosa gorri huela tierra",
    ),
    "it": (
        "Albe Bele Cara Donde Ferra Galva Lombe Mala Negri Orse Pala Quara Rava Salve Tarde Ube Valle Vene Zamba Bruna",
        "rini lletti ntano sardi vecchi ttoni cchia relli ndini mbardo",
    ),
}
_PLACE_ENDS: Final = "minster haven mouth stead gate wold mere bridge market ferry"


class Gender(NamedTuple):
    """Of which language a given name is, and whether it is a woman's (0) or a man's (1)."""

    language: str
    which: int


GIVEN: Final = {language: tuple(names.split() for names in lists) for language, lists in _GIVEN.items()}
FAMILY: Final = {
    language: [first + last for first in firsts.split() for last in lasts.split()]
    for language, (firsts, lasts) in _FAMILY.items()
}
PLACES: Final = [first + last for first in _FAMILY["en"][0].split() for last in _PLACE_ENDS.split()]
OF_GIVEN: Final = {
    name.casefold(): Gender(language, index)
    for lists in (_GIVEN, _KNOWN)
    for language, both in lists.items()
    for index, names in enumerate(both)
    for name in names.split()
}
"""What is known of given names, case-folded."""


def given_name(draw: Draw, language: str = DEFAULT, index: int | None = None) -> str:
    """Give a given name of a language: a woman's (0), a man's (1), or either."""
    return draw.one(GIVEN[language][draw.below(2) if index is None else index])


def invented(draw: Draw, language: str = DEFAULT) -> str:
    """Give a family name."""
    return draw.one(FAMILY[language])
