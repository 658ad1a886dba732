//! `memoryview`: a window on the bytes of another object.
//!
//! A view of a bytearray counts as an export of it for as long as it is not released, so that what it looks at stays
//! there; it reads and writes under the array's lock. A view of a view looks at what that one looks at.

mod cast;
mod compare;
mod export;
mod index;
mod item;
mod iterator;
mod layout;

use crate::eval::cx::Cx;
use crate::eval::{Args, Outcome, Raised};
use crate::objects::compare::hash_bytes;
use crate::refs::{Owned, Ref};
use crate::sync::atomic::{AtomicI64, Ordering};
use crate::types::buffer::{self, Buffer, Separator};
use crate::types::class::Class;
use crate::types::define::class;
use crate::types::guarded::Guarded;
use crate::types::payload::{self, Boxed, payload};

use cast::cast;
use export::Export;
use index::{get_item, set_item};
pub(crate) use iterator::MEMORY_ITERATOR;
use layout::Layout;

/// A view.
pub(crate) struct MemoryView {
    /// Nothing when it was released.
    source: Guarded<Option<Export>>,
    layout: Layout,
    /// Zero until somebody asked for it.
    hash: AtomicI64,
}

payload!(MemoryView as MemoryView, "memoryview", |this, visit| {
    this.source.alone(|source| {
        source
            .iter()
            .for_each(|export| visit(export.object.borrow()))
    });
});

class! {
    pub(crate) MEMORY_VIEW: Boxed<MemoryView> = "memoryview" (Object) {
        sealed;
        with_weak;
        doc "A view of an object's memory, without a copy.";
        slots {
            new: new, repr: repr, hash: hash, compare: compare::compare, len: len,
            get_item: get_item, set_item: set_item, iter: iterator::iter,
        }
        /// A view of the object's memory.
        method __buffer__ as export(self, flags, /);
        /// Give back a view that __buffer__ has made.
        method __release_buffer__ as release_buffer(self, buffer, /);
        method __enter__ as enter(self, /);
        method __exit__ as exit(self, *args);
        /// Whether the last index varies fastest, without gaps.
        get c_contiguous;
        /// The same memory with items of another format or shape.
        method cast(self, format, shape = None);
        /// Whether there are no gaps.
        get contiguous;
        /// Whether the first index varies fastest, without gaps.
        get f_contiguous;
        /// What an item is, in struct's letters.
        get format;
        /// The bytes as pairs of hexadecimal digits.
        method hex(self, sep = Separator::NONE, bytes_per_sep = 1);
        /// Bytes an item.
        get itemsize as item_size;
        /// Bytes of all items without gaps.
        get nbytes as size;
        /// How many indices an item has.
        get ndim as dimensions;
        /// The object whose memory is viewed.
        get obj as object;
        /// Whether the memory cannot be written through this view.
        get readonly;
        /// Give the memory back; the view is of no use from then on.
        method release(self, /);
        /// How many items there are along each index.
        get shape;
        /// Bytes from one item to the next along each index.
        get strides;
        /// Empty: memory through pointers is not supported.
        get suboffsets;
        /// A copy of the memory.
        method tobytes as to_bytes(self, order = Ref::NONE);
        /// The items as a list, nested by index.
        method tolist as to_list(self, /);
        /// The same view without the right to write.
        method toreadonly as to_readonly(self, /);
    }
}

#[cold]
fn released(cx: &Cx) -> Raised {
    cx.value_error("operation forbidden on released memoryview object")
}

/// A view with its hold, for as long as one operation takes.
pub(super) struct Open<'a> {
    export: Export,
    layout: &'a Layout,
}

/// Opens a view for one operation, which a release meanwhile does not disturb.
pub(super) fn open<'a>(cx: &Cx, this: Ref<'a>) -> Outcome<Open<'a>> {
    let (Some(view), Some(header)) = (this.payload::<MemoryView>(), this.header()) else {
        return Err(released(cx));
    };
    let object = view.source.with(cx.ts, header, |source| {
        source.as_ref().map(|export| export.object.clone())
    });
    let Some(object) = object else {
        return Err(released(cx));
    };
    // Between the two steps the view may have been released, and the array have become shorter.
    match Export::of_range(cx, object, view.layout.end()) {
        Some(export) => Ok(Open {
            export,
            layout: &view.layout,
        }),
        None => Err(released(cx)),
    }
}

