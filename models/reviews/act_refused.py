"""What a member of staff may not do with a case just now, with the way on."""

from models.errors import KinbindError


class ActRefusedError(KinbindError):
    """An act about a case is refused; what happened and the next step, in both languages.

    Attributes:
        title: What happened, Chinese and English.
        next_step: What to do, Chinese and English.
    """

    def __init__(self, title: tuple[str, str], next_step: tuple[str, str]) -> None:
        """Say both."""
        super().__init__(f"{title[0]}：{next_step[0]}{title[1]}: {next_step[1]}")
        self.title = title
        self.next_step = next_step
