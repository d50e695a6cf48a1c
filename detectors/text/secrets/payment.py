"""Keys of those who move money and goods."""

from typing import Final

from detectors.text.secrets.checks import looks_random, not_filler
from detectors.text.secrets.kind import ALNUM, HEX, URLSAFE, UUID, Kind, near, token

PAYMENT: Final = (
    Kind(
        "SECRET_STRIPE_KEY",
        "Stripe secret, restricted or webhook key",
        (
            token("[sr]k_(?:live|test|prod)_", rf"{ALNUM}{{10,247}}"),
            token("sk_org_", rf"(?:live_|test_)?{ALNUM}{{16,247}}"),
            token("whsec_", r"[A-Za-z0-9+/]{24,128}", ""),
        ),
    ),
    Kind(
        "SECRET_SQUARE_TOKEN",
        "Square token or secret",
        (token("EAAA", rf"{URLSAFE}{{60}}"), token("sq0(?:atp|csp)-", rf"{URLSAFE}{{22,43}}")),
        not_filler,
    ),
    Kind(
        "SECRET_BRAINTREE_TOKEN",
        "Braintree or PayPal access token",
        (token(r"access_token\$", rf"(?:production|sandbox)\$[a-z0-9]{{16}}\${HEX}{{32}}"),),
    ),
    Kind(
        "SECRET_PAYPAL_SECRET",
        "PayPal client secret, near its name",
        (near("paypal", rf"E{URLSAFE}{{70,90}}"),),
        looks_random,
    ),
    Kind(
        "SECRET_SHOPIFY_TOKEN",
        "Shopify token or secret",
        (token("shp(?:at|ca|pa|ss|ua|tka)_", "[A-Fa-f0-9]{32}"),),
        not_filler,
    ),
    Kind(
        "SECRET_PLAID_TOKEN",
        "Plaid access token",
        (token("access-(?:sandbox|development|production)-", UUID),),
        not_filler,
    ),
    Kind(
        "SECRET_FLUTTERWAVE_KEY",
        "Flutterwave secret key",
        (token("FLWSECK(?:_TEST)?-", r"[A-Za-z0-9]{12,40}(?:-X)?"),),
        not_filler,
    ),
    Kind("SECRET_DUFFEL_TOKEN", "Duffel token", (token("duffel_(?:test|live)_", r"[A-Za-z0-9_=-]{43}"),), not_filler),
    Kind("SECRET_EASYPOST_KEY", "EasyPost key", (token("EZ[AT]K[A-Za-z0-9]{8}", rf"{ALNUM}{{46}}"),), not_filler),
    Kind("SECRET_SHIPPO_TOKEN", "Shippo token", (token("shippo_(?:live|test)_", rf"{HEX}{{40}}"),), not_filler),
    Kind(
        "SECRET_GOCARDLESS_TOKEN",
        "GoCardless token, near its name",
        (near("gocardless", rf"(?:live|sandbox)_{URLSAFE}{{40}}"),),
        not_filler,
    ),
)
