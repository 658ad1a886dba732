//! The instruction set: one table from which the opcodes, the disassembler, the depth check and the reference derive.
//!
//! The machine is a stack machine with one frame per call. A frame has *slots* (parameters, locals, cells, captured
//! cells) and, above them, operands. An instruction is 32 bits: an 8-bit opcode and a 24-bit operand.

use std::fmt;

use crate::compile::operands::{CompareJump, MAX_OPERAND, Operand};

/// Where control goes after an instruction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    /// To the next instruction.
    Next,
    /// Always to the target.
    Jump,
    /// To the next instruction, or to the target with this many values pushed instead.
    Branch(u32),
    /// Out of the frame, or to an exception handler.
    Stop,
}

/// One row of the table.
#[derive(Clone, Copy)]
pub struct Row {
    /// The opcode's name in the table.
    pub name: &'static str,
    /// What the operand means.
    pub operand: Operand,
    /// How many values it pops, as a function of the operand.
    pub pops: fn(u32) -> u32,
    /// How many values it then pushes.
    pub pushes: fn(u32) -> u32,
    /// Where control goes.
    pub flow: Flow,
    /// One line about it.
    pub doc: &'static str,
}

macro_rules! instruction_set {
    ($($name:ident $operand:ident [$pops:expr => $pushes:expr] $flow:expr, $doc:literal;)*) => {
        /// An operation of the machine.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(u8)]
        pub enum Opcode {
            $(#[doc = $doc] $name,)*
        }

        impl Opcode {
            /// Every opcode, in the order of the table.
            pub const ALL: &[Opcode] = &[$(Opcode::$name),*];

            const ROWS: &[Row] = &[$(Row {
                name: stringify!($name),
                operand: Operand::$operand,
                pops: $pops,
                pushes: $pushes,
                flow: $flow,
                doc: $doc,
            }),*];
        }
    };
}

use Flow::{Branch, Jump, Next, Stop};

instruction_set! {
    // opcode             operand        pops => pushes                     flow        what it does
    Nop                   None           [|_| 0 => |_| 0]                   Next,       "Do nothing.";
    PopTop                None           [|_| 1 => |_| 0]                   Next,       "Drop the top value.";
    Copy                  Count          [|n| n => |n| n + 1]               Next,       "Push the value at position n again.";
    Swap                  Count          [|n| n => |n| n]                   Next,       "Exchange the top value with the one at position n.";

    LoadConst             Constant       [|_| 0 => |_| 1]                   Next,       "Push a constant.";
    LoadFast              Slot           [|_| 0 => |_| 1]                   Next,       "Push a local; UnboundLocalError if it is not bound.";
    LoadFastBorrow        Slot           [|_| 0 => |_| 1]                   Next,       "Push a local without counting it; it is consumed before the local can change.";
    StoreFast             Slot           [|_| 1 => |_| 0]                   Next,       "Pop into a local.";
    LoadFastPair          Slots          [|_| 0 => |_| 1]                   Next,       "As LoadFastBorrow, and so is the next instruction, which is passed over.";
    LoadFastConst         SlotConstant   [|_| 0 => |_| 1]                   Next,       "As LoadFastBorrow; the next instruction, a LoadConst, is done and passed over.";
    StoreLoadFast         Slots          [|_| 1 => |_| 0]                   Next,       "As StoreFast; the next instruction, a LoadFastBorrow, is done and passed over.";
    DeleteFast            Slot           [|_| 0 => |_| 0]                   Next,       "Unbind a local; UnboundLocalError if it is not bound.";
    ClearFast             Slot           [|_| 0 => |_| 0]                   Next,       "Unbind a hidden local, bound or not.";
    MakeCell              Slot           [|_| 0 => |_| 0]                   Next,       "Replace a slot's value by a new cell that holds it.";
    CopyFreeVars          Count          [|_| 0 => |_| 0]                   Next,       "Put the function's n captured cells into the last n slots.";
    LoadCell              Slot           [|_| 0 => |_| 1]                   Next,       "Push a cell itself, for a closure.";
    LoadDeref             Slot           [|_| 0 => |_| 1]                   Next,       "Push what a cell holds; NameError if it is empty.";
    StoreDeref            Slot           [|_| 1 => |_| 0]                   Next,       "Pop into a cell.";
    DeleteDeref           Slot           [|_| 0 => |_| 0]                   Next,       "Empty a cell; NameError if it is empty.";
    LoadGlobal            Name           [|_| 0 => |_| 1]                   Next,       "Push a global or else a builtin; NameError if neither exists.";
    StoreGlobal           Name           [|_| 1 => |_| 0]                   Next,       "Pop into a global.";
    DeleteGlobal          Name           [|_| 0 => |_| 0]                   Next,       "Delete a global; NameError if there is none.";

    LoadName              Name           [|_| 0 => |_| 1]                   Next,       "Push from the frame's locals, else a global, else a builtin; NameError.";
    StoreName             Name           [|_| 1 => |_| 0]                   Next,       "Pop into the frame's locals.";
    DeleteName            Name           [|_| 0 => |_| 0]                   Next,       "Delete from the frame's locals; NameError if it is not there.";
    LoadLocals            None           [|_| 0 => |_| 1]                   Next,       "Push the frame's locals mapping.";
    LoadFromDictOrDeref   Slot           [|_| 1 => |_| 1]                   Next,       "mapping: push the slot's name from it, else what the cell holds; NameError.";
    LoadFromDictOrGlobals Name           [|_| 1 => |_| 1]                   Next,       "mapping: push the name from it, else a global, else a builtin; NameError.";
    SetupAnnotations      None           [|_| 0 => |_| 0]                   Next,       "Make __annotations__ a new dict in the frame's locals, unless it is there.";

    LoadAttr              Name           [|_| 1 => |_| 1]                   Next,       "Replace an object by its attribute.";
    LoadMethod            Name           [|_| 1 => |_| 2]                   Next,       "Replace an object by a method and itself, or by a gap and the attribute.";
    StoreAttr             Name           [|_| 2 => |_| 0]                   Next,       "value, object: set the object's attribute.";
    DeleteAttr            Name           [|_| 1 => |_| 0]                   Next,       "Delete an object's attribute.";
    LoadSubscr            None           [|_| 2 => |_| 1]                   Next,       "container, key: push container[key].";
    StoreSubscr           None           [|_| 3 => |_| 0]                   Next,       "value, container, key: container[key] = value.";
    DeleteSubscr          None           [|_| 2 => |_| 0]                   Next,       "container, key: del container[key].";
    BuildSlice            Count          [|n| n => |_| 1]                   Next,       "Make a slice from 2 or 3 values.";

    BinaryAdd             Binary         [|_| 2 => |_| 1]                   Next,       "left, right: push their sum.";
    BinarySubtract        Binary         [|_| 2 => |_| 1]                   Next,       "left, right: push their difference.";
    BinaryOp              Binary         [|_| 2 => |_| 1]                   Next,       "left, right: apply any other binary operator.";
    UnaryNegative         None           [|_| 1 => |_| 1]                   Next,       "Push the negated value.";
    UnaryPositive         None           [|_| 1 => |_| 1]                   Next,       "Push the value's +value.";
    UnaryInvert           None           [|_| 1 => |_| 1]                   Next,       "Push the value's bitwise complement.";
    UnaryNot              None           [|_| 1 => |_| 1]                   Next,       "Push whether the value is false.";
    CompareOp             Compare        [|_| 2 => |_| 1]                   Next,       "left, right: push the outcome of a comparison.";
    IsOp                  Invert         [|_| 2 => |_| 1]                   Next,       "left, right: push whether they are the same object.";
    ContainsOp            Invert         [|_| 2 => |_| 1]                   Next,       "item, container: push whether the item is in it.";

    BuildTuple            Count          [|n| n => |_| 1]                   Next,       "Make a tuple of n values.";
    BuildList             Count          [|n| n => |_| 1]                   Next,       "Make a list of n values.";
    BuildMap              Count          [|n| 2 * n => |_| 1]               Next,       "Make a dict of n pairs.";
    BuildSet              Count          [|n| n => |_| 1]                   Next,       "Make a set of n values; TypeError if one is unhashable.";
    BuildString           Count          [|n| n => |_| 1]                   Next,       "Join n strings.";
    ListAppend            Count          [|n| n + 1 => |n| n]               Next,       "Append the top value to the list at position n below it.";
    ListExtend            Count          [|n| n + 1 => |n| n]               Next,       "Extend the list at position n below the top by an iterable.";
    ListToTuple           None           [|_| 1 => |_| 1]                   Next,       "Replace a list by a tuple of its items.";
    SetAdd                Count          [|n| n + 1 => |n| n]               Next,       "Add the top value to the set at position n below it.";
    SetUpdate             Count          [|n| n + 1 => |n| n]               Next,       "Add the items of an iterable to the set at position n below the top.";
    MapAdd                Count          [|n| n + 2 => |n| n]               Next,       "key, value: set them in the dict at position n below.";
    DictUpdate            Count          [|n| n + 1 => |n| n]               Next,       "Update the dict at position n below the top from a mapping.";
    DictMerge             Count          [|n| n + 1 => |n| n]               Next,       "As DICT_UPDATE for keyword arguments: TypeError on a repeated key.";
    UnpackSequence        Count          [|_| 1 => |n| n]                   Next,       "Replace an iterable by its n items, the first on top.";
    UnpackEx              Unpack         [|_| 1 => |n| (n & 0xff) + (n >> 8) + 1]Next,       "As UNPACK_SEQUENCE with a list for the items at the star.";

    ConvertValue          Conversion     [|_| 1 => |_| 1]                   Next,       "Replace a value by its str, repr or ascii.";
    FormatSimple          None           [|_| 1 => |_| 1]                   Next,       "Replace a value by format(value).";
    FormatWithSpec        None           [|_| 2 => |_| 1]                   Next,       "value, specification: push format(value, specification).";
    BuildInterpolation    Interpolation  [|n| 2 + (n & 1) => |_| 1]         Next,       "value, expression, specification if bit 0: make an Interpolation.";
    BuildTemplate         None           [|_| 2 => |_| 1]                   Next,       "strings, interpolations: make a Template of two tuples.";

    GetIter               None           [|_| 1 => |_| 1]                   Next,       "Replace an iterable by an iterator.";
    ForIter               Target         [|_| 1 => |_| 2]                   Branch(0),  "Push the iterator's next value; drop the iterator and jump at its end.";
    Jump                  Target         [|_| 0 => |_| 0]                   Jump,       "Go to the target, without a safepoint.";
    JumpBackward          Target         [|_| 0 => |_| 0]                   Jump,       "Go back, past a safepoint.";
    PopJumpIfFalse        Target         [|_| 1 => |_| 0]                   Branch(0),  "Jump if the popped value is false.";
    PopJumpIfTrue         Target         [|_| 1 => |_| 0]                   Branch(0),  "Jump if the popped value is true.";
    PopJumpIfNone         Target         [|_| 1 => |_| 0]                   Branch(0),  "Jump if the popped value is None.";
    PopJumpIfNotNone      Target         [|_| 1 => |_| 0]                   Branch(0),  "Jump if the popped value is not None.";
    JumpIfFalseOrPop      Target         [|_| 1 => |_| 0]                   Branch(1),  "Jump and keep the value if it is false, else drop it.";
    JumpIfTrueOrPop       Target         [|_| 1 => |_| 0]                   Branch(1),  "Jump and keep the value if it is true, else drop it.";
    CompareJump           CompareTarget  [|_| 2 => |_| 0]                   Branch(0),  "left, right: jump on one outcome of a comparison.";

    Call                  Count          [|n| n + 1 => |_| 1]               Next,       "callable, n arguments: call.";
    CallMethod            Count          [|n| n + 2 => |_| 1]               Next,       "What LOAD_METHOD pushed, n arguments: call.";
    CallKw                Count          [|n| n + 2 => |_| 1]               Next,       "callable, n arguments, names of the last ones: call.";
    CallEx                None           [|_| 3 => |_| 1]                   Next,       "callable, arguments, keyword dict: call.";
    MakeFunction          Function       [|n| (n & 31).count_ones() => |_| 1]Next,       "Pop the function_parts that are given; push a function.";
    LoadBuildClass        None           [|_| 0 => |_| 1]                   Next,       "Push __build_class__ from the builtins; NameError if there is none.";
    ReturnValue           None           [|_| 1 => |_| 0]                   Stop,       "Leave the frame with the top value.";

    ReturnGenerator       None           [|_| 0 => |_| 1]                   Next,       "Make the frame an object and return that; when resumed, push what was sent.";
    YieldValue            Count          [|_| 1 => |_| 1]                   Next,       "Suspend with the popped value; when resumed, push what was sent. 1: on behalf of a receiver.";
    GetYieldFromIter      None           [|_| 1 => |_| 1]                   Next,       "Replace an iterable by an iterator, a generator or coroutine by itself.";
    GetAwaitable          Count          [|_| 1 => |_| 1]                   Next,       "Replace an object by the iterator to await. 0: await, 1: of __aenter__, 2: of __aexit__.";
    GetAiter              None           [|_| 1 => |_| 1]                   Next,       "Replace an object by its asynchronous iterator.";
    GetAnext              None           [|_| 1 => |_| 2]                   Next,       "Push the awaitable of the next item on top of an asynchronous iterator.";
    Send                  Target         [|_| 2 => |_| 2]                   Branch(2),  "receiver, value: send; replace the value by the yielded one, or by the returned one and jump.";
    ThrowInto             Target         [|_| 2 => |_| 2]                   Branch(2),  "receiver, exception: throw; replace it by the yielded value, or by the returned one and jump.";
    EndSend               None           [|_| 2 => |_| 1]                   Next,       "receiver, value: drop the receiver.";
    EndAsyncFor           None           [|_| 2 => |_| 0]                   Next,       "iterator, exception: drop both if it is StopAsyncIteration, else raise it again.";
    AsyncGenWrap          None           [|_| 1 => |_| 1]                   Next,       "Wrap what an asynchronous generator yields, apart from what it awaits.";
    StopIterationError    None           [|_| 1 => |_| 1]                   Next,       "Replace a StopIteration that would leave a generator by a RuntimeError.";

    ImportName            Name           [|_| 2 => |_| 1]                   Next,       "level, names or None: import; push the module, or its top-level package.";
    ImportFrom            Name           [|_| 1 => |_| 2]                   Next,       "Push an attribute of the module on top; ImportError if there is none.";
    ImportStar            None           [|_| 1 => |_| 0]                   Next,       "Copy the popped module's public names into the frame's locals.";

    LoadAssertionError    None           [|_| 0 => |_| 1]                   Next,       "Push the class AssertionError, whatever the name is bound to.";
    LoadNotImplementedError None          [|_| 0 => |_| 1]                   Next,       "Push the class NotImplementedError, whatever the name is bound to.";
    RaiseVarargs          Count          [|n| n => |_| 0]                   Stop,       "Raise: nothing (again), an exception, or an exception and its cause.";
    Reraise               None           [|_| 1 => |_| 0]                   Stop,       "Raise a caught exception again, its traceback as it is.";
    PushExcInfo           None           [|_| 1 => |_| 2]                   Next,       "exception: make it the handled one; push the one before under it.";
    CheckExcMatch         None           [|_| 2 => |_| 2]                   Next,       "exception, class: replace the class by whether it matches.";
    CheckEgMatch          None           [|_| 2 => |_| 2]                   Next,       "exception, class: push the rest that does not match, and the part that does or None.";
    PrepReraiseStar       None           [|_| 2 => |_| 1]                   Next,       "exception, list: push what an except* raises of them, or None.";
    PopExcept             None           [|_| 1 => |_| 0]                   Next,       "Pop the exception that was handled before and make it so again.";
    LoadWith              Count          [|_| 1 => |_| 3]                   Next,       "manager: push its bound __exit__, then __enter__ as LOAD_METHOD would. 1: the async ones.";
    WithExceptStart       None           [|_| 3 => |_| 7]                   Next,       "exit, previous, exception: push exit and its three arguments on top.";

    MatchSequence         None           [|_| 1 => |_| 2]                   Next,       "Push whether the subject is a sequence that patterns may take apart.";
    MatchMapping          None           [|_| 1 => |_| 2]                   Next,       "Push whether the subject is a mapping.";
    MatchKeys             None           [|_| 2 => |_| 3]                   Next,       "subject, keys: push a tuple of their values, or None if one is missing.";
    MatchClass            Count          [|_| 3 => |_| 1]                   Next,       "subject, class, names: push a tuple of n positional and the named attributes, or None.";
    GetLen                None           [|_| 1 => |_| 2]                   Next,       "Push the length of the subject on top of it.";

    MakeTypeVar           Count          [|n| 1 + (n > 0) as u32 => |_| 1]  Next,       "name, evaluator: make a TypeVar. 0: no evaluator, 1: of its bound, 2: of its constraints.";
    MakeParamSpec         None           [|_| 1 => |_| 1]                   Next,       "name: make a ParamSpec.";
    MakeTypeVarTuple      None           [|_| 1 => |_| 1]                   Next,       "name: make a TypeVarTuple.";
    SetTypeParamDefault   None           [|_| 2 => |_| 1]                   Next,       "parameter, evaluator: give a type parameter its default.";
    SetTypeParams         None           [|_| 2 => |_| 1]                   Next,       "function, tuple: set the function's __type_params__.";
    SubscriptGeneric      None           [|_| 1 => |_| 1]                   Next,       "tuple: replace type parameters by typing.Generic of them.";
    MakeTypeAlias         None           [|_| 3 => |_| 1]                   Next,       "name, type parameters or None, evaluator: make a TypeAliasType.";

    PrintExpr             None           [|_| 1 => |_| 0]                   Next,       "Give the popped value to sys.displayhook.";
}

impl Opcode {
    /// The row of this opcode.
    pub fn row(self) -> &'static Row {
        &Self::ROWS[self as usize]
    }

    /// The name in capitals, as the disassembler prints it.
    pub fn mnemonic(self) -> String {
        let mut out = String::new();
        for c in self.row().name.chars() {
            if c.is_ascii_uppercase() && !out.is_empty() {
                out.push('_');
            }
            out.push(c.to_ascii_uppercase());
        }
        out
    }
}

