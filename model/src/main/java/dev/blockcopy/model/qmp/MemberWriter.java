package dev.blockcopy.model.qmp;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** From records to members. */
final class MemberWriter {

    private MemberWriter() {}

    static Map<String, Object> members(Record record) {
        Word word = Word.of(record.getClass());
        Map<String, Object> members = new LinkedHashMap<>();
        for (Word.Member member : word.members()) {
            Object value = member.of(record);
            if (value != null) {
                members.put(member.name(), plain(value));
            } else if (!member.mayBeAbsent()) {
                throw new IllegalArgumentException(word.name() + " needs its member " + member.name());
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
}
