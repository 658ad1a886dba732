//! Declared functions: parameters from their tokens, and the glue that converts arguments and calls.
//!
//! The macros are used through [`define`](super::define), whose documentation shows how a declaration reads.

use crate::types::params::Param;

/// Whether every parameter is passed by position and collects nothing.
pub(crate) const fn is_plain(params: &[Param]) -> bool {
    let mut index = 0;
    while index < params.len() {
        use crate::types::params::Passing as P;
        if !matches!(params[index].passing, P::Positional | P::Either) {
            return false;
        }
        index += 1;
    }
    true
}

/// Parameters from their tokens, a slash passed over; see [`before_slash`].
macro_rules! params {
    (@ [$($done:tt)*] $kind:ident) => { &[$($done)*] };
    (@ [$($done:tt)*] $kind:ident / $(, $($rest:tt)*)?) => {
        $crate::types::define::params!(@ [$($done)*] $kind $($($rest)*)?)
    };
    (@ [$($done:tt)*] $kind:ident ** $name:ident $(,)?) => {
        &[$($done)* $crate::types::define::param!($name, Keywords)]
    };
    (@ [$($done:tt)*] $kind:ident * , $($rest:tt)*) => {
        $crate::types::define::params!(@ [$($done)*] Keyword $($rest)*)
    };
    (@ [$($done:tt)*] $kind:ident * $name:ident $(, $($rest:tt)*)?) => {
        $crate::types::define::params!(
            @ [$($done)* $crate::types::define::param!($name, Rest),] Keyword $($($rest)*)?
        )
    };
    (@ [$($done:tt)*] $kind:ident $name:tt = $default:expr $(, $($rest:tt)*)?) => {
        $crate::types::define::params!(
            @ [$($done)* $crate::types::define::param!($name, $kind, $default),] $kind $($($rest)*)?
        )
    };
    (@ [$($done:tt)*] $kind:ident $name:tt $(, $($rest:tt)*)?) => {
        $crate::types::define::params!(
            @ [$($done)* $crate::types::define::param!($name, $kind),] $kind $($($rest)*)?
        )
    };
}

/// One parameter.
macro_rules! param {
    ($name:tt, $kind:ident) => {
        $crate::types::params::Param {
            name: $crate::types::define::param_name(stringify!($name)),
            passing: $crate::types::params::Passing::$kind,
            default: None,
        }
    };
    ($name:tt, $kind:ident, $default:expr) => {
        $crate::types::params::Param {
            name: $crate::types::define::param_name(stringify!($name)),
            passing: $crate::types::params::Passing::$kind,
            default: Some(stringify!($default)),
        }
    };
}

/// A parameter's Python name: without the `r#` of Rust's keywords.
pub(crate) const fn param_name(name: &'static str) -> &'static str {
    match name.as_bytes() {
        [b'r', b'#', ..] => name.split_at(2).1,
        _ => name,
    }
}

/// The glue that converts arguments and calls a Rust function with them.
macro_rules! glue {
    (@ $cx:ident $bound:ident $spot:ident $f:expr; [$($done:tt)*] ($index:expr)) => {
        $crate::types::args::Answer::answer($f($cx, $($done)*), $cx)
    };
    (@ $cx:ident $bound:ident $spot:ident $f:expr; [$($done:tt)*] ($index:expr) / $(, $($rest:tt)*)?) => {
        $crate::types::define::glue!(@ $cx $bound $spot $f; [$($done)*] ($index) $($($rest)*)?)
    };
    (@ $cx:ident $bound:ident $spot:ident $f:expr; [$($done:tt)*] ($index:expr) * , $($rest:tt)*) => {
        $crate::types::define::glue!(@ $cx $bound $spot $f; [$($done)*] ($index) $($rest)*)
    };
    (@ $cx:ident $bound:ident $spot:ident $f:expr; [$($done:tt)*] ($index:expr) ** $($rest:tt)*) => {
        $crate::types::define::glue!(@ $cx $bound $spot $f; [$($done)*] ($index) $($rest)*)
    };
    (@ $cx:ident $bound:ident $spot:ident $f:expr; [$($done:tt)*] ($index:expr) * $($rest:tt)*) => {
        $crate::types::define::glue!(@ $cx $bound $spot $f; [$($done)*] ($index) $($rest)*)
    };
    (@ $cx:ident $bound:ident $spot:ident $f:expr; [$($done:tt)*] ($index:expr) self $(, $($rest:tt)*)?) => {
        $crate::types::define::glue!(
            @ $cx $bound $spot $f;
            [$($done)* $crate::types::args::receiver($cx, $bound[$index])?,]
            ($index + 1) $($($rest)*)?
        )
    };
    (@ $cx:ident $bound:ident $spot:ident $f:expr; [$($done:tt)*] ($index:expr) $name:ident = $default:expr $(, $($rest:tt)*)?) => {
        $crate::types::define::glue!(
            @ $cx $bound $spot $f;
            [$($done)* $crate::types::args::take_or($cx, $bound[$index], || $spot($index), || $default)?,]
            ($index + 1) $($($rest)*)?
        )
    };
    (@ $cx:ident $bound:ident $spot:ident $f:expr; [$($done:tt)*] ($index:expr) $name:ident $(, $($rest:tt)*)?) => {
        $crate::types::define::glue!(
            @ $cx $bound $spot $f;
            [$($done)* $crate::types::args::take($cx, $bound[$index], || $spot($index))?,]
            ($index + 1) $($($rest)*)?
        )
    };
}

/// A [`Function`] from its name, parameters and Rust function.
macro_rules! function {
    ($receives:expr, $name:expr, $doc:expr, $f:expr, ($($params:tt)*)) => {
        $crate::types::define::Function {
            name: $name,
            doc: $doc,
            params: $crate::types::define::params_of!($($params)*),
            call: |_cx, _bound| {
                let _spot = |index| $crate::types::args::Spot {
                    function: $name,
                    params: $crate::types::define::params_of!($($params)*),
                    receives: $receives,
                    index,
                };
                $crate::types::define::glue!(@ _cx _bound _spot $f; [] (0usize) $($params)*)
            },
            receives: $receives,
            is_plain: $crate::types::define::is_plain(
                $crate::types::define::params_of!($($params)*)
            ),
        }
    };
}

/// Parameters whose kinds depend on a slash that may follow.
macro_rules! params_of {
    ($($params:tt)*) => {
        &const { $crate::types::define::before_slash(
            $crate::types::define::params!(@ [] Either $($params)*),
            $crate::types::define::slash(stringify!($($params)*)),
        ) }
    };
}

/// How many parameters stand before a slash.
pub(crate) const fn slash(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut index, mut count, mut depth) = (0, 0, 0);
    while index < bytes.len() {
        match bytes[index] {
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth -= 1,
            b',' if depth == 0 => count += 1,
            b'/' if depth == 0 => return count,
            _ => {}
        }
        index += 1;
    }
    0
}

/// The parameters with the first `count` made positional only.
pub(crate) const fn before_slash<const N: usize>(params: &[Param; N], count: usize) -> [Param; N] {
    let mut params = *params;
    let mut index = 0;
    while index < count && index < N {
        params[index].passing = crate::types::params::Passing::Positional;
        index += 1;
    }
    params
}

pub(crate) use {function, glue, param, params, params_of};
