//! Results in the forms that other programs show: pages for a browser, and what continuous integration reads.
//!
//! The same results give the same bytes.

pub mod book;
pub mod github;
pub mod junit;
pub mod pages;
pub mod picture;
mod places;
mod relations;
pub mod sarif;

pub use book::{Book, Exhibit, Mutant, Order, Page};
