"""Caches without a bound hold nothing that visitors can make up."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[1]
OURS = {
    "components/shell/navigation.py:_brand",  # names of our own files
    "talkinghead/captions/painting/fonts.py:_letters",  # fonts of the machine
    "talkinghead/captions/word_breaks.py:_dictionary",  # languages that were detected
    "talkinghead/catalogue/forms/problems.py:_check",  # fields of our models
    "talkinghead/speech/text/tokens.py:_parser",  # three languages
}


def test_a_cache_of_texts_has_a_bound() -> None:
    unbounded = set()
    for folder in ("talkinghead", "components", "pages"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.FunctionDef) and _is_unbounded(node) and _takes_text(node):
                    unbounded.add(f"{path.relative_to(ROOT)}:{node.name}")
    assert unbounded == OURS


def _is_unbounded(function: ast.FunctionDef) -> bool:
    return any(ast.unparse(each) == "cache" for each in function.decorator_list)


def _takes_text(function: ast.FunctionDef) -> bool:
    taken = [*function.args.args, *function.args.kwonlyargs]
    return any(each.annotation and ast.unparse(each.annotation) == "str" for each in taken)
