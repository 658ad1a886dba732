//! Every item of a facade with its type, for whichever world mounts this file.

use std::alloc::Layout;
use std::cmp;
use std::fmt::Debug;
use std::hash::Hash;
use std::io;
use std::ptr::NonNull;
use std::time::Duration;

use reports::plan::{Exploration, Plan};
use reports::scenario::Scenario;

use super::sync::atomic::{
    AtomicI64, AtomicPtr, AtomicU8, AtomicU32, AtomicU64, AtomicUsize, Ordering, fence,
};
use super::sync::cell::Cell;
use super::sync::heap::{Heap, Kind, Local};
use super::sync::park::{Found, Key, Parked, ParkingLot};
use super::sync::thread::JoinHandle;
use super::sync::time::{Clock, Deadline};
use super::sync::{checker, entropy, event, hint, identity, order, site, thread, time};

type Exchange<A, V> = fn(&A, V, V, Ordering, Ordering) -> Result<V, V>;
type Update<A, V> = fn(&A, V, Ordering) -> V;

macro_rules! common {
    ($atomic:ty, $value:ty) => {
        let _: fn(&'static str, $value) -> $atomic = <$atomic>::new;
        let _: fn(&$atomic, Ordering) -> $value = <$atomic>::load;
        let _: fn(&$atomic, $value, Ordering) = <$atomic>::store;
        let _: Update<$atomic, $value> = <$atomic>::swap;
        let _: Exchange<$atomic, $value> = <$atomic>::compare_exchange;
        let _: Exchange<$atomic, $value> = <$atomic>::compare_exchange_weak;
        shared::<$atomic>();
        shown::<$atomic>();
    };
}

macro_rules! integer {
    ($atomic:ty, $value:ty) => {
        common!($atomic, $value);
        let _: Update<$atomic, $value> = <$atomic>::fetch_add;
        let _: Update<$atomic, $value> = <$atomic>::fetch_sub;
        let _: Update<$atomic, $value> = <$atomic>::fetch_or;
        let _: Update<$atomic, $value> = <$atomic>::fetch_and;
    };
}

fn shared<T: Send + Sync>() {}
fn shown<T: Debug>() {}
fn copied<T: Copy + Debug>() {}
fn compared<T: Copy + Debug + Eq>() {}
fn ordered<T: Ord>() {}
fn hashed<T: Hash>() {}
fn made<T: Default>() {}

#[expect(dead_code, reason = "it is there to be compiled")]
fn atomics() {
    integer!(AtomicU8, u8);
    integer!(AtomicU32, u32);
    integer!(AtomicI64, i64);
    integer!(AtomicU64, u64);
    integer!(AtomicUsize, usize);
    common!(AtomicPtr<String>, *mut String);
    let _: fn(Ordering) = fence;
    let _: Ordering = std::sync::atomic::Ordering::AcqRel;
    let _: fn(&'static str, Ordering) -> Ordering = site;
}

#[expect(dead_code, reason = "it is there to be compiled")]
fn cells_and_heap() {
    let _: fn(&'static str, String) -> Cell<String> = Cell::new;
    let _: fn(&Cell<u8>, fn(*const u8) -> u16) -> u16 = Cell::with;
    let _: fn(&Cell<u8>, fn(*mut u8) -> u16) -> u16 = Cell::with_mut;
    shared::<Cell<u8>>();
    shown::<Cell<u8>>();

    let _: fn() -> Heap = Heap::new;
    let _: fn(&Heap) -> Local = Heap::local;
    let _: unsafe fn(&Heap, fn(NonNull<u8>)) = Heap::visit;
    let _: fn(Local, Layout, Kind) -> NonNull<u8> = Local::alloc;
    let _: unsafe fn(Local, NonNull<u8>) = Local::free;
    let _: fn(Local) = Local::leave;
    let _: [Kind; 2] = [Kind::Object("dict"), Kind::Memory("keys")];
    shared::<Heap>();
    made::<Heap>();
    shown::<Heap>();
    copied::<Local>();
    compared::<Kind>();
}

#[expect(dead_code, reason = "it is there to be compiled")]
fn parking() {
    let _: fn(&String) -> Key = Key::of;
    let _: [fn() -> ParkingLot; 2] = [ParkingLot::new, ParkingLot::restless];
    let _: fn(&ParkingLot, Key, Option<Deadline>, fn() -> bool) -> Parked = ParkingLot::park;
    let _: fn(&ParkingLot, Key, fn(Found) -> usize) -> Found = ParkingLot::unpark_one;
    let _: fn(&ParkingLot, Key, usize) -> usize = ParkingLot::unpark_all;
    let _: [Parked; 3] = [Parked::Unparked(0), Parked::Invalid, Parked::TimedOut];
    let _ = Found {
        woken: true,
        more: false,
    };
    shared::<ParkingLot>();
    made::<ParkingLot>();
    shown::<ParkingLot>();
    compared::<Key>();
    hashed::<Key>();
    compared::<Parked>();
    compared::<Found>();
}

#[expect(dead_code, reason = "it is there to be compiled")]
fn threads_and_time() {
    let _: fn(&str, usize, fn() -> u8) -> io::Result<JoinHandle<u8>> = thread::spawn;
    let _: fn(JoinHandle<u8>) -> u8 = JoinHandle::join;
    let _: fn() = thread::yield_now;
    let _: fn() = hint::spin;
    shared::<JoinHandle<u8>>();
    shown::<JoinHandle<u8>>();

    let _: fn(Duration) -> Option<Deadline> = Deadline::after;
    let _: fn() -> Clock = Clock::start;
    let _: fn(&Clock) -> Duration = Clock::elapsed;
    let _: fn() -> Duration = time::since_epoch;
    let _: fn(Duration) = time::sleep;
    compared::<Deadline>();
    ordered::<Deadline>();
    copied::<Clock>();
}

#[expect(dead_code, reason = "it is there to be compiled")]
fn identity_events_and_the_checker() {
    let _: fn(*const u8, *const String) -> cmp::Ordering = order;
    let _: fn(*const String) -> u64 = identity;
    let _: fn() -> u64 = entropy::seed;
    let _: fn(*const u8, &'static str) = event::label;
    let _: fn(&'static str, fn() -> u8) -> u8 = event::operation;
    let _: fn(&'static str, usize, fn() -> bool) -> bool = event::call;
    let _: [fn(*const u8, Option<u64>); 2] = [event::reads, event::writes];
    let _: [fn(*const u8, Option<u64>, fn() -> bool); 2] = [event::reads_if, event::writes_if];
    let _: fn(*const u8, u64, fn() -> bool) = event::inserts;
    let _: [fn(*const u8, Option<u64>); 2] = [event::glances, event::stores];
    let _: Option<u64> = event::LENGTH;
    let _: [fn(fn() -> u8) -> u8; 2] = [event::unobserved, event::alone];
    let _: [fn(*const u8, *const u8); 2] = [event::changes, event::reads_both];
    let _: fn(*const u8) = event::ends;
    let _: fn(*const u8, &'static str) = event::enters;
    let _: fn(&'static str) = event::leaves;
    let _: fn(*const u8, &'static str) = event::acquired;
    let _: fn(*const u8) = event::released;
    let _: fn(&Plan, &Scenario) -> Exploration = checker::explore;
}
