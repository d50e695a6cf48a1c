"""Germany, Austria, Switzerland, the Netherlands, Belgium, Luxembourg, France and Ireland."""

from collections import Counter

from detectors.text.national.arithmetic import digit_sums, icao, luhn, mod_11_10, verhoeff, weighted
from detectors.text.national.births import is_day
from detectors.text.national.number import FAINT, FAIR, IDENTITY, SOCIAL, STRONG, TAX, WEAK, NumberRecognizer

_ICAO_SET = "[CFGHJKLMNPRTVWXYZ0-9]"
_GERMAN_DOCUMENT = {
    rf"[CFGHJKLMNPRTVWXYZ]{_ICAO_SET}{{8}}[0-9]": WEAK,
    rf"[CFGHJKLMNPRTVWXYZ](?=[A-Z]*[0-9]){_ICAO_SET}{{8}}": FAINT,
}
"""Nine characters as printed, or with the check digit of the machine-readable zone."""
_PPS_LETTERS = "WABCDEFGHIJKLMNOPQRSTUV"


def german_tax(number: str) -> bool:
    """Check a German tax number for life: one digit stands twice or three times among the first ten."""
    repeated = [count for count in Counter(number[:10]).values() if count > 1]
    return len(repeated) == 1 and repeated[0] <= 3 and mod_11_10(number)


def german_pension(number: str) -> bool:
    """Check a German pension insurance number (VKVV, section 2): area, birth, initial, serial, check digit."""
    digits = f"{number[:8]}{ord(number[8]) - ord('A') + 1:02}{number[9:]}"
    weights = (2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1)
    return is_day(number[2:4], number[4:6], days=(0, 50)) and digit_sums(digits[:12], weights) % 10 == int(number[-1])


def german_health(number: str) -> bool:
    """Check a German health insurance number: a letter, eight digits, a check digit."""
    digits = f"{ord(number[0]) - ord('A') + 1:02}{number[1:]}"
    return digit_sums(digits[:10], (1, 2) * 5) % 10 == int(number[-1])


def german_document(number: str) -> bool:
    """Check a German identity card or passport, if its check digit is there."""
    return len(number) == 9 or icao(number)


def austrian_insurance(number: str) -> bool:
    """Check an Austrian insurance number; the months 13 to 15 are for days that had no number left."""
    is_born = is_day(number[4:6], number[6:8]) or number[6:8] in {"13", "14", "15"}
    return is_born and weighted(number, (3, 7, 9, 0, 5, 8, 4, 2, 1, 6)) % 11 == int(number[3])


def swiss_insurance(number: str) -> bool:
    """Check a Swiss insurance number, an EAN-13 of the country code 756."""
    return weighted(number, (1, 3) * 7) % 10 == 0


def dutch_service(number: str) -> bool:
    """Check a Dutch citizen service number by the eleven test."""
    return int(number) > 0 and weighted(number, (9, 8, 7, 6, 5, 4, 3, 2, -1)) % 11 == 0


def belgian_register(number: str) -> bool:
    """Check a Belgian register number, of those born since 2000 with a 2 before it; foreigners have other months."""
    body, key = number[:9], 97 - int(number[9:])
    is_born = number[2:6] in {"0000", "2000", "4000"} or is_day(number[4:6], number[2:4], months=(0, 20, 40))
    return is_born and key in {int(body) % 97, int(f"2{body}") % 97}


def luxembourgish(number: str) -> bool:
    """Check a Luxembourgish number: a birth, a serial, a digit by Luhn, a digit by Verhoeff."""
    return is_day(number[6:8], number[4:6]) and luhn(number[:12]) and verhoeff(number[:11] + number[12])


def french_register(number: str) -> bool:
    """Check a French register number by its key; Corsica's departments count as 19 and 18."""
    digits = number[:13].replace("2A", "19").replace("2B", "18")
    return digits.isdecimal() and int(digits) % 97 == 97 - int(number[13:])


