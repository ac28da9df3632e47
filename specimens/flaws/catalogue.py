"""Every flaw with its ways; half of the ways are kept out of tuning."""

from typing import Final

from models.reading.document import DocumentKind
from specimens.flaws import (
    copying,
    covering,
    false_seals,
    lighting,
    portrait_swaps,
    retouching,
    screens,
)
from specimens.flaws.flaw import Flaw, FlawVariant

CARDS: Final = (DocumentKind.ID_CARD_PORTRAIT, DocumentKind.ID_CARD_EMBLEM)
PAGES: Final = (*CARDS, *false_seals.SEALED)

FLAWS: Final = (
    Flaw(
        "blur",
        PAGES,
        (
            FlawVariant("defocus", shot=lighting.defocus),
            FlawVariant("shake", shot=lighting.shake),
            FlawVariant("disc", photo=lighting.disc_defocus, held_out=True),
            FlawVariant("trembling", photo=lighting.trembling, held_out=True),
        ),
    ),
    Flaw(
        "glare",
        PAGES,
        (
            FlawVariant("lamp", photo=lighting.lamp),
            FlawVariant("tube", photo=lighting.tube),
            FlawVariant("window", photo=lighting.window, held_out=True),
            FlawVariant("film", photo=lighting.film, held_out=True),
        ),
    ),
    Flaw(
        "dark",
        PAGES,
        (
            FlawVariant("shadow", photo=lighting.hard_shadow),
            FlawVariant("night", photo=lighting.too_dark, held_out=True),
        ),
    ),
    Flaw(
        "cut",
        PAGES,
        (
            FlawVariant("sides", photo=covering.cut_sides),
            FlawVariant("margin", photo=covering.cut_margin, held_out=True),
        ),
    ),
    Flaw(
        "covered",
        PAGES,
        (
            FlawVariant("finger", photo=covering.finger_over_field),
            FlawVariant("clip", photo=covering.clip_over_field),
            FlawVariant("holding", photo=covering.finger_on_edge, held_out=True),
            FlawVariant("paper", photo=covering.paper_over_corner, held_out=True),
        ),
    ),
    Flaw(
        "grey",
        PAGES,
        (
            FlawVariant("copy", paper=copying.copied),
            FlawVariant("filter", photo=copying.grey_picture),
            FlawVariant("copy on sheet", paper=copying.copied_on_a_sheet, held_out=True),
            FlawVariant("soft copy", paper=copying.soft_copy, held_out=True),
        ),
    ),
    Flaw(
        "screen",
        PAGES,
        (
            FlawVariant("laptop", photo=screens.laptop),
            FlawVariant("window", photo=screens.laptop_window),
            FlawVariant("phone", photo=screens.phone_screen),
            FlawVariant("coarse", photo=screens.coarse_monitor, held_out=True),
            FlawVariant("distant", photo=screens.distant_monitor, held_out=True),
            FlawVariant("squares", photo=screens.projected, held_out=True),
        ),
    ),
    Flaw(
        "print",
        PAGES,
        (
            FlawVariant("laser", paper=copying.laser_print),
            FlawVariant("coarse", paper=copying.coarse_print),
            FlawVariant("inkjet", paper=copying.inkjet_print, held_out=True),
            FlawVariant("lines", paper=copying.line_screen_print, held_out=True),
        ),
    ),
    Flaw(
        "seal",
        false_seals.SEALED,
        (
            FlawVariant("none", paper=false_seals.unsealed),
            FlawVariant("other ink", paper=false_seals.other_ink, held_out=True),
            FlawVariant("small stamp", paper=false_seals.only_a_clerk, held_out=True),
        ),
    ),
    Flaw(
        "edited",
        PAGES,
        (
            FlawVariant("typed", photo=retouching.typed_over),
            FlawVariant("size", photo=retouching.typed_larger),
            FlawVariant("healed", photo=retouching.healed),
            FlawVariant("digits", photo=retouching.digits_copied),
            FlawVariant("scrap", paper=retouching.scrap),
            FlawVariant("elsewhere", photo=retouching.from_elsewhere, held_out=True),
            FlawVariant("matched", photo=retouching.matched, held_out=True),
            FlawVariant("one digit", photo=retouching.one_digit, held_out=True),
            FlawVariant("fluid", paper=retouching.corrected, held_out=True),
        ),
    ),
    Flaw(
        "portrait",
        (DocumentKind.ID_CARD_PORTRAIT,),
        (
            FlawVariant("pasted", photo=portrait_swaps.pasted),
            FlawVariant("ground", photo=portrait_swaps.pasted_coloured),
            FlawVariant("glued", paper=portrait_swaps.glued),
            FlawVariant("coarse", photo=portrait_swaps.pasted_coarse, held_out=True),
            FlawVariant("noisy", photo=portrait_swaps.pasted_noisy, held_out=True),
            FlawVariant("blended", photo=portrait_swaps.blended, held_out=True),
        ),
    ),
)
