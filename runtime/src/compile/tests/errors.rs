//! Programs that are wrong, and the words that say so.

use super::compile_text;
use crate::compile::{Options, compile_with};
use crate::syntax::Source;

#[test]
fn programs_that_parse_but_are_wrong() {
    let wrong = [
        ("return 1", "'return' outside function"),
        ("break", "'break' outside loop"),
        ("def f():\n  continue", "'continue' not properly in loop"),
        ("for x in y:\n  def f(): break", "'break' outside loop"),
        ("f(a=1, a=2)", "keyword argument repeated: a"),
        (
            "*a = x",
            "starred assignment target must be in a list or tuple",
        ),
        ("*a, *b = x", "multiple starred expressions in assignment"),
        ("x = *a", "can't use starred expression here"),
        (
            "try: pass\nexcept: pass\nexcept A: pass",
            "default 'except:' must be last",
        ),
        ("yield", "'yield' outside function"),
        ("class C:\n  yield from x", "'yield from' outside function"),
        ("await x", "'await' outside function"),
        ("def f(): await x", "'await' outside async function"),
        (
            "def f():\n  async with x: pass",
            "'async with' outside async function",
        ),
        (
            "def f():\n  async for x in y: pass",
            "'async for' outside async function",
        ),
        (
            "def f(): [x async for x in y]",
            "asynchronous comprehension outside of an asynchronous function",
        ),
        (
            "async def f():\n  yield from x",
            "'yield from' inside async function",
        ),
        (
            "async def f():\n  yield\n  return 1",
            "'return' with value in async generator",
        ),
        ("class C: return", "'return' outside function"),
        (
            "def f(): [(yield) for x in y]",
            "'yield' inside list comprehension",
        ),
        (
            "def f(): {x: (yield) for x in y}",
            "'yield' inside dict comprehension",
        ),
        (
            "def f(): list((yield) for x in y)",
            "'yield' inside generator expression",
        ),
        (
            "def f(x: (yield)): pass",
            "yield expression cannot be used within an annotation",
        ),
        (
            "x: (y := 1)",
            "named expression cannot be used within an annotation",
        ),
        (
            "type X = (yield)",
            "yield expression cannot be used within a type alias",
        ),
        (
            "def f[T: (x := 1)](): pass",
            "named expression cannot be used within a TypeVar bound",
        ),
        ("def f[T, T](): pass", "duplicate type parameter 'T'"),
        (
            "def f[T = int, U](): pass",
            "non-default type parameter 'U' follows default type parameter",
        ),
        (
            "def f[T]():\n  nonlocal T",
            "nonlocal binding not allowed for type parameter 'T'",
        ),
        (
            "[x for x in (y := z)]",
            "assignment expression cannot be used in a comprehension iterable expression",
        ),
        (
            "class C: [(y := x) for x in z]",
            "assignment expression within a comprehension cannot be used in a class body",
        ),
        (
            "[x for x in y if (z := 1) for z in x]",
            "comprehension inner loop cannot rebind assignment expression target 'z'",
        ),
        (
            "def f():\n  from x import *",
            "import * only allowed at module level",
        ),
        (
            "x = 1\nfrom __future__ import annotations",
            "from __future__ imports must occur at the beginning of the file",
        ),
        ("from __future__ import braces", "not a chance"),
        ("__debug__ = 1", "cannot assign to __debug__"),
        ("def f(__debug__): pass", "cannot assign to __debug__"),
        ("f(__debug__=1)", "cannot assign to __debug__"),
        ("del __debug__", "cannot delete __debug__"),
        (
            "def f():\n  global x\n  x: int",
            "annotated name 'x' can't be global",
        ),
        (
            "for x in y:\n  try: pass\n  except* A: break",
            "'break', 'continue' and 'return' cannot appear in an 'except*' block",
        ),
        (
            "def f():\n  try: a\n  except* A: return",
            "'break', 'continue' and 'return' cannot appear in an 'except*' block",
        ),
        (
            "match x:\n  case a | b: pass",
            "name capture 'a' makes remaining patterns unreachable",
        ),
        (
            "match x:\n  case _: pass\n  case 1: pass",
            "wildcard makes remaining patterns unreachable",
        ),
        (
            "match x:\n  case [a] | [b]: pass",
            "alternative patterns bind different names",
        ),
        (
            "match x:\n  case [a, a]: pass",
            "multiple assignments to name 'a' in pattern",
        ),
        (
            "match x:\n  case [*a, *b]: pass",
            "multiple starred names in sequence pattern",
        ),
        (
            "match x:\n  case {1: a, 1: b}: pass",
            "mapping pattern checks duplicate key (1)",
        ),
        (
            "match x:\n  case C(a=1, a=2): pass",
            "attribute name repeated in class pattern: a",
        ),
        (
            "from __future__ import nothing",
            "future feature nothing is not defined",
        ),
        (
            "[*x for x in y]",
            "iterable unpacking cannot be used in comprehension",
        ),
        (
            "{**x for x in y}",
            "dict unpacking cannot be used in dict comprehension",
        ),
        (
            "def f(a, a): pass",
            "duplicate parameter 'a' in function definition",
        ),
    ];
    for (text, message) in wrong {
        let error = compile_text(text).expect_err(text);
        assert_eq!(error.message(), message, "{text:?}");
    }
}

#[test]
fn too_many_statements_inside_each_other() {
    let nested = |count: usize| -> String {
        let lines = (0..count).map(|depth| format!("{}for x in y:\n", " ".repeat(depth)));
        lines.chain([" ".repeat(count) + "pass\n"]).collect()
    };
    assert!(compile_text(&nested(21)).is_ok());
    let error = compile_text(&nested(22)).unwrap_err();
    assert_eq!(error.message(), "too many statically nested blocks");
}

#[test]
fn suspicious_programs_are_warned_of() {
    let warnings = |text: &str| -> Vec<String> {
        let source = Source::new("x.py", text.as_bytes()).unwrap();
        let unit = compile_with(&source, &Options::default()).unwrap();
        let messages = unit.warnings.iter();
        messages
            .map(|warning| warning.message.to_string())
            .collect()
    };
    let leaving = "def f():\n  try: x\n  finally: return 1";
    assert_eq!(warnings(leaving), ["'return' in a 'finally' block"]);
    let inner = "def f():\n  try: x\n  finally:\n    for x in y: break";
    assert!(warnings(inner).is_empty());
    assert_eq!(
        warnings("x is 1"),
        ["\"is\" with 'int' literal. Did you mean \"==\"?"]
    );
    assert_eq!(
        warnings("[1, 2](3)"),
        ["'list' object is not callable; perhaps you missed a comma?"]
    );
    assert_eq!(
        warnings("assert (x, 'y')"),
        ["assertion is always true, perhaps remove parentheses?"]
    );
    let escape = |shown: &str| {
        format!(
            "\"\\{shown}\" is an invalid escape sequence. Such sequences will not work in the future. \
             Did you mean \"\\\\{shown}\"? A raw string is also an option."
        )
    };
    assert_eq!(warnings(r"x = '\d\w' '\n'"), [escape("d")]);
    assert_eq!(warnings(r"x = b'\u'"), [escape("u")]);
    assert_eq!(warnings(r"x = f'{1}\s{2:\q}'"), [escape("s"), escape("q")]);
    assert!(warnings(r"x = r'\d' rf'\d{1}\d' '\u1234\x41\N{BULLET}'").is_empty());
    assert_eq!(
        warnings("'a'['b' * 2]"),
        ["str indices must be integers or slices, not str; perhaps you missed a comma?"]
    );
}
