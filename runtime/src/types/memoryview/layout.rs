//! Where the items of a view lie: formats, shapes and strides.

use crate::eval::ops::number::Selection;

/// How an item is read: one of the native formats of `struct`, by its letter.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Format {
    letter: u8,
    /// Whether it was given with an `@`, which changes nothing.
    is_marked: bool,
}

impl PartialEq for Format {
    fn eq(&self, other: &Self) -> bool {
        self.letter == other.letter
    }
}

impl Format {
    /// Unsigned bytes.
    pub(crate) const BYTES: Self = Self {
        letter: b'B',
        is_marked: false,
    };

    /// The format of a text: a letter, perhaps with an `@` in front.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let marked = text.strip_prefix('@');
        match marked.unwrap_or(text).as_bytes() {
            [letter] if size_of_letter(*letter).is_some() => Some(Self {
                letter: *letter,
                is_marked: marked.is_some(),
            }),
            _ => None,
        }
    }

    /// The letter.
    pub(crate) fn letter(self) -> char {
        char::from(self.letter)
    }

    /// The text.
    pub(crate) fn text(self) -> String {
        let mark = if self.is_marked { "@" } else { "" };
        format!("{mark}{}", self.letter())
    }

    /// How many bytes an item takes.
    pub(crate) fn size(self) -> usize {
        size_of_letter(self.letter).expect("a format is known")
    }

    /// Whether items are bytes, signed, unsigned or by themselves.
    pub(crate) fn is_byte(self) -> bool {
        matches!(self.letter, b'B' | b'b' | b'c')
    }
}

fn size_of_letter(letter: u8) -> Option<usize> {
    match letter {
        b'?' | b'c' | b'b' | b'B' => Some(1),
        b'h' | b'H' => Some(2),
        b'i' | b'I' | b'f' => Some(4),
        b'l' | b'L' | b'q' | b'Q' | b'n' | b'N' | b'P' | b'd' => Some(8),
        _ => None,
    }
}

/// Where the items of a view lie in the bytes that it looks at.
#[derive(Clone, Debug)]
pub(crate) struct Layout {
    /// The offset of the first item.
    pub(crate) start: usize,
    pub(crate) shape: Vec<usize>,
    /// How many bytes lie between neighbours, in each dimension.
    pub(crate) strides: Vec<isize>,
    pub(crate) format: Format,
    pub(crate) readonly: bool,
}

impl Layout {
    /// Bytes, one after the other.
    pub(crate) fn bytes(len: usize, readonly: bool) -> Self {
        Self {
            start: 0,
            shape: vec![len],
            strides: vec![1],
            format: Format::BYTES,
            readonly,
        }
    }

    /// How many dimensions there are.
    pub(crate) fn dimensions(&self) -> usize {
        self.shape.len()
    }

    /// How many items.
    pub(crate) fn count(&self) -> usize {
        self.shape.iter().product()
    }

    /// How many bytes its items take.
    pub(crate) fn len(&self) -> usize {
        self.count() * self.format.size()
    }

    /// The offset behind the last byte of all items.
    pub(crate) fn end(&self) -> usize {
        if self.count() == 0 {
            return 0;
        }
        let pairs = self.shape.iter().zip(&self.strides);
        let reach: isize = pairs
            .map(|(&count, &stride)| (count as isize - 1) * stride.max(0))
            .sum();
        self.start.saturating_add_signed(reach) + self.format.size()
    }

    /// The offset of an item; its indices are within the shape.
    pub(crate) fn offset(&self, indices: &[usize]) -> usize {
        let pairs = indices.iter().zip(&self.strides);
        let distance: isize = pairs.map(|(&index, &stride)| index as isize * stride).sum();
        self.start.wrapping_add_signed(distance)
    }

    /// The offsets of all items, the last index changing first.
    pub(crate) fn offsets(&self) -> Vec<usize> {
        let mut offsets = vec![self.start];
        for (&count, &stride) in self.shape.iter().zip(&self.strides) {
            let step = |offset: usize| {
                (0..count).map(move |index| offset.wrapping_add_signed(index as isize * stride))
            };
            offsets = offsets.into_iter().flat_map(step).collect();
        }
        offsets
    }

    /// The same, the first index changing first.
    pub(crate) fn offsets_by_column(&self) -> Vec<usize> {
        let mut turned = self.clone();
        turned.shape.reverse();
        turned.strides.reverse();
        turned.offsets()
    }

    /// The items of the first dimension that a slice selects.
    pub(crate) fn sliced(&self, selected: Selection) -> Self {
        let mut sliced = self.clone();
        if selected.count > 0 {
            sliced.start = self.offset(&[selected.start as usize]);
        }
        sliced.shape[0] = selected.count;
        sliced.strides[0] = self.strides[0].wrapping_mul(selected.step as isize);
        sliced
    }

    /// Other items over the same bytes, which are contiguous.
    pub(crate) fn cast(&self, format: Format, shape: Vec<usize>) -> Self {
        Self {
            start: self.start,
            strides: strides_of(&shape, format.size()),
            shape,
            format,
            readonly: self.readonly,
        }
    }

    /// Whether the items lie one after the other, the last index changing first.
    pub(crate) fn is_contiguous(&self) -> bool {
        let strides = strides_of(&self.shape, self.format.size());
        fits(&self.shape, &self.strides, &strides)
    }

    /// The same, the first index changing first.
    pub(crate) fn is_contiguous_by_column(&self) -> bool {
        let turned: Vec<usize> = self.shape.iter().rev().copied().collect();
        let mut strides = strides_of(&turned, self.format.size());
        strides.reverse();
        fits(&self.shape, &self.strides, &strides)
    }
}

/// The strides of contiguous items, the last index changing first.
fn strides_of(shape: &[usize], size: usize) -> Vec<isize> {
    let mut strides = Vec::with_capacity(shape.len());
    let mut stride = size as isize;
    for count in shape.iter().rev() {
        strides.push(stride);
        stride = stride.wrapping_mul(*count as isize);
    }
    strides.reverse();
    strides
}

/// Whether strides are the wanted ones, where they matter.
fn fits(shape: &[usize], strides: &[isize], wanted: &[isize]) -> bool {
    shape.contains(&0)
        || shape
            .iter()
            .zip(strides.iter().zip(wanted))
            .all(|(count, (stride, wanted))| *count == 1 || stride == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_of_rows_and_columns() {
        let view = Layout::bytes(6, true).cast(Format::BYTES, vec![2, 3]);
        assert_eq!(view.strides, [3, 1]);
        assert_eq!(view.offsets(), [0, 1, 2, 3, 4, 5]);
        assert_eq!(view.offsets_by_column(), [0, 3, 1, 4, 2, 5]);
        assert!(view.is_contiguous() && !view.is_contiguous_by_column());
        assert_eq!(view.offset(&[1, 2]), 5);
        assert_eq!(view.end(), 6);
    }

    #[test]
    fn slices_of_slices() {
        let selected = |start, step, count| Selection {
            start,
            stop: 0,
            step,
            count,
        };
        let back = Layout::bytes(6, true).sliced(selected(5, -2, 3));
        assert_eq!(back.offsets(), [5, 3, 1]);
        assert_eq!(back.end(), 6);
        let again = back.sliced(selected(1, 1, 2));
        assert_eq!(again.offsets(), [3, 1]);
        assert!(!again.is_contiguous());
        let none = back.sliced(selected(0, 1, 0));
        assert!(none.offsets().is_empty() && none.is_contiguous());
        assert_eq!(none.end(), 0);
    }
}
