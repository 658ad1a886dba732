//! Atomic integers.

use std::sync::atomic::Ordering;

use super::value::{Value, atomic};

macro_rules! integers {
    ($($name:ident $type:ident $opaque:literal),* $(,)?) => {
        $(
            impl Value for $type {
                const NAME: &'static str = stringify!($name);
                const OPAQUE: bool = $opaque;

                #[allow(clippy::cast_sign_loss)]
                fn bits(self) -> u64 {
                    self as u64
                }

                #[allow(clippy::cast_possible_truncation)]
                fn of(bits: u64) -> Self {
                    bits as Self
                }
            }

            atomic!(
                /// An atomic integer.
                $name,
                $type
            );

            impl Default for $name {
                #[track_caller]
                fn default() -> Self {
                    Self::new(0)
                }
            }

            impl $name {
                integers!(operation fetch_add "Adds, wrapping" $type |a, b| a.wrapping_add(b));
                integers!(operation fetch_sub "Subtracts, wrapping" $type |a, b| a.wrapping_sub(b));
                integers!(operation fetch_and "Takes bitwise and" $type |a, b| a & b);
                integers!(operation fetch_nand "Takes bitwise nand" $type |a, b| !(a & b));
                integers!(operation fetch_or "Takes bitwise or" $type |a, b| a | b);
                integers!(operation fetch_xor "Takes bitwise exclusive or" $type |a, b| a ^ b);
                integers!(operation fetch_max "Takes the greater" $type |a, b| a.max(b));
                integers!(operation fetch_min "Takes the lesser" $type |a, b| a.min(b));
            }
        )*
    };
    (operation $name:ident $what:literal $type:ident |$a:ident, $b:ident| $new:expr) => {
        #[doc = concat!($what, ", and returns the value before.")]
        #[track_caller]
        pub fn $name(&self, $b: $type, order: Ordering) -> $type {
            self.0.rmw(order, |$a| $new)
        }
    };
}

// Words of the size of an address may be addresses.
integers!(
    AtomicU8 u8 false,
    AtomicU16 u16 false,
    AtomicU32 u32 false,
    AtomicU64 u64 true,
    AtomicUsize usize true,
    AtomicI8 i8 false,
    AtomicI16 i16 false,
    AtomicI32 i32 false,
    AtomicI64 i64 true,
    AtomicIsize isize true,
);
