"""How people sign in: throttling, the second factor, sessions, and the reset of a forgotten password.

The middleware of `base.py` stands in this order for a reason:

1. `SessionMiddleware` opens the session, and `AuthenticationMiddleware` says whose it is.
2. `allauth.account.middleware.AccountMiddleware` turns "prove again that it is you" into the page that asks.
3. `offices.signin.door.StaffDoor` stands before every page of the newsroom and the dashboard; it needs the two above,
   and messages for the sentence it leaves on the set-up page.
4. `axes.middleware.AxesMiddleware` stands last, nearest to the views: it replaces the answer to a sign-in that was
   refused for too many attempts.
"""

from datetime import timedelta

from portal.settings.environment import env

AUTHENTICATION_BACKENDS = [
    "offices.signin.throttle.ThrottledBackend",
    "django.contrib.auth.backends.ModelBackend",
]

ACCOUNT_ADDRESS = "/akun/"
LOGIN_REDIRECT_URL = "admin:index"
STAFF_ADDRESSES = ("/admin/", "/pusat/", ACCOUNT_ADDRESS)

# Sessions: rows that know whose they are, ended by idleness, by age, and by verbs.
SESSION_ENGINE = "offices.session_store"
SESSION_COOKIE_AGE = 60 * env.int("SESSION_MINUTES", default=12 * 60)
SESSION_IDLE_AGE = 60 * env.int("SESSION_IDLE_MINUTES", default=3 * 60)
SESSION_COOKIE_NAME = "sesi"
SESSION_COOKIE_HTTPONLY = True

# Throttling. Addresses are the peer's own unless so many proxies are trusted to have named it.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
SIGN_IN_LIMITS = {
    "account_and_address": env.int("SIGN_IN_LIMIT_ACCOUNT_AND_ADDRESS", default=5),
    "address": env.int("SIGN_IN_LIMIT_ADDRESS", default=30),
    "account": env.int("SIGN_IN_LIMIT_ACCOUNT", default=50),
}
AXES_COOLOFF_TIME = timedelta(minutes=env.int("SIGN_IN_COOL_OFF_MINUTES", default=15))
AXES_HANDLER = "offices.signin.throttle.Throttle"
AXES_FAILURE_LIMIT = 1  # of the limits above: `Throttle.get_failures` counts those that are reached
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"], "ip_address", "username"]
AXES_LOCKOUT_CALLABLE = "offices.signin.throttle.locked_response"
AXES_CLIENT_IP_CALLABLE = "offices.signin.addresses.client_address"
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "code", "credential", "csrfmiddlewaretoken"]
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# The second factor, by allauth, of which only its pages for second factors are routed.
REQUIRE_SECOND_FACTOR_FOR = frozenset(name.strip() for name in env.list("REQUIRE_SECOND_FACTOR_FOR", default=[]))
SECOND_FACTOR_KEYS = env.list("SECOND_FACTOR_KEYS", default=[])
ACCOUNT_ADAPTER = "offices.signin.adapters.AccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_RATE_LIMITS = False  # every refused code and password counts towards SIGN_IN_LIMITS instead
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60
MFA_ADAPTER = "offices.signin.adapters.SecondFactorAdapter"
MFA_RATE_LIMITS = False
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_TOLERANCE = 1  # a phone's clock may be half a minute off; no code is taken twice all the same
MFA_FORMS = {
    "authenticate": "offices.signin.forms.CodeForm",
    "reauthenticate": "offices.signin.forms.CodeAgainForm",
    "activate_totp": "offices.signin.forms.AppForm",
    "add_webauthn": "offices.signin.forms.AddPasskeyForm",
}

# A forgotten password.
PASSWORD_RESET_TIMEOUT = 60 * env.int("PASSWORD_RESET_MINUTES", default=2 * 60)
PASSWORD_RESET_LIMITS = {
    "account": env.int("PASSWORD_RESET_LIMIT_ACCOUNT", default=3),
    "address": env.int("PASSWORD_RESET_LIMIT_ADDRESS", default=20),
}
