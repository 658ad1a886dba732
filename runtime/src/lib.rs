//! A free-threaded Python core: the subject of Raddle's checks. No checker is named in it.

pub mod compile;
pub mod objects;
pub mod protocols;
pub mod sync;
pub mod syntax;
