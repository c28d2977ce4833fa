package dev.blockcopy.qemufake.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The order in which QEMU goes through the members of an object: by the bucket of its hash table (QEMU 7.2 {@code
 * qobject/qdict.c}). Members of one bucket stay as they are: the fake's own objects name them as QEMU tells them.
 */
final class MemberOrder {
    private static final int BUCKETS = 512;

    private MemberOrder() {}

    static <V> List<Map.Entry<String, V>> of(Map<String, V> members) {
        List<Map.Entry<String, V>> ordered = new ArrayList<>(members.size());
        int[] buckets = new int[members.size()];
        for (Map.Entry<String, V> member : members.entrySet()) {
            int bucket = bucket(member.getKey());
            int place = ordered.size();
            while (place > 0 && buckets[place - 1] > bucket) {
                buckets[place] = buckets[place - 1];
                place--;
            }
            buckets[place] = bucket;
            ordered.add(place, member);
        }
        return ordered;
    }

    /** A client's value as QEMU holds it: of two members in one bucket the later one comes first. */
    static Object ofClient(Object value) {
        if (value instanceof List<?> elements) {
            return elements.stream().map(MemberOrder::ofClient).toList();
        }
        if (!(value instanceof Map<?, ?> members)) {
            return value;
        }
        Map<String, Object> latestFirst = new LinkedHashMap<>();
        List<Map.Entry<?, ?>> entries = new ArrayList<>(members.entrySet());
        for (int i = entries.size() - 1; i >= 0; i--) {
            latestFirst.put(
                    (String) entries.get(i).getKey(), ofClient(entries.get(i).getValue()));
        }
        return latestFirst;
    }

    private static int bucket(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        int value = 0x238F13AF * bytes.length;
        for (int i = 0; i < bytes.length; i++) {
            value += (bytes[i] & 0xFF) << (i * 5 % 24);
        }
        return Integer.remainderUnsigned(1103515243 * value + 12345, BUCKETS);
    }
}
