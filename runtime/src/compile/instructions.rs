//! The instruction set: one table from which the opcodes, the disassembler, the depth check and the reference derive.
//!
//! The machine is a stack machine with one frame per call. A frame has *slots* (parameters, locals, cells, captured
//! cells) and, above them, operands. An instruction is 32 bits: an 8-bit opcode and a 24-bit operand.

use std::fmt;

/// Largest operand of an instruction.
pub const MAX_OPERAND: u32 = (1 << 24) - 1;

/// What an instruction's operand means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operand {
    /// Unused, always zero.
    None,
    /// A plain number: how many operands, or a position counted from the top of the stack.
    Count,
    /// Index into the constants.
    Constant,
    /// Index into the slots.
    Slot,
    /// Index into the names.
    Name,
    /// Index of an instruction.
    Target,
    /// A [`BinaryOperator`], bit 4 set for the in-place form.
    Binary,
    /// A [`Comparison`].
    Compare,
    /// A [`Comparison`] in bits 0 to 2, the outcome that jumps in bit 3, the target above.
    CompareTarget,
    /// 0, or 1 to invert the answer.
    Invert,
    /// Two counts: items before a star in the low byte, items after it above.
    Unpack,
    /// A [`Conversion`].
    Conversion,
    /// Index into the nested code in bits 3 and up, the [`function_parts`] in the low three bits.
    Function,
}

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
    // opcode          operand        pops => pushes                  flow        what it does
    Nop                None           [|_| 0 => |_| 0]                Next,       "Do nothing.";
    PopTop             None           [|_| 1 => |_| 0]                Next,       "Drop the top value.";
    Copy               Count          [|n| n => |n| n + 1]            Next,       "Push the value at position n again.";
    Swap               Count          [|n| n => |n| n]                Next,       "Exchange the top value with the one at position n.";

    LoadConst          Constant       [|_| 0 => |_| 1]                Next,       "Push a constant.";
    LoadFast           Slot           [|_| 0 => |_| 1]                Next,       "Push a local; UnboundLocalError if it is not bound.";
    StoreFast          Slot           [|_| 1 => |_| 0]                Next,       "Pop into a local.";
    DeleteFast         Slot           [|_| 0 => |_| 0]                Next,       "Unbind a local; UnboundLocalError if it is not bound.";
    ClearFast          Slot           [|_| 0 => |_| 0]                Next,       "Unbind a hidden local, bound or not.";
    MakeCell           Slot           [|_| 0 => |_| 0]                Next,       "Replace a slot's value by a new cell that holds it.";
    CopyFreeVars       Count          [|_| 0 => |_| 0]                Next,       "Put the function's n captured cells into the last n slots.";
    LoadCell           Slot           [|_| 0 => |_| 1]                Next,       "Push a cell itself, for a closure.";
    LoadDeref          Slot           [|_| 0 => |_| 1]                Next,       "Push what a cell holds; NameError if it is empty.";
    StoreDeref         Slot           [|_| 1 => |_| 0]                Next,       "Pop into a cell.";
    DeleteDeref        Slot           [|_| 0 => |_| 0]                Next,       "Empty a cell; NameError if it is empty.";
    LoadGlobal         Name           [|_| 0 => |_| 1]                Next,       "Push a global or else a builtin; NameError if neither exists.";
    StoreGlobal        Name           [|_| 1 => |_| 0]                Next,       "Pop into a global.";
    DeleteGlobal       Name           [|_| 0 => |_| 0]                Next,       "Delete a global; NameError if there is none.";

    LoadAttr           Name           [|_| 1 => |_| 1]                Next,       "Replace an object by its attribute.";
    LoadMethod         Name           [|_| 1 => |_| 2]                Next,       "Replace an object by a method and itself, or by a gap and the attribute.";
    StoreAttr          Name           [|_| 2 => |_| 0]                Next,       "value, object: set the object's attribute.";
    DeleteAttr         Name           [|_| 1 => |_| 0]                Next,       "Delete an object's attribute.";
    LoadSubscr         None           [|_| 2 => |_| 1]                Next,       "container, key: push container[key].";
    StoreSubscr        None           [|_| 3 => |_| 0]                Next,       "value, container, key: container[key] = value.";
    DeleteSubscr       None           [|_| 2 => |_| 0]                Next,       "container, key: del container[key].";
    BuildSlice         Count          [|n| n => |_| 1]                Next,       "Make a slice from 2 or 3 values.";

    BinaryAdd          Binary         [|_| 2 => |_| 1]                Next,       "left, right: push their sum.";
    BinarySubtract     Binary         [|_| 2 => |_| 1]                Next,       "left, right: push their difference.";
    BinaryOp           Binary         [|_| 2 => |_| 1]                Next,       "left, right: apply any other binary operator.";
    UnaryNegative      None           [|_| 1 => |_| 1]                Next,       "Push the negated value.";
    UnaryPositive      None           [|_| 1 => |_| 1]                Next,       "Push the value's +value.";
    UnaryInvert        None           [|_| 1 => |_| 1]                Next,       "Push the value's bitwise complement.";
    UnaryNot           None           [|_| 1 => |_| 1]                Next,       "Push whether the value is false.";
    CompareOp          Compare        [|_| 2 => |_| 1]                Next,       "left, right: push the outcome of a comparison.";
    IsOp               Invert         [|_| 2 => |_| 1]                Next,       "left, right: push whether they are the same object.";
    ContainsOp         Invert         [|_| 2 => |_| 1]                Next,       "item, container: push whether the item is in it.";

    BuildTuple         Count          [|n| n => |_| 1]                Next,       "Make a tuple of n values.";
    BuildList          Count          [|n| n => |_| 1]                Next,       "Make a list of n values.";
    BuildMap           Count          [|n| 2 * n => |_| 1]            Next,       "Make a dict of n pairs.";
    BuildString        Count          [|n| n => |_| 1]                Next,       "Join n strings.";
    ListAppend         Count          [|n| n + 1 => |n| n]            Next,       "Append the top value to the list at position n below it.";
    ListExtend         Count          [|n| n + 1 => |n| n]            Next,       "Extend the list at position n below the top by an iterable.";
    ListToTuple        None           [|_| 1 => |_| 1]                Next,       "Replace a list by a tuple of its items.";
    MapAdd             Count          [|n| n + 2 => |n| n]            Next,       "key, value: set them in the dict at position n below.";
    DictUpdate         Count          [|n| n + 1 => |n| n]            Next,       "Update the dict at position n below the top from a mapping.";
    DictMerge          Count          [|n| n + 1 => |n| n]            Next,       "As DICT_UPDATE for keyword arguments: TypeError on a repeated key.";
    UnpackSequence     Count          [|_| 1 => |n| n]                Next,       "Replace an iterable by its n items, the first on top.";
    UnpackEx           Unpack         [|_| 1 => |n| (n & 0xff) + (n >> 8) + 1] Next, "As UNPACK_SEQUENCE with a list for the items at the star.";

    ConvertValue       Conversion     [|_| 1 => |_| 1]                Next,       "Replace a value by its str, repr or ascii.";
    FormatSimple       None           [|_| 1 => |_| 1]                Next,       "Replace a value by format(value).";
    FormatWithSpec     None           [|_| 2 => |_| 1]                Next,       "value, specification: push format(value, specification).";

    GetIter            None           [|_| 1 => |_| 1]                Next,       "Replace an iterable by an iterator.";
    ForIter            Target         [|_| 1 => |_| 2]                Branch(0),  "Push the iterator's next value; drop the iterator and jump at its end.";
    Jump               Target         [|_| 0 => |_| 0]                Jump,       "Go forward.";
    JumpBackward       Target         [|_| 0 => |_| 0]                Jump,       "Go back, past a safepoint.";
    PopJumpIfFalse     Target         [|_| 1 => |_| 0]                Branch(0),  "Jump if the popped value is false.";
    PopJumpIfTrue      Target         [|_| 1 => |_| 0]                Branch(0),  "Jump if the popped value is true.";
    JumpIfFalseOrPop   Target         [|_| 1 => |_| 0]                Branch(1),  "Jump and keep the value if it is false, else drop it.";
    JumpIfTrueOrPop    Target         [|_| 1 => |_| 0]                Branch(1),  "Jump and keep the value if it is true, else drop it.";
    CompareJump        CompareTarget  [|_| 2 => |_| 0]                Branch(0),  "left, right: jump on one outcome of a comparison.";

    Call               Count          [|n| n + 1 => |_| 1]            Next,       "callable, n arguments: call.";
    CallMethod         Count          [|n| n + 2 => |_| 1]            Next,       "What LOAD_METHOD pushed, n arguments: call.";
    CallKw             Count          [|n| n + 2 => |_| 1]            Next,       "callable, n arguments, names of the last ones: call.";
    CallEx             None           [|_| 3 => |_| 1]                Next,       "callable, arguments, keyword dict: call.";
    MakeFunction       Function       [|n| (n & 7).count_ones() => |_| 1] Next,   "Pop defaults, keyword defaults and closure as given; push a function.";
    ReturnValue        None           [|_| 1 => |_| 0]                Stop,       "Leave the frame with the top value.";

    ImportName         Name           [|_| 0 => |_| 1]                Next,       "Push a module.";
    ImportFrom         Name           [|_| 1 => |_| 2]                Next,       "Push an attribute of the module on top; ImportError if there is none.";

    LoadAssertionError None           [|_| 0 => |_| 1]                Next,       "Push the class AssertionError, whatever the name is bound to.";
    RaiseVarargs       Count          [|n| n => |_| 0]                Stop,       "Raise: nothing (again), an exception, or an exception and its cause.";
    Reraise            None           [|_| 1 => |_| 0]                Stop,       "Raise a caught exception again, its traceback as it is.";
    PushExcInfo        None           [|_| 1 => |_| 2]                Next,       "exception: make it the handled one; push the one before under it.";
    CheckExcMatch      None           [|_| 2 => |_| 2]                Next,       "exception, class: replace the class by whether it matches.";
    PopExcept          None           [|_| 1 => |_| 0]                Next,       "Pop the exception that was handled before and make it so again.";
    WithEnter          None           [|_| 1 => |_| 2]                Next,       "manager: enter it, push what it returned.";
    WithExit           None           [|_| 1 => |_| 0]                Next,       "Leave the manager without an exception.";
    WithExceptStart    None           [|_| 3 => |_| 4]                Next,       "manager, previous, exception: leave it, push its answer.";
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

