//! `types`: the classes that have no name elsewhere; the rest is in `lib/types.py`.

use crate::types::TypeId;
use crate::types::define::module;

module! {
    pub(crate) TYPES = "types" {
        types { SimpleNamespace }
        constant FunctionType = |cx| cx.class(TypeId::Function).as_ref().own();
        constant CodeType = |cx| cx.class(TypeId::Code).as_ref().own();
        constant MappingProxyType = |cx| cx.class(TypeId::MappingProxy).as_ref().own();
        constant CellType = |cx| cx.class(TypeId::Cell).as_ref().own();
        constant GeneratorType = |cx| cx.class(TypeId::Generator).as_ref().own();
        constant CoroutineType = |cx| cx.class(TypeId::Coroutine).as_ref().own();
        constant AsyncGeneratorType = |cx| cx.class(TypeId::AsyncGenerator).as_ref().own();
        constant MethodType = |cx| cx.class(TypeId::Method).as_ref().own();
        constant BuiltinFunctionType = |cx| cx.class(TypeId::Builtin).as_ref().own();
        constant WrapperDescriptorType = |cx| cx.class(TypeId::Wrapper).as_ref().own();
        constant MethodWrapperType = |cx| cx.class(TypeId::BoundWrapper).as_ref().own();
        constant MethodDescriptorType = |cx| cx.class(TypeId::MethodDescriptor).as_ref().own();
        constant ClassMethodDescriptorType = |cx| cx.class(TypeId::MethodDescriptor).as_ref().own();
        constant ModuleType = |cx| cx.class(TypeId::Module).as_ref().own();
        constant GetSetDescriptorType = |cx| cx.class(TypeId::GetSet).as_ref().own();
        constant MemberDescriptorType = |cx| cx.class(TypeId::Member).as_ref().own();
        constant TracebackType = |cx| cx.class(TypeId::Traceback).as_ref().own();
        constant FrameType = |cx| cx.class(TypeId::Frame).as_ref().own();
        constant GenericAlias = |cx| cx.class(TypeId::GenericAlias).as_ref().own();
        constant UnionType = |cx| cx.class(TypeId::UnionType).as_ref().own();
        constant EllipsisType = |cx| cx.class(TypeId::EllipsisType).as_ref().own();
        constant NoneType = |cx| cx.class(TypeId::NoneType).as_ref().own();
        constant NotImplementedType = |cx| cx.class(TypeId::NotImplementedType).as_ref().own();
    }
}
