"""`airlock init`: a first configuration, with the secrets that it names."""

import secrets
from pathlib import Path
from typing import Annotated

import typer

from audit.checkpoint import create_signer

ORIGIN = "airlock"
_STATE = ".airlock"
_SECRET_BYTES = 32

CONFIGURATION = """\
# Airlock's configuration. Relative paths start at this file's folder. Secrets are named, never written here:
# {env: NAME} reads an environment variable, {file: PATH} a file.

listen:
  host: 127.0.0.1        # 0.0.0.0 to answer other machines; put TLS in front
  port: 8790

# Providers, in order: the first whose `models` match serves the call. Any OpenAI-compatible base URL will do, with a
# key or without one (vLLM, Ollama).
upstreams:
  - name: openai
    base_url: https://api.openai.com/v1
    api_key: {env: OPENAI_API_KEY}
    models: ["gpt-*", "o*"]          # exact names or patterns with *
    provider: openai                 # provider, region and hosting are what policies see
    region: us
    hosting: cloud                   # cloud | self
#   headers: {openai-organization: org-1}    # sent with each call; a secret one is named: {x-auth: {env: PROXY_AUTH}}
#   timeouts: {connect_s: 2, first_byte_s: 30, idle_s: 20}    # instead of those in `limits`
#   retries: {attempts: 2, base_s: 0.25, cap_s: 5}    # before the first byte; waits are chance, and what it asks for
#   breaker: {failures: 5, pause_s: 5}     # after so many in a row, asked only once a pause while there is another
# - name: anthropic
#   base_url: https://api.anthropic.com
#   api: anthropic                   # what it speaks; openai if not said
#   api_key: {env: ANTHROPIC_API_KEY}
#   models: ["claude-*"]
#   provider: anthropic
# - name: google
#   base_url: https://generativelanguage.googleapis.com
#   api: gemini
#   api_key: {env: GEMINI_API_KEY}
#   models: ["gemini-*"]
#   provider: google
# - name: local
#   base_url: http://127.0.0.1:11434/v1
#   models: ["llama*"]
#   hosting: self
# - name: azure-eu
#   scheme: azure                          # calls go to /openai/deployments/{model}/..., with the header api-key
#   api_version: "2024-10-21"
#   base_url: https://example.openai.azure.com
#   api_key: {env: AZURE_OPENAI_KEY}
#   models: []                             # reached by the aliases below only
#   region: eu
#   hosting: cloud
# - name: bedrock                          # providers without an API of the above, in any dialect:
#   kind: litellm                          # pip install 'airlock-gateway[providers]'
#   models: ["bedrock/*"]                  # begin with the provider's name in LiteLLM
#   options: {aws_region_name: eu-central-1, aws_access_key_id: {env: AWS_ID}, aws_secret_access_key: {env: AWS_SECRET}}
#   region: eu
#   hosting: cloud

# Names of your own for one or more models. A call goes to one candidate by chance, by weight; if that fails before its
# first byte to the others, then to each fallback in order. Policy decides on every one before it is asked.
# models:
#   fast:
#     candidates:
#     - {upstream: openai, model: gpt-4o-mini, weight: 3}
#     - {upstream: azure-eu, model: my-deployment, weight: 1}
#     fallback:
#     - {upstream: local, model: "llama3.2"}

# Servers of tools that speak the Model Context Protocol over streamable HTTP; each is served at /mcp/NAME.
# mcp_servers:
# - name: files
#   url: http://127.0.0.1:3000/mcp
#   api_key: {env: FILES_KEY}              # goes as a bearer token; `headers` as for upstreams
#   hosting: self                          # your own servers get real personal values, others get pseudonyms
#   idle_s: 600                            # longest silence within a stream; by default as long as it takes
# mcp_origins: ["https://app.example.com"]  # web pages that may call them, besides those on this machine

# The master secret behind the pseudonyms. Whoever has it can link them to each other; keep a copy.
secret: {file: .airlock/secret}

# Records, keys and the log. Postgres: postgresql+psycopg://user@host/database (pip install 'airlock-gateway[postgres]')
store:
  url: sqlite:///.airlock/airlock.db
  signing_key: .airlock/log.key      # signs the log's checkpoints; its public half is beside it
  origin: airlock                    # the log's name in checkpoints and receipts
  checkpoint_s: 1

policy:
  engine: embedded                   # embedded (in this process) | opa (a server, see below)
# bundle: policy/                    # your own rules, made by `airlock policy build`; by default the shipped ones
# data: policy-data.yaml             # tenants, use cases, thresholds; by default the shipped ones
# opa: {url: "http://127.0.0.1:8181", timeout_ms: 100}

detectors:
# encoder: off                       # look for patterns only, not also for toxicity, bias, injection and names
# weights: weights/                  # an encoder of your own; by default the one that comes with Airlock
# threads: 2                         # processors for one run of it; by default all, up to four
  cache_bytes: 33554432              # room for what was found in texts that come again
# recognizers: recognizers.yaml      # patterns and lists of your own (employee numbers, projects), in Presidio's format
# lists: lists.yaml                  # values that for a tenant are no personal data, or always are (names of staff)
# phone_regions: [DE, AT, CH]        # whose phone numbers are found without +49; by default BR CA DE FR GB IL IN US
# patience: 1                        # how many times longer than usual they may take, on a slow processor
# service:                           # or a detector service reads them, which `airlock detectors serve` runs
#   url: [http://127.0.0.1:8791, unix:.airlock/detectors.sock]    # one, or several equal ones
#   model: encoder                   # one of its models, or a list
#   key: {env: DETECTORS_KEY}        # if it wants one
#   allow_plain_http: false          # true: your own network may carry prompts unencrypted
#   connect_ms: 500
#   timeout_ms: 10000                # without an answer by then the detector is `unavailable`, and policy decides
#   hedge_ms: 200                    # ask a second url as well if the first takes so long; by default never
#   breaker: {failures: 5, pause_s: 1}     # after so many in a row it is asked only once a pause

limits:
  body_bytes: 10485760               # longest request
  reply_bytes: 20971520              # longest reply that is not streamed
  connect_s: 5
  first_byte_s: 120                  # until the upstream's first byte; each attempt has its own
  idle_s: 60                         # longest silence within a reply
  heartbeat_s: 15                    # longest silence of a stream before its client gets a sign of life; 0: none
  record_s: 5                        # longest wait for the record to be durable; then the call is refused
  drain_s: 30                        # how long a shut-down waits for calls under way
  output_tokens: 1024                # what quotas expect of a call that sets no limit to its answer

# What callers may use. All quotas that match a caller must hold; a call over one is a 429 that says when to try again.
# quotas:
# - name: per-key                    # told to whom it stops
#   match: {tenant: "*", use_case: "chat-*", key_id: "*"}     # patterns; all of them if left out
#   per: key                         # who shares its counters: key | use_case | tenant
#   requests_per_minute: 60          # in any sixty seconds
#   tokens_per_minute: 100000        # in and out; expected before the call, counted after it
#   tokens_per_day: 5000000          # a day begins at midnight, UTC
#   usd_per_day: 25
#   unknown_cost: block              # a model without a price: block | allow | USD per 1,000 tokens
#   concurrent: 10                   # calls under way

# Your own prices, in USD per million tokens; the others are those of the installed package `genai-prices`.
# prices:
# - {models: ["llama*"], upstreams: ["local"], input: 0.1, output: 0.4, cache_read: 0.05, cache_write: 0.1}

# Where replicas share the counters of their quotas (pip install 'airlock-gateway[redis]'); else each has its own.
# redis:
#   url: redis://127.0.0.1:6379/0    # or where one with a password is: {env: REDIS_URL}
#   timeout_ms: 250
#   when_away: block                 # block (503) | allow (without limits, which the record then says)
#   lease_s: 30                      # how long the calls of a killed replica count as under way

vault:
  ttl_days: 30                       # how long a call can go on from an earlier response (kept encrypted in the store)
  # master: {file: .airlock/vault}   # or {env: NAME}, {kms: {name: prod, command: [./kms]}}; else made of `secret`
  # former: [{file: .airlock/old}]   # what keys may still be under, until `airlock vault rotate` was run
"""


