//! Bugs of locks, stops of the world, delayed frees and thread states.

use super::Card;

pub(super) const ALL: &[Card] = &[
    Card {
        faults: &["lk1-unmarked"],
        versions: "3.13 alphas; fixed in 3.13.0 alpha 4",
        story: [
            "To wake everybody, a thread moved all waiters of a lock to a list of its own, and forgot to mark them as being woken.",
            "A waiter whose time ran out at that moment found no mark and unlinked itself from the list of the lock.",
            "It was taken out of two lists, and the waker called a waiter whose stack was gone.",
        ],
    },
    Card {
        faults: &["lk2-woken-means-holder"],
        versions: "3.13 and 3.14; fixed in 2026",
        story: [
            "A thread that waits for a mutex may wake up because of a signal and not because the mutex is free.",
            "The result of the wait was not looked at.",
            "The waiter went on and left, while the unlocking thread still had its place on the stack in hand.",
        ],
    },
    Card {
        faults: &["cs1-requester-detaches"],
        versions: "3.13 betas",
        story: [
            "The thread that stops the world detached while it waited for the others, which opens its critical sections.",
            "Its lock was handed directly to a waiting thread, which was then suspended by the stop as the lock's owner.",
            "To go on, the stopping thread needed that lock back: each waited for the other.",
        ],
    },
    Card {
        faults: &["cs2-locks-in-a-stop"],
        versions: "3.13 and 3.14; fixed in 2026",
        story: [
            "While the world was stopped, code that had the world for itself still took object locks.",
            "A lock may have been handed to a thread just before that thread was suspended.",
            "The stopping thread then waited for a thread that it had stopped itself.",
        ],
    },
    Card {
        faults: &["cs3-wait-attached"],
        versions: "3.14; fixed in 2025",
        story: [
            "A thread waited for a lock and stayed attached, so it could not be stopped while it waited.",
            "The lock's holder asked for the world to stop.",
            "The holder waited for the waiter to reach a safe point, and the waiter for the lock.",
        ],
    },
    Card {
        faults: &["cs6-lock-again"],
        versions: "3.13 betas; fixed in 3.13.0 beta 3",
        story: [
            "A critical section on a dict called a function that began another one on the same dict.",
            "The lock was not free, so the thread prepared to wait, which opens the sections that it already has.",
            "Another thread changed the dict in the middle of the outer section, and freed a value that it had borrowed.",
        ],
    },
    Card {
        faults: &["qs1-slot-before-lock"],
        versions: "3.13 alphas",
        story: [
            "An exiting thread read where its slot lies and then took the lock that guards the table of slots.",
            "A new thread in between made the table larger and freed the old one.",
            "The slot was given back in freed memory, and the copy in the new table held up every later free.",
        ],
    },
    Card {
        faults: &["qs5-orphans-forgotten"],
        versions: "3.13.0 to 3.13.2; fixed in 3.13.3",
        story: [
            "Memory that a thread had set aside to be freed later was passed on to the interpreter when the thread ended.",
            "No thread ever looked there again.",
            "Programs with many short threads grew without a limit.",
        ],
    },
    Card {
        faults: &["sg1-suspend-stores-detached"],
        versions: "3.13 alphas",
        story: [
            "A thread that is asked to stop has to become suspended, a state that it cannot leave by itself.",
            "The code stored the state detached instead, whatever it was told.",
            "The thread could come back while the world was meant to be stopped, and was counted twice.",
        ],
    },
    Card {
        faults: &["sg2-private-lists-after-restart"],
        versions: "3.13 alphas",
        story: [
            "The collector empties the private lists of free blocks of every thread.",
            "It did so after it had let the threads run again.",
            "A thread took a block from its list at the same time as the collector freed it.",
        ],
    },
    Card {
        faults: &["sg8-test-then-set"],
        versions: "3.13 alphas",
        story: [
            "A flag says that a collection is going on, so that no second one begins.",
            "It was tested first and set after that.",
            "Two threads passed the test and collected at once.",
        ],
    },
    Card {
        faults: &["sg9-freed-while-registered"],
        versions: "3.13; fixed in 3.14",
        story: [
            "The list of all threads was walked by one thread while others ended.",
            "A thread's state was freed before it had left the list, or while a walker still stood on it.",
            "The walker went on from freed memory.",
        ],
    },
    Card {
        faults: &["sg10-own-tally-only"],
        versions: "3.14 in development",
        story: [
            "A thread may hold references that no count knows of, and only the collector looks for them, while the world is stopped.",
            "A frame's saved place on its stack was not up to date, so the collector did not look at all of it.",
            "It freed an object that the thread went on to use when the world ran again.",
        ],
    },
    Card {
        faults: &["qs3-registered-before-slot"],
        versions: "3.13.0; fixed in 3.13.1",
        story: [
            "A new thread was entered in the list of all threads before it had its slot for deferred frees.",
            "A collection went through the list and used the slot of each thread.",
            "For the new thread it followed a null pointer.",
        ],
    },
    Card {
        faults: &["sg6-counted-after-restart"],
        versions: "found in review of the fix for 3.13.1",
        story: [
            "Listing all objects stops the world and walks the heap.",
            "The first fix took the references to what it had found after the world ran again.",
            "Objects that died in between were counted all the same.",
        ],
    },
    Card {
        faults: &["sg7-frozen-dead-forgotten"],
        versions: "3.13 and 3.14; fixed in 2026",
        story: [
            "A collection merges the objects that wait in the queues of threads, and frees those that turn out to be dead.",
            "It passes over objects that a program has frozen.",
            "A frozen one whose last reference was in a queue was neither freed nor held by anybody.",
        ],
    },
    Card {
        faults: &["fn1-changed-beside-calls"],
        versions: "3.13 to 3.15",
        story: [
            "Assigning the code of a function exchanged a field that every call reads.",
            "Nothing ordered the assignment with calls in other threads.",
            "A call could take the code that the assignment had just given back.",
        ],
    },
    Card {
        faults: &["fr1-world-not-stopped"],
        versions: "3.13 to 3.15",
        story: [
            "A program can look at the variables of a frame that another thread is running.",
            "The look did not stop that thread.",
            "It read variables while they were being written.",
        ],
    },
    Card {
        faults: &["fr2-place-of-before"],
        versions: "3.13 to 3.15; fixed in 2026",
        story: [
            "A program can ask for the frames that all threads are in at present.",
            "Where a frame lies was found out while its thread could run on.",
            "The frame ended before it was looked at, and its memory belonged to something else.",
        ],
    },
    Card {
        faults: &["sg4-turn-of-its-own-again"],
        versions: "3.13 to 3.15",
        story: [
            "The end of an interpreter keeps its daemon threads outside for ever, and then collects a last time.",
            "A daemon thread could hang with the lock that every stop of the world takes first.",
            "The last collection waited for that lock, and the process never ended.",
        ],
    },
    Card {
        faults: &["sg9-states-freed-at-the-end"],
        versions: "3.13; fixed in 3.14",
        story: [
            "The end of an interpreter freed the states of all other threads.",
            "A daemon thread that had been waiting for something outside came back.",
            "It looked into its own state, which was gone, to learn whether it might come in.",
        ],
    },
    Card {
        faults: &["sg6-place-of-another-stop"],
        versions: "3.13.0; fixed in 3.13.1",
        story: [
            "A collection links the objects that it has found through a word in each of their headers, and lets the other threads run in between.",
            "Another thread stopped the world to list all objects, and linked them through the same word.",
            "The collection went on with a list that was no longer its own.",
        ],
    },
    Card {
        faults: &["cs4-first-lock-kept"],
        versions: "3.15 release candidates",
        story: [
            "A critical section of two locks gives both up while its thread waits outside.",
            "One of the two could be marked to be kept, and then only the other was given up.",
            "Whoever took that one and wanted the first waited for a thread that waited for him.",
        ],
    },
    Card {
        faults: &["lk4-sleeper-before-request"],
        versions: "3.13 and 3.14; fixed in 2024",
        story: [
            "Calls that a program leaves for the main thread lie in a queue, with a note of who is at it.",
            "The note was cleared outside of the lock under which others looked at it.",
            "A thread that left a call signalled somebody who had just gone, and the call stayed where it was.",
        ],
    },
    Card {
        faults: &["mi5-stopped-after-the-event"],
        versions: "3.13 alphas",
        story: [
            "A lock stood for the end of a thread: the thread gave it back, and who joined it took it and gave it back, too.",
            "Only then did the joiner mark the thread as stopped, and it expected the lock to be free.",
            "With two joiners the one found the lock in the hands of the other, and the thread neither running nor stopped.",
        ],
    },
];
