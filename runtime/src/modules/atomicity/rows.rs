//! What each operation is, type by type.

use super::library::{DEFAULT_DICT, DEQUE, LRU_CACHE, RANDOM, SIMPLE_QUEUE};
use super::primitives::{BARRIER, CONDITION, EVENT, LOCK, RLOCK, SEMAPHORE};
use super::{NO_OTHER_KNOWS, Table, many, one, one_but};
use crate::types::TypeId;

const READS_FIRST: &str =
    "reads the other object first, at one moment of it; then one step of its own";

/// The types that are made in Rust.
pub(super) const NATIVE: &[(TypeId, Table)] = &[
    (TypeId::List, LIST),
    (TypeId::Dict, DICT),
    (TypeId::DictKeys, KEYS),
    (TypeId::DictValues, VALUES),
    (TypeId::DictItems, ITEMS),
    (TypeId::Set, SET),
    (TypeId::Bytearray, BYTEARRAY),
    (TypeId::Lock, LOCK),
    (TypeId::RLock, RLOCK),
    (TypeId::Event, EVENT),
    (TypeId::Deque, DEQUE),
    (TypeId::DefaultDict, DEFAULT_DICT),
    (TypeId::LruCache, LRU_CACHE),
    (TypeId::SimpleQueue, SIMPLE_QUEUE),
    (TypeId::Random, RANDOM),
];

/// The classes of `lib/threading.py`.
pub(super) const PYTHON: &[(&str, Table)] = &[
    ("Condition", CONDITION),
    ("Semaphore", SEMAPHORE),
    (
        "BoundedSemaphore",
        &[
            many("__init__", NO_OTHER_KNOWS),
            one("_give_back", ""),
            one("_shown", ""),
        ],
    ),
    ("Barrier", BARRIER),
];

const SHIFTS: &str = "somebody looks without the lock meanwhile, by an index, `in`, `index` or an iterator: an item that moves may \
     be found in both places or in neither";
const ADDS: &str = "somebody looks without the lock meanwhile, by `in`, `len` or an iterator: some of the new items may be there; \
     else as `union`";
const GROWS: &str = "somebody looks without the lock meanwhile, by an index or an iterator: some of the new items may be there";

const LIST: Table = &[
    many("__new__", NO_OTHER_KNOWS),
    many("__init__", "`clear`, then `extend`"),
    one("append", "list_appends_lose_nothing"),
    one_but("insert", SHIFTS, "list_insert_vs_pop, list_get_vs_shift"),
    one_but(
        "pop __delitem__",
        SHIFTS,
        "list_get_vs_pop, list_slice_deletes_add_up",
    ),
    one_but(
        "__setitem__",
        "a slice is assigned an iterable that is no list: then its items are collected first",
        "list_get_vs_set, list_slice_deletes_add_up, list_assign_vs_appends",
    ),
    one("__getitem__", "list_get_vs_growth, list_get_vs_replace"),
    one("__len__", ""),
    one("clear", "list_get_vs_clear"),
    one("reverse", "list_reverse_keeps_all"),
    one("copy", ""),
    one("__mul__ __rmul__", ""),
    one_but("__imul__", GROWS, "list_repeat_vs_append"),
    one("__add__ __radd__", "list_concat_vs_appends"),
    one_but(
        "extend __iadd__",
        "the other object is an iterator or has a class of its own: then its items come one by one, and other threads wait \
         for the list until it ends or runs code that gives the lock up",
        "list_extend_from_vs_appends, list_extend_vs_get, list_extend_one_by_one",
    ),
    one_but(
        "remove",
        "a comparison runs Python code that gives the lock up: then what has been looked at may change, and only what was \
         found equal is taken out; for who looks without the lock, as `pop`",
        "list_remove_vs_pop, list_remove_runs_code",
    ),
    one_but(
        "sort",
        "the key or a comparison gives the lock up: then other threads find the list empty, and what they put in comes after \
         the sorted items; `len` finds it empty at any time meanwhile",
        "list_sort_vs_append, list_sort_gives_way",
    ),
    many(
        "index __contains__",
        "one step for each item, so an item that moves meanwhile may be missed",
    ),
    many(
        "count __repr__",
        "copies the items in one step and then looks at them",
    ),
    many(
        "__eq__ __ne__ __lt__ __le__ __gt__ __ge__",
        "copies the items of both lists in one step and then compares them",
    ),
    many(
        "__iter__ __reversed__",
        "one step for each item that the iterator gives",
    ),
    many("__class_getitem__", NO_OTHER_KNOWS),
];

