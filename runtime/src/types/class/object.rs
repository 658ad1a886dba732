//! A class as an object: what the collector sees of it.

use crate::objects::dict::{self, Dict};
use crate::types::payload::payload;

use super::Class;

payload!(
    Class as Type,
    "type",
    |this, visit| {
        let inherited = this.inherited();
        inherited.bases.iter().for_each(|base| visit(base.borrow()));
        inherited.mro.iter().for_each(|base| visit(base.borrow()));
        this.dict
            .get()
            .into_iter()
            .for_each(|dict| visit(dict.borrow()));
        if let Some(names) = &this.names {
            names.alone(|names| {
                visit(names.name.borrow());
                visit(names.qualified_name.borrow());
            });
        }
    },
    |gone, ts, _object| {
        gone.version.invalidate();
        if let Some(namespace) = gone.dict.get()
            && let Some(namespace) = namespace.borrow().downcast::<Dict>()
        {
            dict::clear(ts, namespace);
        }
    }
);
