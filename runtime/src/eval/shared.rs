//! What all threads of one interpreter share: the runtime below, the types, the names, the modules, the code.

use std::io;
use std::ptr::NonNull;

use crate::compile::Instruction;
use crate::eval::above::Above;
use crate::eval::code::{self, CodeRef};
use crate::eval::collector::Collector;
use crate::eval::letters::Letters;
use crate::eval::limits::Limits;
use crate::eval::streams::Streams;
use crate::objects::interned::Interned;
use crate::objects::local::Classes;
use crate::objects::type_cache::TypeCache;
use crate::objects::value::Value;
use crate::protocols::inheritance::Inheritance;
use crate::protocols::module_locks::ModuleLocks;
use crate::protocols::mutex::Mutex;
use crate::protocols::pending::Pending;
use crate::protocols::registrations::Token;
use crate::protocols::runtime::Runtime;
use crate::protocols::thread_state::ThreadState;
use crate::refs::Ref;
use crate::sync::atomic::AtomicU64;
use crate::sync::time::Clock;
use crate::syntax::Source;

/// How many look-ups in classes the interpreter remembers.
const CACHED_LOOKUPS: usize = 2048;

/// Names that Rust code looks for, interned.
pub(crate) struct Names(Vec<Value>);

/// The shared part of an interpreter.
pub(crate) struct Shared {
    pub(crate) runtime: Runtime,
    pub(crate) clock: Clock,
    pub(crate) argv: Vec<String>,
    /// Where modules are looked for, besides the folder of the program.
    pub(crate) path: Vec<String>,
    pub(crate) streams: Streams,
    pub(crate) limits: Limits,
    pub(crate) collector: Collector,
    /// The locks of modules, by their names.
    pub(crate) imports: ModuleLocks<Box<str>>,
    pub(crate) above: Above,
    pub(crate) type_cache: TypeCache,
    pub(crate) inheritance: Inheritance,
    /// Whether a second thread was ever started.
    pub(crate) threaded: AtomicU64,
    interned: Interned,
    code: Mutex<Vec<CodeRef>>,
    sources: Mutex<Vec<NonNull<Source>>>,
    pub(crate) pending: Pending,
    /// How often a class was registered with an abstract one.
    pub(crate) registrations: Token,
    /// Numbers for classes.
    pub(crate) class_numbers: AtomicU64,
    /// The heads of the built-in classes whose layouts the objects know, as soon as there are any.
    heads: std::cell::OnceCell<Box<Classes>>,
    /// Filled in once, before any other thread exists.
    world: std::cell::OnceCell<World>,
}

/// The objects that every thread finds, immortal.
pub(crate) struct World {
    /// The built-in classes, by [`TypeId`].
    pub(crate) classes: Vec<Value>,
    pub(crate) names: Names,
    pub(crate) letters: Letters,
    /// The dict of the module `builtins`.
    pub(crate) builtins: Value,
    /// Modules that were imported, by name: `sys.modules`.
    pub(crate) modules: Value,
    /// The dict of the module `sys`.
    pub(crate) sys: Value,
    pub(crate) threads: crate::types::thread::registry::Threads,
    /// What is called at the end.
    pub(crate) exits: crate::eval::exits::Exits,
    /// `typing.NoDefault`, set as soon as there are classes.
    pub(crate) no_default: std::cell::OnceCell<Value>,
}

impl World {
    /// The dict of the module `builtins`.
    #[inline]
    pub(crate) fn builtins(&self) -> Ref<'_> {
        // SAFETY: it is immortal.
        unsafe { Ref::from_value(self.builtins) }
    }

    /// The dict of the module `sys`.
    pub(crate) fn sys(&self) -> Ref<'_> {
        // SAFETY: it is immortal.
        unsafe { Ref::from_value(self.sys) }
    }

    /// `typing.NoDefault`
    pub(crate) fn no_default(&self) -> Ref<'_> {
        let value = self.no_default.get().copied().unwrap_or(Value::NONE);
        // SAFETY: it is immortal.
        unsafe { Ref::from_value(value) }
    }

    /// `sys.modules`
    pub(crate) fn modules(&self) -> Ref<'_> {
        // SAFETY: it is immortal.
        unsafe { Ref::from_value(self.modules) }
    }
}

