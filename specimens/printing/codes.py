"""Machine-readable codes as papers print them: a strip of bars, or a square of dots."""

from typing import Final, Literal

import numpy as np
import zxingcpp

from specimens.printing.print_sheet import PrintSheet

_FORMATS: Final = {
    "bars": zxingcpp.BarcodeFormat.Code128,
    "square": zxingcpp.BarcodeFormat.QRCode,
}
_WIDTHS: Final = {"bars": 62.0, "square": 18.0}
_BAR_HEIGHT: Final = 9.0


def print_code(
    sheet: PrintSheet, x: float, y: float, text: str, form: Literal["bars", "square"]
) -> None:
    """Print a code that says a text; its upper left corner in millimetres."""
    code = zxingcpp.create_barcode(text, _FORMATS[form])
    grey = np.asarray(zxingcpp.write_barcode_to_image(code, scale=4, add_quiet_zones=True))
    width = _WIDTHS[form]
    height = _BAR_HEIGHT if form == "bars" else width * grey.shape[0] / grey.shape[1]
    sheet.picture(x, y, width, height, np.ascontiguousarray(np.repeat(grey[:, :, None], 3, 2)))
