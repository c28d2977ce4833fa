package dev.blockcopy.model.qmp;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;

/**
 * A type of record as a word of the wire, looked up once: to ask the virtual machine for its components anew takes longer
 * than to read a line, and lines are read while a guest is paused.
 */
final class Word {
    /** A component, by its name on the wire. */
    record Member(String name, Type type, boolean mayBeAbsent, Method accessor) {
        private static Member of(RecordComponent component) {
            return new Member(
                    Spelling.ofMember(component),
                    component.getGenericType(),
                    component.isAnnotationPresent(MayBeAbsent.class),
                    component.getAccessor());
        }

        Object of(Record record) {
            try {
                return accessor.invoke(record);
            } catch (ReflectiveOperationException e) {
                throw new AssertionError("the accessor of a public record failed", e);
            }
        }
    }

    private static final ClassValue<Word> WORDS = new ClassValue<>() {
        @Override
        protected Word computeValue(Class<?> type) {
            return new Word(type);
        }
    };

    private final String name;
    private final List<Member> members;
    private final Constructor<?> canonical;

    private Word(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        name = Spelling.ofType(type);
        members = Arrays.stream(components).map(Member::of).toList();
        try {
            canonical = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        } catch (NoSuchMethodException e) {
            throw new AssertionError("a record without its constructor", e);
        }
    }

    static Word of(Class<?> type) {
        return WORDS.get(type);
    }

    /** Its own name, as a command has one. */
    String name() {
        return name;
    }

    /** In the order of the wire. */
    List<Member> members() {
        return members;
    }

    /**
     * A record of these members, in their order.
     *
     * @throws MissingMemberException if one lacks that another one asks for
     */
    Object of(Object[] values) {
        try {
            return canonical.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof MissingMemberException missing) {
                throw missing;
            }
            throw new AssertionError("the constructor of a word failed", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("a public record without a public constructor", e);
        }
    }
}