// SAFETY: `world` is written by the first thread before there is a second; code and sources are immutable.
unsafe impl Sync for Shared {}
// SAFETY: as above.
unsafe impl Send for Shared {}

impl Shared {
    pub(crate) fn new(
        argv: Vec<String>,
        path: Vec<String>,
        streams: Streams,
        above: Above,
    ) -> Self {
        Self {
            runtime: Runtime::default(),
            clock: Clock::start(),
            argv,
            path,
            streams,
            limits: Limits::new(),
            collector: Collector::new(),
            imports: ModuleLocks::new(),
            above,
            type_cache: TypeCache::new(CACHED_LOOKUPS),
            inheritance: Inheritance::new(),
            threaded: AtomicU64::new("threaded", 0),
            interned: Interned::new(),
            code: Mutex::new("code", Vec::new()),
            sources: Mutex::new("sources", Vec::new()),
            pending: Pending::new(),
            registrations: Token::new(),
            class_numbers: AtomicU64::new("class numbers", 1),
            heads: std::cell::OnceCell::new(),
            world: std::cell::OnceCell::new(),
        }
    }

    /// The objects that every thread finds.
    ///
    /// # Panics
    /// Before [`Self::set_world`].
    #[inline]
    pub(crate) fn world(&self) -> &World {
        self.world.get().expect("the interpreter has its types")
    }

    /// Installs the heads of the built-in classes, before there is a world.
    pub(crate) fn set_heads(&self, heads: Box<Classes>) {
        let _ = self.heads.set(heads);
    }

    /// The heads of the built-in classes, if there are any yet.
    pub(crate) fn heads(&self) -> Option<NonNull<Classes>> {
        self.heads.get().map(|heads| NonNull::from(&**heads))
    }

    /// Installs them; the calling thread is the only one.
    pub(crate) fn set_world(&self, world: World) {
        let _ = self.world.set(world);
    }

    /// The one string object with this text.
    pub(crate) fn intern(&self, ts: &ThreadState, text: &str) -> Ref<'_> {
        // SAFETY: interned strings are immortal.
        unsafe { Ref::from_value(self.interned.get(ts, text)) }
    }

    /// How many strings are interned.
    pub(crate) fn interned_count(&self, ts: &ThreadState) -> usize {
        self.interned.count(ts)
    }

    pub(crate) fn keep_code(&self, _ts: &ThreadState, code: CodeRef) {
        self.code
            .with(&self.runtime.parking.lot, |all| all.push(code));
    }

    /// The code that an instruction at an address belongs to, and its index there.
    pub(crate) fn code_at(&self, address: usize) -> Option<(CodeRef, usize)> {
        let index_in = |code: &CodeRef| {
            let start = code.code.instructions.as_ptr().addr();
            let index = address.checked_sub(start)? / size_of::<Instruction>();
            (index < code.code.instructions.len()).then_some((*code, index))
        };
        let lot = &self.runtime.parking.lot;
        self.code.with(lot, |all| all.iter().find_map(index_in))
    }

    /// Keeps a source for as long as the interpreter lives.
    pub(crate) fn keep_source(&self, source: Source) -> NonNull<Source> {
        let source = NonNull::from(Box::leak(Box::new(source)));
        self.sources
            .with(&self.runtime.parking.lot, |all| all.push(source));
        source
    }

    /// Writes to standard error, after all output so far. Streams that are gone leave nobody to tell.
    pub(crate) fn write_behind_output(&self, ts: &ThreadState, text: &str) {
        let _ = self.flush(ts);
        let _ = self.streams.error.write(ts, text.as_bytes());
        let _ = self.flush(ts);
    }

    /// Writes out what has gathered on both streams.
    ///
    /// # Errors
    /// The system's, the first one.
    pub(crate) fn flush(&self, ts: &ThreadState) -> io::Result<()> {
        let out = self.streams.out.flush(ts);
        let error = self.streams.error.flush(ts);
        out.and(error)
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        let lot = &self.runtime.parking.lot;
        for code in self.code.with(lot, std::mem::take) {
            // SAFETY: no thread is left.
            unsafe { code::unload(code) };
        }
        for source in self.sources.with(lot, std::mem::take) {
            // SAFETY: `keep_source` leaked this box, and the code that pointed to it is gone.
            drop(unsafe { Box::from_raw(source.as_ptr()) });
        }
    }
}

