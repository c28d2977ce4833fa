package dev.blockcopy.qemufake;

import dev.blockcopy.qemufake.schema.RecordedSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Objects of the client in {@code /objects}: secrets, which serve as marks of identity, and what is known of devices.
 */
final class ObjectCommands {
    private static final Map<String, Object> EMPTY = Map.of();
    private static final Signature SECRET = Signature.of(
            "qom-type secret id str loaded? bool format? raw|base64 keyid? str iv? str data? str file? str");

    private ObjectCommands() {}

    static void addTo(Map<String, Command> table) {
        table.put(
                "object-add",
                Command.any((q, given) -> HostWork.NONE, (q, given, result) -> add(q, checked(given.values()))));
        table.put("object-del", Command.of("id str", ObjectCommands::delete));
        table.put("qom-list", Command.of("path str", ObjectCommands::list));
        table.put("qom-get", Command.of("path str property str", ObjectCommands::get));
    }

    private static Arguments checked(Map<String, Object> given) {
        Object type = given.get("qom-type");
        boolean isElsewhere = !"secret".equals(type)
                && RecordedSchema.values("object-add", "qom-type").contains(type);
        if (isElsewhere) {
            throw Refused.generic("The fake has no object of the type '%s': use secret", type);
        }
        return SECRET.check(given);
    }

    private static Object add(QemuState q, Arguments arguments) {
        String id = arguments.text("id");
        if (!JobIds.isWellFormed(id)) {
            throw Refused.generic("Parameter 'id' expects an identifier");
        }
        if (!arguments.has("data") && !arguments.has("file")) {
            throw Refused.generic("Either 'file' or 'data' must be provided");
        }
        if (q.objects.putIfAbsent(id, arguments.text("qom-type")) != null) {
            throw Refused.generic("attempt to add duplicate property '%s' to object (type 'container')", id);
        }
        return EMPTY;
    }

    private static Object delete(QemuState q, Arguments arguments) {
        if (q.objects.remove(arguments.text("id")) == null) {
            throw Refused.generic("object '%s' not found", arguments.text("id"));
        }
        return EMPTY;
    }

    private static Object list(QemuState q, Arguments arguments) {
        List<Object> properties = new ArrayList<>();
        properties.add(Members.of("name", "type", "type", "string"));
        switch (arguments.text("path")) {
            case "/objects" ->
                q.objects.forEach((id, type) -> properties.add(Members.of("name", id, "type", "child<" + type + ">")));
            case "/machine/peripheral" ->
                devices(q)
                        .forEach(device -> properties.add(Members.of("name", device, "type", "child<virtio-blk-pci>")));
            default -> throw notFound(arguments.text("path"));
        }
        return properties;
    }

    private static List<String> devices(QemuState q) {
        return q.graph.backends().stream()
                .filter(Backend::hasDevice)
                .map(backend -> backend.qdev().split("/")[3])
                .toList();
    }

    /** A device's {@code drive} is its drive id, or the node it stands on now. */
    private static Object get(QemuState q, Arguments arguments) {
        String path = arguments.text("path");
        Backend backend = q.graph.backends().stream()
                .filter(candidate -> isDevice(candidate, path))
                .findFirst()
                .orElseThrow(() -> notFound(path));
        if (!arguments.text("property").equals("drive")) {
            throw Refused.generic("Property 'virtio-blk-pci.%s' not found", arguments.text("property"));
        }
        return backend.drive().isEmpty() ? backend.root() : backend.drive();
    }

    private static boolean isDevice(Backend backend, String path) {
        String id = backend.hasDevice() ? backend.qdev().split("/")[3] : "";
        return backend.hasDevice()
                && (path.equals(backend.qdev()) || path.equals("/machine/peripheral/" + id) || path.equals(id));
    }

    private static Refused notFound(String path) {
        return Refused.of("DeviceNotFound", "Device '" + path + "' not found");
    }
}
