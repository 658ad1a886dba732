//! Types as data: the table from which a built-in class gets its name, bases, doc, slots, methods and their parameters.
//!
//! A type's file holds one [`class!`] and the functions that it names. [`class!`] makes a [`TypeDef`], which
//! [`super::boot`] turns into a class object of each interpreter; receiver checks, argument binding, conversions,
//! defaults, `__text_signature__` and the page of the reference all come from the same rows. Modules are declared the
//! same way, by [`module!`].
//!
//! ```text
//! class! {
//!     pub(crate) LIST: List = "list" (Object) {
//!         doc "A sequence that can change.";
//!         slots { len: len, repr: repr }
//!         /// Append object to the end of the list.
//!         method append(self, object, /);
//!         method pop(self, index = -1, /);
//!         method sort(self, *, key = None, reverse = false);
//!         static fromkeys(iterable, value = Ref::NONE, /);
//!         get real;                       // fn real(cx: &Cx, receiver: &List) -> impl Answer
//!         get args, set_args;             // with a setter: fn set_args(cx, receiver, Option<Ref>) -> Outcome<()>
//!         read start;                     // as `get`, for what CPython calls a member: says so when it is set
//!     }
//! }
//! fn pop(cx: &Cx, list: &List, index: i64) -> Outcome { .. }
//! ```
//!
//! The Rust types of a function's parameters say how arguments are converted ([`Take`](super::args::Take)); a default
//! is a Rust expression of that type.

use crate::eval::Outcome;
use crate::eval::cx::Cx;
use crate::objects::header::Kind;
use crate::refs::{Owned, Ref};
use crate::types::TypeId;
use crate::types::params::{NativeFn, Param};
use crate::types::slots::Slots;

/// A native function.
#[derive(Debug)]
pub(crate) struct Function {
    pub(crate) name: &'static str,
    pub(crate) doc: &'static str,
    pub(crate) params: &'static [Param],
    pub(crate) call: NativeFn,
    /// Whether the first parameter is the receiver.
    pub(crate) receives: bool,
    /// Whether positional arguments, one for each parameter, need no binding.
    pub(crate) is_plain: bool,
}

/// Sets a computed attribute, or deletes it.
pub(crate) type Setter = fn(&Cx, Ref<'_>, Option<Ref<'_>>) -> Outcome<()>;

/// What a class or a module has under a name.
#[derive(Debug)]
pub(crate) enum Member {
    /// A method of instances.
    Method(Function),
    /// A function that gets no receiver.
    Static(Function),
    /// A function that gets the class as its receiver.
    Class(Function),
    /// A computed attribute.
    Property {
        name: &'static str,
        doc: &'static str,
        get: fn(&Cx, Ref<'_>) -> Outcome,
        set: Option<Setter>,
    },
    /// A value that is made with the class or the module.
    Constant {
        name: &'static str,
        make: fn(&Cx) -> Owned,
    },
}

impl Member {
    /// The name.
    pub(crate) const fn name(&self) -> &'static str {
        match self {
            Self::Method(def) | Self::Static(def) | Self::Class(def) => def.name,
            Self::Property { name, .. } | Self::Constant { name, .. } => name,
        }
    }
}

/// A built-in class.
#[derive(Debug)]
pub(crate) struct TypeDef {
    pub(crate) name: &'static str,
    pub(crate) module: &'static str,
    pub(crate) doc: &'static str,
    pub(crate) base: TypeId,
    /// A second base, of the same layout.
    pub(crate) also: Option<TypeId>,
    /// The layout of its instances.
    pub(crate) kind: &'static Kind,
    /// Whether classes may be derived from it.
    pub(crate) is_base: bool,
    /// Whether instances have a dict of their own.
    pub(crate) has_dict: bool,
    /// Whether instances can be referred to weakly.
    pub(crate) has_weak: bool,
    /// What instances have behind the layout of the base, under these names.
    pub(crate) fields: &'static [&'static str],
    /// Says of an instance whether calling it with an object in front is the same as binding it to that object first.
    pub(crate) method: Option<fn(Ref<'_>) -> bool>,
    /// Whether instances have no hash though `object` has one.
    pub(crate) unhashable: bool,
    pub(crate) slots: Slots,
    pub(crate) members: &'static [Member],
}

