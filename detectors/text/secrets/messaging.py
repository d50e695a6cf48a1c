"""Tokens of those who carry messages: chat, mail, text messages, social networks."""

from typing import Final

from detectors.text.gates import Gate
from detectors.text.secrets.checks import discord_id, looks_random, not_filler
from detectors.text.secrets.kind import ALNUM, HEX, URLSAFE, UUID, Form, Kind, near, token

_TEAMS = (
    rf"https://[a-z0-9-]{{1,63}}\.webhook\.office\.com/webhookb2/{UUID}@{UUID}/IncomingWebhook/{HEX}{{32}}/{UUID}"
    r"(?:/[A-Za-z0-9_-]{20,80})?"
)

MESSAGING: Final = (
    Kind(
        "SECRET_SLACK_TOKEN",
        "Slack token or webhook",
        (
            token(r"xox[abceoprs](?:\.xox[bp])?-", r"[A-Za-z0-9-]{10,250}", ""),
            token(r"xapp-\d-", r"[A-Za-z0-9-]{20,250}", ""),
            Form(
                r"https://hooks\.slack\.com/(?:services|workflows|triggers)/[A-Za-z0-9/+_-]{20,120}",
                gate=Gate(r"hooks\.slack\.com/", caseless=False),
            ),
        ),
    ),
    Kind(
        "SECRET_DISCORD_TOKEN",
        "Discord bot token (its first part is an id)",
        (
            token(
                r"[MNO][A-Za-z0-9_-]{22,27}\.",
                rf"{URLSAFE}{{6}}\.{URLSAFE}{{27,40}}",
                gate=rf"\.{URLSAFE}{{6}}\.{URLSAFE}{{27}}",
            ),
        ),
        discord_id,
    ),
    Kind(
        "SECRET_CHAT_WEBHOOK",
        "webhook of Discord, Teams or Google Chat",
        (
            Form(
                r"https://(?:canary\.|ptb\.)?discord(?:app)?\.com/api/(?:v\d{1,2}/)?webhooks/\d{17,20}/[A-Za-z0-9_-]{60,80}",
                gate=Gate("webhooks/", caseless=False),
            ),
            Form(_TEAMS, gate=Gate(r"\.webhook\.office\.com/", caseless=False)),
            Form(
                r"https://chat\.googleapis\.com/v1/spaces/[A-Za-z0-9_-]{6,40}/messages\?key=[A-Za-z0-9_-]{20,60}&token=[A-Za-z0-9_%-]{20,120}",
                gate=Gate(r"chat\.googleapis\.com/", caseless=False),
            ),
        ),
        not_filler,
    ),
    Kind(
        "SECRET_TELEGRAM_TOKEN",
        "Telegram bot token",
        (
            Form(
                r"(?<![A-Za-z0-9_-])(?:bot)?\K\d{8,10}:AA[A-Za-z0-9_-]{33}(?![A-Za-z0-9_-])",
                gate=Gate(r"\d:AA", caseless=False),
            ),
        ),
        not_filler,
    ),
    Kind("SECRET_SENDGRID_KEY", "SendGrid key", (token(r"SG\.[A-Za-z0-9_-]{22}\.", rf"{URLSAFE}{{43}}"),)),
    Kind(
        "SECRET_MAILGUN_KEY",
        "Mailgun key",
        (
            token("key-[a-f0-9]{8}", rf"{HEX}{{24}}"),
            token(rf"{HEX}{{32}}-{HEX}{{8}}-", rf"{HEX}{{8}}", gate=rf"{HEX}{{32}}-{HEX}{{8}}-"),
        ),
        not_filler,
    ),
    Kind(
        "SECRET_MAILCHIMP_KEY",
        "Mailchimp or Mandrill key",
        (
            token(rf"{HEX}{{32}}-us", r"\d{1,2}", gate=rf"{HEX}{{8}}-us\d"),
            token("md-[A-Za-z0-9_-]{8}", rf"{URLSAFE}{{14}}", score=0.6),
        ),
        looks_random,
    ),
    Kind("SECRET_BREVO_KEY", "Brevo key", (token("x(?:key|smtp)sib-", rf"{HEX}{{64}}-{ALNUM}{{16}}"),), not_filler),
    Kind("SECRET_RESEND_KEY", "Resend key", (token("re_[A-Za-z0-9]{8}_", rf"{ALNUM}{{24}}"),), looks_random),
    Kind("SECRET_POSTMARK_TOKEN", "Postmark token, near its name", (near("postmark", UUID),), not_filler),
    Kind(
        "SECRET_TWILIO_KEY",
        "Twilio key, or token beside its account",
        (
            token("SK[a-f0-9]{8}", rf"{HEX}{{24}}"),
            Form(rf"AC{HEX}{{32}}:\K{HEX}{{32}}(?![a-z0-9])", gate=Gate(r"AC[a-f0-9]{8}", caseless=False)),
            near("twilio", rf"{HEX}{{32}}"),
        ),
        looks_random,
    ),
    Kind("SECRET_TELNYX_KEY", "Telnyx key", (token("KEY[0-9A-F]{8}", rf"[0-9A-F]{{24}}_{ALNUM}{{22}}"),), not_filler),
    Kind(
        "SECRET_FACEBOOK_TOKEN",
        "Facebook or Instagram token",
        (token("EAA[A-Za-z0-9]{8}", rf"{ALNUM}{{82,500}}"), token("IGQ[A-Za-z0-9]{8}", rf"{URLSAFE}{{82,500}}")),
        not_filler,
    ),
    Kind(
        "SECRET_X_TOKEN",
        "X (Twitter) bearer token",
        (token("A{20}", r"[A-Za-z0-9]{0,40}%[A-Za-z0-9%]{40,140}", r"(?![A-Za-z0-9+/=%])", gate="A{20}"),),
    ),
    Kind(
        "SECRET_LINKEDIN_SECRET",
        "LinkedIn secret or token",
        (
            token(r"WPL_AP[01]\.", r"[A-Za-z0-9.+/=]{16,48}"),
            near("linkedin", rf"(?:{ALNUM}{{16}}|AQ{URLSAFE}{{100,600}})"),
        ),
        looks_random,
    ),
)
