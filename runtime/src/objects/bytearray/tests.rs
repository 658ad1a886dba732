//! What bytearrays do on one thread.

use super::*;
use crate::objects::rig::{drop_all, with_thread};

fn bytes(ts: &ThreadState, array: &Bytearray) -> Vec<u8> {
    read(ts, array, <[u8]>::to_vec)
}

#[test]
fn an_array_changes_in_place() {
    with_thread(|ts| {
        let value = new(ts, b"abc".to_vec());
        let array: &Bytearray = value.downcast().expect("a bytearray");
        assert_eq!(append(ts, array, b"de"), Ok(()));
        write(ts, array, |bytes| bytes[0] = b'A');
        assert_eq!(resize(ts, array, |bytes| bytes.remove(1)), Ok(b'b'));
        assert_eq!(bytes(ts, array), b"Acde");
        assert_eq!(array.len(), 4);
        drop_all(ts, [value]);
    });
}

#[test]
fn an_exported_array_keeps_its_length() {
    with_thread(|ts| {
        let value = new(ts, b"abc".to_vec());
        let array: &Bytearray = value.downcast().expect("a bytearray");
        assert_eq!(export(ts, array), 3);
        assert_eq!(append(ts, array, b"d"), Err(Exported));
        assert_eq!(resize(ts, array, |bytes| bytes.reverse()), Ok(()));
        assert_eq!(append(ts, array, b""), Ok(()));
        assert_eq!(bytes(ts, array), b"cba");
        release(ts, array);
        assert_eq!(append(ts, array, b"d"), Ok(()));
        assert_eq!(array.len(), 4);
        drop_all(ts, [value]);
    });
}
