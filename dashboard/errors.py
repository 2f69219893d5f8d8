"""Errors that carry one clear sentence to the person who can act on it."""


class PartnerlensError(Exception):
    """Base of every error we raise on purpose; its text is shown as it is."""


class DefinitionError(PartnerlensError):
    """A declaration of ours is wrong: a metric, section, page or source."""


class SourceError(PartnerlensError):
    """A file cannot be imported."""


class ReleaseError(PartnerlensError):
    """The data directory cannot be read or written as it stands."""


class NotKeptError(ReleaseError):
    """A release that was asked for by its id is not kept, or not sound."""


class UnknownNameError(PartnerlensError):
    """A request names something that does not exist."""


class NotFoundError(PartnerlensError):
    """What was asked for does not exist, or is not this viewer's: nobody is told which."""


class NotAllowedError(PartnerlensError):
    """The viewer's role does not include this action."""
