"""The cost of a line break between two words."""

from functools import lru_cache

from talkinghead.speech.text.timed_words import TimedWord
from talkinghead.speech.text.tokens import CLAUSE_ENDS, ending, ends_sentence

_PHRASE_SECONDS = 0.25  # a pause that is heard between phrases

_CLAUSE, _PAUSE, _BEFORE_SMALL, _LOOSE, _NAME, _AFTER_SMALL = 1.0, 2.0, 3.0, 5.0, 8.0, 10.0

# Words that belong to what follows: articles, prepositions, pronouns of possession, auxiliaries;
# English, and the articles of the languages next most often written.
_LEANING_WORDS = """
    a an the my your his her its our their this that these those of to in on at by for from with
    into onto over under between than as is are was were be been has have had will would can could
    should may might must not no very so too
    de la le les el los las un una une des du der die das den dem ein eine einen il lo gli al del da
    di o os
"""
# Words that begin a phrase.
_OPENING_WORDS = """
    and or but because so that which who when where while if then than to for with from into after
    before until y e o und oder aber mais et ou
"""
_LEANING, _OPENING = frozenset(_LEANING_WORDS.split()), frozenset(_OPENING_WORDS.split())
_QUOTES = "\"'“”‘’("


@lru_cache(maxsize=8192)
def boundary_cost(before: TimedWord, after: TimedWord) -> float:
    """Return 0 between sentences, most after an article or inside a name."""
    if ends_sentence(before.text, after.text):
        return 0.0
    if ending(before.text) in CLAUSE_ENDS:
        return _CLAUSE
    if after.start - before.end >= _PHRASE_SECONDS:
        return _PAUSE
    bare, following = before.text.strip(_QUOTES), after.text.strip(_QUOTES)
    if bare.lower() in _LEANING:
        return _AFTER_SMALL
    if following.lower() in _OPENING:
        return _BEFORE_SMALL
    is_name = bare[:1].isupper() and following[:1].isupper()
    return _NAME if is_name or bare[-1:].isdigit() else _LOOSE
