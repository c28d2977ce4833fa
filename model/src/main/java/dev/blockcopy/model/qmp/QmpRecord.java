package dev.blockcopy.model.qmp;

import java.util.Map;

/** A record that is a JSON object on the wire, its components being the members. */
public interface QmpRecord {

    /**
     * The members in wire order and wire spelling, as plain JDK values; absent ones left out.
     *
     * @throws IllegalArgumentException if a member that must be there is {@code null}, or an enumeration is {@code UNKNOWN}
     */
    default Map<String, Object> members() {
        return MemberWriter.members((Record) this);
    }
}
