"""Tokens of code hosts and package registries."""

from typing import Final

from detectors.text.gates import Gate
from detectors.text.secrets.checks import github_checksum, looks_random, not_filler
from detectors.text.secrets.kind import ALNUM, HEX, URLSAFE, Form, Kind, token

_GITLAB = "gl(?:pat|oas|dt|rt|rtr|cbt|ptt|ft|imt|soat|agent|wt|ffct)-"

CODE_HOSTS: Final = (
    Kind(
        "SECRET_GITHUB_TOKEN",
        "GitHub token (CRC-32)",
        (token("gh[pousr]_", rf"{ALNUM}{{36}}"), token("github_pat_", rf"{ALNUM}{{22}}_{ALNUM}{{59}}")),
        github_checksum,
    ),
    Kind(
        "SECRET_GITLAB_TOKEN",
        "GitLab token",
        (token(_GITLAB, "[A-Za-z0-9_.-]{20,300}", ""), token("GR1348941", rf"{URLSAFE}{{20}}")),
    ),
    Kind(
        "SECRET_BITBUCKET_TOKEN",
        "Bitbucket password of an application or token",
        (
            token("ATBB", rf"{ALNUM}{{32}}"),
            token("ATCTT3xFf", r"[A-Za-z0-9_=-]{150,260}", "(?![A-Za-z0-9_=-])"),
            token("BBDC-", "[A-Za-z0-9+/@]{40,60}"),
        ),
        not_filler,
    ),
    Kind("SECRET_NPM_TOKEN", "npm token (CRC-32)", (token("npm_", rf"{ALNUM}{{36}}"),), github_checksum),
    Kind(
        "SECRET_REGISTRY_LOGIN",
        "login to a package registry in `.npmrc`, or to an image registry in Docker's settings",
        (
            Form(
                r":_(?:auth|authToken|password)\s?=\s?[\"']?\K[A-Za-z0-9+/=_.-]{16,2048}(?=[\"'\s]|$)",
                gate=Gate(":_auth|:_password", caseless=False),
            ),
            Form(
                r"^_(?:auth|authToken|password)\s?=\s?[\"']?\K[A-Za-z0-9+/=_.-]{16,2048}(?=[\"'\s]|$)",
                gate=Gate("^_auth|^_password", caseless=False),
            ),
            Form(r'"auth"\s?:\s?"\K[A-Za-z0-9+/]{12,2048}={0,2}(?=")', gate=Gate('"auth"', caseless=False)),
        ),
        looks_random,
    ),
    Kind("SECRET_PYPI_TOKEN", "PyPI token", (token("pypi-AgE", rf"{URLSAFE}{{50,1024}}", ""),)),
    Kind("SECRET_RUBYGEMS_KEY", "RubyGems key", (token("rubygems_", rf"{HEX}{{48}}"),), not_filler),
    Kind("SECRET_CRATES_TOKEN", "crates.io token", (token(rf"cio{ALNUM}{{8}}", rf"{ALNUM}{{24}}"),), looks_random),
    Kind("SECRET_CLOJARS_TOKEN", "Clojars token", (token("CLOJARS_", "[a-z0-9]{60}"),), not_filler),
    Kind("SECRET_NUGET_KEY", "NuGet key", (token("oy2[a-z0-9]{8}", "[a-z0-9]{35}"),), looks_random),
    Kind("SECRET_DOCKER_TOKEN", "Docker Hub token", (token("dckr_[po]at_", rf"{URLSAFE}{{27,40}}"),), not_filler),
    Kind(
        "SECRET_ARTIFACTORY_KEY",
        "JFrog Artifactory key or token",
        (token("AKCp", rf"{ALNUM}{{60,80}}"), token("cmVmdGtu", rf"{ALNUM}{{56}}")),
        not_filler,
    ),
    Kind(
        "SECRET_SOURCEGRAPH_TOKEN", "Sourcegraph token", (token("sg[pd]_", rf"(?:{HEX}{{16}}_|local_)?{HEX}{{40,64}}"),)
    ),
)
