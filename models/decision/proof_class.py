"""What an approval rests on, so that wrong ones can be counted apart."""

from enum import StrEnum


class ProofClass(StrEnum):
    """The class of proof behind an approval; each may be wrong in a way of its own."""

    NUMBER = "number"
    """Hukou pages that print one household number (户号)."""
    TIES = "ties"
    """Hukou pages without a number, tied to one book by what else they share."""
    OWN_WILL = "own_will"
    """Such pages of an adult member who agreed in person: nothing contradicts, no ties needed."""
    CERTIFICATE = "certificate"
    """A birth, marriage or notarial certificate, which needs no book."""
    PERSON = "person"
    """A reviewer decided, whatever the papers prove by themselves."""

    @property
    def zh(self) -> str:
        """In Chinese."""
        return {
            "number": "同一户号",
            "ties": "页面关联证据",
            "own_will": "本人到场同意",
            "certificate": "证明文件",
            "person": "人工判断",
        }[self.value]
