"""How people sign in: the settings of django-allauth, apart from those that follow from the site's own address.

Limits are kept in the default cache, which is the database, so that they hold over all processes.
"""

ACCOUNT_ADAPTER = "kapok.people.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "kapok.people.forms.JoinForm"
ACCOUNT_FORMS = {"signup": "kapok.people.joining.SteadySignupForm"}
ACCOUNT_USER_DISPLAY = "kapok.people.adapter.shown"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""

# A code can be carried from the phone that gets mail to the shared machine where one signs up; mail may be slow.
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 2 * 3600
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
# Offering another address would tell a new one from a known one: the form shows it to new ones only.
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE = False
ACCOUNT_LOGIN_TIMEOUT = 2 * 3600

# The same answer for known and unknown addresses; who holds the address gets a mail that tells.
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_RATE_LIMITS = {
    "change_password": "5/m/user",
    "manage_email": "10/m/user",
    "reset_password": "20/m/ip,2/h/key",
    "reauthenticate": "10/m/user",
    "reset_password_from_key": "20/m/ip",
    "signup": "20/m/ip",
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/300s/key",
    "confirm_email": "2/h/key",
}

MFA_ADAPTER = "kapok.people.adapter.SecondFactorAdapter"
MFA_FORMS = {"add_webauthn": "kapok.people.joining.KeyForm"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Kapok"
MFA_TOTP_TOLERANCE = 1
USERSESSIONS_TRACK_ACTIVITY = False

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "kapok.people.passwords.LengthValidator"},
    {"NAME": "kapok.people.passwords.CommonWordsValidator"},
    {"NAME": "kapok.people.passwords.OwnWordsValidator"},
]

# Sessions end after this many seconds without a request, and at the latest this long after signing in.
KAPOK_SESSION_IDLE = 12 * 3600
KAPOK_SESSION_LONGEST = 14 * 24 * 3600
KAPOK_SESSION_LONGEST_STAFF = 8 * 3600