impl Open<'_> {
    /// A new view of the same bytes.
    fn view(&self, cx: &Cx, layout: Layout) -> Owned {
        let export = Export::new(cx, self.export.object.clone());
        make(cx, export, layout)
    }

    /// The bytes of the items at some offsets, one after the other.
    fn gather(&self, offsets: &[usize]) -> Vec<u8> {
        let size = self.layout.format.size();
        self.export.read(|bytes| {
            let items = offsets.iter().map(|&at| &bytes[at..at + size]);
            items.flatten().copied().collect()
        })
    }

    /// The bytes of all items.
    fn bytes(&self) -> Vec<u8> {
        if self.layout.is_contiguous() {
            let start = self.layout.start;
            let range = match self.layout.len() {
                0 => 0..0,
                len => start..start + len,
            };
            return self.export.read(|bytes| bytes[range].to_vec());
        }
        self.gather(&self.layout.offsets())
    }
}

fn make(cx: &Cx, export: Export, layout: Layout) -> Owned {
    let view = MemoryView {
        source: Guarded::new("memoryview source", Some(export)),
        layout,
        hash: AtomicI64::new("memoryview hash", 0),
    };
    payload::new(cx, view)
}

/// `memoryview(object)`
pub(crate) fn over(cx: &Cx, object: Ref<'_>) -> Outcome {
    if let Some(buffer) = Buffer::of(object) {
        let readonly = matches!(buffer, Buffer::Bytes(..));
        let export = Export::new(cx, object.own());
        let layout = Layout::bytes(export.len, readonly);
        return Ok(make(cx, export, layout));
    }
    if object.payload::<MemoryView>().is_some() {
        let open = open(cx, object)?;
        return Ok(open.view(cx, open.layout.clone()));
    }
    match buffer::exported(cx, object)? {
        Some(view) => over(cx, view.borrow()),
        None => {
            let kind = cx.type_name(object);
            Err(cx.type_error(format!(
                "memoryview: a bytes-like object is required, not '{kind}'"
            )))
        }
    }
}

impl Cx<'_> {
    /// `memoryview(object)`
    ///
    /// # Errors
    /// TypeError: the object has no bytes to show.
    pub(crate) fn view_over(&self, object: Ref<'_>) -> Outcome {
        over(self, object)
    }

    /// The bytes that a memory view shows, at one moment.
    ///
    /// # Errors
    /// It was released.
    pub(crate) fn copied_view(&self, view: Ref<'_>) -> Outcome<Vec<u8>> {
        Ok(open(self, view)?.bytes())
    }
}

fn new(cx: &Cx, _class: &Class, args: Args<'_>) -> Outcome {
    let [object] = crate::types::str::arguments(cx, "memoryview", ["object"], args)?;
    match object {
        Some(object) => over(cx, object),
        None => Err(cx.type_error("memoryview() missing required argument 'object' (pos 1)")),
    }
}

fn repr(cx: &Cx, this: Ref<'_>) -> Outcome {
    let word = match is_released(cx, this) {
        true => "released memory",
        false => "memory",
    };
    let address = crate::types::object::address(this);
    Ok(cx.str(&format!("<{word} at {address}>")))
}

fn is_released(cx: &Cx, this: Ref<'_>) -> bool {
    match (this.payload::<MemoryView>(), this.header()) {
        (Some(view), Some(header)) => view.source.with(cx.ts, header, |source| source.is_none()),
        _ => true,
    }
}

fn hash(cx: &Cx, this: Ref<'_>) -> Outcome<i64> {
    let view = this.payload::<MemoryView>().expect("a view");
    // ORDERING: relaxed: the value depends on nothing but bytes that do not change.
    let known = view.hash.load(Ordering::Relaxed);
    if known != 0 {
        return Ok(known);
    }
    let open = open(cx, this)?;
    if !open.layout.readonly {
        return Err(cx.value_error("cannot hash writable memoryview object"));
    }
    if !open.layout.format.is_byte() {
        let message = "memoryview: hashing is restricted to formats 'B', 'b' or 'c'";
        return Err(cx.value_error(message));
    }
    let hash = hash_bytes(cx.ts, &open.bytes());
    // ORDERING: relaxed: whoever misses it computes the same value.
    view.hash.store(hash, Ordering::Relaxed);
    Ok(hash)
}

fn len(cx: &Cx, this: Ref<'_>) -> Outcome<usize> {
    let open = open(cx, this)?;
    match open.layout.shape.first() {
        Some(len) => Ok(*len),
        None => Err(cx.type_error("0-dim memory has no length")),
    }
}

fn export(cx: &Cx, this: Ref<'_>, _flags: i64) -> Outcome {
    over(cx, this)
}

fn enter(cx: &Cx, this: Ref<'_>) -> Outcome {
    open(cx, this).map(|_| this.own())
}

fn exit(cx: &Cx, this: Ref<'_>, _args: Ref<'_>) {
    release(cx, this);
}

