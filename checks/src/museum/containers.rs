//! Bugs of dicts, lists, sets and the type cache.

use super::Card;

pub(super) const ALL: &[Card] = &[
    Card {
        faults: &["di1-key-not-tested"],
        versions: "3.13.0 to 3.13.3; fixed in 3.13.4",
        story: [
            "A lookup without the lock in keys that instances share used a routine that was written for the lock's holder.",
            "It trusted that an index in the table means a key in the entry, and the writer stores the index first.",
            "A reader in between compared with a key that was not there yet, through a null pointer.",
        ],
    },
    Card {
        faults: &["di2-reader-does-not-mark"],
        versions: "3.14; fixed in 2026",
        story: [
            "Keys of a dict that only its owner reads are freed at once; those of a shared dict wait until no reader can hold them.",
            "A fast path read another thread's dict without marking it as shared first.",
            "The owner resized, freed the old keys at once, and the reader went on in them.",
        ],
    },
    Card {
        faults: &["di4-created-without-recheck"],
        versions: "3.13 betas",
        story: [
            "An instance gets its dict when it is first needed.",
            "Two threads found none, both made one, and neither looked again before it stored its own.",
            "The second dict replaced the first, with every attribute that had been stored there.",
        ],
    },
    Card {
        faults: &["di5-usable-first"],
        versions: "3.13 alphas",
        story: [
            "Readers estimate the room of shared keys from two counters: entries in use and entries still free.",
            "The writer lowered the second before it raised the first.",
            "A reader in between got a sum too small by one, and made an array of values that was too short.",
        ],
    },
    Card {
        faults: &["di6-value-relaxed"],
        versions: "found in review of 3.13",
        story: [
            "A writer that holds the dict's lock stored a new value with a store that orders nothing.",
            "The lock orders only those who take it, and the readers of the value do not.",
            "On a weakly ordered machine a reader could find the object before the fields that its maker had written.",
        ],
    },
    Card {
        faults: &["di9-dict-not-rechecked"],
        versions: "main of 2026; open when it was read",
        story: [
            "Setting an attribute reads the object's dict, takes its lock and stores the value.",
            "Another thread replaced the whole dict between the read and the lock.",
            "The value went into a dict that no longer belonged to the object, and was lost.",
        ],
    },
    Card {
        faults: &["di10-clear-drops-first"],
        versions: "3.13 to 3.15; fixed in 2026",
        story: [
            "Clearing a dict dropped its values one by one while the rest was still in place.",
            "A destructor that ran in the middle could free the storage that the loop was walking.",
            "Other threads could see a dict with some keys gone and others not, which no single operation leaves.",
        ],
    },
    Card {
        faults: &["li1-writer-does-not-mark"],
        versions: "3.13; fixed in a later 3.13",
        story: [
            "A list that only its owner reads frees an outgrown array at once.",
            "A thread that did not own the list appended to it and resized it without marking it as shared.",
            "The old array was freed while the owner, who reads without a lock, was still in it.",
        ],
    },
    Card {
        faults: &["li3-shift-relaxed"],
        versions: "3.13 to 3.14; fixed in 3.15",
        story: [
            "Inserting into a list moved the items behind the place by a plain copy of memory.",
            "Readers without the lock look at these very slots.",
            "The copy carries nothing of the object to a reader that finds it in its new slot, and may even be seen by halves.",
        ],
    },
    Card {
        faults: &["li4-append-without-lock"],
        versions: "3.13.0 and 3.13.1; fixed in 3.13.2 and 3.13.3",
        story: [
            "Several operations of lists read and wrote the list without its lock.",
            "Each computed the new length from a length that another thread was changing.",
            "Two additions took the same slot, and one item was lost.",
        ],
    },
    Card {
        faults: &["se1-mask-and-table-apart"],
        versions: "3.15 in development; seen as hanging tests on ARM64",
        story: [
            "A lookup in a set without the lock loads the table and the mask that says how long it is, one after the other.",
            "A set that grew in between, or a machine that reorders, gave it the old table with the new mask.",
            "It searched beyond the table's end, or for ever.",
        ],
    },
    Card {
        faults: &["se3-two-sections"],
        versions: "3.13.0 to 3.13.2; fixed in 3.13.3",
        story: [
            "The text of a set was made in two steps: is it empty, and what are its elements.",
            "The second step took the lock anew, which let another thread clear the set in between.",
            "What was printed was the text of an empty dict, a value that the set never had.",
        ],
    },
    Card {
        faults: &["tc1-read-without-fence", "tc1-fill-without-fence"],
        versions: "3.13 betas, seen on ARM64; fixed in 3.13.0 beta 4",
        story: [
            "The cache of attributes guards each entry by a number that is odd while the entry is being written.",
            "Nothing kept the reads of the entry between the two reads of the number, nor the writes behind the first one.",
            "A reader could see the same even number twice and still get one name with another name's value.",
        ],
    },
    Card {
        faults: &["tc2-version-after-lookup"],
        versions: "3.13.0 to 3.13.3; fixed in 3.13.4",
        story: [
            "A lookup searched the classes first and read the version of the class after that.",
            "A change of the class in between gave the class a new version.",
            "The cache kept the old value under the new version, and was wrong for ever.",
        ],
    },
    Card {
        faults: &["tc3-value-borrowed"],
        versions: "3.13 betas",
        story: [
            "A hit in the cache of attributes gave a pointer that nobody had counted.",
            "Another thread replaced the attribute and dropped the last reference to the value.",
            "The first thread went on with an object that was dead.",
        ],
    },
    Card {
        faults: &["tc3-change-before-invalidation"],
        versions: "3.13 betas",
        story: [
            "Changing a class stored the new attribute and then took the class's version away.",
            "In between the cache still counted as valid.",
            "A thread that knew of the change could be answered with the old attribute.",
        ],
    },
    Card {
        faults: &["tc6-heir-known-late"],
        versions: "3.13 to 3.15",
        story: [
            "A new class copied the special methods of its bases, and only then became known to them.",
            "In between another thread assigned a special method of a base, which went down to the classes that were known.",
            "The new class kept the method of before for good.",
        ],
    },
    Card {
        faults: &["in2-entered-before-immortal"],
        versions: "3.13 and 3.14",
        story: [
            "A string was entered in the table of interned strings first and made immortal after that.",
            "Another thread found it in between and took a reference to it as to an immortal one.",
            "The first thread then set the count by a read and a write, and the reference was lost.",
        ],
    },
    Card {
        faults: &["li15-items-counted-late"],
        versions: "3.13.0 to 3.13.3; fixed in 3.13.4",
        story: [
            "The text of a list was made item by item, each borrowed from the list.",
            "Making the text of an item may run code, and code may open the section that protects the list.",
            "Another thread emptied the list meanwhile, and the borrowed item was gone.",
        ],
    },
    Card {
        faults: &["li16-sorted-in-place"],
        versions: "3.13 to 3.15; open when it was read",
        story: [
            "Sorting a list moved its items about in the array that readers without the lock look at.",
            "The moves were plain stores.",
            "A reader could find an item in its new place without what the maker of the item had written.",
        ],
    },
    Card {
        faults: &["di15-value-counted-late"],
        versions: "3.13 to 3.15; open when it was read",
        story: [
            "Counting elements looks the old count of a key up in a dict and adds one.",
            "The old count was borrowed from the dict, whose lock was given up before the reference was taken.",
            "Another thread replaced the value in between, and the first one counted a dead object.",
        ],
    },
    Card {
        faults: &["di16-looked-then-set"],
        versions: "3.13 to 3.15; fixed in December 2025",
        story: [
            "A default dict that misses a key calls its factory and stores the result.",
            "It did not look again whether another thread had stored one meanwhile.",
            "The second default replaced the first, which its thread was already filling.",
        ],
    },
];
