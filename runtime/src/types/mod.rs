//! The built-in types, one file each, and what they are declared with.
//!
//! A new type is one file and one line here: see CONTRIBUTING.

pub(crate) mod abc;
pub(crate) mod anext_awaitable;
pub(crate) mod args;
pub(crate) mod awaitable;
pub(crate) mod boot;
pub(crate) mod buffer;
pub(crate) mod build;
pub(crate) mod bytearray;
pub(crate) mod bytes;
pub(crate) mod callable_iterator;
pub(crate) mod class;
pub(crate) mod class_getitem;
pub(crate) mod code;
pub(crate) mod collected;
pub(crate) mod complex;
pub(crate) mod construction;
pub(crate) mod convert;
pub(crate) mod declare;
pub(crate) mod default_dict;
pub(crate) mod define;
pub(crate) mod deque;
pub(crate) mod dict;
pub(crate) mod enumerate;
pub(crate) mod event;
pub(crate) mod exception;
pub(crate) mod field;
pub(crate) mod file;
pub(crate) mod float;
pub(crate) mod frame;
pub(crate) mod function;
pub(crate) mod functools;
pub(crate) mod generator;
pub(crate) mod generic_alias;
pub(crate) mod guarded;
pub(crate) mod int;
pub(crate) mod iterator;
pub(crate) mod itertools;
pub(crate) mod list;
pub(crate) mod lock;
pub(crate) mod map;
pub(crate) mod mapping_proxy;
pub(crate) mod member;
pub(crate) mod memoryview;
pub(crate) mod module;
pub(crate) mod module_spec;
pub(crate) mod native;
pub(crate) mod object;
pub(crate) mod operator;
pub(crate) mod params;
pub(crate) mod payload;
pub(crate) mod property;
pub(crate) mod random;
pub(crate) mod range;
pub(crate) mod reversed;
pub(crate) mod rlock;
pub(crate) mod set;
pub(crate) mod signature;
pub(crate) mod simple_namespace;
pub(crate) mod simple_queue;
pub(crate) mod slice;
pub(crate) mod slots;
pub(crate) mod sre;
pub(crate) mod static_method;
pub(crate) mod store;
pub(crate) mod str;
pub(crate) mod struct_sequence;
pub(crate) mod super_;
pub(crate) mod sys_info;
pub(crate) mod template;
pub(crate) mod text_stream;
pub(crate) mod thread;
pub(crate) mod tuple;
pub(crate) mod tuple_getter;
pub(crate) mod type_;
pub(crate) mod type_parameters;
pub(crate) mod union;
pub(crate) mod user;
pub(crate) mod wait;
pub(crate) mod weakref;
mod wrapper;
pub(crate) mod zip;

macro_rules! types {
    ($($id:ident $file:ident :: $table:ident;)*) => {
        /// A built-in type.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub(crate) enum TypeId {
            $($id,)*
        }

        impl TypeId {
            /// Every type; bases come before what derives from them.
            pub(crate) const ALL: &[TypeId] = &[$(TypeId::$id),*];

            /// Whether it belongs to a module of the library, which gives it its dict when it is imported.
            pub(crate) const fn is_of_library(self) -> bool {
                self as usize > TypeId::LAST_BUILT_IN as usize
            }

            /// Its table.
            pub(crate) fn def(self) -> &'static define::TypeDef {
                match self {
                    $(TypeId::$id => const { &$file::$table },)*
                }
            }
        }
    };
}

impl TypeId {
    /// Those after it are of the library.
    const LAST_BUILT_IN: TypeId = TypeId::ClassMethodDescriptor;
}

