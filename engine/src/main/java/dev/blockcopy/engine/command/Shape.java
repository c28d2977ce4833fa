package dev.blockcopy.engine.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * One kind of JSON object, declared member by member: what is written and what is documented are the same list.
 *
 * @param name what the documentation calls it
 * @param members its members, always all of them, in this order
 */
record Shape<T>(String name, List<Member<T>> members) {
    /**
     * One member.
     *
     * @param name its key
     * @param type its type, for readers
     * @param meaning what it says
     * @param value how it is had
     */
    record Member<T>(String name, String type, String meaning, Function<T, Object> value) {}

    Shape {
        members = List.copyOf(members);
    }

    Map<String, Object> of(T subject) {
        Map<String, Object> object = new LinkedHashMap<>();
        members.forEach(member -> object.put(member.name(), member.value().apply(subject)));
        return object;
    }
}
