"""Keys of databases, and addresses with passwords in them."""

from typing import Final

from detectors.text.secrets.checks import looks_random, not_filler, url_password
from detectors.text.secrets.kind import ALNUM, BASE64, HEX, URLSAFE, Form, Kind, near, token

_SCHEMES = (
    r"(?:postgres(?:ql)?|mysql|mariadb|mssql|sqlserver|oracle|mongodb|rediss?|amqps?|clickhouse|cockroachdb|nats|ldaps?"
    r"|smtps?|couchbases?|neo4j|bolt|influxdb|kafka|mqtts?)"
)
_CREDENTIALS = r"[^\s:/?#@\"'<>]{0,64}:[^\s/?#@\"'<>]{3,256}@[A-Za-z0-9\[][^\s\"'<>)]{1,512}"

DATABASES: Final = (
    Kind(
        "SECRET_CONNECTION_STRING",
        "database URL with a password",
        (Form(rf"\b{_SCHEMES}(?:\+[a-z0-9]{{1,20}})?://{_CREDENTIALS}"),),
        url_password,
    ),
    Kind(
        "SECRET_BASIC_AUTH_URL",
        "web, FTP or SSH URL with a password",
        (Form(rf"\b(?:https?|s?ftps?|ssh|git)://{_CREDENTIALS}"),),
        url_password,
    ),
    Kind(
        "SECRET_DATABRICKS_TOKEN",
        "Databricks token",
        (token("(?:dapi|dose)[a-f0-9]{8}", rf"{HEX}{{24}}(?:-\d{{1,2}})?"),),
        not_filler,
    ),
    Kind(
        "SECRET_PLANETSCALE_TOKEN",
        "PlanetScale token or password",
        (token("pscale_(?:tkn|pw|oauth)_", r"[A-Za-z0-9_.=-]{32,64}"),),
        not_filler,
    ),
    Kind(
        "SECRET_SUPABASE_KEY",
        "Supabase secret key or token",
        (token("sb_secret_", rf"{URLSAFE}{{22,60}}"), token("sbp_", rf"(?:v0_)?{HEX}{{40}}")),
        not_filler,
    ),
    Kind(
        "SECRET_NEON_KEY",
        "Neon key or password",
        (token("napi_", "[a-z0-9]{60,70}"), token("npg_", rf"{ALNUM}{{12,16}}")),
        looks_random,
    ),
    Kind("SECRET_MONGODB_SECRET", "MongoDB Atlas secret", (token("mdb_sa_sk_", rf"{URLSAFE}{{40}}"),), not_filler),
    Kind(
        "SECRET_CLICKHOUSE_KEY",
        "ClickHouse Cloud secret",
        (token("4b1d[A-Za-z0-9]{8}", rf"{ALNUM}{{30}}"),),
        looks_random,
    ),
    Kind("SECRET_AIVEN_PASSWORD", "Aiven password", (token("AVNS_", rf"{URLSAFE}{{19}}"),), not_filler),
    Kind(
        "SECRET_CONFLUENT_SECRET",
        "Confluent secret",
        (token("cflt[A-Za-z0-9+/]{8}", rf"{BASE64}{{52}}"), near("confluent", rf"{BASE64}{{64}}")),
        looks_random,
    ),
    Kind("SECRET_ELASTIC_KEY", "Elastic Cloud key", (token("essu_", rf"{BASE64}{{32,200}}={{0,2}}", ""),), not_filler),
    Kind(
        "SECRET_CLOUDANT_KEY",
        "Cloudant password or key, near its name",
        (near("cloudant|cl_(?:api|pass)", rf"(?:{HEX}{{64}}|[a-z]{{24}})"),),
        not_filler,
    ),
)
