package dev.tidemark.bytes;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A badge: this class may use tricks for speed. Its plain twin stands in the tests, its benchmark in {@code bench/}. */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface HotPath {
    /** Name of the benchmark that justifies it. */
    String value();
}