const DICT: Table = &[
    many("__new__ __class_getitem__", NO_OTHER_KNOWS),
    many(
        "__init__",
        "as `update`, of a dict that has the old keys too",
    ),
    one_but(
        "get __contains__",
        CODE,
        "dict_get_vs_insert, dict_get_vs_delete",
    ),
    one_but(
        "__getitem__",
        "the key is missing and the class has `__missing__`",
        "dict_get_vs_insert",
    ),
    one_but(
        "__setitem__",
        CODE,
        "dict_insert_vs_insert, dict_lookup_runs_code",
    ),
    one_but(
        "__delitem__ pop",
        CODE,
        "dict_get_vs_delete, dict_pop_vs_growth",
    ),
    one_but("setdefault", CODE, "dict_setdefault_agrees"),
    one("popitem", "dict_popitem_vs_popitem"),
    one("clear", "dict_get_vs_clear"),
    one("copy", "dict_copy_vs_insert"),
    one_but("__len__", LAGS, ""),
    one("keys values items", ""),
    one_but(
        "update __ior__",
        "somebody looks without the lock meanwhile, by a key, `in`, `len` or an iterator: some of the new pairs may be there; \
         a key's comparison that runs Python code gives the locks up, and from an object that is not a dict it is one step \
         for each pair",
        "dict_update_vs_inserts, dict_update_vs_insert",
    ),
    one_but("__or__ __ror__", CODE, "dict_union_vs_inserts"),
    one_but(
        "__eq__ __ne__",
        "a key's comparison runs Python code; the values of both are copied at one moment, and compared afterwards",
        "dict_pairs_vs_inserts",
    ),
    one("__lt__ __le__ __gt__ __ge__", ""),
    many(
        "__repr__",
        "copies the pairs in one step and then looks at them",
    ),
    many(
        "fromkeys",
        "copies the keys of a dict or set in one step, others one by one; the new dict is nobody else's yet",
    ),
    many(
        "__iter__ __reversed__",
        "one step for each key; RuntimeError when the number of keys has changed. `list(d)`, `sorted(d)`, `[*d]`, `set(d)` and \
         the like copy the keys in one step (dict_entries_vs_changes); `tuple(d)` and `max(d)` iterate, as in CPython",
    ),
];

const LAGS: &str = "another thread adds or takes out a key meanwhile: then the number may still be the old one, though a \
     look-up finds the new contents";
const CODE: &str = "a comparison or hash runs Python code";

const KEYS: Table = &[
    one("__len__ mapping", ""),
    one_but("__contains__", CODE, "dict_get_vs_insert"),
    many("__iter__ __reversed__", ITERATES),
    many(
        "__repr__ __or__ __ror__ __sub__ __rsub__ __xor__ __rxor__",
        "copies the keys in one step, then goes through the other",
    ),
    many(
        "__and__ __rand__",
        "copies the keys in one step, then goes through the other",
    ),
    many(
        "isdisjoint",
        "goes through the other iterable, a look-up for each item",
    ),
    many(
        "__eq__ __ne__ __lt__ __le__ __gt__ __ge__",
        "the lengths, then a look-up for each item of one side",
    ),
];

const VALUES: Table = &[
    one("__len__ mapping", ""),
    many("__iter__ __reversed__", ITERATES),
    many(
        "__repr__",
        "copies the values in one step and then looks at them",
    ),
];

