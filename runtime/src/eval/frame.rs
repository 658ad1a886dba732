//! Frames: where each call keeps its slots and operands, and the cursor that the dispatch loop moves.
//!
//! One stack of words per thread, which never moves. A frame's slots start where its caller pushed the arguments, so
//! that a call copies nothing. The compiler has checked how deep each function's operands go; entering a frame makes
//! sure that so many words are there. That is Invariant 1, and the only one: *a running frame has room for its slots
//! and for its operands at their deepest*.

use std::ptr::NonNull;

use crate::compile::Instruction;
use crate::eval::code::CodeRef;
use crate::objects::value::Value;

/// A place for a value: a slot or an operand. Nothing in a slot is an unbound variable.
pub(in crate::eval) type Word = Option<Value>;

/// Words per thread; untouched ones cost address space only.
const WORDS: usize = 1 << 20;

/// The stack of one thread.
pub(in crate::eval) struct Stack {
    words: NonNull<Word>,
    capacity: usize,
}

impl Stack {
    pub(in crate::eval) fn new() -> Self {
        let mut words: Vec<Word> = Vec::with_capacity(WORDS);
        let capacity = words.capacity();
        let start = NonNull::from(words.spare_capacity_mut()).cast();
        std::mem::forget(words);
        Self {
            words: start,
            capacity,
        }
    }

    pub(in crate::eval) fn start(&self) -> NonNull<Word> {
        self.words
    }

    /// Whether `size` words are left from `base`, which is on this stack.
    #[inline]
    pub(in crate::eval) fn fits(&self, base: NonNull<Word>, size: usize) -> bool {
        let used = (base.addr().get() - self.words.addr().get()) / size_of::<Word>();
        used + size <= self.capacity
    }
}

impl Drop for Stack {
    fn drop(&mut self) {
        // SAFETY: `new` took these words from a vector of this capacity. Values are plain words.
        drop(unsafe { Vec::from_raw_parts(self.words.as_ptr(), 0, self.capacity) });
    }
}

/// A call that has not returned.
#[derive(Clone, Copy)]
pub(in crate::eval) struct Frame {
    pub(in crate::eval) code: CodeRef,
    /// The dict of the module, borrowed from the function.
    pub(in crate::eval) globals: Value,
    /// The function's cells, borrowed from it.
    pub(in crate::eval) closure: Option<Value>,
    pub(in crate::eval) slots: NonNull<Word>,
    /// The first word that is given back on return; the result goes there.
    pub(in crate::eval) result: NonNull<Word>,
    /// Where to go on, while a call that this frame made is running.
    pub(in crate::eval) cursor: Cursor,
    /// Whether the frame returns to Rust code rather than to the frame below.
    pub(in crate::eval) entry: bool,
}

impl Frame {
    /// The first word behind the frame.
    pub(in crate::eval) fn limit(&self) -> NonNull<Word> {
        // SAFETY: Invariant 1.
        unsafe { self.slots.add(self.code.frame_size) }
    }
}

/// Where a frame is: its next instruction, its operands, its slots.
#[derive(Clone, Copy)]
pub(in crate::eval) struct Cursor {
    next: NonNull<Instruction>,
    /// The first free word.
    top: NonNull<Word>,
    slots: NonNull<Word>,
}

impl Cursor {
    /// The start of a frame whose slots are filled.
    #[inline(always)]
    pub(in crate::eval) fn at_start(code: CodeRef, slots: NonNull<Word>) -> Self {
        // SAFETY: Invariant 1.
        let top = unsafe { slots.add(code.code.slots.len()) };
        Self {
            next: NonNull::from(&code.code.instructions[0]),
            top,
            slots,
        }
    }

    /// The next instruction.
    #[inline(always)]
    pub(in crate::eval) fn fetch(&mut self) -> Instruction {
        // SAFETY: the compiler checked that control never runs off the end of the code.
        unsafe {
            let instruction = self.next.read();
            self.next = self.next.add(1);
            instruction
        }
    }

