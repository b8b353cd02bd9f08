"""A statement as Open Badge 3.0: a verifiable credential of the W3C data model 2.0."""

from credentials import addresses

CONTEXT = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
]
# Terms of the European Learning Model that Open Badges lack, served as a JSON-LD context of its
# own: some verifiers cannot compare a context that is written out in the credential.
TERMS = {
    "@context": {
        "elm": "http://data.europa.eu/snb/model/elm/",
        "EQFLevel": {"@id": "elm:EQFLevel", "@type": "@id"},
        "volumeOfLearning": {
            "@id": "elm:volumeOfLearning",
            "@type": "http://www.w3.org/2001/XMLSchema#duration",
        },
    }
}
EQF = "http://data.europa.eu/snb/eqf/{}"


def open_badge(statement: dict, *, credential, code: str, holder_name: str) -> dict:
    """Return the credential without a proof. ``credential`` gives its days and its status bit."""
    agency = statement["agency"]["address"]
    badge = {
        "@context": [*CONTEXT, addresses.terms(agency)],
        "id": addresses.verification(agency, code),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": statement["course"]["title"],
        "issuer": issuer(statement["agency"]["name"], agency),
        "validFrom": f"{credential.issued_on.isoformat()}T00:00:00Z",
        "credentialSubject": _subject(statement, holder_name),
        "credentialStatus": _status(agency, credential),
    }
    if credential.valid_until:
        badge["validUntil"] = f"{credential.valid_until.isoformat()}T23:59:59Z"
    return badge


def issuer(name: str, agency: str) -> dict:
    """Return who issues: the agency."""
    return {"id": addresses.issuer(agency), "type": ["Profile"], "name": name}


def status_list(agency: str, *, number: int, bits: str, at) -> dict:
    """Return a Bitstring Status List as a credential without a proof."""
    where = addresses.status_list(agency, number)
    return {
        "@context": CONTEXT[:1],
        "id": where,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": addresses.issuer(agency),
        "validFrom": at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "credentialSubject": {
            "id": f"{where}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": bits,
        },
    }


def _subject(statement: dict, holder_name: str) -> dict:
    started, ended = statement["trained"]
    return {
        "type": ["AchievementSubject"],
        "identifier": [
            {
                "type": "IdentityObject",
                "identityHash": holder_name,
                "identityType": "name",
                "hashed": False,
            }
        ],
        "activityStartDate": f"{started}T00:00:00Z",
        "activityEndDate": f"{ended}T00:00:00Z",
        "source": _centre(statement),
        "achievement": _achievement(statement),
    }


def _achievement(statement: dict) -> dict:
    course = statement["course"]
    achievement = {
        "id": f"urn:uuid:{course['uid']}",
        "type": ["Achievement"],
        "achievementType": "Certificate",
        "creator": _centre(statement),
        "name": course["title"],
        "description": f"{course['title']} ({course['occupation']['title']})",
        "humanCode": course["code"],
        "inLanguage": course["language"],
        "criteria": {"narrative": "\n".join(_criteria(statement))},
        "alignment": _alignments(statement),
    }
    if course["eqf"]:
        achievement["EQFLevel"] = EQF.format(course["eqf"])
    if course["hours"]:
        achievement["volumeOfLearning"] = f"PT{course['hours']}H"
    return achievement


def _criteria(statement: dict) -> list[str]:
    lines = [
        f"- {module['title']} ({module['hours']} h)" if module["hours"] else f"- {module['title']}"
        for module in statement["modules"]
    ]
    return lines or [statement["course"]["title"]]


def _alignments(statement: dict) -> list[dict]:
    """Return the occupation, each skill and the EQF level as addresses of their frameworks."""
    course = statement["course"]
    occupation = course["occupation"]
    found = [
        _alignment(occupation["uri"], occupation["title"], "ext:Occupation", occupation["isco"])
    ]
    for skill in statement["skills"]:
        level = f"{skill['level']}/4"
        one = _alignment(skill["uri"], skill["title"], "ceasn:Competency", level)
        found.append(one | {"targetFramework": "ESCO"})
    if course["eqf"]:
        level = str(course["eqf"])
        found.append(_alignment(EQF.format(level), f"EQF {level}", "ext:QualificationLevel", level))
    return found


def _alignment(url: str, name: str, kind: str, code: str) -> dict:
    return {
        "type": ["Alignment"],
        "targetUrl": url,
        "targetName": name,
        "targetType": kind,
        "targetCode": code,
    }


def _centre(statement: dict) -> dict:
    centre = statement["centre"]
    return {"id": f"urn:uuid:{centre['uid']}", "type": ["Profile"], "name": centre["name"]}


def _status(agency: str, credential) -> dict:
    where = addresses.status_list(agency, credential.status_list)
    return {
        "id": f"{where}#{credential.status_index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": str(credential.status_index),
        "statusListCredential": where,
    }
