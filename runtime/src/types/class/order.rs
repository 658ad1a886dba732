//! Changes of the order in which a class and what derives from it look attributes up.

use crate::eval::cx::Cx;
use crate::refs::Owned;

use super::Class;

/// What a change of orders leaves behind.
struct Left {
    heirs: Vec<Owned>,
    /// The orders that heirs had; those that they nearly got, if one was refused.
    orders: Vec<Vec<Owned>>,
    /// The same of the bases.
    bases: Option<Vec<Owned>>,
    refused: Option<Vec<Owned>>,
}

impl Class {
    /// Gives the class another order. The old one lives on with the class: another thread may be in the middle of a
    /// look-up.
    pub(crate) fn replace_order(&self, cx: &Cx, order: Vec<Owned>) {
        let replace = || {
            self.change(cx, |inherited, _| {
                std::mem::replace(&mut inherited.mro, order)
            })
        };
        let old = self.modify(cx, replace);
        self.retire(cx, old);
    }

    /// Gives the class other bases, if there are any, and to it and all that derives from it the order that `order`
    /// makes of the bases, at one moment: who makes an order of others sees all as they were or all as they are.
    ///
    /// # Errors
    /// What `order` gives for bases that have none; then everything is as it was.
    pub(crate) fn reorder(
        &self,
        cx: &Cx,
        bases: Option<Vec<Owned>>,
        order: impl Fn(&[Owned]) -> Result<Vec<Owned>, Vec<Owned>>,
    ) -> Result<(), Vec<Owned>> {
        let world = cx.shared.runtime.world();
        let left = self.modify(cx, || {
            world.stop(Some(cx.ts));
            let left = self.reorder_alone(cx, bases, order);
            world.restart(Some(cx.ts));
            left
        });
        if let Some(classes) = left.refused {
            return Err(classes);
        }
        for (heir, old) in left.heirs.iter().zip(left.orders) {
            class(heir).retire(cx, old);
        }
        if let Some(bases) = left.bases {
            self.retire(cx, bases);
        }
        Ok(())
    }

    /// The same while the world is stopped: nothing is given back.
    fn reorder_alone(
        &self,
        cx: &Cx,
        bases: Option<Vec<Owned>>,
        order: impl Fn(&[Owned]) -> Result<Vec<Owned>, Vec<Owned>>,
    ) -> Left {
        let mut left = Left {
            heirs: self.heirs(cx),
            orders: Vec::new(),
            bases: bases.map(|bases| self.swap_bases(bases)),
            refused: None,
        };
        for heir in left.heirs.iter().map(class) {
            match order(&heir.inherited().bases) {
                Ok(order) => left.orders.push(heir.swap_order(order)),
                Err(classes) => {
                    left.refused = Some(classes);
                    break;
                }
            }
        }
        if left.refused.is_some() {
            left.bases = left.bases.map(|bases| self.swap_bases(bases));
            for (heir, order) in left.heirs.iter().zip(&mut left.orders) {
                *order = class(heir).swap_order(std::mem::take(order));
            }
        }
        left
    }

    fn swap_bases(&self, bases: Vec<Owned>) -> Vec<Owned> {
        self.change_alone(|inherited, _| std::mem::replace(&mut inherited.bases, bases))
    }

    fn swap_order(&self, order: Vec<Owned>) -> Vec<Owned> {
        self.change_alone(|inherited, _| std::mem::replace(&mut inherited.mro, order))
    }

    /// Keeps what another thread may be using.
    fn retire(&self, cx: &Cx, old: Vec<Owned>) {
        self.retired.with(cx.ts, self.header(), |all| all.push(old));
    }

    /// The class and all that derives from it, each after those of its bases that are among them.
    pub(super) fn heirs(&self, cx: &Cx) -> Vec<Owned> {
        let mut seen = Vec::new();
        self.visit_heirs(cx, &mut seen);
        seen.reverse();
        seen
    }

    fn visit_heirs(&self, cx: &Cx, seen: &mut Vec<Owned>) {
        if seen.iter().any(|one| one.borrow() == self.as_ref()) {
            return;
        }
        for subclass in self.subclasses(cx) {
            class(&subclass).visit_heirs(cx, seen);
        }
        seen.push(self.as_ref().own());
    }
}

fn class(object: &Owned) -> &Class {
    Class::of(object.borrow()).expect("only classes are heirs")
}