/// One instruction: the opcode in the low byte, the operand above it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Instruction(u32);

impl Instruction {
    /// An instruction with its operand, which must not be above [`MAX_OPERAND`]; higher bits are lost.
    pub fn new(opcode: Opcode, operand: u32) -> Self {
        debug_assert!(operand <= MAX_OPERAND);
        Self(u32::from(opcode as u8) | operand << 8)
    }

    /// What it does.
    #[inline(always)]
    pub fn opcode(self) -> Opcode {
        // SAFETY: `new` alone makes instructions, and puts an opcode into the low byte.
        unsafe { std::mem::transmute::<u8, Opcode>(self.0 as u8) }
    }

    /// Its operand.
    #[inline(always)]
    pub fn operand(self) -> u32 {
        self.0 >> 8
    }

    /// Index of the instruction that it may jump to.
    pub fn target(self) -> Option<u32> {
        match self.opcode().row().operand {
            Operand::Target => Some(self.operand()),
            Operand::CompareTarget => Some(CompareJump::decode(self.operand()).target),
            _ => None,
        }
    }
}

impl fmt::Debug for Instruction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.opcode().mnemonic(), self.operand())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instruction_is_one_word() {
        assert_eq!(size_of::<Instruction>(), 4);
    }

    #[test]
    fn operands_survive_packing() {
        for operand in [0, 1, 255, 256, 65_536, MAX_OPERAND] {
            let instruction = Instruction::new(Opcode::LoadConst, operand);
            assert_eq!(
                (instruction.opcode(), instruction.operand()),
                (Opcode::LoadConst, operand)
            );
        }
    }

    #[test]
    fn rows_are_complete_and_in_order() {
        for (index, opcode) in Opcode::ALL.iter().enumerate() {
            let row = opcode.row();
            assert_eq!(*opcode as usize, index);
            assert_eq!(row.name, format!("{opcode:?}"));
            assert!(row.doc.ends_with('.'), "{}", row.name);
            let jumps = matches!(row.flow, Jump | Branch(_));
            let has_target = matches!(row.operand, Operand::Target | Operand::CompareTarget);
            assert_eq!(jumps, has_target, "{}", row.name);
        }
    }

    #[test]
    fn mnemonics_are_in_capitals() {
        assert_eq!(Opcode::LoadFast.mnemonic(), "LOAD_FAST");
    }
}
