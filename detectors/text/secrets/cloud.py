"""Keys of clouds and hosts."""

from typing import Final

from detectors.text.gates import Gate
from detectors.text.secrets.checks import looks_random, not_filler
from detectors.text.secrets.kind import ALNUM, BASE64, HEX, URLSAFE, UUID, Form, Kind, near, token

_AWS_NEAR = (
    r"(?i:aws|secret|s3)[^\n]{0,40}?(?i:key)[^\nA-Za-z0-9/+]{1,10}\K"
    r"(?<![A-Za-z0-9/+])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])"
)
_NO_BASE64 = r"(?![A-Za-z0-9+/=])"

CLOUD: Final = (
    Kind(
        "SECRET_AWS_ACCESS_KEY_ID",
        "AWS access key id",
        (token("A(?:KIA|SIA|BIA|CCA)", "[A-Z2-7]{16}"),),
    ),
    Kind("SECRET_AWS_SECRET_KEY", "AWS secret key, near its name", (Form(_AWS_NEAR),), looks_random),
    Kind(
        "SECRET_AWS_TOKEN",
        "AWS session token, Bedrock or Marketplace key",
        (
            token("IQoJb3JpZ2lu|FwoGZXIvYXdz", r"[A-Za-z0-9+/=%]{100,2048}"),
            token("ABSK[A-Za-z0-9+/]{8}", r"[A-Za-z0-9+/]{100,280}={0,2}", _NO_BASE64),
            token("bedrock-api-key-", rf"{BASE64}{{40,2048}}={{0,2}}"),
            token(r"amzn\.mws\.", UUID),
        ),
    ),
    Kind(
        "SECRET_GOOGLE_KEY",
        "Google API key, OAuth secret, access or refresh token",
        (
            token("AIza", rf"{URLSAFE}{{35}}"),
            token("GOCSPX-", rf"{URLSAFE}{{28}}"),
            token(r"ya29\.", rf"{URLSAFE}{{30,2048}}", ""),
            token("1//0", rf"{URLSAFE}{{40,200}}"),
            token(r"AQ\.Ab8", rf"{URLSAFE}{{40,80}}"),
        ),
    ),
    Kind(
        "SECRET_AZURE_KEY",
        "Azure storage, bus, search, function, registry or model key",
        (
            Form(
                rf"\b(?:AccountKey|SharedAccessKey|SharedSecretValue)=\K{BASE64}{{43,86}}={{0,2}}{_NO_BASE64}",
                gate=Gate("AccountKey=|SharedAccessKey=|SharedSecretValue=", caseless=False),
            ),
            token(rf"{BASE64}{{76}}(?:\+(?:ASt|ABa)|ACDb)", rf"{BASE64}{{5,6}}==", "", gate=r"\+ASt|\+ABa|ACDb"),
            token(
                rf"{BASE64}{{33}}(?:AIoT|\+ASb|\+AEh|\+ARm)", rf"{BASE64}{{5,6}}=", "", gate=r"AIoT|\+ASb|\+AEh|\+ARm"
            ),
            token(rf"{URLSAFE}{{44}}AzFu", rf"{URLSAFE}{{5}}[AQgw]==", "", gate="AzFu"),
            token(rf"{ALNUM}{{42}}AzSe", rf"[A-D]{ALNUM}{{5}}", gate="AzSe"),
            token(rf"{ALNUM}{{33}}AzCa", rf"[A-P]{ALNUM}{{5}}=", "", gate="AzCa"),
            token(rf"{BASE64}{{42}}\+ACR", rf"[A-D]{BASE64}{{5}}", gate=r"\+ACR"),
            token(rf"{ALNUM}{{52}}JQQJ9", rf"[9DH]{ALNUM}{{26}}", gate="JQQJ9[9DH]"),
            near("azure[ _.-]?open[ _-]?ai|ocp-apim-subscription", rf"{HEX}{{32}}"),
        ),
        not_filler,
    ),
    Kind(
        "SECRET_AZURE_CLIENT_SECRET",
        "secret of an application in Microsoft Entra, or an Azure DevOps token",
        (
            token(r"[A-Za-z0-9_~.-]{3}[78]Q~", "[A-Za-z0-9_~.-]{31,34}", r"(?![A-Za-z0-9_~-])", gate="[78]Q~"),
            token(rf"{ALNUM}{{76}}AZDO", rf"{ALNUM}{{4}}", gate="AZDO"),
        ),
        not_filler,
    ),
    Kind(
        "SECRET_AZURE_SAS",
        "shared access signature in an Azure URL",
        (
            Form(
                r"[?&;]sig=\K[A-Za-z0-9%/+]{43,66}(?:%3[dD]|=)(?![A-Za-z0-9%])",
                gate=Gate("[?&;]sig=", caseless=False),
            ),
        ),
    ),
    Kind("SECRET_ALIBABA_KEY", "Alibaba Cloud access key id", (token("LTAI", rf"{ALNUM}{{12,26}}"),), not_filler),
    Kind("SECRET_TENCENT_KEY", "Tencent Cloud secret id", (token("AKID", rf"{ALNUM}{{32}}"),), not_filler),
    Kind(
        "SECRET_IBM_KEY",
        "IBM Cloud, Cloud Object Storage or SoftLayer key, near its name",
        (
            near("ibm[ _-]?cloud|ibm[ _-]?(?:api|iam)|iam[ _-]?api[ _-]?key", rf"{URLSAFE}{{44}}"),
            near("cos[ _-]?hmac|ibm[ _-]?cos|secret_access_key", rf"{HEX}{{48}}"),
            near("softlayer|sl_api", "[a-z0-9]{64}"),
        ),
        looks_random,
    ),
    Kind(
        "SECRET_YANDEX_KEY",
        "Yandex Cloud key or token",
        (
            token("AQVN", rf"{URLSAFE}{{35,38}}"),
            token(r"t1\.[A-Za-z0-9_-]{8}", rf"{URLSAFE}{{8,400}}={{0,2}}\.{URLSAFE}{{86}}"),
        ),
        not_filler,
    ),
    Kind("SECRET_DIGITALOCEAN_TOKEN", "DigitalOcean token", (token("do[opr]_v1_", rf"{HEX}{{64}}"),), not_filler),
    Kind(
        "SECRET_CLOUDFLARE_TOKEN",
        "Cloudflare key or token",
        (
            token("cf(?:k|ut|at)_", rf"{ALNUM}{{40}}{HEX}{{8}}"),
            token(r"v1\.0-", rf"{HEX}{{24}}-{HEX}{{140,150}}"),
            near("cloudflare|cf[ _-]api", rf"(?:{URLSAFE}{{40}}|{HEX}{{37}})"),
        ),
        looks_random,
    ),
    Kind(
        "SECRET_HEROKU_KEY",
        "Heroku key",
        (token("HRKU-", rf"(?:AA{URLSAFE}{{58}}|{UUID})"), near("heroku", UUID)),
        not_filler,
    ),
    Kind(
        "SECRET_FLY_TOKEN",
        "Fly.io token",
        (token("fm[12][ar]?_", r"[A-Za-z0-9+/_-]{60,2048}={0,2}"), token("fo1_", rf"{URLSAFE}{{43}}")),
        not_filler,
    ),
    Kind(
        "SECRET_VERCEL_TOKEN",
        "Vercel token",
        (token("vc[picark]_", rf"{ALNUM}{{24,100}}"), near("vercel", rf"{ALNUM}{{24}}")),
        looks_random,
    ),
    Kind(
        "SECRET_NETLIFY_TOKEN",
        "Netlify token",
        (token("nf[pcoub]_", rf"{ALNUM}{{36,60}}"), near("netlify", rf"{URLSAFE}{{40,46}}")),
        looks_random,
    ),
    Kind("SECRET_RENDER_KEY", "Render key", (token("rnd_", rf"{ALNUM}{{28,40}}"),), looks_random),
    Kind("SECRET_SCALINGO_TOKEN", "Scalingo token", (token("tk-us-", rf"{URLSAFE}{{48}}"),), not_filler),
)
