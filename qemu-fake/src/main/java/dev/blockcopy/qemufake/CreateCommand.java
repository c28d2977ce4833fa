package dev.blockcopy.qemufake;

import dev.blockcopy.model.qmp.JobStatus;
import dev.blockcopy.qemufake.schema.RecordedSchema;
import java.util.Map;

/** {@code blockdev-create}: images made by a job that has to be dismissed. */
final class CreateCommand {
    private static final Signature FILE =
            Signature.of("driver str filename str size int preallocation? off|falloc|full|metadata nocow? bool");
    private static final Signature QCOW2 = Signature.of("driver str file any size int version? v2|v3"
            + " backing-file? str backing-fmt? str cluster-size? int preallocation? off|falloc|full|metadata"
            + " lazy-refcounts? bool refcount-bits? int compression-type? zlib|zstd");

    private static final int SECTOR = 512;

    private CreateCommand() {}

    static void addTo(Map<String, Command> table) {
        table.put("blockdev-create", Command.of("job-id str options any", CreateCommand::work, CreateCommand::start));
    }

    private static HostWork work(QemuState q, Arguments arguments) {
        Arguments options = options(arguments);
        if (options.has("filename")) {
            return new HostWork.Create(options.text("filename"), options.number("size", 0));
        }
        Node file = q.graph.node((String) options.value("file"));
        return file == null || !isWholeSectors(options)
                ? HostWork.NONE
                : new HostWork.Format(
                        q.graph.image(file.name()).handle(),
                        new HostWork.Making(
                                options.number("size", 0), options.text("backing-file"), options.text("backing-fmt")));
    }

    private static boolean isWholeSectors(Arguments options) {
        return options.number("size", 0) >= 0 && options.number("size", 0) % SECTOR == 0;
    }

    private static Arguments options(Arguments arguments) {
        Object value = arguments.value("options");
        if (!(value instanceof Map<?, ?>)) {
            throw Refused.generic("Invalid parameter type for 'options', expected: object");
        }
        Map<String, Object> given = Arguments.members(value);
        Object driver = given.get("driver");
        if (driver == null) {
            throw Refused.generic("Parameter 'options.driver' is missing");
        }
        if (driver.equals("file")) {
            return FILE.check(given, "options.");
        }
        if (driver.equals("qcow2")) {
            return qcow2(given);
        }
        if (driver.equals("raw")) {
            Signature.of("driver str").check(given, "options.");
            throw Refused.generic("Driver does not support blockdev-create");
        }
        if (RecordedSchema.values("blockdev-add", "driver").contains(driver)) {
            throw Refused.generic("The fake has no driver '%s' in blockdev-create: use file or qcow2", driver);
        }
        throw Refused.generic("Parameter 'driver' does not accept value '%s'", driver);
    }

    private static Arguments qcow2(Map<String, Object> given) {
        Arguments options = QCOW2.check(given, "options.");
        if (!(options.value("file") instanceof String)) {
            throw Refused.generic("The fake takes the name of a node as 'options.file': add the file node first");
        }
        return options;
    }

    private static Object start(QemuState q, Arguments arguments, HostResult result) {
        Arguments options = options(arguments);
        String id = arguments.text("job-id");
        JobIds.check(q, id);
        Job job = new Job(new JobSettings(id, JobSettings.CREATE, true, false), null);
        q.jobs.add(job);
        JobTurns.tellStatus(q, job, JobStatus.CREATED);
        JobTurns.tellStatus(q, job, JobStatus.RUNNING);
        job.error = error(q, options, result);
        if (job.error != null) {
            // Unlike a mirror, a create job that fails at once is over before its command is answered.
            JobTurns.take(q, job, JobHeart.FAILURES.get(JobFailure.REPORTED));
            JobTurns.own(q, job, JobStep.ABORT);
        }
        return Map.of();
    }

    private static String error(QemuState q, Arguments options, HostResult result) {
        if (options.value("file") instanceof String name && q.graph.node(name) == null) {
            return "Cannot find device='" + name + "' nor node-name='" + name + "'";
        }
        if (options.has("file") && !isWholeSectors(options)) {
            return "Image size must be a multiple of 512 bytes";
        }
        if (result instanceof HostResult.Failed failed) {
            return failed.text() == null ? failed.errno().text() : failed.text();
        }
        return null;
    }
}
