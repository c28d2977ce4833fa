package dev.blockcopy.model.qmp;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Gives the wire spelling of a word that does not follow from its Java name, such as {@code backing_file}. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.TYPE, ElementType.FIELD})
public @interface Spelled {

    /** The word as QEMU spells it. */
    String value();
}
