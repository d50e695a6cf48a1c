"""Tokens of the tools that teams plan, write and design with."""

from typing import Final

from detectors.text.secrets.checks import looks_random, not_filler
from detectors.text.secrets.kind import ALNUM, HEX, URLSAFE, UUID, Kind, near, token

DEVELOPER: Final = (
    Kind(
        "SECRET_ATLASSIAN_TOKEN",
        "Atlassian token",
        (
            token("ATATT3xFf", r"[A-Za-z0-9_=-]{150,260}", "(?![A-Za-z0-9_=-])"),
            near("atlassian|confluence|jira", rf"{ALNUM}{{24}}"),
        ),
        looks_random,
    ),
    Kind("SECRET_LINEAR_KEY", "Linear key", (token("lin_(?:api|oauth)_", rf"{ALNUM}{{40,64}}"),), not_filler),
    Kind(
        "SECRET_NOTION_TOKEN",
        "Notion token",
        (token(r"ntn_\d{4}", rf"\d{{7}}{ALNUM}{{35}}"), token("secret_[A-Za-z0-9]{8}", rf"{ALNUM}{{35}}")),
        looks_random,
    ),
    Kind("SECRET_FIGMA_TOKEN", "Figma token", (token("fig[dorhu]_", rf"{URLSAFE}{{38,60}}"),), not_filler),
    Kind(
        "SECRET_POSTMAN_KEY",
        "Postman key",
        (token("PMAK-", rf"{HEX}{{24}}-{HEX}{{34}}"), token("PMAT-", "[A-Z0-9]{26}")),
        not_filler,
    ),
    Kind(
        "SECRET_AIRTABLE_TOKEN",
        "Airtable token",
        (
            token(rf"pat{ALNUM}{{14}}\.", rf"{HEX}{{64}}", gate=rf"pat{ALNUM}{{14}}\."),
            near("airtable", rf"key{ALNUM}{{14}}"),
        ),
        not_filler,
    ),
    Kind(
        "SECRET_ASANA_TOKEN",
        "Asana token",
        (token(r"[0-2]/\d{13,20}", rf"(?:/\d{{13,20}})?:{HEX}{{32}}", gate=rf"\d{{8}}:{HEX}{{32}}"),),
        not_filler,
    ),
    Kind("SECRET_CLICKUP_TOKEN", "ClickUp token", (token(r"pk_\d{1,9}_", "[A-Z0-9]{32}", gate=r"pk_\d"),), not_filler),
    Kind("SECRET_TYPEFORM_TOKEN", "Typeform token", (token("tfp_", r"[A-Za-z0-9_.=-]{40,60}"),), not_filler),
    Kind("SECRET_CONTENTFUL_TOKEN", "Contentful token", (token("CFPAT-", rf"{URLSAFE}{{43}}"),), not_filler),
    Kind("SECRET_README_KEY", "ReadMe key", (token("rdme_", "[a-z0-9]{70}"),), not_filler),
    Kind(
        "SECRET_DROPBOX_TOKEN",
        "Dropbox token",
        (token(r"sl\.(?:u\.)?[A-Za-z0-9_-]{16}", rf"{URLSAFE}{{110,1600}}"), near("dropbox", "[a-z0-9]{15}")),
        looks_random,
    ),
    Kind(
        "SECRET_HUBSPOT_TOKEN", "HubSpot token", (token(r"pat-(?:na|eu|ap)\d{1,2}-", UUID, gate=r"pat-[nea][aup]\d"),)
    ),
    Kind(
        "SECRET_SALESFORCE_TOKEN",
        "Salesforce session",
        (token(rf"00D{ALNUM}{{12,15}}!", r"[A-Za-z0-9._]{80,260}", gate=rf"{ALNUM}{{8}}![A-Za-z0-9._]{{16}}"),),
        not_filler,
    ),
    Kind(
        "SECRET_MAPBOX_TOKEN", "Mapbox secret token", (token(r"sk\.eyJ", rf"{URLSAFE}{{20,400}}\.{URLSAFE}{{20,30}}"),)
    ),
    Kind("SECRET_MAXMIND_KEY", "MaxMind key", (token(rf"{ALNUM}{{6}}_{ALNUM}{{29}}_mmk", "", gate="_mmk"),)),
    Kind("SECRET_ADOBE_SECRET", "Adobe client secret", (token("p8e-", "[A-Za-z0-9]{32}"),), not_filler),
    Kind("SECRET_ALGOLIA_KEY", "Algolia key, near its name", (near("algolia", rf"{HEX}{{32}}"),), looks_random),
    Kind("SECRET_ZENDESK_TOKEN", "Zendesk token, near its name", (near("zendesk", rf"{ALNUM}{{40}}"),), looks_random),
)