types! {
    Object                 object::OBJECT;
    Type                   type_::TYPE;
    NoneType               object::NONE;
    NotImplementedType     object::NOT_IMPLEMENTED;
    EllipsisType           object::ELLIPSIS;
    Int                    int::INT;
    Bool                   int::BOOL;
    Float                  float::FLOAT;
    Complex                complex::COMPLEX;
    Str                    str::STR;
    Bytes                  bytes::BYTES;
    MemoryView             memoryview::MEMORY_VIEW;
    Tuple                  tuple::TUPLE;
    List                   list::LIST;
    Dict                   dict::DICT;
    DictKeys               dict::KEYS;
    DictKeyIterator        dict::KEY_ITERATOR;
    MappingProxy           mapping_proxy::MAPPING_PROXY;
    Set                    set::SET;
    FrozenSet              set::FROZEN_SET;
    Range                  range::RANGE;
    Slice                  slice::SLICE;
    Code                   code::CODE;
    SourceText             code::TEXT;
    Function               function::FUNCTION;
    Method                 function::METHOD;
    Builtin                native::BUILTIN;
    MethodDescriptor       native::METHOD_DESCRIPTOR;
    Wrapper                native::WRAPPER;
    BoundWrapper           native::BOUND_WRAPPER;
    GetSet                 native::GETSET;
    Member                 member::MEMBER;
    StaticMethod           static_method::STATIC_METHOD;
    ClassMethod            static_method::CLASS_METHOD;
    GenericAlias           generic_alias::GENERIC_ALIAS;
    GenericAliasIterator   generic_alias::ITERATOR;
    UnionType              union::UNION;
    Property               property::PROPERTY;
    Super                  super_::SUPER;
    Enumerate              enumerate::ENUMERATE;
    Zip                    zip::ZIP;
    Map                    map::MAP;
    Filter                 map::FILTER;
    Reversed               reversed::REVERSED;
    Module                 module::MODULE;
    TextIOWrapper          text_stream::TEXT_STREAM;
    File                   file::FILE;
    SreProgram             sre::PROGRAM;
    Generator              generator::GENERATOR;
    ItemIterator           iterator::ITEM_ITERATOR;
    AnextAwaitable         anext_awaitable::ANEXT_AWAITABLE;
    CallableIterator       callable_iterator::CALLABLE_ITERATOR;
    StrIterator            str::STR_ITERATOR;
    BytesIterator          buffer::BYTES_ITERATOR;
    MemoryIterator         memoryview::MEMORY_ITERATOR;
    SetIterator            set::SET_ITERATOR;
    RangeIterator          range::RANGE_ITERATOR;
    LongRangeIterator      range::LONG_RANGE_ITERATOR;
    AsyncWrapped           awaitable::ASYNC_WRAPPED;
    AsyncSend              awaitable::ASYNC_SEND;
    AsyncThrow             awaitable::ASYNC_THROW;
    CoroutineWrapper       awaitable::COROUTINE_WRAPPER;
    Lock                   lock::LOCK;
    RLock                  rlock::RLOCK;
    Event                  event::EVENT;
    Thread                 thread::THREAD;
    ThreadHandle           thread::HANDLE;
    AbcData                abc::DATA;
    SimpleNamespace        simple_namespace::SIMPLE_NAMESPACE;
    Local                  thread::LOCAL;
    Interpolation          template::INTERPOLATION;
    Template               template::TEMPLATE;
    TemplateIterator       template::TEMPLATE_ITERATOR;
    TypeVar                type_parameters::TYPE_VAR;
    ParamSpecArgs          type_parameters::PARAM_SPEC_ARGS;
    Unpack                 type_parameters::UNPACK;
    TypeAliasType          type_parameters::TYPE_ALIAS;
    NoDefaultType          type_parameters::NO_DEFAULT;
    ConstEvaluator         type_parameters::CONST_EVALUATOR;
    Frame                  frame::FRAME;
    FrameLocals            frame::FRAME_LOCALS;
    Traceback              exception::TRACEBACK;

    BaseException             exception::BASE_EXCEPTION;
    BaseExceptionGroup        exception::BASE_EXCEPTION_GROUP;
    SystemExit                exception::SYSTEM_EXIT;
    KeyboardInterrupt         exception::KEYBOARD_INTERRUPT;
    GeneratorExit             exception::GENERATOR_EXIT;
    Exception                 exception::EXCEPTION;
    ExceptionGroup            exception::EXCEPTION_GROUP;
    ArithmeticError           exception::ARITHMETIC_ERROR;
    AssertionError            exception::ASSERTION_ERROR;
    AttributeError            exception::ATTRIBUTE_ERROR;
    OSError                   exception::OS_ERROR;
    BlockingIOError           exception::BLOCKING_IO_ERROR;
    ConnectionError           exception::CONNECTION_ERROR;
    BrokenPipeError           exception::BROKEN_PIPE_ERROR;
    BufferError               exception::BUFFER_ERROR;
    Warning                   exception::WARNING;
    BytesWarning              exception::BYTES_WARNING;
    ChildProcessError         exception::CHILD_PROCESS_ERROR;
    ConnectionAbortedError    exception::CONNECTION_ABORTED_ERROR;
    ConnectionRefusedError    exception::CONNECTION_REFUSED_ERROR;
    ConnectionResetError      exception::CONNECTION_RESET_ERROR;
    DeprecationWarning        exception::DEPRECATION_WARNING;
    EOFError                  exception::EOF_ERROR;
    EncodingWarning           exception::ENCODING_WARNING;
    FileExistsError           exception::FILE_EXISTS_ERROR;
    FileNotFoundError         exception::FILE_NOT_FOUND_ERROR;
    FloatingPointError        exception::FLOATING_POINT_ERROR;
    FutureWarning             exception::FUTURE_WARNING;
    ImportError               exception::IMPORT_ERROR;
    ImportWarning             exception::IMPORT_WARNING;
    SyntaxError               exception::SYNTAX_ERROR;
    IndentationError          exception::INDENTATION_ERROR;
    LookupError               exception::LOOKUP_ERROR;
    IndexError                exception::INDEX_ERROR;
    InterruptedError          exception::INTERRUPTED_ERROR;
    IsADirectoryError         exception::IS_A_DIRECTORY_ERROR;
    KeyError                  exception::KEY_ERROR;
    MemoryError               exception::MEMORY_ERROR;
    ModuleNotFoundError       exception::MODULE_NOT_FOUND_ERROR;
    NameError                 exception::NAME_ERROR;
    NotADirectoryError        exception::NOT_A_DIRECTORY_ERROR;
    RuntimeError              exception::RUNTIME_ERROR;
    NotImplementedError       exception::NOT_IMPLEMENTED_ERROR;
    OverflowError             exception::OVERFLOW_ERROR;
    PendingDeprecationWarning exception::PENDING_DEPRECATION_WARNING;
    PermissionError           exception::PERMISSION_ERROR;
    ProcessLookupError        exception::PROCESS_LOOKUP_ERROR;
    PythonFinalizationError   exception::PYTHON_FINALIZATION_ERROR;
    RecursionError            exception::RECURSION_ERROR;
    ReferenceError            exception::REFERENCE_ERROR;
    ResourceWarning           exception::RESOURCE_WARNING;
    RuntimeWarning            exception::RUNTIME_WARNING;
    StopAsyncIteration        exception::STOP_ASYNC_ITERATION;
    StopIteration             exception::STOP_ITERATION;
    SyntaxWarning             exception::SYNTAX_WARNING;
    SystemError               exception::SYSTEM_ERROR;
    TabError                  exception::TAB_ERROR;
    TimeoutError              exception::TIMEOUT_ERROR;
    TypeError                 exception::TYPE_ERROR;
    UnboundLocalError         exception::UNBOUND_LOCAL_ERROR;
    ValueError                exception::VALUE_ERROR;
    UnicodeError              exception::UNICODE_ERROR;
    UnicodeDecodeError        exception::UNICODE_DECODE_ERROR;
    UnicodeEncodeError        exception::UNICODE_ENCODE_ERROR;
    UnicodeTranslateError     exception::UNICODE_TRANSLATE_ERROR;
    UnicodeWarning            exception::UNICODE_WARNING;
    UserWarning               exception::USER_WARNING;
    ZeroDivisionError         exception::ZERO_DIVISION_ERROR;

    // These have the layout of another, or none beyond the header.
    Bytearray              bytearray::BYTEARRAY;
    DictValues             dict::VALUES;
    DictItems              dict::ITEMS;
    DictValueIterator      dict::VALUE_ITERATOR;
    DictItemIterator       dict::ITEM_ITERATOR;
    DictReverseKeyIterator dict::REVERSE_KEY_ITERATOR;
    DictReverseValueIterator dict::REVERSE_VALUE_ITERATOR;
    DictReverseItemIterator dict::REVERSE_ITEM_ITERATOR;
    Cell                   function::CELL;
    Coroutine              generator::COROUTINE;
    ListIterator           iterator::LIST_ITERATOR;
    ListReverseIterator    iterator::LIST_REVERSE_ITERATOR;
    TupleIterator          iterator::TUPLE_ITERATOR;
    BytearrayIterator      buffer::BYTEARRAY_ITERATOR;
    AsyncGenerator         generator::ASYNC_GENERATOR;
    AsyncgenHooks          sys_info::ASYNCGEN_HOOKS;
    AbcMeta                abc::META;
    ExceptHookArgs         thread::EXCEPT_HOOK_ARGS;
    ParamSpec              type_parameters::PARAM_SPEC;
    TypeVarTuple           type_parameters::TYPE_VAR_TUPLE;
    ParamSpecKwargs        type_parameters::PARAM_SPEC_KWARGS;
    Generic                type_parameters::GENERIC;
    StrAsciiIterator          str::STR_ASCII_ITERATOR;
    ModuleSpec             module_spec::MODULE_SPEC;
    WeakRef                weakref::WEAK_REF;
    ProxyType              weakref::PROXY;
    CallableProxyType      weakref::CALLABLE_PROXY;
    Flags                  sys_info::FLAGS;
    FloatInfo              sys_info::FLOAT_INFO;
    HashInfo               sys_info::HASH_INFO;
    IntInfo                sys_info::INT_INFO;
    ThreadInfo             sys_info::THREAD_INFO;
    UnraisableHookArgs     sys_info::UNRAISABLE_ARGS;
    VersionInfo            sys_info::VERSION_INFO;
    StructTime             sys_info::STRUCT_TIME;
    ClassMethodDescriptor  native::CLASS_METHOD_DESCRIPTOR;

    // The library, whose modules give their classes what is in their dicts.
    Accumulate             itertools::ACCUMULATE;
    Batched                itertools::BATCHED;
    Chain                  itertools::CHAIN;
    Combinations           itertools::COMBINATIONS;
    CombinationsWithReplacement itertools::WITH_REPLACEMENT;
    Compress               itertools::COMPRESS;
    Count                  itertools::COUNT;
    Cycle                  itertools::CYCLE;
    DropWhile              itertools::DROP_WHILE;
    FilterFalse            itertools::FILTER_FALSE;
    GroupBy                itertools::GROUP_BY;
    Grouper                itertools::GROUPER;
    ISlice                 itertools::ISLICE;
    Pairwise               itertools::PAIRWISE;
    Permutations           itertools::PERMUTATIONS;
    Product                itertools::PRODUCT;
    Repeat                 itertools::REPEAT;
    StarMap                itertools::STAR_MAP;
    TakeWhile              itertools::TAKE_WHILE;
    Tee                    itertools::TEE;
    TeeData                itertools::TEE_DATA;
    ZipLongest             itertools::ZIP_LONGEST;
    Deque                  deque::DEQUE;
    DequeIterator          deque::ITERATOR;
    DequeReverseIterator   deque::REVERSE_ITERATOR;
    DefaultDict            default_dict::DEFAULT_DICT;
    TupleGetter            tuple_getter::TUPLE_GETTER;
    KeyWrapper             functools::KEY_WRAPPER;
    LruCache               functools::LRU_CACHE;
    Partial                functools::PARTIAL;
    PlaceholderType        functools::PLACEHOLDER;
    AttrGetter             operator::ATTR_GETTER;
    ItemGetter             operator::ITEM_GETTER;
    MethodCaller           operator::METHOD_CALLER;
    Empty                  simple_queue::EMPTY;
    SimpleQueue            simple_queue::SIMPLE_QUEUE;
    Random                 random::RANDOM;
}
