//! The classes of `sys.float_info`, `time.struct_time` and their like.

use crate::types::struct_sequence::*;

struct_sequence! {
    FLAGS = "sys" "flags" "Flags provided through command line arguments or environment vars." {
        debug item0;
        inspect item1;
        interactive item2;
        optimize item3;
        dont_write_bytecode item4;
        no_user_site item5;
        no_site item6;
        ignore_environment item7;
        verbose item8;
        bytes_warning item9;
        quiet item10;
        hash_randomization item11;
        isolated item12;
        dev_mode item13;
        utf8_mode item14;
        warn_default_encoding item15;
        safe_path item16;
        int_max_str_digits item17;
    }
}

struct_sequence! {
    FLOAT_INFO = "sys" "float_info" "A named tuple holding information about the float type." {
        max item0;
        max_exp item1;
        max_10_exp item2;
        min item3;
        min_exp item4;
        min_10_exp item5;
        dig item6;
        mant_dig item7;
        epsilon item8;
        radix item9;
        rounds item10;
    }
}

struct_sequence! {
    INT_INFO = "sys" "int_info" "A named tuple that holds information about Python's internal representation of integers." {
        bits_per_digit item0;
        sizeof_digit item1;
        default_max_str_digits item2;
        str_digits_check_threshold item3;
    }
}

struct_sequence! {
    HASH_INFO = "sys" "hash_info" "A named tuple providing parameters used for computing hashes." {
        width item0;
        modulus item1;
        inf item2;
        nan item3;
        imag item4;
        algorithm item5;
        hash_bits item6;
        seed_bits item7;
        cutoff item8;
    }
}

struct_sequence! {
    THREAD_INFO = "sys" "thread_info" "A named tuple holding information about the thread implementation." {
        name item0;
        lock item1;
        version item2;
    }
}

struct_sequence! {
    VERSION_INFO = "sys" "version_info" "Version information as a named tuple." {
        major item0;
        minor item1;
        micro item2;
        releaselevel item3;
        serial item4;
    }
}

struct_sequence! {
    UNRAISABLE_ARGS = "sys" "UnraisableHookArgs" "Type used to pass arguments to sys.unraisablehook." {
        exc_type item0;
        exc_value item1;
        exc_traceback item2;
        err_msg item3;
        object item4;
    }
}

struct_sequence! {
    ASYNCGEN_HOOKS = "sys" "asyncgen_hooks" "The hooks of asynchronous generators." {
        firstiter item0;
        finalizer item1;
    }
}

struct_sequence! {
    STRUCT_TIME = "time" "struct_time" "The time value as returned by gmtime(), and accepted by asctime() and strftime()." {
        tm_year item0;
        tm_mon item1;
        tm_mday item2;
        tm_hour item3;
        tm_min item4;
        tm_sec item5;
        tm_wday item6;
        tm_yday item7;
        tm_isdst item8;
    }
}
