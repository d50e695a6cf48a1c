"""Tokens of the tools that run, watch and guard systems."""

from typing import Final

from detectors.text.secrets.checks import looks_random, not_filler
from detectors.text.secrets.kind import ALNUM, BASE64, HEX, URLSAFE, UUID, Kind, near, token

OPERATIONS: Final = (
    Kind(
        "SECRET_TERRAFORM_TOKEN",
        "HCP Terraform token",
        (token(rf"{ALNUM}{{14}}\.atlasv1\.", r"[A-Za-z0-9_=-]{60,70}", gate=r"\.atlasv1\."),),
        not_filler,
    ),
    Kind(
        "SECRET_VAULT_TOKEN",
        "HashiCorp Vault token",
        (token(r"hv[sbr]\.", rf"{URLSAFE}{{24,300}}"), near("vault", rf"s\.{ALNUM}{{24}}")),
        not_filler,
    ),
    Kind("SECRET_PULUMI_TOKEN", "Pulumi token", (token("pul-", rf"{HEX}{{40}}"),), not_filler),
    Kind(
        "SECRET_DOPPLER_TOKEN",
        "Doppler token",
        (token(r"dp\.(?:pt|ct|st|scim|audit|said|sa)\.", rf"(?:[a-z0-9_-]{{2,35}}\.)?{ALNUM}{{40,44}}"),),
        not_filler,
    ),
    Kind(
        "SECRET_INFISICAL_TOKEN",
        "Infisical token",
        (token(rf"st\.{HEX}{{24}}\.", rf"{HEX}{{32}}\.{HEX}{{32}}", gate=rf"st\.{HEX}{{24}}\."),),
    ),
    Kind(
        "SECRET_ONEPASSWORD_KEY",
        "1Password secret key or service account",
        (
            token("ops_eyJ", rf"{BASE64}{{100,2048}}={{0,3}}", ""),
            token(r"A3-[A-Z0-9]{6}-", r"(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})(?:-[A-Z0-9]{5}){3}"),
        ),
        not_filler,
    ),
    Kind(
        "SECRET_GRAFANA_TOKEN",
        "Grafana token",
        (token("glsa_", rf"{ALNUM}{{32}}_[A-Fa-f0-9]{{8}}"), token("glc_eyJ", rf"{BASE64}{{30,400}}={{0,3}}", "")),
        not_filler,
    ),
    Kind(
        "SECRET_SENTRY_TOKEN",
        "Sentry token",
        (token("sntrys_eyJ", r"[A-Za-z0-9+/=_]{60,600}"), token("sntryu_", rf"{HEX}{{64}}")),
        not_filler,
    ),
    Kind(
        "SECRET_NEW_RELIC_KEY",
        "New Relic key",
        (
            token("NRAK-", "[A-Z0-9]{27}"),
            token("NRII-", rf"{URLSAFE}{{32}}"),
            token("[A-Fa-f0-9]{36}NRAL|[A-Fa-f0-9]{32}FFFFNRAL", "", gate="NRAL"),
        ),
        not_filler,
    ),
    Kind(
        "SECRET_DATADOG_KEY",
        "Datadog key, near its name",
        (near("datadog|dd[ _-]?(?:api|app)", rf"(?:{HEX}{{40}}|{HEX}{{32}})"),),
        looks_random,
    ),
    Kind(
        "SECRET_DYNATRACE_TOKEN",
        "Dynatrace token",
        (token(r"dt0[a-z]\d\d\.", r"[A-Z0-9]{24}\.[A-Z0-9]{64}"),),
        not_filler,
    ),
    Kind("SECRET_HONEYCOMB_KEY", "Honeycomb key", (token("hc[a-z][il]k_", "[a-z0-9]{58}"),), not_filler),
    Kind(
        "SECRET_PAGERDUTY_KEY",
        "PagerDuty key, near its name",
        (near("pager[ _-]?duty|pd[ _-](?:api|token)", r"(?:u\+)?[A-Za-z0-9_+-]{18,20}"),),
        looks_random,
    ),
    Kind(
        "SECRET_LAUNCHDARKLY_KEY",
        "LaunchDarkly key",
        (token("(?:sdk|api)-", UUID, gate="(?:sdk|api)-[a-f0-9]{8}-"),),
        not_filler,
    ),
    Kind(
        "SECRET_CIRCLECI_TOKEN", "CircleCI token", (token("CCIP(?:AT|RJ)_", rf"{ALNUM}{{22}}_{HEX}{{40}}"),), not_filler
    ),
    Kind("SECRET_BUILDKITE_TOKEN", "Buildkite token", (token("bk(?:ua|ct|aj)_", "[a-z0-9]{40}"),), not_filler),
    Kind("SECRET_SONAR_TOKEN", "SonarQube token", (token("sq[upa]_", rf"{HEX}{{40}}"),), not_filler),
    Kind("SECRET_SNYK_TOKEN", "Snyk token, near its name", (near("snyk", UUID),), not_filler),
    Kind("SECRET_PREFECT_KEY", "Prefect key", (token("pn[ub]_", rf"{ALNUM}{{36}}"),), not_filler),
    Kind(
        "SECRET_HARNESS_TOKEN",
        "Harness token",
        (token(r"[ps]at\.[A-Za-z0-9_-]{22}\.", rf"{HEX}{{24}}\.{ALNUM}{{20}}", gate=rf"[ps]at\.{URLSAFE}{{22}}\."),),
    ),
    Kind("SECRET_OCTOPUS_KEY", "Octopus Deploy key", (token("API-[A-Z0-9]{8}", "[A-Z0-9]{18,24}"),), looks_random),
    Kind(
        "SECRET_TAILSCALE_KEY",
        "Tailscale key",
        (token("tskey-", rf"(?:auth|api|client|scim|webhook)-{ALNUM}{{6,32}}(?:CNTRL)?-{ALNUM}{{16,64}}"),),
        not_filler,
    ),
    Kind(
        "SECRET_OKTA_TOKEN",
        "Okta token, near its name",
        (near("okta", rf"00{URLSAFE}{{40}}"), token("SSWS ", rf"00{URLSAFE}{{40}}")),
        not_filler,
    ),
    Kind("SECRET_INFRACOST_KEY", "Infracost key", (token("ico-", rf"{ALNUM}{{32}}"),), looks_random),
)
