//! What operands mean: the kinds, and the operators, comparisons and conversions that they name.

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
    /// A [`Pair`] of slots.
    Slots,
    /// A [`Pair`] of a slot and a constant.
    SlotConstant,
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
    /// Bit 0: whether there is a specification; above: 0, or 1 more than a [`Conversion`].
    Interpolation,
    /// Index into the nested code in bits 5 and up, the [`function_parts`] in the low five bits.
    Function,
}

/// The operands of two instructions in one, 12 bits each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// That of the first, in the low bits.
    pub first: u32,
    /// That of the second.
    pub second: u32,
}

impl Pair {
    const BITS: u32 = 12;

    /// A pair, if both fit.
    pub fn new(first: u32, second: u32) -> Option<Self> {
        let fits = first.max(second) < 1 << Self::BITS;
        fits.then_some(Self { first, second })
    }

    /// As an operand.
    pub fn encode(self) -> u32 {
        self.first | self.second << Self::BITS
    }

    /// From an operand.
    #[inline(always)]
    pub fn decode(operand: u32) -> Self {
        Self {
            first: operand & ((1 << Self::BITS) - 1),
            second: operand >> Self::BITS,
        }
    }
}

/// Bits of [`Operand::Function`]: which parts were pushed, in this order.
pub mod function_parts {
    /// A tuple of default values.
    pub const DEFAULTS: u32 = 1;
    /// A dict of keyword-only default values.
    pub const KEYWORD_DEFAULTS: u32 = 2;
    /// A dict of annotations (strings, under `from __future__ import annotations`).
    pub const ANNOTATIONS: u32 = 4;
    /// The function that makes the annotations (PEP 649).
    pub const ANNOTATE: u32 = 8;
    /// A tuple of cells.
    pub const CLOSURE: u32 = 16;
    /// How many bits there are.
    pub const BITS: u32 = 5;
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
}
