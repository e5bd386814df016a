"""What keeps mail from being sent, as errors whose German text quotes no address, password or answer of a server."""


class MailError(ValueError):
    """Mail cannot be sent; the text says why."""


class NichtAngenommenError(MailError):
    """The server does not take this one mail."""