/// One instruction.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(C, align(4))]
pub struct Instruction {
    opcode: Opcode,
    low: u8,
    high: u16,
}

impl Instruction {
    /// An instruction with its operand, which must not be above [`MAX_OPERAND`]; higher bits are lost.
    pub fn new(opcode: Opcode, operand: u32) -> Self {
        debug_assert!(operand <= MAX_OPERAND);
        Self {
            opcode,
            low: operand as u8,
            high: (operand >> 8) as u16,
        }
    }

    /// What it does.
    #[inline(always)]
    pub fn opcode(self) -> Opcode {
        self.opcode
    }

    /// Its operand.
    #[inline(always)]
    pub fn operand(self) -> u32 {
        self.low as u32 | (self.high as u32) << 8
    }

    /// Index of the instruction that it may jump to.
    pub fn target(self) -> Option<u32> {
        match self.opcode.row().operand {
            Operand::Target => Some(self.operand()),
            Operand::CompareTarget => Some(CompareJump::decode(self.operand()).target),
            _ => None,
        }
    }
}

impl fmt::Debug for Instruction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.opcode.mnemonic(), self.operand())
    }
}

/// Bits of [`Operand::Function`]: which parts were pushed, in this order.
pub mod function_parts {
    /// A tuple of default values.
    pub const DEFAULTS: u32 = 1;
    /// A dict of keyword-only default values.
    pub const KEYWORD_DEFAULTS: u32 = 2;
    /// A tuple of cells.
    pub const CLOSURE: u32 = 4;
    /// How many bits there are.
    pub const BITS: u32 = 3;
}