/// Releases a view of this object's memory: `__release_buffer__` of everything that has memory to show.
///
/// # Errors
/// TypeError if it is no view; ValueError if it was released, or is of another object.
pub(crate) fn release_buffer(cx: &Cx, this: Ref<'_>, buffer: Ref<'_>) -> Outcome<()> {
    let (Some(view), Some(header)) = (buffer.payload::<MemoryView>(), buffer.header()) else {
        return Err(cx.type_error("expected a memoryview object"));
    };
    let shown = view.source.with(cx.ts, header, |source| {
        source.as_ref().map(|export| export.object.clone())
    });
    // A view of a view shows the memory of the same object.
    let own = match this.payload::<MemoryView>() {
        Some(_) => open(cx, this)?.export.object.clone(),
        None => this.own(),
    };
    match shown {
        None => Err(cx.value_error("memoryview's buffer has already been released")),
        Some(object) if object.borrow() == own.borrow() => {
            release(cx, buffer);
            Ok(())
        }
        Some(_) => Err(cx.value_error("memoryview's buffer is not this object")),
    }
}

fn release(cx: &Cx, this: Ref<'_>) {
    if let (Some(view), Some(header)) = (this.payload::<MemoryView>(), this.header()) {
        drop(view.source.with(cx.ts, header, Option::take));
    }
}

/// Attributes that a released view does not tell.
macro_rules! attributes {
    ($($name:ident: $cx:ident, $open:ident => $result:expr;)*) => {
        $(fn $name($cx: &Cx, this: Ref<'_>) -> Outcome {
            let $open = open($cx, this)?;
            Ok($result)
        })*
    };
}

attributes! {
    object: cx, open => open.export.object.clone();
    size: cx, open => cx.int(open.layout.len() as i64);
    readonly: cx, open => Owned::bool(open.layout.readonly);
    item_size: cx, open => cx.int(open.layout.format.size() as i64);
    format: cx, open => cx.str(&open.layout.format.text());
    dimensions: cx, open => cx.int(open.layout.dimensions() as i64);
    shape: cx, open => {
        let counts = open.layout.shape.iter();
        cx.tuple(counts.map(|count| cx.int(*count as i64)).collect())
    };
    strides: cx, open => {
        let strides = open.layout.strides.iter();
        cx.tuple(strides.map(|stride| cx.int(*stride as i64)).collect())
    };
    suboffsets: cx, _open => cx.tuple(Vec::new());
    c_contiguous: cx, open => Owned::bool(open.layout.is_contiguous());
    f_contiguous: cx, open => Owned::bool(open.layout.is_contiguous_by_column());
    contiguous: cx, open => Owned::bool(
        open.layout.is_contiguous() || open.layout.is_contiguous_by_column()
    );
    to_readonly: cx, open => open.view(cx, Layout { readonly: true, ..open.layout.clone() });
}

fn to_bytes(cx: &Cx, this: Ref<'_>, order: Ref<'_>) -> Outcome {
    let open = open(cx, this)?;
    let by_column = match order.not_none().map(|order| cx.text_of(order)) {
        None | Some("C") => false,
        Some("F") => true,
        Some("A") => !open.layout.is_contiguous() && open.layout.is_contiguous_by_column(),
        Some(_) => return Err(cx.value_error("order must be 'C', 'F' or 'A'")),
    };
    let made = match by_column {
        true => open.gather(&open.layout.offsets_by_column()),
        false => open.bytes(),
    };
    Ok(crate::types::bytes::from_vec(cx, made))
}

fn hex(cx: &Cx, this: Ref<'_>, separator: Separator, group: i64) -> Outcome<String> {
    Ok(separator.write(&cx.copied_view(this)?, group))
}

fn to_list(cx: &Cx, this: Ref<'_>) -> Outcome {
    let open = open(cx, this)?;
    let format = open.layout.format;
    let bytes = open.bytes();
    let items = bytes.chunks_exact(format.size());
    let mut row: Vec<Owned> = items
        .map(|bytes| item::Item::read(format, bytes).value(cx))
        .collect();
    for count in open.layout.shape.iter().skip(1).rev() {
        let mut rest = row.into_iter();
        let mut rows = Vec::new();
        loop {
            let next: Vec<Owned> = rest.by_ref().take(*count).collect();
            if next.is_empty() {
                break;
            }
            rows.push(cx.list(next));
        }
        row = rows;
    }
    match open.layout.shape.is_empty() {
        true => Ok(row.into_iter().next().unwrap_or(Owned::NONE)),
        false => Ok(cx.list(row)),
    }
}