def french_tax(number: str) -> bool:
    """Check a French tax number, whose last three digits are the rest by 511."""
    return int(number[:10]) % 511 == int(number[10:])


def irish_service(number: str) -> bool:
    """Check an Irish service number: seven digits and a letter for them; a further letter counts too."""
    further = _PPS_LETTERS.find(number[8:9] or "W")
    return _PPS_LETTERS[(weighted(number, (8, 7, 6, 5, 4, 3, 2)) + max(0, further) * 9) % 23] == number[7]


def western() -> list[NumberRecognizer]:
    """Make the recognisers of these countries."""
    return [*_german(), *_alpine(), *_benelux(), *_french(), *_irish()]


def _german() -> list[NumberRecognizer]:
    document = ("ausweisnummer", "dokumentennummer", "seriennummer", "document number")
    return [
        NumberRecognizer(
            "DE_TAX_ID",
            "de",
            {r"[1-9][0-9](?: ?[0-9]{3}){3}": WEAK},
            ("steuer id", "steuer id nr", "steuer idnr", "steueridentifikationsnummer", "identifikationsnummer",
             "idnr", "id nr", "steuernummer", *TAX),
            german_tax,
        ),
        NumberRecognizer(
            "DE_TAX_NUMBER",
            "de",
            {r"[0-9]{2,3}/[0-9]{3,4}/[0-9]{4,5}": FAINT, r"[0-9]{13}": FAINT},
            ("steuernummer", "steuer nr", "st nr", "st.-nr", "finanzamt", *TAX),
        ),
        NumberRecognizer(
            "DE_SOCIAL_SECURITY",
            "de",
            {r"[0-9]{2} ?[0-9]{6} ?[A-Z] ?[0-9]{3}": STRONG},
            ("rentenversicherungsnummer", "sozialversicherungsnummer", "versicherungsnummer", "sv nummer", "svnr",
             "rvnr", *SOCIAL),
            german_pension,
        ),
        NumberRecognizer(
            "DE_HEALTH_INSURANCE",
            "de",
            {r"[A-Z][0-9]{9}": WEAK},
            ("krankenversicherungsnummer", "krankenversichertennummer", "versichertennummer", "kvnr", "krankenkasse",
             "krankenversicherung", "gesundheitskarte", *SOCIAL),
            german_health,
        ),
        NumberRecognizer(
            "DE_ID_CARD",
            "de",
            _GERMAN_DOCUMENT,
            ("personalausweis", "personalausweisnummer", "ausweis", "ausweis nr", *document, *IDENTITY),
            german_document,
            few_digits=True,
        ),
        NumberRecognizer(
            "DE_PASSPORT",
            "de",
            _GERMAN_DOCUMENT,
            ("reisepass", "reisepassnummer", "passnummer", "pass nr", "passport", "passport number", *document),
            german_document,
            few_digits=True,
        ),
        NumberRecognizer(
            "DE_DRIVER_LICENSE",
            "de",
            {r"[A-Z][0-9A-Z]{2}[0-9]{6}[0-9A-Z][0-9X]": FAINT},
            ("führerschein", "führerscheinnummer", "fahrerlaubnis", "driving licence", "driver license",
             "driver's license", "driving license"),
        ),
    ]  # fmt: skip


def _alpine() -> list[NumberRecognizer]:
    return [
        NumberRecognizer(
            "AT_SOCIAL_SECURITY",
            "at",
            {r"[1-9][0-9]{3}[ -][0-9]{2}\.?[0-9]{2}\.?[0-9]{2}": FAIR, r"[1-9][0-9]{9}": WEAK},
            ("sozialversicherungsnummer", "versicherungsnummer", "sv nummer", "sv nr", "svnr", "vsnr", "e card",
             *SOCIAL),
            austrian_insurance,
        ),
        NumberRecognizer(
            "CH_AHV",
            "ch",
            {r"756[. ]?[0-9]{4}[. ]?[0-9]{4}[. ]?[0-9]{2}": STRONG},
            ("ahv", "ahv nummer", "avs", "numéro avs", "numero avs", "sozialversicherungsnummer", *SOCIAL),
            swiss_insurance,
        ),
    ]  # fmt: skip


