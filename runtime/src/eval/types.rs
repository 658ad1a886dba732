//! The built-in types: one table of their names, bases and order, and which of them a value has.

use crate::eval::other::{NativeFn, Other, Part, Type, class, exception};
use crate::eval::payload;
use crate::objects::header::Tag;
use crate::objects::new_ref;
use crate::objects::value::{Unpacked, Value};
use crate::objects::{dict, header::Header};
use crate::protocols::thread_state::ThreadState;

macro_rules! types {
    ($($id:ident $name:literal $base:ident;)*) => {
        /// A built-in type.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[repr(u8)]
        pub(crate) enum TypeId {
            $(#[doc = concat!("`", $name, "`")] $id,)*
        }

        impl TypeId {
            /// Every type; bases come before what derives from them.
            pub(crate) const ALL: &[TypeId] = &[$(TypeId::$id),*];

            /// Its name.
            pub(crate) fn name(self) -> &'static str {
                match self { $(TypeId::$id => $name,)* }
            }

            /// What it derives from; `object` from itself.
            pub(crate) fn base(self) -> TypeId {
                match self { $(TypeId::$id => TypeId::$base,)* }
            }
        }
    };
}

types! {
    Object              "object"                        Object;
    Type                "type"                          Object;
    None                "NoneType"                      Object;
    NotImplemented      "NotImplementedType"            Object;
    Ellipsis            "ellipsis"                      Object;
    Int                 "int"                           Object;
    Bool                "bool"                          Int;
    Float               "float"                         Object;
    Str                 "str"                           Object;
    Bytes               "bytes"                         Object;
    Tuple               "tuple"                         Object;
    List                "list"                          Object;
    Dict                "dict"                          Object;
    DictKeys            "dict_keys"                     Object;
    DictValues          "dict_values"                   Object;
    DictItems           "dict_items"                    Object;
    Range               "range"                         Object;
    Slice               "slice"                         Object;
    Cell                "cell"                          Object;
    Function            "function"                      Object;
    Native              "builtin_function_or_method"    Object;
    Method              "method"                        Object;
    Module              "module"                        Object;
    Iterator            "iterator"                      Object;
    Enumerate           "enumerate"                     Object;
    Zip                 "zip"                           Object;
    Map                 "map"                           Object;
    Filter              "filter"                        Object;
    Reversed            "reversed"                      Object;
    Stream              "TextIOWrapper"                 Object;
    Lock                "lock"                          Object;
    RLock               "RLock"                         Object;
    Event               "Event"                         Object;
    Thread              "Thread"                        Object;

    BaseException       "BaseException"                 Object;
    SystemExit          "SystemExit"                    BaseException;
    KeyboardInterrupt   "KeyboardInterrupt"             BaseException;
    Exception           "Exception"                     BaseException;
    ArithmeticError     "ArithmeticError"               Exception;
    OverflowError       "OverflowError"                 ArithmeticError;
    ZeroDivisionError   "ZeroDivisionError"             ArithmeticError;
    FloatingPointError  "FloatingPointError"            ArithmeticError;
    AssertionError      "AssertionError"                Exception;
    AttributeError      "AttributeError"                Exception;
    BufferError         "BufferError"                   Exception;
    EOFError            "EOFError"                      Exception;
    ImportError         "ImportError"                   Exception;
    ModuleNotFoundError "ModuleNotFoundError"           ImportError;
    LookupError         "LookupError"                   Exception;
    IndexError          "IndexError"                    LookupError;
    KeyError            "KeyError"                      LookupError;
    MemoryError         "MemoryError"                   Exception;
    NameError           "NameError"                     Exception;
    UnboundLocalError   "UnboundLocalError"             NameError;
    OSError             "OSError"                       Exception;
    TimeoutError        "TimeoutError"                  OSError;
    ConnectionError     "ConnectionError"               OSError;
    BrokenPipeError     "BrokenPipeError"               ConnectionError;
    RuntimeError        "RuntimeError"                  Exception;
    NotImplementedError "NotImplementedError"           RuntimeError;
    RecursionError      "RecursionError"                RuntimeError;
    StopIteration       "StopIteration"                 Exception;
    SyntaxError         "SyntaxError"                   Exception;
    TypeError           "TypeError"                     Exception;
    ValueError          "ValueError"                    Exception;
    UnicodeError        "UnicodeError"                  ValueError;
    Warning             "Warning"                       Exception;
}

impl TypeId {
    /// Whether this is the other type or derives from it.
    pub(crate) fn derives_from(self, other: TypeId) -> bool {
        let mut id = self;
        while id != other {
            if id == TypeId::Object {
                return false;
            }
            id = id.base();
        }
        true
    }

