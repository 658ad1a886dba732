//! What operations on the objects of the library do in steps.

use super::{NO_OTHER_KNOWS, Table, many, one, one_but};
use crate::types::TypeId;

pub(super) const DEQUE: Table = &[
    many("__new__ __class_getitem__", NO_OTHER_KNOWS),
    many("__init__", "takes out all items in one step, then `extend`"),
    one(
        "append appendleft",
        "library_deque_appends_lose_nothing, library_deque_stays_bounded",
    ),
    one("pop popleft", "library_deque_items_go_to_one"),
    one_but(
        "extend extendleft __iadd__",
        "the iterable runs code that gives the lock up: then the items come one by one; so they do from the deque itself",
        "",
    ),
    one("rotate reverse clear insert", ""),
    one("__getitem__ __setitem__ __delitem__ __len__ maxlen", ""),
    one_but(
        "index count __contains__ remove",
        "a comparison gives the lock up: then a change of the items raises RuntimeError, or IndexError by `remove`",
        "",
    ),
    many(
        "copy __copy__ __add__ __radd__ __mul__ __rmul__ __imul__ __repr__ __reduce__",
        "copies the items in one step; what is made of them is another",
    ),
    many(
        "__eq__ __ne__ __lt__ __le__ __gt__ __ge__",
        "copies the items of each deque in a step of its own and then compares them",
    ),
    many(
        "__iter__ __reversed__",
        "one step for each item that the iterator gives, until somebody changes the items, which raises RuntimeError",
    ),
];

pub(super) const DEFAULT_DICT: Table = &[
    many("__init__ __class_getitem__", NO_OTHER_KNOWS),
    many(
        "__missing__",
        "runs the factory, then sets the key; of two threads that miss a key at once each gets what it made, and the dict keeps \
         what came later",
    ),
    many(
        "copy __copy__ __or__ __ror__ __reduce__ __repr__",
        "reads the factory in one step and the pairs in another",
    ),
    one("default_factory", ""),
];

pub(super) const LRU_CACHE: Table = &[
    many("__new__ __get__", NO_OTHER_KNOWS),
    one_but(
        "__call__",
        "the function, or a comparison of keys, gives the lock up: then other calls go on, and a key that is called twice may have \
         its result made twice",
        "library_lru_makes_once, library_lru_stays_bounded",
    ),
    one("cache_info cache_clear", ""),
    one("__dict__ __reduce__ __copy__ __deepcopy__", ""),
];

pub(super) const SIMPLE_QUEUE: Table = &[
    many("__new__ __class_getitem__", NO_OTHER_KNOWS),
    one(
        "put put_nowait",
        "library_queue_wakes, library_queue_keeps_order",
    ),
    many(
        "get",
        "looks for an item and, while there is none, sleeps; what it takes is its own (library_queue_wakes)",
    ),
    one("get_nowait", "library_queue_keeps_order"),
    one("empty qsize", ""),
];

pub(super) const RANDOM: Table = &[
    many("__new__ __init__", NO_OTHER_KNOWS),
    one(
        "random getrandbits seed getstate setstate",
        "library_twister_draws_differ",
    ),
];

const CODE: &str = "asks the iterator below, and then changes its own state in one step: no item of the iterator below is \
     given twice, but the order of what threads get is open";

const LOST: &str = "asks what is below, and then stores what it came to: of two threads that do so at once one may overwrite what \
     the other stored";

macro_rules! iterators {
    ($($id:ident $step:expr $(, $more:literal)?;)*) => {
        /// The iterators of `itertools`.
        pub(super) const ITERATORS: &[(TypeId, Table)] = &[
            $((TypeId::$id, &[
                many(concat!("__new__ __iter__", $(" ", $more)?), NO_OTHER_KNOWS),
                $step,
            ]),)*
        ];
    };
}

iterators! {
    Count one_but("__next__ __repr__", "start or step is no integer: then two threads may get the same number", "");
    Cycle many("__next__", "one step for each item that was kept; before that, asks the iterator and keeps the item, in two steps");
    Repeat one("__next__ __length_hint__ __repr__", "claim_positions_are_taken_once");
    Chain many("__next__", CODE), "__class_getitem__ from_iterable";
    ISlice many("__next__", "takes the places that it passes over in one step, and then asks the iterator for as many items");
    Product one("__next__", "");
    Permutations one("__next__", "");
    Combinations one("__next__", "");
    CombinationsWithReplacement one("__next__", "");
    Batched many("__next__", CODE);
    Pairwise many("__next__", LOST);
    Accumulate many("__next__", LOST);
    GroupBy many("__next__", LOST);
    ZipLongest many("__next__", CODE);
    Tee many("__next__ __copy__", "reads on in one step, in which a second thread gets RuntimeError; what was read before is given in one step");
    DropWhile many("__next__", "asks the iterator, then the predicate, then notes that the first item has come");
    TakeWhile many("__next__", "asks the iterator, then the predicate, then notes that the last item has come");
}
