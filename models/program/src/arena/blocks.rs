//! Blocks of a region: taken from its end or from lists of free blocks, one list for each size.

use std::alloc::Layout;
use std::ptr;

/// What lies before every block.
#[repr(C)]
struct Head {
    class: u32,
    /// Whether a [`Node`] lies before the head.
    is_object: u32,
    region: *mut Region,
}

/// A link of the list of objects.
#[repr(C)]
#[derive(Debug)]
struct Node {
    next: *mut Node,
    previous: *mut Node,
}

const HEAD: usize = size_of::<Head>();
const NODE: usize = size_of::<Node>();
const ALIGNMENT: usize = 16;
/// Up to here sizes go up by the alignment; from here they double.
const SMALL: usize = 1024;
const STEPS: usize = SMALL / ALIGNMENT;
const CLASSES: usize = STEPS + 24;
/// A block of this class is not used again: its alignment is rare.
const ONCE: u32 = u32::MAX;

/// One thread's part of an arena; lies at its start.
#[repr(C)]
#[derive(Debug)]
pub(crate) struct Region {
    next: usize,
    limit: usize,
    /// The list of objects, whose first and last node this is.
    objects: Node,
    free: [*mut u8; CLASSES],
    is_used: bool,
}

const fn class(size: usize) -> u32 {
    match size {
        size if size <= SMALL => (size.saturating_sub(1) / ALIGNMENT) as u32,
        size => STEPS as u32 + (size - 1).ilog2() - SMALL.ilog2(),
    }
}

const fn room(class: u32) -> usize {
    match class as usize {
        class if class < STEPS => (class + 1) * ALIGNMENT,
        class => SMALL << (class - STEPS + 1),
    }
}

/// Every class has room for its sizes, and not much more.
const _: () = {
    let mut size = 0;
    while size < 4 * SMALL {
        let room = room(class(size));
        assert!(room >= size && room < size * 2 + ALIGNMENT + 1);
        size += 1;
    }
};

impl Region {
    /// Makes an empty region.
    ///
    /// # Safety
    /// `place` may be written, and so may all between the two addresses.
    pub(super) unsafe fn begin(place: *mut Self, [next, limit]: [usize; 2]) {
        let objects = Node {
            next: ptr::null_mut(),
            previous: ptr::null_mut(),
        };
        let free = [ptr::null_mut(); CLASSES];
        let is_used = false;
        // SAFETY: the caller's clause.
        unsafe {
            place.write(Self {
                next,
                limit,
                objects,
                free,
                is_used,
            });
            let list = &raw mut (*place).objects;
            (*list).next = list;
            (*list).previous = list;
        }
    }

    /// The same where there was a region before; one that nobody used is as it was.
    ///
    /// # Safety
    /// As for [`Self::begin`].
    pub(super) unsafe fn renew(place: *mut Self, blocks: [usize; 2]) {
        // SAFETY: the caller's clause.
        unsafe {
            if (*place).is_used {
                Self::begin(place, blocks);
            }
        }
    }

    /// The first address that was never used.
    pub(super) fn end(&self) -> usize {
        self.next
    }

    /// From here on new blocks come from the end, where nothing has to be put back.
    pub(super) fn forget_free_blocks(&mut self) {
        self.free = [ptr::null_mut(); CLASSES];
    }

    /// A block.
    ///
    /// # Panics
    /// When the region is full.
    #[inline]
    pub(super) fn alloc(&mut self, layout: Layout) -> *mut u8 {
        if layout.align() > ALIGNMENT {
            return self.alloc_aligned(layout);
        }
        let class = class(layout.size());
        let list = &mut self.free[class as usize];
        let block = *list;
        if block.is_null() {
            return self.cut(class, 0);
        }
        // SAFETY: a free block begins with the address of the next one.
        *list = unsafe { block.cast::<*mut u8>().read() };
        crate::engine::reused(block.addr(), room(class));
        block
    }

