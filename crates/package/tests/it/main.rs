//! A package as it is packed, carried and checked: what holds, and what is found by name.

mod extract;
mod forged;
mod packing;
mod spoiled;
mod withheld;
