package dev.blockcopy.model.qmp;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What can be said to QEMU: a record per command in use, its components being the arguments; {@link Raw} says the rest.
 *
 * <p>Names and meanings are those of QAPI; the sentence at each record says what its return value is read with. A
 * command may fail with {@link QmpReply.Failure} whatever it says here.
 */
public sealed interface QmpCommand extends QmpRecord
        permits BlockdevMirror,
                QmpCommand.BlockJobCancel,
                QmpCommand.BlockJobSetSpeed,
                QmpCommand.BlockdevAdd,
                QmpCommand.BlockdevCreate,
                QmpCommand.BlockdevDel,
                QmpCommand.Cont,
                QmpCommand.HumanMonitorCommand,
                QmpCommand.JobCancel,
                QmpCommand.JobComplete,
                QmpCommand.JobDismiss,
                QmpCommand.JobFinalize,
                QmpCommand.JobPause,
                QmpCommand.JobResume,
                QmpCommand.ObjectAdd,
                QmpCommand.ObjectDel,
                QmpCommand.QmpCapabilities,
                QmpCommand.QomGet,
                QmpCommand.QueryBlock,
                QmpCommand.QueryBlockJobs,
                QmpCommand.QueryCommands,
                QmpCommand.QueryJobs,
                QmpCommand.QueryName,
                QmpCommand.QueryNamedBlockNodes,
                QmpCommand.QueryStatus,
                QmpCommand.QueryVersion,
                QmpCommand.Quit,
                QmpCommand.Raw,
                QmpCommand.Stop,
                QmpCommand.XDebugQueryBlockGraph {

    /** The command's name on the wire. */
    default String execute() {
        return Word.of(getClass()).name();
    }

    /** Leaves the negotiation; every session begins with it. */
    @Spelled("qmp_capabilities")
    record QmpCapabilities() implements QmpCommand {}

    /** Asks for the guest's run state: {@link StatusInfo}. */
    record QueryStatus() implements QmpCommand {}

    /** Asks for all jobs, the newest first: {@link JobInfo}. */
    record QueryJobs() implements QmpCommand {}

    /** Asks for all block jobs, the newest first: {@link BlockJobInfo}. */
    record QueryBlockJobs() implements QmpCommand {}

    /** Asks for the guest's drives and devices: {@link BlockInfo}. */
    record QueryBlock() implements QmpCommand {}

    /** Asks for all block nodes, {@code flat} without their backing chains: {@link BlockDeviceInfo}. */
    record QueryNamedBlockNodes(@MayBeAbsent Boolean flat) implements QmpCommand {}

    /** Asks for the whole graph with all edges, for debugging only says QAPI: {@link XDbgBlockGraph}. */
    record XDebugQueryBlockGraph() implements QmpCommand {}

    /** Asks for the names of all commands that this QEMU has: {@link CommandInfo}. */
    record QueryCommands() implements QmpCommand {}

    /** Asks for QEMU's version: {@link VersionInfo}. */
    record QueryVersion() implements QmpCommand {}

    /** Asks for the name given with {@code -name}: an object whose member {@code name} may be absent. */
    record QueryName() implements QmpCommand {}

    /** Reads one property of the object tree; a device's {@code drive} is its drive id or node name. */
    record QomGet(String path, String property) implements QmpCommand {}

    /** Opens an image as a block node. */
    record BlockdevAdd(BlockdevOptions options) implements QmpCommand {
        @Override
        public Map<String, Object> members() {
            return options.members();
        }
    }

    /** Closes a block node that nobody uses. */
    record BlockdevDel(String nodeName) implements QmpCommand {}

    /** Starts a job that creates an image; the job must be dismissed when it has concluded. */
    record BlockdevCreate(String jobId, BlockdevCreateOptions options) implements QmpCommand {}

    /** Limits a job to bytes per second, 0 lifts the limit; {@code device} is the job's id. */
    record BlockJobSetSpeed(String device, long speed) implements QmpCommand {}

    /** Ends a job; of a ready mirror without {@code force} gracefully: it then concludes as completed (transcript l08). */
    record BlockJobCancel(String device, @MayBeAbsent Boolean force) implements QmpCommand {}

    /** Ends a job by force, also a ready one (transcript l10). */
    record JobCancel(String id) implements QmpCommand {}

    /** Tells a ready job to complete: a mirror then switches the disk. The outcome comes by events and queries. */
    record JobComplete(String id) implements QmpCommand {}

    /** Lets a pending job conclude. */
    record JobFinalize(String id) implements QmpCommand {}

    /** Removes a concluded job, and its outcome. */
    record JobDismiss(String id) implements QmpCommand {}

    /** Pauses a job. */
    record JobPause(String id) implements QmpCommand {}

    /** Lets a paused job go on. */
    record JobResume(String id) implements QmpCommand {}

    /** Stops the guest's processors and drains its disks. */
    record Stop() implements QmpCommand {}

    /** Lets the guest run. */
    record Cont() implements QmpCommand {}

    /** Creates an object such as a {@code secret}. */
    record ObjectAdd(
            String qomType,
            String id,
            @MayBeAbsent String data,
            @MayBeAbsent String format) implements QmpCommand {}

    /** Removes an object made by {@code object-add}. */
    record ObjectDel(String id) implements QmpCommand {}

    /** Runs a command of the human monitor: a string, in which also errors are told. */
    record HumanMonitorCommand(String commandLine) implements QmpCommand {}

    /** Ends QEMU. */
    record Quit() implements QmpCommand {}

    /** Any other command, by name and plain JDK values. */
    record Raw(String execute, Map<String, Object> arguments) implements QmpCommand {

        /** Copies the arguments, which are then immutable. */
        public Raw {
            arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
        }

        /** A command without arguments. */
        public static Raw of(String execute) {
            return new Raw(execute, Map.of());
        }

        @Override
        public Map<String, Object> members() {
            return arguments;
        }
    }
}
