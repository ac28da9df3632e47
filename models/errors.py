"""What can go wrong with us; what can go wrong with an application is a finding, not an error.

Each error says what happened and the next step, and never quotes a person's data: its text
reaches the orchestrator's run history.
"""


class KinbindError(Exception):
    """Any failure of the system itself."""


class MissingPartError(KinbindError):
    """Something that the machine needs is not installed (the operator acts; exit code 3)."""


class SettingError(KinbindError):
    """A setting or a policy file is wrong (the operator acts; exit code 2)."""


class StaleProcessError(SettingError):
    """What this process holds was replaced meanwhile (the operator starts it again)."""


class EngineError(KinbindError):
    """A reading or face engine failed on this input (another engine or a person takes over)."""


class StorageUnavailableError(KinbindError):
    """A database or object store did not answer (worth a retry)."""


class IntegrityError(KinbindError):
    """Stored content is not what was written (an auditor acts)."""
