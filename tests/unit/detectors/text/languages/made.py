"""Texts in four languages with personal data in them, and where it is: from templates and lists of words.

Values in a template are written `{PERSON:given family}`: a label, and words of which each stands for a list of the
language. `SHOWN` are the templates that the forms were written with; `HELD_OUT` were written after, and no form was
changed for them.
"""

import random
import re
from typing import Final, NamedTuple

WORDS: Final = {
    "de": {
        "given": [
            "Anna", "Lukas", "Jürgen", "Katharina", "Björn", "Sophie", "Ann-Kathrin", "Uwe", "Michaela", "Thomas",
        ],
        "family": [
            "Müller", "Schäfer", "Weiß", "Großmann", "Vogel", "Öztürk", "Krüger", "Meier-Schulz", "Lindner", "Böhm",
        ],
        "street": [
            "Gartenstraße", "Lindenweg", "Goethestr.", "Lange Straße", "Schillerplatz", "Berliner Allee",
            "Am Alten Markt",
        ],
        "town": ["München", "Köln", "Frankfurt am Main", "Leipzig", "Bad Homburg", "Ulm", "Freiburg im Breisgau"],
        "code": ["80331", "50667", "04109", "69117", "01067"],
        "day": ["12.03.1961", "3. Mai 1980", "01.1.75", "24. Dezember 1999", "7.11.2001"],
        "number": ["KD-4711-22", "99812", "88123-A", "2024/118", "A77B12"],
    },
    "fr": {
        "given": ["Camille", "Jean-Luc", "Élodie", "Henri", "Sophie", "Antoine", "Chloé", "Mathieu", "Inès", "Julien"],
        "family": [
            "Lefèvre", "Moreau", "Dubois", "Girard", "Durand-Petit", "Bernard", "Gauthier", "Rousseau", "Noël",
            "Chevalier",
        ],
        "street": [
            "rue de la Paix", "avenue Victor Hugo", "boulevard Saint-Michel", "impasse des Lilas", "quai d'Orsay",
        ],
        "town": ["Paris", "Lyon", "Aix-en-Provence", "Le Havre", "Saint-Denis", "Nîmes"],
        "code": ["75011", "69003", "13100", "76600", "93200"],
        "day": ["12/03/1961", "3 mai 1980", "1er janvier 1975", "24.12.1999", "07-11-2001"],
        "number": ["C-99812", "4711-22", "88123A", "2024/118", "FR77B12"],
    },
    "es": {
        "given": ["Lucía", "Javier", "Carmen", "Pablo", "Íñigo", "Ana", "Marta", "Álvaro", "Rocío", "Manuel"],
        "family": [
            "Fernández", "Ortega", "Navarro", "Iglesias", "Núñez", "Castro", "Delgado", "Robles", "Ibáñez", "Vega",
        ],
        "street": ["Calle Mayor", "C/ Alcalá", "Avda. de la Constitución", "calle del Carmen", "Paseo de Gracia"],
        "town": ["Madrid", "Sevilla", "Las Palmas", "San Sebastián", "Cádiz", "Alcalá de Henares"],
        "code": ["28013", "41001", "35001", "20001", "11005"],
        "day": ["12/03/1961", "3 de mayo de 1980", "1-1-1975", "24.12.1999", "7 de noviembre de 2001"],
        "number": ["99812-A", "4711-22", "EXP88123", "2024/118", "A77B12"],
    },
    "it": {
        "given": [
            "Giulia", "Marco", "Francesca", "Luca", "Niccolò", "Chiara", "Antonio", "Beatrice", "Matteo", "Elena",
        ],
        "family": [
            "Ferrari", "Esposito", "Greco", "Marino", "Bianchi", "Rossi", "Colombo", "Ricci", "Moretti", "Galli",
        ],
        "street": ["Via Roma", "Via Giuseppe Garibaldi", "Piazza della Repubblica", "Corso Italia", "Viale dei Mille"],
        "town": ["Milano", "Roma", "Reggio nell'Emilia", "Napoli", "San Donato", "Forlì"],
        "code": ["20121", "00153", "42121", "80133", "47121"],
        "day": ["12/03/1961", "3 maggio 1980", "1-1-1975", "24.12.1999", "7 novembre 2001"],
        "number": ["778812", "4711-22", "T88123", "2024/118", "A77B12"],
    },
}  # fmt: skip

