//! The compiler as a whole: golden disassemblies, and what is refused.

use super::*;

fn compile_text(text: &str) -> Result<Code, SyntaxError> {
    compile(&Source::new("x.py", text.as_bytes())?)
}

/// A golden file is a program, a line of dashes, and its disassembly.
#[track_caller]
fn check_golden(golden: &str) {
    let (program, expected) = golden.split_once("----\n").unwrap();
    let code = compile_text(program).unwrap();
    assert_eq!(disassemble(&code), expected, "{program}");
}

#[test]
fn functions() {
    check_golden(include_str!("golden/functions.txt"));
}

#[test]
fn closures() {
    check_golden(include_str!("golden/closures.txt"));
}

#[test]
fn loops() {
    check_golden(include_str!("golden/loops.txt"));
}

#[test]
fn conditions() {
    check_golden(include_str!("golden/conditions.txt"));
}

#[test]
fn calls() {
    check_golden(include_str!("golden/calls.txt"));
}

#[test]
fn assignments() {
    check_golden(include_str!("golden/assignments.txt"));
}

#[test]
fn comprehensions() {
    check_golden(include_str!("golden/comprehensions.txt"));
}

#[test]
fn strings() {
    check_golden(include_str!("golden/strings.txt"));
}

#[test]
fn exceptions() {
    check_golden(include_str!("golden/exceptions.txt"));
}

#[test]
fn leaving_blocks() {
    check_golden(include_str!("golden/leaving_blocks.txt"));
}

#[test]
fn imports() {
    check_golden(include_str!("golden/imports.txt"));
}

#[test]
fn spans_point_at_the_source() {
    let text = "x = f(a) + d['k'].b\n";
    let code = compile_text(text).unwrap();
    let spanned = |opcode| {
        let index = code
            .instructions
            .iter()
            .position(|each| each.opcode() == opcode)
            .unwrap();
        let span = code.spans[index];
        &text[span.start as usize..span.end as usize]
    };
    assert_eq!(spanned(Opcode::Call), "f(a)");
    assert_eq!(spanned(Opcode::LoadSubscr), "d['k']");
    assert_eq!(spanned(Opcode::LoadAttr), "d['k'].b");
    assert_eq!(spanned(Opcode::BinaryAdd), "f(a) + d['k'].b");
    assert_eq!(spanned(Opcode::StoreGlobal), "x");
}

#[test]
fn code_describes_its_function() {
    let module = compile_text("def f(a, /, b, *c, d, **e):\n  'doc'\n  def g(): pass\n").unwrap();
    let f = &module.nested[0];
    let expected = Parameters {
        positional_only: 1,
        positional: 2,
        keyword_only: 1,
        var_positional: true,
        var_keyword: true,
    };
    assert_eq!(
        (f.parameters, f.doc.as_deref(), f.first_line),
        (expected, Some("doc"), 1)
    );
    let names: Vec<&str> = f.slots.iter().map(|slot| &*slot.name).collect();
    assert_eq!(names, ["a", "b", "d", "c", "e", "g"]);
    assert_eq!(&*f.nested[0].qualified_name, "f.<locals>.g");
}

/// Every construct that Python has and Raddle has not, with the name it is refused by and the line.
#[test]
fn refused_constructs() {
    let refused = [
        ("\nclass A: pass", "class definitions", 2),
        ("@d\nclass A: pass", "class definitions", 2),
        ("async def f(): pass", "async functions", 1),
        (
            "def f():\n  async for x in y: pass",
            "async for statements",
            2,
        ),
        ("def f():\n  async with x: pass", "async with statements", 2),
        ("def f():\n  await x", "await expressions", 2),
        ("def f():\n  yield 1", "generators", 2),
        ("def f():\n  yield from x", "generators", 2),
        ("x = (y for y in z)", "generator expressions", 1),
        ("f(y for y in z)", "generator expressions", 1),
        ("x = [y async for y in z]", "async comprehensions", 1),
        ("x = {1, 2}", "set displays", 1),
        ("x = {y for y in z}", "set comprehensions", 1),
        ("match x:\n  case 1: pass", "match statements", 1),
        ("type X = int", "type alias statements", 1),
        ("def f[T](x): pass", "type parameters", 1),
        ("try: pass\nexcept* A: pass", "except* clauses", 1),
        ("x = t'a{b}'", "template strings", 1),
        ("x = 1j", "complex numbers", 1),
        ("from . import x", "relative imports", 1),
        ("from threading import *", "star imports", 1),
    ];
    for (text, what, line) in refused {
        let error = compile_text(text).expect_err(text);
        assert_eq!(
            error.message(),
            format!("{what} are not supported by raddle"),
            "{text:?}"
        );
        let start = error.span().unwrap().start as usize;
        assert_eq!(1 + text[..start].matches('\n').count(), line, "{text:?}");
    }
}

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
fn integers_of_any_size() {
    let constants = |text: &str| compile_text(text).unwrap().constants;
    assert_eq!(
        constants("x = -9_223_372_036_854_775_808")[0],
        Constant::Int(i64::MIN)
    );
    assert!(matches!(
        &constants("x = 0xffff_ffff_ffff_ffff_f")[0],
        Constant::BigInt(_)
    ));
    let digits = "9".repeat(5000);
    let error = compile_text(&format!("x = {digits}")).unwrap_err();
    assert!(
        error
            .message()
            .starts_with("Exceeds the limit (4300 digits)"),
        "{}",
        error.message()
    );
}

#[test]
fn every_jump_lands_on_an_instruction() {
    let text = include_str!("golden/leaving_blocks.txt")
        .split_once("----\n")
        .unwrap()
        .0;
    for code in compile_text(text).unwrap().nested {
        let targets = code.instructions.iter().filter_map(|each| each.target());
        assert!(
            targets
                .into_iter()
                .all(|target| (target as usize) < code.instructions.len())
        );
    }
}

#[test]
fn the_reference_lists_every_instruction() {
    let reference = reference();
    assert_eq!(reference.lines().count(), 2 + Opcode::ALL.len());
    assert!(reference.contains("| LOAD_FAST | Slot | Push a local;"));
}
