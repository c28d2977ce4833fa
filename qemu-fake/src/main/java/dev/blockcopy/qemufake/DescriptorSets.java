package dev.blockcopy.qemufake;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The sets of descriptors that clients have made with {@code add-fd}, by their ids. */
final class DescriptorSets {
    private record Member(int number, String opaque, boolean isRemoved) {}

    private final Map<Long, List<Member>> sets = new TreeMap<>();

    DescriptorSets copy() {
        DescriptorSets copy = new DescriptorSets();
        sets.forEach((id, members) -> copy.sets.put(id, new ArrayList<>(members)));
        return copy;
    }

    long firstFree() {
        long id = 0;
        while (sets.containsKey(id)) {
            id++;
        }
        return id;
    }

    void add(long id, int number, String opaque) {
        sets.computeIfAbsent(id, unseen -> new ArrayList<>()).add(new Member(number, opaque, false));
    }

    /** Marks one, or with no number all, as removed; false if there is none such. */
    boolean remove(long id, Long number) {
        List<Member> members = sets.get(id);
        if (members == null || number != null && members.stream().noneMatch(member -> member.number == number)) {
            return false;
        }
        members.replaceAll(member ->
                number == null || member.number == number ? new Member(member.number, member.opaque, true) : member);
        return true;
    }

    /** Drops what is marked. */
    void sweep(long id) {
        sets.get(id).removeIf(Member::isRemoved);
        if (sets.get(id).isEmpty()) {
            sets.remove(id);
        }
    }

    /** The numbers that a set has and a later one has no more. */
    List<Integer> goneIn(long id, DescriptorSets later) {
        List<Integer> numbers = numbers(id);
        numbers.removeAll(later.numbers(id));
        return numbers;
    }

    private List<Integer> numbers(long id) {
        List<Integer> numbers = new ArrayList<>();
        sets.getOrDefault(id, List.of()).forEach(member -> numbers.add(member.number));
        return numbers;
    }

    /** As {@code query-fdsets} tells them, the latest id first. */
    List<Object> members() {
        List<Object> all = new ArrayList<>();
        sets.forEach((id, members) -> {
            List<Object> fds = new ArrayList<>();
            members.forEach(member -> fds.add(
                    member.opaque == null
                            ? Members.of("fd", (long) member.number)
                            : Members.of("fd", (long) member.number, "opaque", member.opaque)));
            all.add(0, Members.of("fds", fds, "fdset-id", id));
        });
        return all;
    }
}
