"""Every event has a name in both languages."""

import re

from models.audit.event import EventTag
from models.audit.event_wording import event_words


def test_every_event_is_called_something_in_both_languages():
    for tag in EventTag:
        zh, en = event_words(tag)
        assert re.search("[一-鿿]", zh), tag
        assert re.fullmatch("[A-Za-z ,-]+", en), tag
