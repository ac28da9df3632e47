"""How personal values are shown: enough to recognise, too little to use."""

import re

_ID_NUMBER = re.compile(r"^\d{6}.{8,11}[\dXx]$")


def mask_id_number(number: str) -> str:
    """`11010519491231002X` becomes `110105********002X`; anything shorter keeps two ends."""
    if len(number) == 18:
        return f"{number[:6]}********{number[-4:]}"
    return mask_tail(number)


def mask_name(name: str) -> str:
    """`张小三` becomes `张*三`, `张三` becomes `张*`; a `·` name keeps its first character."""
    if len(name) <= 1:
        return "*"
    if len(name) == 2 or "·" in name:
        return name[0] + "*" * (len(name) - 1)
    return name[0] + "*" * (len(name) - 2) + name[-1]


def mask_certificate_number(number: str) -> str:
    """The first three and the last two characters stay."""
    return number[:3] + "*" * max(1, len(number) - 5) + number[-2:] if len(number) > 5 else "*****"


def mask_address(address: str) -> str:
    """Down to the county; street and house are hidden."""
    match = re.match(r"^.{0,12}?(?:县|区|旗|市(?!.{0,6}?[县区旗]))", address)
    return f"{match.group(0)}****" if match else f"{address[:3]}****"


def mask_tail(value: str) -> str:
    """A third of the characters at each end stay, at most three."""
    keep = min(3, len(value) // 3)
    return value[:keep] + "*" * (len(value) - 2 * keep) + (value[-keep:] if keep else "")


def mask_field(field: str, value: str | None) -> str | None:
    """Mask a field's value by the field's name; what is not personal is shown as it is."""
    if value is None or field == "change":  # a note of change is free text that may hold a name
        return None
    if field.endswith("id_number"):
        return mask_id_number(value)
    if field.endswith("name"):
        return mask_name(value)
    if field.endswith(("certificate_number", "household_number", "document.number")):
        return mask_certificate_number(value)
    if field.endswith("address"):
        return mask_address(value)
    if field.endswith(("birth_date", "birth_time")):
        return f"{value[:4]}-**-**"
    return value