/// A built-in module.
#[derive(Debug)]
pub(crate) struct ModuleDef {
    pub(crate) name: &'static str,
    pub(crate) doc: &'static str,
    pub(crate) members: &'static [Member],
    /// Classes that are its attributes.
    pub(crate) types: &'static [TypeId],
    /// Fills in what the table cannot say.
    pub(crate) fill: Option<fn(&Cx, Ref<'_>) -> Outcome<()>>,
}

impl TypeDef {
    /// A class with nothing but its name.
    pub(crate) const fn new(name: &'static str, base: TypeId, kind: &'static Kind) -> Self {
        Self {
            name,
            module: "builtins",
            doc: "",
            base,
            also: None,
            kind,
            is_base: true,
            has_dict: false,
            has_weak: false,
            fields: &[],
            method: None,
            unhashable: false,
            slots: Slots::NONE,
            members: &[],
        }
    }

    pub(crate) const fn doc(self, doc: &'static str) -> Self {
        Self { doc, ..self }
    }

    pub(crate) const fn module(self, module: &'static str) -> Self {
        Self { module, ..self }
    }

    pub(crate) const fn slots(self, slots: Slots) -> Self {
        Self { slots, ..self }
    }

    pub(crate) const fn members(self, members: &'static [Member]) -> Self {
        Self { members, ..self }
    }

    /// A second base, of the same layout.
    pub(crate) const fn also(self, base: TypeId) -> Self {
        Self {
            also: Some(base),
            ..self
        }
    }

    /// No class may be derived from it.
    pub(crate) const fn sealed(self) -> Self {
        Self {
            is_base: false,
            ..self
        }
    }

    /// Instances have a dict of their own.
    pub(crate) const fn with_dict(self) -> Self {
        Self {
            has_dict: true,
            ..self
        }
    }

    /// Instances for which `is_method` holds are methods of the classes that have them.
    pub(crate) const fn method(self, is_method: fn(Ref<'_>) -> bool) -> Self {
        Self {
            method: Some(is_method),
            ..self
        }
    }

    /// Instances have no hash.
    pub(crate) const fn unhashable(self) -> Self {
        Self {
            unhashable: true,
            ..self
        }
    }

    /// Instances have more than the layout of the base.
    pub(crate) const fn fields(self, fields: &'static [&'static str]) -> Self {
        Self { fields, ..self }
    }

