package dev.blockcopy.model.qmp;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One line to QEMU.
 *
 * @param id any JSON value, given back in the reply; {@code null} if the request had none
 */
public record QmpRequest(Object id, String execute, Map<String, Object> arguments) {

    /** Copies the arguments, which are then immutable. */
    public QmpRequest {
        arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
    }

    /** The request that says a command. */
    public static QmpRequest of(Object id, QmpCommand command) {
        return new QmpRequest(id, command.execute(), command.members());
    }
}
