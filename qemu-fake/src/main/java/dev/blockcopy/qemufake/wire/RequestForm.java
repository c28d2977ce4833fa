package dev.blockcopy.qemufake.wire;

import java.util.Map;

/**
 * A value from the wire as a command: its form is checked member by member in QEMU's order, and the first that is wrong
 * is told (QEMU 7.2 {@code qmp_dispatch_check_obj}).
 *
 * @param id what the reply gives back, {@link #NULL} for JSON's null; null if there is none
 * @param execute the command; null if the form is wrong
 * @param arguments its arguments, never null
 * @param isOutOfBand asked for by {@code exec-oob}: it does not wait for its turn
 * @param complaint QEMU's sentence; null for a command
 */
public record RequestForm(
        Object id, String execute, Map<String, Object> arguments, boolean isOutOfBand, String complaint) {

    /** The id {@code null}, which comes back, in contrast to no id at all. */
    public static final Object NULL = new Object();

    private static final String EXECUTE = "execute";
    private static final String EXEC_OOB = "exec-oob";
    private static final String ARGUMENTS = "arguments";

    /**
     * Looks at a value.
     *
     * @param mayBeOutOfBand whether the client has enabled the capability {@code oob}
     */
    public static RequestForm of(JsonValue value, boolean mayBeOutOfBand) {
        if (value.complaint() != null) {
            return wrong(null, false, value.complaint());
        }
        if (!(value.value() instanceof Map<?, ?>)) {
            return wrong(null, false, "QMP input must be a JSON object");
        }
        Map<String, Object> members = object(value.value());
        Object id =
                members.containsKey("id") && members.get("id") == null ? NULL : MemberOrder.ofClient(members.get("id"));
        boolean isOutOfBand = members.containsKey(EXEC_OOB) && !members.containsKey(EXECUTE);
        String complaint = complaint(members, mayBeOutOfBand);
        if (complaint != null) {
            return wrong(id, isOutOfBand, complaint);
        }
        String execute = (String) members.get(isOutOfBand ? EXEC_OOB : EXECUTE);
        Map<String, Object> arguments = members.containsKey(ARGUMENTS) ? object(members.get(ARGUMENTS)) : Map.of();
        return new RequestForm(id, execute, arguments, isOutOfBand, null);
    }

    private static RequestForm wrong(Object id, boolean isOutOfBand, String complaint) {
        return new RequestForm(id, null, Map.of(), isOutOfBand, complaint);
    }

    private static String complaint(Map<String, Object> members, boolean mayBeOutOfBand) {
        String command = null;
        for (Map.Entry<String, Object> member : MemberOrder.of(members)) {
            String name = member.getKey();
            boolean isCommand = name.equals(EXECUTE) || mayBeOutOfBand && name.equals(EXEC_OOB);
            if (isCommand && !(member.getValue() instanceof String)) {
                return "QMP input member '" + name + "' must be a string";
            }
            if (isCommand && command != null) {
                return "QMP input member '" + name + "' clashes with '" + command + "'";
            }
            command = isCommand ? name : command;
            if (name.equals(ARGUMENTS) && !(member.getValue() instanceof Map<?, ?>)) {
                return "QMP input member 'arguments' must be an object";
            }
            if (!isCommand && !name.equals(ARGUMENTS) && !name.equals("id")) {
                return "QMP input member '" + name + "' is unexpected";
            }
        }
        return command == null ? "QMP input lacks member 'execute'" : null;
    }

    @SuppressWarnings("unchecked") // the parser's objects have string keys only
    private static Map<String, Object> object(Object value) {
        return (Map<String, Object>) value;
    }
}
