package dev.blockcopy.model.qmp;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * From members to records, in two tempers.
 *
 * <p>An answer is read tolerantly: unknown members and unknown words of an enumeration are let through, as QMP asks of
 * clients. Arguments are read strictly, with QEMU's own words of complaint: first the known members in their order, then
 * the unexpected ones.
 */
final class MemberReader {

    private final boolean strict;

    private MemberReader(boolean strict) {
        this.strict = strict;
    }

    static <R extends Record> R answer(Class<R> type, Object value, String what) {
        try {
            return new MemberReader(false).record(type, value, "");
        } catch (QmpSyntaxException e) {
            throw e.in(what, value);
        }
    }

    static <R extends Record> List<R> answers(Class<R> type, Object value, String what) {
        if (!(value instanceof List<?>)) {
            throw new QmpSyntaxException("a list is expected").in(what, value);
        }
        List<R> records = new ArrayList<>();
        ((List<?>) value).forEach(element -> records.add(answer(type, element, what)));
        return Collections.unmodifiableList(records);
    }

    static <R extends Record> R arguments(Class<R> type, Map<String, Object> arguments) {
        return new MemberReader(true).record(type, arguments, "");
    }

    private <R extends Record> R record(Class<R> type, Object value, String path) {
        Map<?, ?> members = expect(Map.class, value, path, "object");
        Word word = Word.of(type);
        Object[] read = new Object[word.members().size()];
        for (int i = 0; i < read.length; i++) {
            Word.Member member = word.members().get(i);
            read[i] = member(member, members, below(path, member.name()));
        }
        R record = construct(type, word, read, path);
        if (strict) {
            refuseUnexpected(word, members, path);
        }
        return record;
    }

    private static void refuseUnexpected(Word word, Map<?, ?> members, String path) {
        Set<Object> unexpected = new LinkedHashSet<>(members.keySet());
        word.members().forEach(member -> unexpected.remove(member.name()));
        if (!unexpected.isEmpty()) {
            throw complaint(
                    "Parameter '%s' is unexpected",
                    below(path, unexpected.iterator().next()));
        }
    }

    private Object member(Word.Member member, Map<?, ?> members, String path) {
        if (members.containsKey(member.name())) {
            return value(member.type(), members.get(member.name()), path);
        }
        if (member.mayBeAbsent()) {
            return null;
        }
        throw complaint("Parameter '%s' is missing", path);
    }

    private Object value(Type type, Object value, String path) {
        if (type instanceof ParameterizedType) {
            return parameterized((ParameterizedType) type, value, path);
        }
        Class<?> plain = (Class<?>) type;
        if (plain == String.class) {
            return expect(String.class, value, path, "string");
        }
        if (plain == long.class || plain == Long.class) {
            return expect(Long.class, value, path, "integer");
        }
        if (plain == boolean.class || plain == Boolean.class) {
            return expect(Boolean.class, value, path, "boolean");
        }
        if (plain.isEnum()) {
            return constant(plain, expect(String.class, value, path, "string"), path);
        }
        if (plain == BlockdevRef.class) {
            return reference(value, path);
        }
        return plain == Object.class ? value : record(plain.asSubclass(Record.class), value, path);
    }

    private Object parameterized(ParameterizedType type, Object value, String path) {
        if (type.getRawType() == Map.class) {
            return expect(Map.class, value, path, "object");
        }
        List<Object> elements = new ArrayList<>();
        for (Object element : expect(List.class, value, path, "array")) {
            elements.add(value(type.getActualTypeArguments()[0], element, path + "[" + elements.size() + "]"));
        }
        return Collections.unmodifiableList(elements);
    }

    private Object constant(Class<?> type, String word, String path) {
        Object unknown = null;
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals("UNKNOWN")) {
                unknown = constant;
            } else if (((WireEnum) constant).wire().equals(word)) {
                return constant;
            }
        }
        if (strict) {
            throw complaint("Parameter '%s' does not accept value '%s'", path, word);
        }
        return unknown;
    }

    /** Only a backing child may be none; the name in the complaint is without its path, as in QEMU. */
    private BlockdevRef reference(Object value, String path) {
        String member = path.substring(path.lastIndexOf('.') + 1);
        if (value == null && member.equals("backing")) {
            return BlockdevRef.NONE;
        }
        if (value instanceof String) {
            return BlockdevRef.node((String) value);
        }
        expect(Map.class, value, member, "BlockdevRef");
        return BlockdevRef.of(record(BlockdevOptions.class, value, path));
    }

    private static String below(String path, Object member) {
        return path.isEmpty() ? member.toString() : path + "." + member;
    }

    private static <T> T expect(Class<T> type, Object value, String path, String expected) {
        if (!type.isInstance(value)) {
            throw complaint("Invalid parameter type for '%s', expected: %s", path.isEmpty() ? "null" : path, expected);
        }
        return type.cast(value);
    }

    private static QmpSyntaxException complaint(String text, Object... words) {
        return new QmpSyntaxException(String.format(text, words));
    }

    private static <R extends Record> R construct(Class<R> type, Word word, Object[] values, String path) {
        try {
            return type.cast(word.of(values));
        } catch (MissingMemberException e) {
            throw complaint("Parameter '%s' is missing", below(path, e.member()));
        }
    }
}