    /// Index of the instruction that was fetched last.
    pub(in crate::eval) fn index(&self, code: CodeRef) -> u32 {
        let start = NonNull::from(&code.code.instructions[0]).addr().get();
        ((self.next.addr().get() - start) / size_of::<Instruction>()) as u32 - 1
    }

    #[inline(always)]
    pub(in crate::eval) fn jump(&mut self, code: CodeRef, target: u32) {
        debug_assert!((target as usize) < code.code.instructions.len());
        // SAFETY: the compiler checked that every jump lands on an instruction.
        self.next = unsafe { NonNull::from(&code.code.instructions[0]).add(target as usize) };
    }

    #[inline(always)]
    pub(in crate::eval) fn push(&mut self, value: Value) {
        self.push_word(Some(value));
    }

    #[inline(always)]
    pub(in crate::eval) fn push_word(&mut self, word: Word) {
        // SAFETY: Invariant 1.
        unsafe {
            self.top.write(word);
            self.top = self.top.add(1);
        }
    }

    #[inline(always)]
    pub(in crate::eval) fn pop(&mut self) -> Value {
        match self.pop_word() {
            Some(value) => value,
            // SAFETY: only LOAD_METHOD pushes a gap, and only CALL_METHOD takes it.
            None => unsafe { std::hint::unreachable_unchecked() },
        }
    }

    #[inline(always)]
    pub(in crate::eval) fn pop_word(&mut self) -> Word {
        // SAFETY: the compiler checked that no instruction pops more than was pushed.
        unsafe {
            self.top = self.top.sub(1);
            self.top.read()
        }
    }

    /// The word at a position counted from the top, 1 being the top itself.
    #[inline(always)]
    pub(in crate::eval) fn peek_word(&self, position: usize) -> Word {
        // SAFETY: as for `pop_word`.
        unsafe { self.top.sub(position).read() }
    }

    /// The value at a position counted from the top.
    #[inline(always)]
    pub(in crate::eval) fn peek(&self, position: usize) -> Value {
        match self.peek_word(position) {
            Some(value) => value,
            // SAFETY: as for `pop`.
            None => unsafe { std::hint::unreachable_unchecked() },
        }
    }

    #[inline(always)]
    pub(in crate::eval) fn poke(&mut self, position: usize, value: Value) {
        // SAFETY: as for `pop_word`.
        unsafe { self.top.sub(position).write(Some(value)) };
    }

    /// The place of the operand at a position counted from the top.
    #[inline(always)]
    pub(in crate::eval) fn place(&self, position: usize) -> NonNull<Word> {
        // SAFETY: as for `pop_word`.
        unsafe { self.top.sub(position) }
    }

    /// Forgets the operands from a place on; their references were taken over.
    #[inline(always)]
    pub(in crate::eval) fn cut(&mut self, place: NonNull<Word>) {
        self.top = place;
    }

    /// The top values, the last being the top, borrowed from the stack.
    #[inline(always)]
    pub(in crate::eval) fn values<'a>(&self, count: usize) -> &'a [Value] {
        // SAFETY: as for `pop_word`. The words are values and not gaps, and they stay while the frame does not run.
        unsafe { std::slice::from_raw_parts(self.top.sub(count).cast::<Value>().as_ptr(), count) }
    }

    #[inline(always)]
    pub(in crate::eval) fn slot(&self, index: u32) -> Word {
        // SAFETY: Invariant 1; the compiler's slot numbers are below the number of slots.
        unsafe { self.slots.add(index as usize).read() }
    }

    /// Puts a word into a slot and gives the old one back.
    #[inline(always)]
    pub(in crate::eval) fn replace_slot(&mut self, index: u32, word: Word) -> Word {
        // SAFETY: as for `slot`.
        unsafe { self.slots.add(index as usize).replace(word) }
    }

    /// Operands that the frame has.
    pub(in crate::eval) fn depth(&self, code: CodeRef) -> usize {
        let words = (self.top.addr().get() - self.slots.addr().get()) / size_of::<Word>();
        words - code.code.slots.len()
    }

    /// The first free word.
    #[inline(always)]
    pub(in crate::eval) fn top(&self) -> NonNull<Word> {
        self.top
    }
}