SHOWN: Final = {
    "de": (
        "Bitte rufen Sie Herrn {PERSON:given family} von der Firma Brandt zurück.",
        "Sehr geehrte Frau Dr. {PERSON:family}, anbei sende ich Ihnen die Unterlagen.",
        "Das wäre alles für heute.\nMit freundlichen Grüßen\n{PERSON:given family}",
        "Vorname: {PERSON:given}\nNachname: {PERSON:family}\nGeburtsdatum: {DATE_OF_BIRTH:day}",
        "Ich wohne in der {ADDRESS:street 14, code town} und ziehe bald um.",
        "Anschrift:\n{ADDRESS:street 5a}\n{ADDRESS:code town}",
        "Der Patient, geboren am {DATE_OF_BIRTH:day}, wurde am Montag aufgenommen.",
        "Meine Kundennummer: {ID:number}, danke.",
        "Meine Mutter ist {AGE:81} Jahre alt, ihr {AGE:54}-jähriger Sohn wohnt bei ihr.",
    ),
    "fr": (
        "Merci de rappeler M. {PERSON:given family} de la société Durand.",
        "Chère Madame {PERSON:family}, veuillez trouver ci-joint les documents.",
        "Je reste à votre disposition.\nCordialement,\n{PERSON:given family}",
        "Nom : {PERSON:family}\nPrénom : {PERSON:given}\nDate de naissance : {DATE_OF_BIRTH:day}",
        "J'habite au {ADDRESS:12 bis, street, code town} depuis deux ans.",
        "Adresse\n{ADDRESS:5 street}\n{ADDRESS:code town}",
        "Le patient, né le {DATE_OF_BIRTH:day}, a été admis lundi.",
        "Mon numéro client : {ID:number}, merci.",
        "Ma mère a {AGE:81} ans, son fils âgé de {AGE:54} ans habite chez elle.",
    ),
    "es": (
        "Por favor, llame al Sr. {PERSON:given family} de la empresa Robles.",
        "Estimada Sra. {PERSON:family}: adjunto los documentos.",
        "Quedo a su disposición.\nUn saludo,\n{PERSON:given family}",
        "Nombre: {PERSON:given family}\nFecha de nacimiento: {DATE_OF_BIRTH:day}",
        "Vivo en {ADDRESS:street 5, code town} desde hace dos años.",
        "Dirección:\n{ADDRESS:street 12}\n{ADDRESS:code town}",
        "El paciente, nacido el {DATE_OF_BIRTH:day}, ingresó el lunes.",
        "Mi número de cliente: {ID:number}, gracias.",
        "Mi madre tiene {AGE:81} años; con ella vive una hija de {AGE:54} años.",
    ),
    "it": (
        "Per favore richiami il sig. {PERSON:given family} della ditta Impianti.",
        "Gentile dott.ssa {PERSON:family}, in allegato i documenti.",
        "Resto a disposizione.\nCordiali saluti\n{PERSON:given family}",
        "Nome: {PERSON:given}\nCognome: {PERSON:family}\nData di nascita: {DATE_OF_BIRTH:day}",
        "L'ufficio si trova qui: {ADDRESS:street 5, code town}",
        "Indirizzo\n{ADDRESS:street 12}\n{ADDRESS:code town}",
        "Il paziente, nato a Napoli il {DATE_OF_BIRTH:day}, è stato ricoverato.",
        "Il mio codice cliente: {ID:number}, grazie.",
        "Mia madre ha {AGE:81} anni, con lei abita una figlia di {AGE:54} anni.",
    ),
}