def _benelux() -> list[NumberRecognizer]:
    return [
        NumberRecognizer(
            "NL_BSN",
            "nl",
            {r"[0-9]{4}[. ]?[0-9]{2}[. ]?[0-9]{3}|[0-9]{3} [0-9]{3} [0-9]{3}": WEAK},
            ("bsn", "bsn nummer", "burgerservicenummer", "burger service nummer", "sofinummer", "persoonsnummer",
             "citizen service number", *IDENTITY, *TAX),
            dutch_service,
        ),
        NumberRecognizer(
            "NL_PASSPORT",
            "nl",
            {r"[A-NP-Z]{2}(?=(?:[A-Z]*[0-9]){2})[A-NP-Z0-9]{6}[0-9]": FAINT},
            ("paspoort", "paspoortnummer", "documentnummer", "identiteitskaart", "passport", "passport number",
             "id card", "identity card"),
            few_digits=True,
        ),
        NumberRecognizer(
            "BE_NATIONAL_NUMBER",
            "be",
            {r"[0-9]{2}[. ][0-9]{2}[. ][0-9]{2}[- ][0-9]{3}[. ][0-9]{2}": STRONG, r"[0-9]{6}[- ]?[0-9]{5}": FAIR},
            ("rijksregisternummer", "rijksregister", "insz", "niss", "numéro national", "registre national", "rrn",
             "nrn", "numéro de registre national", *IDENTITY),
            belgian_register,
        ),
        NumberRecognizer(
            "LU_NATIONAL_ID",
            "lu",
            {r"(?:18|19|20)[0-9]{2} ?[01][0-9] ?[0-3][0-9] ?[0-9]{5}": FAIR},
            ("matricule", "numéro de matricule", "cns", "sozialversicherungsnummer", *IDENTITY, *SOCIAL),
            luxembourgish,
        ),
    ]  # fmt: skip


def _french() -> list[NumberRecognizer]:
    return [
        NumberRecognizer(
            "FR_NIR",
            "fr",
            {
                r"[1-478] ?[0-9]{2} ?(?:0[1-9]|1[0-2]|[2-9][0-9]) ?(?:[0-9]{2}|2[AB]) ?[0-9]{3} ?[0-9]{3}[ -]?[0-9]{2}":
                STRONG
            },
            ("sécurité sociale", "securite sociale", "numéro de sécurité sociale", "nir", "insee", "carte vitale",
             "n° ss", *SOCIAL),
            french_register,
        ),
        NumberRecognizer(
            "FR_TAX_ID",
            "fr",
            {r"[0-3][0-9](?: ?[0-9]{2} ?[0-9]{3} ?[0-9]{3} ?[0-9]{3})": WEAK},
            ("numéro fiscal", "numero fiscal", "référence fiscale", "spi", "impôts", "avis d'imposition", *TAX),
            french_tax,
        ),
        NumberRecognizer(
            "FR_ID_CARD",
            "fr",
            {r"[0-9]{12}|(?=[0-9]*[A-Z])(?=(?:[A-Z]*[0-9]){2})[A-Z0-9]{8}[0-9]": FAINT},
            ("carte d'identité", "carte nationale d'identité", "carte d'identite", "cni"),
            few_digits=True,
        ),
        NumberRecognizer(
            "FR_PASSPORT",
            "fr",
            {r"[0-9]{2} ?[A-Z]{2} ?[0-9]{5}": FAINT},
            ("passeport", "numéro de passeport", "passport", "passport number"),
        ),
    ]  # fmt: skip


def _irish() -> list[NumberRecognizer]:
    return [
        NumberRecognizer(
            "IE_PPS",
            "ie",
            {r"[0-9]{7} ?[A-W][A-IW]?": FAIR},
            ("pps", "ppsn", "pps number", "personal public service", "uimhir psp", *IDENTITY, *TAX, *SOCIAL),
            irish_service,
        )
    ]
