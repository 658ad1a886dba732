//! `code`: compiled code as Python sees it.

mod compile;
mod replace;
mod text;
mod tuples;

use crate::compile::{Slot, SlotKind};
use crate::eval::Outcome;
use crate::eval::code::{CodeRef, OwnCode};
use crate::eval::cx::Cx;
use crate::refs::{Owned, Ref};
use crate::types::define::class;
use crate::types::payload::{self, Boxed, payload};

pub(crate) use compile::{compile, syntax_error};
use replace::replace;
pub(crate) use text::{TEXT, text, text_of};
use tuples::{Tuples, cells, constants, free, names, variables};

/// A code object: another name for code.
pub(crate) struct Code {
    pub(crate) code: CodeRef,
    /// What goes with the object, unless the interpreter keeps it.
    owns: Option<(Vec<Owned>, OwnCode)>,
    tuples: Tuples,
}

payload!(Code as Code, "code", |this, visit| {
    let values = this.owns.iter().flat_map(|(values, _)| values);
    values.for_each(|value| visit(value.borrow()));
    this.tuples.references(visit);
});

class! {
    pub(crate) CODE: Boxed<Code> = "code" (Object) {
        sealed;
        with_weak;
        slots { repr: repr, compare: compare, hash: hash }
        get co_name as name;
        get co_qualname as qualname;
        get co_filename as file_name;
        get co_firstlineno as first_line;
        get co_argcount as argument_count;
        get co_posonlyargcount as positional_only_count;
        get co_kwonlyargcount as keyword_only_count;
        get co_nlocals as local_count;
        get co_stacksize as stack_size;
        get co_flags as flags;
        get co_varnames as variables;
        get co_cellvars as cells;
        get co_freevars as free;
        get co_names as names;
        get co_consts as constants;
        /// A copy of the code object, with some of its attributes changed.
        method replace(self, /, **changes);
        method __replace__ as replace(self, /, **changes);
    }
}

/// A new object for some code, of which nobody else knows; with the values that the code is lent it owns the code.
pub(crate) fn new(cx: &Cx, code: CodeRef, values: Option<Vec<Owned>>) -> Owned {
    // SAFETY: who uses the code keeps this object.
    let owns = values.map(|values| (values, unsafe { OwnCode::new(code) }));
    let tuples = Tuples::new();
    payload::new(cx, Code { code, owns, tuples })
}

/// The code of a code object, which the caller keeps.
pub(crate) fn of(object: &Owned) -> CodeRef {
    object
        .borrow()
        .payload::<Code>()
        .expect("a code object")
        .code
}

/// The object for some code.
pub(crate) fn object(code: CodeRef) -> Owned {
    code.object().own()
}

fn repr(cx: &Cx, this: Ref<'_>) -> Outcome {
    let code = this.payload::<Code>().expect("a code object").code;
    let address = super::object::address(this);
    Ok(cx.str(&format!(
        "<code object {} at {address}, file \"{}\", line {}>",
        code.code.name,
        code.source().name(),
        code.code.first_line
    )))
}

/// Code objects are equal when their code is, wherever it came from.
fn compare(
    cx: &Cx,
    comparison: crate::compile::Comparison,
    this: Ref<'_>,
    other: Ref<'_>,
) -> Outcome {
    use crate::compile::Comparison;
    let (Some(left), Some(right)) = (this.payload::<Code>(), other.payload::<Code>()) else {
        return Ok(Owned::not_implemented());
    };
    Ok(match comparison {
        Comparison::Eq => Owned::bool(same(cx, left.code, right.code)?),
        Comparison::Ne => Owned::bool(!same(cx, left.code, right.code)?),
        _ => Owned::not_implemented(),
    })
}

/// Whether the code is, and what `replace` may have put in the place of its constants.
fn same(cx: &Cx, left: CodeRef, right: CodeRef) -> Outcome<bool> {
    if left == right {
        return Ok(true);
    }
    if left.code != right.code {
        return Ok(false);
    }
    for (left, right) in left.nested.iter().zip(&right.nested) {
        if !cx.nested(|| same(cx, *left, *right))? {
            return Ok(false);
        }
    }
    for index in 0..left.constants.len() {
        let (left, right) = (left.constant(index), right.constant(index));
        let alike = cx.class_of(left).same(cx.class_of(right));
        if !alike || !crate::eval::ops::compare::same(cx, left, right)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn hash(_cx: &Cx, this: Ref<'_>) -> Outcome<i64> {
    let code = this.payload::<Code>().expect("a code object").code;
    Ok(i64::from(code.code.first_line) * 31 + code.code.instructions.len() as i64)
}

fn name(_cx: &Cx, this: &Code) -> Owned {
    this.code.name().own()
}

fn qualname(_cx: &Cx, this: &Code) -> Owned {
    this.code.qualified_name().own()
}

fn file_name(_cx: &Cx, this: &Code) -> String {
    this.code.source().name().to_owned()
}

fn first_line(_cx: &Cx, this: &Code) -> i64 {
    i64::from(this.code.code.first_line)
}

fn argument_count(_cx: &Cx, this: &Code) -> i64 {
    i64::from(this.code.code.parameters.positional)
}

fn positional_only_count(_cx: &Cx, this: &Code) -> i64 {
    i64::from(this.code.code.parameters.positional_only)
}

fn keyword_only_count(_cx: &Cx, this: &Code) -> i64 {
    i64::from(this.code.code.parameters.keyword_only)
}

fn local_count(_cx: &Cx, this: &Code) -> usize {
    declared(this).count()
}

fn stack_size(_cx: &Cx, this: &Code) -> i64 {
    i64::from(this.code.code.max_depth)
}

fn flags(_cx: &Cx, this: &Code) -> i64 {
    i64::from(this.code.code.flags())
}

/// Parameters, captured or not, and other locals, those of comprehensions among them.
fn declared(this: &Code) -> impl Iterator<Item = &Slot> {
    let code = &this.code.code;
    let parameters = code.parameters.slots() as usize;
    let own = code.slots.iter().enumerate().filter(move |(index, slot)| {
        !slot.hidden && (*index < parameters || slot.kind == SlotKind::Local)
    });
    own.map(|(_, slot)| slot).chain(inlined(this))
}

/// The variables of comprehensions in a function, each name once.
fn inlined(this: &Code) -> impl Iterator<Item = &Slot> {
    let code = &this.code.code;
    let hidden = code.slots.iter().enumerate().filter(|(index, slot)| {
        let known = |earlier: &Slot| earlier.name == slot.name;
        slot.hidden && !slot.name.starts_with('.') && !code.slots[..*index].iter().any(known)
    });
    hidden
        .map(|(_, slot)| slot)
        .filter(|slot| code.is_optimized() && slot.kind == SlotKind::Local)
}