HELD_OUT: Final = {
    "de": (
        "Gestern hat sich Frau {PERSON:given family} bei uns beschwert, weil das Paket nie ankam.",
        "Den Termin mit Herrn Prof. Dr. {PERSON:family} müssen wir leider verschieben.",
        "Hallo {PERSON:given},\nkönntest du mir das Protokoll schicken?\nViele Grüße\n{PERSON:given}",
        "Lieferadresse: {ADDRESS:street 112, code town}, bitte beim Nachbarn abgeben.",
        "Der Unfall war in der {ADDRESS:street 7b}, direkt vor der Schule.",
        "Versicherungsnummer {ID:number}, geb. {DATE_OF_BIRTH:day}, gesetzlich versichert",
        "Ansprechpartnerin: {PERSON:given family}, Mitgliedsnr.: {ID:number}",
        "Rückfragen bitte an Hr. {PERSON:family} oder Fr. {PERSON:family}.",
        "{PERSON:given family} ist gestern nach Hamburg gefahren.",
        "Die Straße ist gesperrt, und Frau und Kind warten seit 8 Uhr am Bahnhof 3.",
        "Am 12.03.2024 haben wir 15 Stück für 300 Euro bestellt, Rechnung folgt am Montag.",
        "Sehr geehrte Damen und Herren,\nhiermit kündige ich zum Monatsende.\nMit freundlichen Grüßen",
    ),
    "fr": (
        "Hier, Mme {PERSON:given family} s'est plainte parce que le colis n'est jamais arrivé.",
        "Il faut reporter le rendez-vous avec Monsieur {PERSON:family} à jeudi prochain.",
        "Bonjour {PERSON:given},\npeux-tu m'envoyer le compte rendu ?\nBien cordialement,\n{PERSON:given family}",
        "Adresse de livraison : {ADDRESS:112 street, code town}, laisser chez le voisin.",
        "L'accident a eu lieu au {ADDRESS:7 street}, juste devant l'école.",
        "Numéro de dossier {ID:number}, née le {DATE_OF_BIRTH:day}, célibataire",
        "Titulaire : {PERSON:given family}, n° de contrat : {ID:number}",
        "{PERSON:given family} est parti hier à Marseille.",
        "La rue est barrée, et madame attend depuis 8 heures sur la place avec 3 enfants.",
        "Le 12/03/2024 nous avons commandé 15 pièces pour 300 euros, facture lundi.",
        "Madame, Monsieur,\nje souhaite résilier mon contrat à la fin du mois.\nCordialement",
        "Le cours de 12 euros par place reste valable, voir page 20 du cours de Paris.",
    ),
    "es": (
        "Ayer la Sra. {PERSON:given family} se quejó porque el paquete nunca llegó.",
        "Hay que aplazar la cita con don {PERSON:given family} al jueves.",
        "Hola {PERSON:given},\n¿me puedes enviar el acta?\nSaludos,\n{PERSON:given family}",
        "Dirección de entrega: {ADDRESS:street 112, code town}, dejar con el vecino.",
        "El accidente ocurrió en {ADDRESS:street 7}, delante del colegio.",
        "Número de expediente {ID:number}, nacida el {DATE_OF_BIRTH:day}, soltera",
        "Titular: {PERSON:given family}, nº de póliza: {ID:number}",
        "{PERSON:given family} se fue ayer a Valencia.",
        "La calle está cortada y la señora espera desde las 8 en la plaza con 3 niños.",
        "El 12/03/2024 pedimos 15 piezas por 300 euros, la factura llega el lunes.",
        "Muy señores míos:\ndeseo cancelar mi contrato a final de mes.\nAtentamente",
        "Estimados clientes:\nla calle Mayor estará cerrada.",
    ),
    "it": (
        "Ieri la signora {PERSON:given family} si è lamentata perché il pacco non è mai arrivato.",
        "Bisogna rinviare l'appuntamento con il dott. {PERSON:family} a giovedì.",
        "Ciao {PERSON:given},\nmi mandi il verbale?\nCordiali saluti,\n{PERSON:given family}",
        "Indirizzo di consegna: {ADDRESS:street 112, code town}, lasciare dal vicino.",
        "L'incidente è avvenuto in {ADDRESS:street 7}, davanti alla scuola.",
        "Numero pratica {ID:number}, nata il {DATE_OF_BIRTH:day}, nubile",
        "Intestatario: {PERSON:given family}, numero di polizza: {ID:number}",
        "{PERSON:given family} è partito ieri per Torino.",
        "La via è chiusa e la signora aspetta dalle 8 in piazza con 3 bambini.",
        "Il 12/03/2024 abbiamo ordinato 15 pezzi per 300 euro, la fattura arriva lunedì.",
        "Gentili signori,\nvorrei disdire il contratto a fine mese.\nCordiali saluti",
        "Ci vediamo via Zoom 2 volte, in via eccezionale.",
    ),
}

_VALUE: Final = re.compile(r"\{([A-Z_]+):([^}]*)\}")


class Made(NamedTuple):
    """A text, and its values: label, start, end."""

    text: str
    values: list[tuple[str, int, int]]


def made(language: str, template: str, rng: random.Random) -> Made:
    """Fill a template."""
    text, values, position = "", [], 0
    for match in _VALUE.finditer(template):
        text += template[position : match.start()]
        value = re.sub(r"[a-z]+", lambda word: _word(language, word.group(), rng), match[2])
        values.append((match[1], len(text), len(text) + len(value)))
        text += value
        position = match.end()
    return Made(text + template[position:], values)


def _word(language: str, kind: str, rng: random.Random) -> str:
    return rng.choice(WORDS[language][kind]) if kind in WORDS[language] else kind