const ITEMS: Table = &[
    one("__len__ mapping", ""),
    many("__contains__", "looks the key up, then compares the value"),
    many("__iter__ __reversed__", ITERATES),
    many(
        "__repr__",
        "copies the pairs in one step and then looks at them",
    ),
    many(
        "__and__ __rand__ __or__ __ror__ __sub__ __rsub__ __xor__ __rxor__",
        "iterates over both sides, a step for each pair",
    ),
    many(
        "isdisjoint",
        "goes through the other iterable, a look-up for each item",
    ),
    many(
        "__eq__ __ne__ __lt__ __le__ __gt__ __ge__",
        "the lengths, then a look-up for each item of one side",
    ),
];

const ITERATES: &str = "one step for each item; RuntimeError when the number of keys has changed. `list(view)`, `[*view]` and \
     `list.extend(view)` copy in one step";

const SET: Table = &[
    many("__new__ __class_getitem__", NO_OTHER_KNOWS),
    many("__init__", "`clear`, then `update`"),
    one_but(
        "__contains__",
        CODE,
        "set_contains_vs_add, set_contains_vs_discard",
    ),
    one_but("add", CODE, "set_contains_vs_add"),
    one_but("discard remove", CODE, "set_contains_vs_discard"),
    one("pop", "set_pop_vs_pop"),
    one("clear", "set_entries_vs_clear"),
    one("copy", "set_entries_vs_clear"),
    one_but("__len__", LAGS, ""),
    one_but("update __ior__", ADDS, "set_update_vs_changes"),
    one_but("union __or__ __ror__", ONE_OTHER, "set_update_vs_changes"),
    one_but(
        "intersection __and__ __rand__ difference __sub__ __rsub__ symmetric_difference __xor__ __rxor__",
        ONE_OTHER,
        "",
    ),
    one_but(
        "intersection_update __iand__ difference_update __isub__ symmetric_difference_update __ixor__",
        ONE_OTHER,
        "set_entries_vs_replace",
    ),
    one_but(
        "issubset issuperset isdisjoint __eq__ __ne__ __lt__ __le__ __gt__ __ge__",
        ONE_OTHER,
        "set_subset_vs_discards",
    ),
    many(
        "__repr__",
        "copies the items in one step and then looks at them",
    ),
    many(
        "__iter__",
        "one step for each item; RuntimeError when the number of items has changed",
    ),
];

const ONE_OTHER: &str = "a comparison or hash runs Python code; with sets and dicts of which there is one. From another \
     iterable the items come one by one while the set is locked, and several arguments are taken one after the other";

const BYTEARRAY: Table = &[
    many("__new__ fromhex maketrans", NO_OTHER_KNOWS),
    many("__init__", READS_FIRST),
    one(
        "append insert pop remove clear reverse",
        "bytearray_appends_lose_nothing",
    ),
    one("__setitem__ __delitem__", "bytearray_export_vs_resize"),
    one(
        "__getitem__ __len__ copy __alloc__ __imul__ __mul__ __rmul__",
        "",
    ),
    many("extend __iadd__", READS_FIRST),
    many(
        "__add__ __radd__ __eq__ __ne__ __lt__ __le__ __gt__ __ge__",
        "reads one object, then the other",
    ),
    many(
        "join",
        "copies the list of items, then reads one after the other",
    ),
    one("__buffer__", "bytearray_export_vs_resize"),
    many(
        "__release_buffer__",
        "looks at what the view shows, then gives it back",
    ),
    many("__iter__", "one step for each byte"),
    many(
        "__contains__ count find index rfind rindex startswith endswith",
        "reads what is looked for first; then one step",
    ),
    one("__repr__ __str__ decode hex", ""),
    one(
        "capitalize expandtabs lower swapcase title upper zfill isalnum isalpha isascii isdigit islower isspace istitle isupper \
         splitlines",
        "",
    ),
    many(
        "center ljust rjust lstrip rstrip strip partition rpartition removeprefix removesuffix replace split rsplit translate",
        "reads the arguments first; then one step",
    ),
    many(
        "__mod__ __rmod__",
        "copies the bytes in one step, then formats the values",
    ),
];
