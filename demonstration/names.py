"""Invented people: names as they are common in each country, in the letters used there."""

from random import Random

WOMEN = {
    "FJ": "Litia Salote Mereani Ana Losalini Vika Sereima Unaisi Priya Anjali Nirmala Torika",
    "WS": "Sina Lagi Tala Moana Leilani Fetu Pua Malia Siaumau Tina",
    "VU": "Leisel Marie Anna Roslyn Votausi Jenny Leiwia Madlen",
    "PG": "Grace Naomi Kila Wilma Geua Ruth Boni Dorcas Mary Hane",
    "SB": "Joycelyn Ender Stella Freda Loretta Hilda Nesta Doris",
    "XK": "Arta Blerta Vlora Fjolla Ardita Shpresa Elmaze Rrezarta Mimoza Çlirime Gëzime Zana",
    "MA": "فاطمة خديجة سلمى مريم Salma Imane Hajar Nadia Ghita Zineb هند نورة",
}
MEN = {
    "FJ": "Apisai Jone Semi Ratu Viliame Ilaitia Sanjay Rohit Manasa Waisale Epeli Tomasi",
    "WS": "Tavita Ioane Sione Fetuao Lafaele Sefo Iosefa Pita Malo Tuala",
    "VU": "Moses Willie Kalo Tom Jean Kalsakau Abel Noel Philip Roy",
    "PG": "Michael Gabriel Peter Kila Morea Toua Nao Simon Raka Vagi",
    "SB": "Nelson Derick Manasseh Silas Rex Fred Walter Jimmy Chris Hudson",
    "XK": "Arben Besnik Driton Gëzim Valon Shkëlzen Ylber Blerim Kushtrim Lirim Agron Fatmir",
    "MA": "يوسف محمد أمين ياسين عمر Mehdi Anas Reda Hamza Othmane Soufiane Ayoub كريم Ilyas",
}
FAMILIES = {
    "FJ": "Vakaloloma Tuilagi Nadakuitavuki Raivoce Kumar Sharma Delai Qalo Naivalu Cakau Bola",
    "WS": "Leavasa Fonoti Tuimavave Aiono Seumalo Lealaiauloto Masoe Petelo",
    "VU": "Kalsau Tari Natapei Bule Garae Molisa Vira Boulekone",
    "PG": "Kaupa Toea Wari Namaliu Haoda Tamate Kila Gavera",
    "SB": "Maelanga Kwaimani Tuhanuku Ramo Sasako Lilo Waleilia Fono",
    "XK": "Krasniqi Berisha Gashi Hoxha Shala Morina Bytyqi Thaçi Rexhepi Zeqiri Dërmaku",
    "MA": "بنعلي العلوي الإدريسي التازي Alaoui Idrissi Bennani Tahiri Lahlou برادة",
}
# Arabic-script given names go with Arabic-script family names, and Latin with Latin.
LAST_LATIN = "\u024f"


def invent(random: Random, country: str, is_woman: bool) -> tuple[str, str]:
    """Return a given and a family name, both in the same script."""
    given = random.choice((WOMEN if is_woman else MEN)[country].split())
    families = FAMILIES[country].split()
    is_latin = given[0] <= LAST_LATIN
    return given, random.choice([name for name in families if (name[0] <= LAST_LATIN) == is_latin])