macro_rules! names {
    ($($name:ident $text:literal;)*) => {
        #[allow(non_camel_case_types, reason = "each numbers the method of the same name")]
        #[derive(Clone, Copy)]
        enum Number { $($name,)* Count }

        impl Names {
            /// The names, in the order of their numbers.
            const TEXTS: &[&str] = &[$($text,)*];

            $(#[doc = concat!("`", $text, "`")] #[inline] pub(crate) fn $name(&self) -> Ref<'_> {
                self.get(Number::$name as usize)
            })*
        }
    };
}

names! {
    name "__name__";
    qualname "__qualname__";
    module "__module__";
    doc "__doc__";
    dict "__dict__";
    class "__class__";
    bases "__bases__";
    slots "__slots__";
    class_cell "__classcell__";
    class_dict_cell "__classdictcell__";
    set_name "__set_name__";
    init_subclass "__init_subclass__";
    class_getitem "__class_getitem__";
    mro_entries "__mro_entries__";
    prepare "__prepare__";
    metaclass "metaclass";
    instance_check "__instancecheck__";
    subclass_check "__subclasscheck__";
    enter "__enter__";
    exit "__exit__";
    aenter "__aenter__";
    aexit "__aexit__";
    format "__format__";
    bytes "__bytes__";
    complex "__complex__";
    trunc "__trunc__";
    round "__round__";
    floor "__floor__";
    ceil "__ceil__";
    reversed "__reversed__";
    length_hint "__length_hint__";
    missing "__missing__";
    dir "__dir__";
    all "__all__";
    path "__path__";
    search_path "path";
    stdout "stdout";
    package "__package__";
    spec "__spec__";
    file "__file__";
    annotations "__annotations__";
    annotate "__annotate__";
    annotate_func "__annotate_func__";
    type_params "__type_params__";
    match_args "__match_args__";
    notes "__notes__";
    abstract_methods "__abstractmethods__";
    is_abstract "__isabstractmethod__";
    mro "mro";
    keys "keys";
    get_item "get";
    throw "throw";
    close "close";
    build_class "__build_class__";
    import "__import__";
    builtins "__builtins__";
    main "__main__";
    write "write";
    flush "flush";
    getattr "__getattr__";
    orig_bases "__orig_bases__";
}

const _: () = assert!(Number::Count as usize == Names::TEXTS.len());

impl Names {
    /// The names, and further ones behind them.
    pub(crate) fn new(
        shared: &Shared,
        ts: &ThreadState,
        further: impl Iterator<Item = &'static str>,
    ) -> Self {
        let all = Self::TEXTS.iter().copied().chain(further);
        Self(all.map(|text| shared.intern(ts, text).value()).collect())
    }

    #[inline]
    fn get(&self, number: usize) -> Ref<'_> {
        // SAFETY: interned strings are immortal.
        unsafe { Ref::from_value(self.0[number]) }
    }

    /// One of the further names.
    #[inline]
    pub(crate) fn further(&self, number: usize) -> Ref<'_> {
        self.get(Self::TEXTS.len() + number)
    }
}
