package dev.blockcopy.simulator.campaign;

import dev.blockcopy.engine.CopyJobs;
import dev.blockcopy.engine.CopyRefusedException;
import dev.blockcopy.engine.CopyRequest;
import dev.blockcopy.engine.JobExecutor;
import dev.blockcopy.engine.JobStore;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Strikes engines of this process, between any two of their steps; the store is in memory. */
final class LocalStriker implements Striker {
    private static final int INSTANTS = 50;
    private static final Duration SOON = Duration.ofMinutes(5);

    /**
     * What the engines are made of; those of a test may have a bug.
     *
     * @param table decides
     * @param bug what becomes of the store of an engine that is struck
     */
    record Make(Supplier<JobExecutor> table, UnaryOperator<JobStore> bug) {}

    private final Make make;
    private final MemoryStore store = new MemoryStore();

    LocalStriker(Make make) {
        this.make = make;
    }

    @Override
    public Strike strike(CopyRequest request, Scenery scenery, SplittableRandom random, Runnable killQemu)
            throws InterruptedException {
        MortalEngine.Deed[] deeds = MortalEngine.Deed.values();
        MortalEngine.Deed deed = deeds[random.nextInt(deeds.length)];
        MortalEngine mortal = new MortalEngine(random.nextInt(1, INSTANTS), deed, killQemu);
        String refusal = "";
        try (CopyJobs engine = mortal.over(store, make.table().get(), make.bug())) {
            if (engine.list().isEmpty()) {
                engine.start(request);
            } else {
                engine.takeOver();
            }
            engine.await(engine.list().get(0).id(), CrashTrial::isAtRest, SOON);
        } catch (MortalEngine.Dead dead) {
            return new Strike(mortal.struck(), true);
        } catch (CopyRefusedException e) {
            refusal = "refused: " + e.getMessage();
        }
        return new Strike(mortal.struck().isEmpty() ? refusal : mortal.struck(), false);
    }

    @Override
    public CopyJobs survivor() {
        return new CopyJobs(store, List.of(), make.table());
    }

    @Override
    public void clear() {
        // Nothing but memory.
    }
}
