package dev.blockcopy.model.qmp;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** From records to members. */
final class MemberWriter {

    private MemberWriter() {}

    static Map<String, Object> members(Record record) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            Object value = valueOf(record, component);
            if (value != null) {
                members.put(Spelling.ofMember(component), plain(value));
            } else if (!component.isAnnotationPresent(MayBeAbsent.class)) {
                throw new IllegalArgumentException(
                        Spelling.ofType(record.getClass()) + " needs its member " + Spelling.ofMember(component));
            }
        }
        return Collections.unmodifiableMap(members);
    }

    private static Object plain(Object value) {
        if (value instanceof WireEnum) {
            return ((WireEnum) value).wire();
        }
        if (value instanceof BlockdevRef) {
            return ((BlockdevRef) value).plain();
        }
        if (value instanceof QmpRecord) {
            return ((QmpRecord) value).members();
        }
        if (value instanceof List<?>) {
            List<Object> elements = new ArrayList<>();
            ((List<?>) value).forEach(element -> elements.add(plain(element)));
            return Collections.unmodifiableList(elements);
        }
        return value instanceof Integer ? Long.valueOf((Integer) value) : value;
    }

    private static Object valueOf(Record record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("the accessor of a public record failed", e);
        }
    }
}