def init(
    folder: Annotated[Path, typer.Argument(help="Where to write airlock.yaml.")] = Path(),
) -> None:
    """Write a commented airlock.yaml, a master secret and a signing key. Never overwrites anything."""
    config = folder / "airlock.yaml"
    if config.exists():
        typer.secho(f"airlock: {config} exists already; nothing was changed", fg=typer.colors.RED, err=True)
        raise typer.Exit(1)
    write_secrets(folder / _STATE)
    config.write_text(CONFIGURATION)
    typer.echo(
        f"Wrote {config} and, beside it, {_STATE}/ with a master secret and a signing key (keep both safe).\n\n"
        "Next:\n"
        "  1. edit airlock.yaml: your upstream and where its key is\n"
        "  2. airlock keys create --tenant default --use-case default\n"
        "  3. airlock serve\n"
        "  4. point your app's base URL to http://127.0.0.1:8790/v1, with that key"
    )


def write_secrets(state: Path) -> None:
    """Make the state folder (0700) with a fresh master secret and signing key (0600); what exists stays."""
    state.mkdir(mode=0o700, parents=True, exist_ok=True)
    secret = state / "secret"
    if not secret.exists():
        secret.touch(mode=0o600)
        secret.write_text(secrets.token_urlsafe(_SECRET_BYTES) + "\n")
    if not (state / "log.key").exists():
        create_signer(state / "log.key", ORIGIN)