    pub(crate) fn is_exception(self) -> bool {
        self.derives_from(TypeId::BaseException)
    }

    /// Whether the program can name it without an import.
    pub(crate) fn is_builtin_name(self) -> bool {
        use TypeId as T;
        let hidden = [
            T::None,
            T::NotImplemented,
            T::Ellipsis,
            T::DictKeys,
            T::DictValues,
            T::DictItems,
            T::Cell,
            T::Function,
            T::Native,
            T::Method,
            T::Module,
            T::Iterator,
            T::Stream,
            T::Lock,
            T::RLock,
            T::Event,
            T::Thread,
        ];
        !hidden.contains(&self)
    }

    /// The module that has it, in front of its name where Python shows it.
    pub(crate) fn module(self) -> &'static str {
        match self {
            TypeId::Lock | TypeId::RLock => "_thread",
            TypeId::Event | TypeId::Thread => "threading",
            TypeId::Stream => "_io",
            _ => "builtins",
        }
    }
}

/// The type of a value.
pub(crate) fn type_of(value: &Value) -> TypeId {
    match value.unpack() {
        Unpacked::Int(_) => TypeId::Int,
        Unpacked::None => TypeId::None,
        Unpacked::Bool(_) => TypeId::Bool,
        Unpacked::NotImplemented => TypeId::NotImplemented,
        Unpacked::Ellipsis => TypeId::Ellipsis,
        Unpacked::Object(_) => value
            .as_header()
            .map_or(TypeId::Object, |header| of_object(header, value)),
    }
}

fn of_object(header: &Header, value: &Value) -> TypeId {
    match header.tag() {
        Tag::Int => TypeId::Int,
        Tag::Float => TypeId::Float,
        Tag::Str => TypeId::Str,
        Tag::Tuple => TypeId::Tuple,
        Tag::List => TypeId::List,
        Tag::Dict => TypeId::Dict,
        Tag::Range => TypeId::Range,
        Tag::Cell => TypeId::Cell,
        Tag::Type => TypeId::Type,
        Tag::Function => TypeId::Function,
        Tag::Other => Other::of(value).map_or(TypeId::Object, of_other),
        _ => TypeId::Object,
    }
}

fn of_other(other: &Other) -> TypeId {
    match other {
        Other::Native(_) => TypeId::Native,
        Other::Method { .. } => TypeId::Method,
        Other::Module { .. } => TypeId::Module,
        Other::Exception(exception) => exception.class,
        Other::Iterator(iteration) => iteration.type_id(),
        Other::Slice { .. } => TypeId::Slice,
        Other::Bytes(_) => TypeId::Bytes,
        Other::View { part, .. } => match part {
            Part::Keys => TypeId::DictKeys,
            Part::Values => TypeId::DictValues,
            Part::Items => TypeId::DictItems,
        },
        Other::Lock(_) => TypeId::Lock,
        Other::RLock(_) => TypeId::RLock,
        Other::Event(_) => TypeId::Event,
        Other::Thread(_) => TypeId::Thread,
        Other::Stream { .. } => TypeId::Stream,
    }
}

/// The name of a value's type, for messages.
pub(crate) fn type_name(value: &Value) -> &'static str {
    match exception(value) {
        Some(exception) => exception.class.name(),
        None => type_of(value).name(),
    }
}

/// The class objects of one interpreter, immortal.
pub(crate) struct Types(Vec<Value>);

impl Types {
    /// Makes the classes, still without methods.
    pub(crate) fn new(ts: &ThreadState, constructor: fn(TypeId) -> Option<NativeFn>) -> Self {
        let mut classes: Vec<Value> = Vec::new();
        for &id in TypeId::ALL {
            let base = (id != TypeId::Object).then(|| new_ref(ts, classes[id.base() as usize]));
            let name = id.name();
            let dict = dict::new(ts);
            let construct = constructor(id);
            classes.push(payload::new(
                ts,
                Type {
                    id,
                    name,
                    base,
                    dict,
                    construct,
                },
            ));
        }
        Self(classes)
    }

    /// The class object, borrowed.
    #[inline]
    pub(crate) fn get(&self, id: TypeId) -> Value {
        self.0[id as usize]
    }
}

/// The class that a value is, if it is one of the exceptions.
pub(crate) fn exception_class(value: &Value) -> Option<TypeId> {
    class(value)
        .map(|class| class.id)
        .filter(|id| id.is_exception())
}
