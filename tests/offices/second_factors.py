"""Second factors in tests: an app that makes codes, and browsers that sign in as people do."""

import base64
import hmac
import struct
import time
from hashlib import sha1

from django.contrib.auth import SESSION_KEY
from django.test import Client

PASSWORD = "kata-sandi-yang-panjang"


def code_of(secret: str, *, later: int = 0) -> str:
    """What an app shows for `secret` now, or so many half minutes later (RFC 6238)."""
    counter = int(time.time()) // 30 + later
    digest = hmac.new(base64.b32decode(secret), struct.pack(">Q", counter), sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def given_password(user, password: str = PASSWORD):
    user.set_password(password)
    user.save()
    return user


def browser_after_password(user, *, address: str = "192.0.2.1", **query) -> Client:
    """A browser in which the password of `user` was given, and nothing else."""
    browser = Client(REMOTE_ADDR=address)
    browser.post("/admin/login/", {"username": user.username, "password": PASSWORD, **query})
    return browser


def is_signed_in(browser: Client) -> bool:
    return SESSION_KEY in browser.session


def set_up_app(browser: Client) -> str:
    """Set an app up as its page asks; the secret it was given."""
    secret = browser.get("/akun/keamanan/aplikasi/").context["form"].secret
    answer = browser.post("/akun/keamanan/aplikasi/", {"code": code_of(secret)})
    assert answer["Location"] == "/akun/keamanan/kode/", answer.context["form"].errors
    return secret