    /// Instances can be referred to weakly.
    pub(crate) const fn with_weak(self) -> Self {
        Self {
            has_weak: true,
            ..self
        }
    }
}

/// Declares a built-in class; see the module's documentation.
macro_rules! class {
    ($(#[$meta:meta])* $vis:vis $id:ident: $layout:ty = $name:literal ($base:ident) { $($body:tt)* }) => {
        $(#[$meta])*
        $vis const $id: $crate::types::define::TypeDef = $crate::types::define::class_body!(
            @ [$crate::types::define::TypeDef::new(
                $name,
                $crate::types::TypeId::$base,
                <$layout as $crate::objects::header::Object>::KIND,
            )] [] $($body)*
        );
    };
}

/// The rows of a [`class!`].
macro_rules! class_body {
    (@ [$($def:tt)*] [$($members:tt)*]) => {
        $($def)*.members(&[$($members)*])
    };
    (@ [$($def:tt)*] [$($members:tt)*] doc $doc:expr; $($rest:tt)*) => {
        $crate::types::define::class_body!(@ [$($def)*.doc($doc)] [$($members)*] $($rest)*)
    };
    (@ [$($def:tt)*] [$($members:tt)*] module $module:literal; $($rest:tt)*) => {
        $crate::types::define::class_body!(@ [$($def)*.module($module)] [$($members)*] $($rest)*)
    };
    (@ [$($def:tt)*] [$($members:tt)*] also $base:ident; $($rest:tt)*) => {
        $crate::types::define::class_body!(
            @ [$($def)*.also($crate::types::TypeId::$base)] [$($members)*] $($rest)*
        )
    };
    (@ [$($def:tt)*] [$($members:tt)*] sealed; $($rest:tt)*) => {
        $crate::types::define::class_body!(@ [$($def)*.sealed()] [$($members)*] $($rest)*)
    };
    (@ [$($def:tt)*] [$($members:tt)*] unhashable; $($rest:tt)*) => {
        $crate::types::define::class_body!(@ [$($def)*.unhashable()] [$($members)*] $($rest)*)
    };
    (@ [$($def:tt)*] [$($members:tt)*] methods $is_method:expr; $($rest:tt)*) => {
        $crate::types::define::class_body!(@ [$($def)*.method($is_method)] [$($members)*] $($rest)*)
    };
    (@ [$($def:tt)*] [$($members:tt)*] with_dict; $($rest:tt)*) => {
        $crate::types::define::class_body!(@ [$($def)*.with_dict()] [$($members)*] $($rest)*)
    };
    (@ [$($def:tt)*] [$($members:tt)*] fields { $($field:literal),* } $($rest:tt)*) => {
        $crate::types::define::class_body!(@ [$($def)*.fields(&[$($field),*])] [$($members)*] $($rest)*)
    };
    (@ [$($def:tt)*] [$($members:tt)*] with_weak; $($rest:tt)*) => {
        $crate::types::define::class_body!(@ [$($def)*.with_weak()] [$($members)*] $($rest)*)
    };
    (@ [$($def:tt)*] [$($members:tt)*]
        slots { $($slot:ident: $f:expr),* $(,)? } $($rest:tt)*) => {
        $crate::types::define::class_body!(
            @ [$($def)*.slots({
                #[allow(unused_mut, reason = "a class may fill no slot")]
                let mut slots = $crate::types::slots::Slots::NONE;
                $(slots.$slot = Some($f);)*
                slots
            })] [$($members)*] $($rest)*
        )
    };
    (@ [$($def:tt)*] [$($members:tt)*] $($rest:tt)*) => {
        $crate::types::define::member!(
            class_body [$($def)*] [$($members)*] [] $($rest)*
        )
    };
}

/// One row that classes and modules both have, with the comment above it; goes on with `$then`.
macro_rules! member {
    ($then:ident $def:tt $members:tt [$($doc:literal)*] #[doc = $more:literal] $($rest:tt)*) => {
        $crate::types::define::member!($then $def $members [$($doc)* $more] $($rest)*)
    };
    ($then:ident [$($def:tt)*] [$($members:tt)*] [$($doc:literal)*]
        method $name:ident as $f:ident ($($params:tt)*); $($rest:tt)*) => {
        $crate::types::define::$then!(@ [$($def)*] [$($members)* $crate::types::define::Member::Method(
            $crate::types::define::function!(
                true, $crate::types::define::param_name(stringify!($name)), concat!($($doc),*), $f, ($($params)*)
            )
        ),] $($rest)*)
    };
    ($then:ident $def:tt $members:tt $doc:tt method $name:ident ($($params:tt)*); $($rest:tt)*) => {
        $crate::types::define::member!(
            $then $def $members $doc method $name as $name ($($params)*); $($rest)*
        )
    };
    ($then:ident [$($def:tt)*] [$($members:tt)*] [$($doc:literal)*]
        static $name:ident as $f:ident ($($params:tt)*); $($rest:tt)*) => {
        $crate::types::define::$then!(@ [$($def)*] [$($members)* $crate::types::define::Member::Static(
            $crate::types::define::function!(
                false, $crate::types::define::param_name(stringify!($name)), concat!($($doc),*), $f, ($($params)*)
            )
        ),] $($rest)*)
    };
    ($then:ident $def:tt $members:tt $doc:tt static $name:ident ($($params:tt)*); $($rest:tt)*) => {
        $crate::types::define::member!(
            $then $def $members $doc static $name as $name ($($params)*); $($rest)*
        )
    };
    ($then:ident [$($def:tt)*] [$($members:tt)*] [$($doc:literal)*]
        class $name:ident as $f:ident ($($params:tt)*); $($rest:tt)*) => {
        $crate::types::define::$then!(@ [$($def)*] [$($members)* $crate::types::define::Member::Class(
            $crate::types::define::function!(
                true, $crate::types::define::param_name(stringify!($name)), concat!($($doc),*), $f, ($($params)*)
            )
        ),] $($rest)*)
    };
    ($then:ident $def:tt $members:tt $doc:tt class $name:ident ($($params:tt)*); $($rest:tt)*) => {
        $crate::types::define::member!(
            $then $def $members $doc class $name as $name ($($params)*); $($rest)*
        )
    };
    ($then:ident [$($def:tt)*] [$($members:tt)*] [$($doc:literal)*]
        get $name:ident as $get:ident $(, $set:ident)?; $($rest:tt)*) => {
        $crate::types::define::$then!(@ [$($def)*] [$($members)* $crate::types::define::Member::Property {
            name: $crate::types::define::param_name(stringify!($name)),
            doc: concat!($($doc),*),
            get: |cx, this| $crate::types::args::Answer::answer(
                $get(cx, $crate::types::args::receiver(cx, Some(this))?), cx
            ),
            set: $crate::types::define::setter!($($set)?),
        },] $($rest)*)
    };
    ($then:ident $def:tt $members:tt $doc:tt read $name:ident as $get:ident; $($rest:tt)*) => {
        $crate::types::define::member!(
            $then $def $members $doc get $name as $get, read_only; $($rest)*
        )
    };
    ($then:ident $def:tt $members:tt $doc:tt read $name:ident; $($rest:tt)*) => {
        $crate::types::define::member!(
            $then $def $members $doc read $name as $name; $($rest)*
        )
    };
    ($then:ident $def:tt $members:tt $doc:tt get $name:ident $(, $set:ident)?; $($rest:tt)*) => {
        $crate::types::define::member!(
            $then $def $members $doc get $name as $name $(, $set)?; $($rest)*
        )
    };
    ($then:ident [$($def:tt)*] [$($members:tt)*] [$($doc:literal)*]
        constant $name:ident = $make:expr; $($rest:tt)*) => {
        $crate::types::define::$then!(@ [$($def)*] [$($members)* $crate::types::define::Member::Constant {
            name: $crate::types::define::param_name(stringify!($name)),
            make: $make,
        },] $($rest)*)
    };
}

/// The setter of a property, if it has one.
macro_rules! setter {
    () => {
        None
    };
    (read_only) => {
        Some($crate::types::native::read_only)
    };
    ($set:ident) => {
        Some(|cx, this, value| $set(cx, $crate::types::args::receiver(cx, Some(this))?, value))
    };
}

/// Declares a built-in module: the rows of a [`class!`], `static` ones being its functions.
macro_rules! module {
    ($(#[$meta:meta])* $vis:vis $id:ident = $name:literal { $($body:tt)* }) => {
        $(#[$meta])*
        $vis const $id: $crate::types::define::ModuleDef = $crate::types::define::module_body!(
            @ [$crate::types::define::ModuleDef::new($name)] [] $($body)*
        );
    };
}

/// The rows of a [`module!`].
macro_rules! module_body {
    (@ [$($def:tt)*] [$($members:tt)*]) => {
        $($def)*.members(&[$($members)*])
    };
    (@ [$($def:tt)*] [$($members:tt)*] doc $doc:expr; $($rest:tt)*) => {
        $crate::types::define::module_body!(@ [$($def)*.doc($doc)] [$($members)*] $($rest)*)
    };
    (@ [$($def:tt)*] [$($members:tt)*] types { $($id:ident),* $(,)? } $($rest:tt)*) => {
        $crate::types::define::module_body!(
            @ [$($def)*.types(&[$($crate::types::TypeId::$id),*])] [$($members)*] $($rest)*
        )
    };
    (@ [$($def:tt)*] [$($members:tt)*] fill $fill:ident; $($rest:tt)*) => {
        $crate::types::define::module_body!(@ [$($def)*.fill($fill)] [$($members)*] $($rest)*)
    };
    (@ [$($def:tt)*] [$($members:tt)*] $($rest:tt)*) => {
        $crate::types::define::member!(module_body [$($def)*] [$($members)*] [] $($rest)*)
    };
}

impl ModuleDef {
    /// A module with nothing but its name.
    pub(crate) const fn new(name: &'static str) -> Self {
        Self {
            name,
            doc: "",
            members: &[],
            types: &[],
            fill: None,
        }
    }

    pub(crate) const fn doc(self, doc: &'static str) -> Self {
        Self { doc, ..self }
    }

    pub(crate) const fn types(self, types: &'static [TypeId]) -> Self {
        Self { types, ..self }
    }

    pub(crate) const fn fill(self, fill: fn(&Cx, Ref<'_>) -> Outcome<()>) -> Self {
        Self {
            fill: Some(fill),
            ..self
        }
    }

    pub(crate) const fn members(self, members: &'static [Member]) -> Self {
        Self { members, ..self }
    }
}

pub(crate) use crate::types::declare::{
    before_slash, function, glue, is_plain, param, param_name, params, params_of, slash,
};
pub(crate) use {class, class_body, member, module, module_body, setter};