macro_rules! operators {
    ($(#[$meta:meta])* $type:ident { $($name:ident $text:literal,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub enum $type {
            $(#[doc = concat!("`", $text, "`")] $name,)*
        }

        impl $type {
            const ALL: &[$type] = &[$($type::$name),*];

            /// How it is written.
            pub fn symbol(self) -> &'static str {
                match self {
                    $($type::$name => $text,)*
                }
            }

            /// The operator that an operand names; bits that do not belong to it are ignored.
            #[inline]
            pub fn decode(operand: u32) -> Self {
                Self::ALL[operand as usize % Self::ALL.len().next_power_of_two() % Self::ALL.len()]
            }
        }
    };
}

operators! {
    /// A binary operator.
    BinaryOperator {
        Add "+",
        Subtract "-",
        Multiply "*",
        MatrixMultiply "@",
        Divide "/",
        Modulo "%",
        Power "**",
        LeftShift "<<",
        RightShift ">>",
        Or "|",
        Xor "^",
        And "&",
        FloorDivide "//",
    }
}

/// Bit of [`Operand::Binary`] that asks for the in-place form.
pub const IN_PLACE: u32 = 1 << 4;

operators! {
    /// A rich comparison.
    Comparison {
        Lt "<",
        Le "<=",
        Eq "==",
        Ne "!=",
        Gt ">",
        Ge ">=",
    }
}

operators! {
    /// A conversion in a replacement field.
    Conversion {
        Str "str",
        Repr "repr",
        Ascii "ascii",
    }
}

/// The parts of a [`Operand::CompareTarget`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CompareJump {
    /// How to compare.
    pub comparison: Comparison,
    /// The outcome that jumps.
    pub when: bool,
    /// Where to.
    pub target: u32,
}

impl CompareJump {
    /// Largest target that fits.
    pub const MAX_TARGET: u32 = MAX_OPERAND >> 4;

    /// The operand.
    pub fn encode(self) -> u32 {
        self.comparison as u32 | (self.when as u32) << 3 | self.target << 4
    }

    /// The parts of an operand.
    #[inline(always)]
    pub fn decode(operand: u32) -> Self {
        Self {
            comparison: Comparison::decode(operand & 7),
            when: operand & 8 != 0,
            target: operand >> 4,
        }
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
    fn compare_jump_survives_packing() {
        for comparison in Comparison::ALL {
            let parts = CompareJump {
                comparison: *comparison,
                when: true,
                target: 12_345,
            };
            assert_eq!(CompareJump::decode(parts.encode()), parts);
        }
    }

    #[test]
    fn binary_operators_survive_packing() {
        for operator in BinaryOperator::ALL {
            assert_eq!(
                BinaryOperator::decode(*operator as u32 | IN_PLACE),
                *operator
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