    #[cold]
    fn alloc_aligned(&mut self, layout: Layout) -> *mut u8 {
        let block = (self.next + HEAD).next_multiple_of(layout.align());
        self.advance(block + layout.size());
        self.head(block, ONCE, 0)
    }

    /// A block that `visit` shows.
    #[inline]
    pub(crate) fn alloc_object(&mut self, layout: Layout) -> *mut u8 {
        let class = class(layout.size() + NODE);
        let list = &mut self.free[class as usize];
        let block = match (*list).is_null() {
            true => self.cut(class, NODE),
            false => {
                let block = *list;
                // SAFETY: as for `alloc`; the block is as large as its class says, and its head lies before it.
                unsafe {
                    *list = block.cast::<*mut u8>().read();
                    crate::engine::reused(block.addr(), room(class));
                    let moved = block.add(NODE);
                    self.head(moved.addr(), class, 1)
                }
            }
        };
        // SAFETY: node and head lie before the block, inside of what was cut off.
        unsafe { self.link(block.sub(HEAD + NODE).cast()) };
        block
    }

    /// Any block that a heap gives, which is freed without its layout.
    #[inline]
    pub(crate) fn alloc_memory(&mut self, layout: Layout) -> *mut u8 {
        self.alloc(layout)
    }

    /// Cuts a new block off, with `before` bytes between its start and itself.
    fn cut(&mut self, class: u32, before: usize) -> *mut u8 {
        let start = self.next + HEAD;
        self.advance(start + room(class));
        self.head(start + before, class, u32::from(before > 0))
    }

    fn advance(&mut self, end: usize) {
        self.is_used = true;
        self.next = end.next_multiple_of(ALIGNMENT);
        assert!(self.next <= self.limit, "the program's memory is full");
    }

    fn head(&mut self, block: usize, class: u32, is_object: u32) -> *mut u8 {
        let block = ptr::with_exposed_provenance_mut::<u8>(block);
        let region = ptr::from_mut(self);
        let head = Head {
            class,
            is_object,
            region,
        };
        // SAFETY: room for a head was left before the block.
        unsafe { block.sub(HEAD).cast::<Head>().write(head) };
        block
    }

    unsafe fn link(&mut self, node: *mut Node) {
        let list = &raw mut self.objects;
        // SAFETY: the nodes of the list are those of live blocks, and the list's own.
        unsafe {
            let last = (*list).previous;
            node.write(Node {
                next: list,
                previous: last,
            });
            (*last).next = node;
            (*list).previous = node;
        }
    }

    /// Frees a block of any region.
    ///
    /// # Safety
    /// A region gave the block, and nobody uses it any more.
    #[inline]
    pub(crate) unsafe fn free(block: *mut u8) {
        // SAFETY: the caller's clause: head and node lie before the block, and the region is alive.
        unsafe {
            let head = block.sub(HEAD).cast::<Head>().read();
            if head.class == ONCE {
                return;
            }
            let mut start = block;
            if head.is_object != 0 {
                let node = block.sub(HEAD + NODE).cast::<Node>().read();
                (*node.previous).next = node.next;
                (*node.next).previous = node.previous;
                start = block.sub(NODE);
                (*head.region).head(start.addr(), head.class, 0);
            }
            // A block goes back to its own region, and only its thread takes it again: a stranger's leaves it alone,
            // so that where a thread allocates does not depend on what others freed.
            if super::INSIDE.get() == head.region {
                let list = &mut (*head.region).free[head.class as usize];
                start.cast::<*mut u8>().write(*list);
                *list = start;
            }
        }
    }

    /// Shows every object block of the region.
    pub(crate) fn visit(&self, see: &mut dyn FnMut(*mut u8)) {
        let list = &raw const self.objects;
        let mut node = self.objects.next;
        while !ptr::eq(node, list) {
            // SAFETY: the nodes are those of live blocks; the caller frees none meanwhile.
            unsafe {
                let next = (*node).next;
                see(node.cast::<u8>().add(HEAD + NODE));
                node = next;
            }
        }
    }
}
