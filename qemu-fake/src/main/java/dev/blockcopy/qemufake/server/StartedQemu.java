package dev.blockcopy.qemufake.server;

import dev.blockcopy.qemufake.Dialect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A fake as its command line has it. */
final class StartedQemu {
    private StartedQemu() {}

    /**
     * Starts what the options say.
     *
     * @throws IllegalArgumentException in one line, if that can't be
     */
    static FakeQemu of(StartOptions options, FakeQemuBuilder builder) {
        Path[] monitors = monitors(options);
        options.all(StartOption.OBJECT).forEach(text -> DriveOption.addObject(text, builder));
        options.all(StartOption.DRIVE).forEach(text -> new DriveOption(text).addTo(builder));
        options.all(StartOption.BLOCKDEV).forEach(text -> DriveOption.addBlockdev(text, builder));
        options.all(StartOption.DEVICE).forEach(text -> DriveOption.addDevice(text, builder));
        options.all(StartOption.FAULT).forEach(builder::fault);
        if (options.has(StartOption.GUEST)) {
            builder.guest(Math.toIntExact(options.number(StartOption.GUEST)));
        }
        if (options.has(StartOption.SEED)) {
            builder.seed(options.number(StartOption.SEED));
        }
        if (options.has(StartOption.DIALECT)) {
            builder.dialect(Dialect.named(options.last(StartOption.DIALECT)));
        }
        if (options.has(StartOption.STOPPED)) {
            builder.stopped();
        }
        if (options.has(StartOption.NO_DESCRIPTORS)) {
            builder.withoutDescriptors();
        }
        if (options.has(StartOption.CLOCK)) {
            builder.clock(Clock.named(options.last(StartOption.CLOCK)));
        }
        return builder.start(monitors);
    }

    private static Path[] monitors(StartOptions options) {
        List<Path> sockets = new ArrayList<>();
        for (String text : options.all(StartOption.QMP)) {
            if (!text.startsWith("unix:")) {
                throw new IllegalArgumentException("-qmp " + text + ": the fake listens on unix:PATH only");
            }
            sockets.add(socket("-qmp " + text, OptionText.flat(text.substring("unix:".length()), "path")));
        }
        for (String text : options.all(StartOption.MON)) {
            sockets.add(ofChardev("-mon " + text, OptionText.flat(text, "chardev"), options.all(StartOption.CHARDEV)));
        }
        if (sockets.isEmpty()) {
            throw new IllegalArgumentException("nobody could talk to it: give -qmp unix:PATH,server=on,wait=off");
        }
        return sockets.toArray(Path[]::new);
    }

    private static Path ofChardev(String mon, Map<String, String> options, List<String> chardevs) {
        if (!"control".equals(options.get("mode"))) {
            throw new IllegalArgumentException(mon + ": the fake has mode=control only");
        }
        for (String text : chardevs) {
            Map<String, String> chardev = OptionText.flat(text, "backend");
            if (chardev.get("id") != null && chardev.get("id").equals(options.get("chardev"))) {
                if (!"socket".equals(chardev.get("backend"))) {
                    throw new IllegalArgumentException("-chardev " + text + ": the fake has socket only");
                }
                return socket("-chardev " + text, chardev);
            }
        }
        throw new IllegalArgumentException(mon + ": chardev \"" + options.get("chardev") + "\" not found");
    }

    private static Path socket(String option, Map<String, String> options) {
        if (!options.containsKey("path")) {
            throw new IllegalArgumentException(option + ": the fake listens on a UNIX socket: give path=");
        }
        if (options.getOrDefault("server", "on").equals("off")) {
            throw new IllegalArgumentException(option + ": the fake does not call its client: give server=on");
        }
        return Path.of(options.get("path"));
    }
}
