"""Mail servers as they are on a bad day."""

from django.core.mail.backends.locmem import EmailBackend


class Refusing(EmailBackend):
    """Takes nothing."""

    def send_messages(self, messages):
        raise ConnectionRefusedError("Connection refused\r\nBcc: x@example.org")


class Dying(EmailBackend):
    """Takes the mail, and then the process that sent it ends."""

    def send_messages(self, messages):
        super().send_messages(messages)
        raise KeyboardInterrupt
