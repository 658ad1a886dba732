//! Which class a value has, and the built-in classes of an interpreter.

use crate::eval::cx::Cx;
use crate::eval::shared::World;
use crate::objects::value::Unpacked;
use crate::refs::Ref;
use crate::types::TypeId;
use crate::types::class::Class;

impl World {
    /// A built-in class.
    #[inline]
    pub(crate) fn class(&self, id: TypeId) -> &Class {
        // SAFETY: built-in classes are immortal.
        let class = unsafe { Ref::from_value(self.classes[id as usize]) };
        Class::of(class).expect("the table has classes")
    }
}

impl<'a> Cx<'a> {
    /// A built-in class.
    #[inline]
    pub(crate) fn class(&self, id: TypeId) -> &'a Class {
        self.world().class(id)
    }

    /// The name of a value's class, for messages.
    pub(crate) fn type_name(&self, value: Ref<'_>) -> String {
        self.class_of(value).name_of_instances(self)
    }

    /// The class of a value.
    #[inline]
    pub(crate) fn class_of<'b>(&'b self, value: Ref<'b>) -> &'b Class {
        match value.header() {
            Some(header) => Class::of_header(header),
            None => self.class(immediate_type(value)),
        }
    }

    /// Whether a value is an instance of a built-in class or of one derived from it.
    #[inline]
    pub(crate) fn is_instance(&self, value: Ref<'_>, id: TypeId) -> bool {
        self.class_of(value).derives_from(self.class(id))
    }
}

/// The type of a value that is no object on the heap.
fn immediate_type(value: Ref<'_>) -> TypeId {
    match value.unpack() {
        Unpacked::Int(_) => TypeId::Int,
        Unpacked::Bool(_) => TypeId::Bool,
        Unpacked::None => TypeId::NoneType,
        Unpacked::NotImplemented => TypeId::NotImplementedType,
        Unpacked::Ellipsis => TypeId::EllipsisType,
        Unpacked::Object(_) => TypeId::Object,
    }
}
