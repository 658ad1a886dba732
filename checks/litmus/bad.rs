//! What the reader of a program must not see.

/// The reader found one even version twice and two halves that were not written together.
pub(super) fn torn(registers: &[u32]) -> bool {
    registers[0] == registers[3] && registers[0].is_multiple_of(2) && registers[1] != registers[2]
}

/// Entries and what is left add up to less than there is room for.
pub(super) fn size_too_small(registers: &[u32]) -> bool {
    registers[1] < registers[0]
}

/// The reader found the block linked and then freed.
pub(super) fn read_of_freed(registers: &[u32]) -> bool {
    registers[0] == 0 && registers[1] == 1
}
