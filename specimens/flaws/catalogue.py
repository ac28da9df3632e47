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
from specimens.flaws.flaw import Flaw, Way

CARDS: Final = (DocumentKind.ID_CARD_PORTRAIT, DocumentKind.ID_CARD_EMBLEM)
PAGES: Final = (*CARDS, *false_seals.SEALED)

FLAWS: Final = (
    Flaw(
        "blur",
        PAGES,
        (
            Way("defocus", shot=lighting.defocus),
            Way("shake", shot=lighting.shake),
            Way("disc", photo=lighting.disc_defocus, held_out=True),
            Way("trembling", photo=lighting.trembling, held_out=True),
        ),
    ),
    Flaw(
        "glare",
        PAGES,
        (
            Way("lamp", photo=lighting.lamp),
            Way("tube", photo=lighting.tube),
            Way("window", photo=lighting.window, held_out=True),
            Way("film", photo=lighting.film, held_out=True),
        ),
    ),
    Flaw(
        "dark",
        PAGES,
        (
            Way("shadow", photo=lighting.hard_shadow),
            Way("night", photo=lighting.too_dark, held_out=True),
        ),
    ),
    Flaw(
        "cut",
        PAGES,
        (
            Way("sides", photo=covering.cut_sides),
            Way("margin", photo=covering.cut_margin, held_out=True),
        ),
    ),
    Flaw(
        "covered",
        PAGES,
        (
            Way("finger", photo=covering.finger_over_field),
            Way("clip", photo=covering.clip_over_field),
            Way("holding", photo=covering.finger_on_edge, held_out=True),
            Way("paper", photo=covering.paper_over_corner, held_out=True),
        ),
    ),
    Flaw(
        "grey",
        PAGES,
        (
            Way("copy", paper=copying.copied),
            Way("filter", photo=copying.grey_picture),
            Way("copy on sheet", paper=copying.copied_on_a_sheet, held_out=True),
            Way("soft copy", paper=copying.soft_copy, held_out=True),
        ),
    ),
    Flaw(
        "screen",
        PAGES,
        (
            Way("laptop", photo=screens.laptop),
            Way("window", photo=screens.laptop_window),
            Way("phone", photo=screens.phone_screen),
            Way("coarse", photo=screens.coarse_monitor, held_out=True),
            Way("distant", photo=screens.distant_monitor, held_out=True),
            Way("squares", photo=screens.projected, held_out=True),
        ),
    ),
    Flaw(
        "print",
        PAGES,
        (
            Way("laser", paper=copying.laser_print),
            Way("coarse", paper=copying.coarse_print),
            Way("inkjet", paper=copying.inkjet_print, held_out=True),
            Way("lines", paper=copying.line_screen_print, held_out=True),
        ),
    ),
    Flaw(
        "seal",
        false_seals.SEALED,
        (
            Way("none", paper=false_seals.unsealed),
            Way("other ink", paper=false_seals.other_ink, held_out=True),
            Way("small stamp", paper=false_seals.only_a_clerk, held_out=True),
        ),
    ),
    Flaw(
        "edited",
        PAGES,
        (
            Way("typed", photo=retouching.typed_over),
            Way("size", photo=retouching.typed_larger),
            Way("healed", photo=retouching.healed),
            Way("digits", photo=retouching.digits_copied),
            Way("scrap", paper=retouching.scrap),
            Way("elsewhere", photo=retouching.from_elsewhere, held_out=True),
            Way("matched", photo=retouching.matched, held_out=True),
            Way("one digit", photo=retouching.one_digit, held_out=True),
            Way("fluid", paper=retouching.corrected, held_out=True),
        ),
    ),
    Flaw(
        "portrait",
        (DocumentKind.ID_CARD_PORTRAIT,),
        (
            Way("pasted", photo=portrait_swaps.pasted),
            Way("ground", photo=portrait_swaps.pasted_coloured),
            Way("glued", paper=portrait_swaps.glued),
            Way("coarse", photo=portrait_swaps.pasted_coarse, held_out=True),
            Way("noisy", photo=portrait_swaps.pasted_noisy, held_out=True),
            Way("blended", photo=portrait_swaps.blended, held_out=True),
        ),
    ),
)
