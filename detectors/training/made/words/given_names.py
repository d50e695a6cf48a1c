"""Given names by the pronoun they mostly go with, from many places."""

from typing import Final

from detectors.training.made.patterns import table

NAMES: Final = {
    "she": table(
        """
        Sarah | Linda | Emma | Priya | Chloe | Olga | Fatima | Nina | Paula | Tina | Lucy | Grace | Hannah | Aisha
        Mei | Rosa | Ingrid | Keisha
        Sofia | Yuki | Leila | Maria | Anna | Zoe | Ruth | Carmen | Amina | Ewa | Fiona | Lakshmi | Naomi | Dolores
        Shanice | Gretchen | Mariam
        """
    ),
    "he": table(
        """
        Kevin | Dave | Mike | Tom | Josh | Brad | Steve | Ahmed | Jorge | Wei | Greg | Marcus | Ben | Omar | Ivan
        Leo | Hiroshi | Jamal | Pedro
        Sanjay | Mehmet | Pierre | Hans | Giovanni | Kwame | Dmitri | Ali | Juan | Sean | Moshe | Tyrone | Nikos
        Chen | Abdul | Lars | Raj | Paul
        """
    ),
    "they": table(
        """
        Sam | Alex | Robin | Charlie | Kim | Jamie | Taylor | Jordan | Morgan | Casey | Riley | Quinn | Sasha | Noor
        Avery
        """
    ),
}
