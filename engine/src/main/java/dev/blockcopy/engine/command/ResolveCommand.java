package dev.blockcopy.engine.command;

import dev.blockcopy.engine.Answer;
import dev.blockcopy.engine.CopyRefusedException;
import dev.blockcopy.engine.CopyRefusedException.Kind;
import dev.blockcopy.engine.JobReport;
import dev.blockcopy.engine.ThisHost;
import dev.blockcopy.model.lifecycle.Trigger;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Ends a doubt by the word of a person. */
@Command(
        name = "resolve",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Say which image is the disk of a job that is IN_DOUBT, because you know more than QEMU and the journal.",
            "",
            "Evidence is collected once more; where there is some by now, it counts, and not your word. Neither image is"
                    + " changed or removed. Who said it and why stands in the job's way through the states, which"
                    + " @|bold blockcopy status|@ shows."
        },
        footer = {
            "",
            "Example: the guest was last seen writing to the copy",
            "  blockcopy resolve copy-vda-5be0c3f1a2d4 --keep destination --because 'its last backup was of the copy'"
        })
final class ResolveCommand implements Callable<Integer> {
    private static final Duration CLEAN_UP_MAX = Duration.ofSeconds(10);

    @Parameters(paramLabel = "JOB", description = "The job; @|bold blockcopy jobs|@ lists them.")
    private String job;

    @Option(
            names = "--keep",
            required = true,
            paramLabel = "IMAGE",
            converter = KeptImageConverter.class,
            description = "The image that is the disk: source or destination.")
    private Trigger keep;

    @Option(
            names = "--because",
            required = true,
            paramLabel = "TEXT",
            description = "How you know; kept with your name and host.")
    private String because;

    @Mixin
    private MonitorOption monitor;

    @Mixin(name = CommonOptions.NAME)
    private CommonOptions common;

    private final Surroundings surroundings;

    ResolveCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws CopyRefusedException, InterruptedException {
        if (because.isBlank()) {
            throw new CopyRefusedException(Kind.INPUT, "--because is empty: say how you know, for whoever asks later");
        }
        Ending ending = new Ending("resolve", common, surroundings);
        try (Copies copies = common.open(surroundings)) {
            monitor.applyTo(copies, job);
            Answer answer = copies.resolve(job, keep, said());
            if (answer.kind() == Answer.Kind.REFUSED) {
                throw new CopyRefusedException(Kind.STATE, job + ": " + answer.text());
            }
            JobReport report = copies.await(job, JobReport::hasEnded, CLEAN_UP_MAX);
            return ending.of(report, ExitCode.DONE);
        }
    }

    private String said() {
        return ThisHost.user() + " says: " + because.strip();
    }
}
