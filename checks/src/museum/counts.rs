//! Bugs of reference counts, weak references and generators.

use super::Card;

pub(super) const ALL: &[Card] = &[
    Card {
        faults: &["rc1-disown-after-merge"],
        versions: "3.13 betas; fixed before 3.13.5",
        story: [
            "The owner of an object merged its own count into the shared one and announced with one compare-exchange that the merge was done.",
            "Only after that did it clear its two private words in the header.",
            "Another thread could drop the last reference in between and free the object, so the owner wrote into freed memory.",
        ],
    },
    Card {
        faults: &["rc2-disown-first"],
        versions: "3.13 betas; fixed in 3.13.0 beta 4",
        story: [
            "When the owner's count came to zero, it gave up ownership first and looked at the shared count after that.",
            "If nothing was shared it took a short way that never marked the object as merged, and a finalizer could bring that object back.",
            "The collector later took it for the old owner's again, whose count then went below zero.",
        ],
    },
    Card {
        faults: &["rc3-immortalize-foreign", "rc3-defer-foreign"],
        versions: "3.13 and 3.14; fixed in 2026",
        story: [
            "To make a string immortal, a thread wrote a special value into the count that only the string's owner may write.",
            "The owner had read its count just before, and stored the count plus one just after.",
            "The string was mortal again, while other threads had already stopped to count it.",
        ],
    },
    Card {
        faults: &["rc6-shared-resurrection", "rc6-end-by-store"],
        versions: "3.13.0 and 3.13.1; fixed in 3.13.2",
        story: [
            "To call a finalizer, a dying object was given a count of one for a while, in the word that all threads share.",
            "A reader without a lock saw that count, took the object for a living one and counted itself as well.",
            "The dying thread then stored its own idea of the count and freed the object under the reader.",
        ],
    },
    Card {
        faults: &["rc9-not-registered"],
        versions: "3.13 alphas",
        story: [
            "A new thread was entered in the table of owners by its creator, under the creator's name.",
            "Whoever queued an object of the new thread did not find it there and concluded that the owner was gone.",
            "So it merged the count itself, while the owner, very much alive, went on to write it.",
        ],
    },
    Card {
        faults: &["rc10-leave-before-drain", "rc10-drain-once"],
        versions: "found in review, before it was released",
        story: [
            "An exiting thread took itself out of the table of owners and only then worked off the objects queued for it.",
            "Destructors that ran meanwhile counted its own objects without atomics, as an owner may.",
            "Others saw no owner in the table and merged the same counts, which frees an object twice or never.",
        ],
    },
    Card {
        faults: &["rc11-unique-by-sum"],
        versions: "3.13 and 3.14",
        story: [
            "Iterators such as enumerate reuse their last result tuple when nobody else holds it.",
            "The test was that the count is one, which says nothing of who holds that one.",
            "Two threads that shared the iterator both passed the test, and one gave back an item that the other had just handed out.",
        ],
    },
    Card {
        faults: &["wr2-head-without-lock"],
        versions: "main of 2026; open when it was read",
        story: [
            "The getter of an object's weak reference took the first one of the object's list, without the lock of that list.",
            "Its last reference could be dropped by another thread at the same moment.",
            "The getter then counted a weak reference that was already freed.",
        ],
    },
    Card {
        faults: &["wr3-state-tested-without-lock"],
        versions: "3.13 and 3.14; fixed in 2025",
        story: [
            "Before a dying object locked its list of weak references, a short way tested whether the list was empty.",
            "The test was a plain read outside of the lock that every writer of the list holds.",
            "Nothing ordered the free of the object after the write that had emptied the list.",
        ],
    },
    Card {
        faults: &["mi1-test-then-set"],
        versions: "3.13 and 3.14; fixed in 3.15",
        story: [
            "A generator that is resumed is first tested for being suspended and then marked as running.",
            "Test and mark were two steps.",
            "Two threads could both pass the test and run the same frame on the same stack.",
        ],
    },
    Card {
        faults: &["mi2-loaded-then-cleared"],
        versions: "3.13 to 3.15",
        story: [
            "At its end, an iterator lets its sequence go: it reads the pointer, clears it and drops the reference.",
            "Two threads that shared the iterator could both read the pointer before one of them cleared it.",
            "One reference was dropped twice, and the sequence was freed under those who still had it.",
        ],
    },
    Card {
        faults: &["mi4-failure-leaves-running", "mi4-failure-means-done"],
        versions: "3.13.0; fixed in 3.13.1",
        story: [
            "A value that is computed when it is first asked for was stored without asking whether another thread had done so.",
            "A flag that lets one thread do it must also say what happens when that thread fails.",
            "If it stays at running, the others wait for ever; if it says done, they use what was never made.",
        ],
    },
    Card {
        faults: &["rc8-revival-begins-anew"],
        versions: "3.13 alphas",
        story: [
            "To call a finalizer, a dying object was given one reference by the routine that prepares new objects.",
            "That routine also cleared the bit which says that the finalizer has run, and the lock of the object.",
            "An object that its finalizer kept was finalized once more when it died for good.",
        ],
    },
    Card {
        faults: &["wr1-reader-leaves-no-mark"],
        versions: "3.13 and 3.14 in development",
        story: [
            "A reader that had to take the lock is to leave a mark on the item, so that the next reader needs none.",
            "The mark was never set.",
            "Nothing broke, but no read of a foreign item ever went the fast way.",
        ],
    },
    Card {
        faults: &["la1-counted-without-asking"],
        versions: "3.13 to 3.15; open when it was read",
        story: [
            "A default dict keeps its factory in a field of the object.",
            "A reader took the pointer from the field and counted it in a second step.",
            "Whoever replaced the factory in between dropped its last reference, and the reader went on with a dead object.",
        ],
    },
    Card {
        faults: &["sl1-looked-before-the-lock"],
        versions: "3.13 to 3.15; fixed in 2026",
        story: [
            "Deleting an attribute in a slot tested first whether there is one, and emptied the slot under the lock after that.",
            "Two threads could both pass the test.",
            "Both were told that they had deleted it, where one should have had an error.",
        ],
    },
    Card {
        faults: &["sl2-given-back-twice"],
        versions: "3.13 to 3.15",
        story: [
            "Setting the qualified name of a class replaced a field without a lock.",
            "Two threads read the same old value.",
            "Both gave its reference back, and it was freed while others still had it.",
        ],
    },
    Card {
        faults: &["rc7-looked-at-after-the-end"],
        versions: "3.14 in development",
        story: [
            "A dying object gets a reference back while its finalizer runs, and gives it back afterwards.",
            "The dealloc then looked once more at the header of an object that had turned out to live.",
            "Whoever had got hold of it in the finalizer may have dropped it by then, and the memory was free.",
        ],
    },
];
