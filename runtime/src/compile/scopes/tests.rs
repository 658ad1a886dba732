//! Where names live.

use super::*;
use crate::syntax::{Source, parse};

fn analyse(text: &str) -> Result<Scopes, SyntaxError> {
    let source = Source::new("x.py", text.as_bytes())?;
    let module = parse(&source)?;
    Scopes::analyse(Program::Body(&module.body), false, false)
}

/// The scopes in the order of the source, each with its slots as `name`, `name/cell` or `name/free`.
fn frames(text: &str) -> Vec<String> {
    let describe = |slot: &Slot| match slot.kind {
        SlotKind::Local => slot.name.to_string(),
        SlotKind::Cell => format!("{}/cell", slot.name),
        SlotKind::Free => format!("{}/free", slot.name),
    };
    let scopes = analyse(text).unwrap();
    let owners = scopes
        .all
        .iter()
        .filter(|scope| scope.kind != ScopeKind::Comprehension);
    owners
        .map(|scope| {
            scope
                .slots
                .iter()
                .map(describe)
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect()
}

fn message(text: &str) -> String {
    analyse(text).unwrap_err().message().to_owned()
}

#[test]
fn module_variables_have_no_slots() {
    assert_eq!(frames("x = 1\ny = x"), [""]);
}

#[test]
fn parameters_come_first() {
    assert_eq!(
        frames("def f(a, *args, k=1, **kw):\n  b = a"),
        ["", "a k args kw b"]
    );
}

#[test]
fn captured_variables_become_cells() {
    let text = "def f(a):\n  b = 1\n  def g():\n    nonlocal b\n    b = a\n  return g";
    assert_eq!(frames(text), ["", "a/cell b/cell g", "b/free a/free"]);
}

#[test]
fn functions_in_between_pass_cells_on() {
    let text = "def f():\n  x = 1\n  def g():\n    return lambda: x";
    assert_eq!(frames(text), ["", "x/cell g", "x/free", "x/free"]);
}

#[test]
fn comprehension_variables_are_hidden_in_the_frame_around() {
    assert_eq!(frames("def f(x):\n  return [x for x in x]"), ["", "x x"]);
    assert_eq!(frames("[y for y in z]"), ["y"]);
    assert_eq!(frames("[lambda: y for y in z]"), ["y/cell", "y/free"]);
}

#[test]
fn walrus_binds_around_the_comprehension() {
    assert_eq!(frames("def f(z):\n  [(n := y) for y in z]"), ["", "z n y"]);
    assert_eq!(
        message("[x := 1 for x in y]"),
        "assignment expression cannot rebind comprehension iteration variable 'x'"
    );
}

#[test]
fn global_declarations_hide_variables_around() {
    let text = "def f():\n  x = 1\n  def g():\n    global x\n    x = 2\n    return lambda: x";
    assert_eq!(frames(text), ["", "x g", "", ""]);
}

#[test]
fn nonlocal_may_name_a_variable_bound_further_down() {
    let text = "def f():\n  def g():\n    nonlocal x\n    x = 2\n  x = 1";
    assert_eq!(frames(text), ["", "g x/cell", "x/free"]);
}

#[test]
fn contradictions_are_refused() {
    assert_eq!(
        message("nonlocal x"),
        "nonlocal declaration not allowed at module level"
    );
    assert_eq!(
        message("def f():\n  nonlocal x"),
        "no binding for nonlocal 'x' found"
    );
    assert_eq!(
        message("def f(x):\n  global x"),
        "name 'x' is parameter and global"
    );
    assert_eq!(
        message("def f():\n  x = 1\n  global x"),
        "name 'x' is assigned to before global declaration"
    );
    assert_eq!(
        message("def f():\n  x\n  global x"),
        "name 'x' is used prior to global declaration"
    );
    assert_eq!(
        message("def f(a, a): pass"),
        "duplicate parameter 'a' in function definition"
    );
    let both = "def f():\n  x = 1\n  def g():\n    global x\n    nonlocal x";
    assert_eq!(message(both), "name 'x' is nonlocal and global");
}
