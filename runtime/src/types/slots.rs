//! Slots: what a class's instances can do, as functions, and the one table that ties them to their `__names__`.
//!
//! A built-in class fills its slots in its table and gets a *wrapper* in its dict for each name (`int.__add__`). A
//! user's class that has the name, or inherits it from one that does, gets the function of [`super::user`] that looks the
//! name up and calls it. A slot of a class changes only while the world is stopped.

use crate::compile::{BinaryOperator, Comparison};
use crate::eval::cx::Cx;
use crate::eval::shared::Names;
use crate::eval::{Args, Outcome};
use crate::refs::{Owned, Ref};
use crate::types::class::Class;

pub(crate) type Unary = fn(&Cx, Ref<'_>) -> Outcome;
pub(crate) type Binary = fn(&Cx, Ref<'_>, Ref<'_>) -> Outcome;
pub(crate) type Next = fn(&Cx, Ref<'_>) -> Outcome<Option<Owned>>;
pub(crate) type Hash = fn(&Cx, Ref<'_>) -> Outcome<i64>;
pub(crate) type Len = fn(&Cx, Ref<'_>) -> Outcome<usize>;
pub(crate) type Truth = fn(&Cx, Ref<'_>) -> Outcome<bool>;
pub(crate) type Compare = fn(&Cx, Comparison, Ref<'_>, Ref<'_>) -> Outcome;
pub(crate) type Contains = fn(&Cx, Ref<'_>, Ref<'_>) -> Outcome<bool>;
/// Sets an item or an attribute, or deletes it.
pub(crate) type Set = fn(&Cx, Ref<'_>, Ref<'_>, Option<Ref<'_>>) -> Outcome<()>;
/// What a descriptor gives: the object is missing when it was found on a class.
pub(crate) type DescrGet = fn(&Cx, Ref<'_>, Option<Ref<'_>>, Ref<'_>) -> Outcome;
pub(crate) type Call = fn(&Cx, Ref<'_>, Args<'_>) -> Outcome;
pub(crate) type Init = fn(&Cx, Ref<'_>, Args<'_>) -> Outcome<()>;
pub(crate) type New = fn(&Cx, &Class, Args<'_>) -> Outcome;
pub(crate) type Finalize = fn(&Cx, Ref<'_>) -> Outcome<()>;

/// The slots, for a macro that makes something of each: its field, its type, its names.
macro_rules! slot_table {
    ($then:ident) => {
        $then! {
            repr: Unary { Repr "__repr__" };
            str: Unary { Str "__str__" };
            hash: Hash { Hash "__hash__" };
            call: Call { Call "__call__" };
            compare: Compare {
                Lt "__lt__", Le "__le__", Eq "__eq__", Ne "__ne__", Gt "__gt__", Ge "__ge__"
            };
            get_attr: Binary { GetAttribute "__getattribute__", GetAttr "__getattr__" };
            set_attr: Set { SetAttr "__setattr__", DelAttr "__delattr__" };
            descr_get: DescrGet { DescrGet "__get__" };
            descr_set: Set { DescrSet "__set__", DescrDelete "__delete__" };
            iter: Unary { Iter "__iter__" };
            next: Next { Next "__next__" };
            len: Len { Len "__len__" };
            truth: Truth { Bool "__bool__" };
            contains: Contains { Contains "__contains__" };
            get_item: Binary { GetItem "__getitem__" };
            set_item: Set { SetItem "__setitem__", DelItem "__delitem__" };
            index: Unary { Index "__index__" };
            int: Unary { Int "__int__" };
            float: Unary { Float "__float__" };
            negative: Unary { Neg "__neg__" };
            positive: Unary { Pos "__pos__" };
            invert: Unary { Invert "__invert__" };
            absolute: Unary { Abs "__abs__" };
            add: Binary { Add "__add__", ReflectedAdd "__radd__" };
            subtract: Binary { Sub "__sub__", ReflectedSub "__rsub__" };
            multiply: Binary { Mul "__mul__", ReflectedMul "__rmul__" };
            matrix_multiply: Binary { MatMul "__matmul__", ReflectedMatMul "__rmatmul__" };
            divide: Binary { TrueDiv "__truediv__", ReflectedTrueDiv "__rtruediv__" };
            modulo: Binary { Mod "__mod__", ReflectedMod "__rmod__" };
            power: Binary { Pow "__pow__", ReflectedPow "__rpow__" };
            left_shift: Binary { LShift "__lshift__", ReflectedLShift "__rlshift__" };
            right_shift: Binary { RShift "__rshift__", ReflectedRShift "__rrshift__" };
            or: Binary { Or "__or__", ReflectedOr "__ror__" };
            xor: Binary { Xor "__xor__", ReflectedXor "__rxor__" };
            and: Binary { And "__and__", ReflectedAnd "__rand__" };
            floor_divide: Binary { FloorDiv "__floordiv__", ReflectedFloorDiv "__rfloordiv__" };
            divmod: Binary { DivMod "__divmod__", ReflectedDivMod "__rdivmod__" };
            in_place_add: Binary { IAdd "__iadd__" };
            in_place_subtract: Binary { ISub "__isub__" };
            in_place_multiply: Binary { IMul "__imul__" };
            in_place_matrix_multiply: Binary { IMatMul "__imatmul__" };
            in_place_divide: Binary { ITrueDiv "__itruediv__" };
            in_place_modulo: Binary { IMod "__imod__" };
            in_place_power: Binary { IPow "__ipow__" };
            in_place_left_shift: Binary { ILShift "__ilshift__" };
            in_place_right_shift: Binary { IRShift "__irshift__" };
            in_place_or: Binary { IOr "__ior__" };
            in_place_xor: Binary { IXor "__ixor__" };
            in_place_and: Binary { IAnd "__iand__" };
            in_place_floor_divide: Binary { IFloorDiv "__ifloordiv__" };
            await_: Unary { Await "__await__" };
            aiter: Unary { AIter "__aiter__" };
            anext: Unary { ANext "__anext__" };
            new: New { New "__new__" };
            init: Init { Init "__init__" };
            finalize: Finalize { Del "__del__" };
        }
    };
}
pub(crate) use slot_table;

macro_rules! slots {
    ($($field:ident: $type:ident { $($dunder:ident $name:literal),* };)*) => {
        /// What instances of a class can do.
        #[derive(Clone, Copy, Debug)]
        pub(crate) struct Slots {
            $(pub(crate) $field: Option<$type>,)*
        }

        impl Slots {
            /// Nothing.
            pub(crate) const NONE: Self = Self { $($field: None,)* };

            /// Takes what is missing here from another class.
            pub(crate) fn inherit(&mut self, from: &Self) {
                $(self.$field = self.$field.or(from.$field);)*
            }

            /// Takes from a class what belongs to a name.
            pub(crate) fn take(&mut self, dunder: Dunder, from: &Self) {
                match dunder {
                    $($(Dunder::$dunder => self.$field = from.$field,)*)*
                }
            }

            /// Whether the slot of a name is filled.
            pub(crate) fn has(&self, dunder: Dunder) -> bool {
                match dunder {
                    $($(Dunder::$dunder => self.$field.is_some(),)*)*
                }
            }
        }

        /// A name that a slot stands for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub(crate) enum Dunder {
            $($(#[doc = concat!("`", $name, "`")] $dunder,)*)*
        }

        impl Dunder {
            /// All of them.
            pub(crate) const ALL: &[Dunder] = &[$($(Dunder::$dunder,)*)*];

            /// The names that share its slot, itself among them.
            pub(crate) const fn siblings(self) -> &'static [Dunder] {
                match self {
                    $($(Dunder::$dunder)|* => &[$(Dunder::$dunder),*],)*
                }
            }

            /// The name.
            pub(crate) const fn name(self) -> &'static str {
                match self { $($(Dunder::$dunder => $name,)*)* }
            }
        }
    };
}

slot_table!(slots);

impl Names {
    /// The name of a slot.
    #[inline]
    pub(crate) fn dunder(&self, dunder: Dunder) -> Ref<'_> {
        self.further(dunder as usize)
    }
}

impl Slots {
    /// The slot of a binary operator.
    #[inline]
    pub(crate) fn operator(&self, operator: BinaryOperator) -> Option<Binary> {
        use BinaryOperator as Op;
        match operator {
            Op::Add => self.add,
            Op::Subtract => self.subtract,
            Op::Multiply => self.multiply,
            Op::MatrixMultiply => self.matrix_multiply,
            Op::Divide => self.divide,
            Op::Modulo => self.modulo,
            Op::Power => self.power,
            Op::LeftShift => self.left_shift,
            Op::RightShift => self.right_shift,
            Op::Or => self.or,
            Op::Xor => self.xor,
            Op::And => self.and,
            Op::FloorDivide => self.floor_divide,
        }
    }

    /// The slot of its in-place form.
    #[inline]
    pub(crate) fn in_place(&self, operator: BinaryOperator) -> Option<Binary> {
        use BinaryOperator as Op;
        match operator {
            Op::Add => self.in_place_add,
            Op::Subtract => self.in_place_subtract,
            Op::Multiply => self.in_place_multiply,
            Op::MatrixMultiply => self.in_place_matrix_multiply,
            Op::Divide => self.in_place_divide,
            Op::Modulo => self.in_place_modulo,
            Op::Power => self.in_place_power,
            Op::LeftShift => self.in_place_left_shift,
            Op::RightShift => self.in_place_right_shift,
            Op::Or => self.in_place_or,
            Op::Xor => self.in_place_xor,
            Op::And => self.in_place_and,
            Op::FloorDivide => self.in_place_floor_divide,
        }
    }
}
