//! The compiler as a whole: golden disassemblies, and what is refused.

mod errors;
mod robustness;

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
fn classes() {
    check_golden(include_str!("golden/classes.txt"));
}

#[test]
fn generators() {
    check_golden(include_str!("golden/generators.txt"));
}

#[test]
fn coroutines() {
    check_golden(include_str!("golden/coroutines.txt"));
}

#[test]
fn generics() {
    check_golden(include_str!("golden/generics.txt"));
}

#[test]
fn groups() {
    check_golden(include_str!("golden/groups.txt"));
}

#[test]
fn patterns() {
    check_golden(include_str!("golden/patterns.txt"));
}

/// Code whose locals may not be its globals, as for `exec`.
#[test]
fn namespaces() {
    let (program, expected) = include_str!("golden/namespaces.txt")
        .split_once("----\n")
        .unwrap();
    let options = Options {
        separate_locals: true,
        ..Options::default()
    };
    let source = Source::new("x.py", program.as_bytes()).unwrap();
    let unit = compile_with(&source, &options).unwrap();
    assert_eq!(disassemble(&unit.code), expected);
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

/// The loads of a local in the only function of a program.
fn loads(text: &str) -> Vec<Opcode> {
    let code = compile_text(text).unwrap();
    let all = code.nested[0].instructions.iter().map(|each| each.opcode());
    all.filter(|opcode| matches!(opcode, Opcode::LoadFast | Opcode::LoadFastBorrow))
        .collect()
}

#[test]
fn what_outlives_its_local_is_owned() {
    use Opcode::{LoadFast, LoadFastBorrow};
    assert_eq!(loads("def f(x): return x"), [LoadFastBorrow]);
    assert_eq!(loads("def f(x): y = z = x"), [LoadFast]);
    assert_eq!(loads("def f(x, y): x, y = y, x"), [LoadFast; 2]);
    assert_eq!(loads("def f(x): g(x, (x := 1))"), [LoadFast]);
    assert_eq!(loads("def f(x): g(x, (yield))"), [LoadFast]);
    assert_eq!(loads("async def f(x): g(x, await h)"), [LoadFast]);
    assert_eq!(
        loads("def f(x):\n  try: return x\n  finally: g(x)"),
        [LoadFast, LoadFastBorrow, LoadFastBorrow]
    );
    assert_eq!(
        loads("def f(x):\n  match x:\n    case x: g(x)"),
        [LoadFast, LoadFastBorrow]
    );
}

fn compile_mode(text: &str, mode: Mode) -> Result<String, SyntaxError> {
    let options = Options {
        mode,
        ..Options::default()
    };
    let source = Source::new("x.py", text.as_bytes())?;
    compile_with(&source, &options).map(|unit| disassemble(&unit.code))
}

#[test]
fn modes() {
    let eval = compile_mode("1 + x\n", Mode::Eval).unwrap();
    assert!(
        eval.ends_with("BINARY_ADD             +\n   3 RETURN_VALUE\n"),
        "{eval}"
    );
    let single = compile_mode("x; y = 1", Mode::Single).unwrap();
    assert!(single.contains("PRINT_EXPR"), "{single}");
    let two = compile_mode("x\ny\n", Mode::Single).unwrap_err();
    assert_eq!(
        two.message(),
        "multiple statements found while compiling a single statement"
    );
    assert!(compile_mode("x = 1", Mode::Eval).is_err());
}

#[test]
fn optimisation_leaves_out_assertions_and_docs() {
    let source = Source::new("x.py", b"def f():\n  'doc'\n  assert x\n").unwrap();
    let options = Options {
        optimize: 2,
        ..Options::default()
    };
    let unit = compile_with(&source, &options).unwrap();
    assert_eq!(unit.code.nested[0].doc, None);
    assert!(!disassemble(&unit.code).contains("RAISE_VARARGS"));
}

#[test]
fn flags_are_those_of_cpython() {
    let flags = |text: &str| compile_text(text).unwrap().nested[0].flags();
    assert_eq!(flags("def f(*a, **k): pass"), 0x0f);
    assert_eq!(flags("def f(): yield"), 0x23);
    assert_eq!(flags("async def f(): pass"), 0x83);
    assert_eq!(flags("async def f(): yield"), 0x203);
    assert_eq!(flags("class C: pass"), 0);
    assert_eq!(flags("def f(): 'doc'"), 0x400_0003);
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
