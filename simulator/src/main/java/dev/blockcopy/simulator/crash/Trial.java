package dev.blockcopy.simulator.crash;

import dev.blockcopy.engine.CopyJob;
import dev.blockcopy.simulator.campaign.Outcome;
import dev.blockcopy.simulator.campaign.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** One copy, those who die of it, and what the last manager makes of what they left. */
final class Trial {
    private static final int STEPS_MAX = 5_000;
    private static final int ALONE_MAX = 25;
    static final int STEPS_AFTER = 12;
    private static final int WRITES_BEFORE_MAX = 8;

    private final int number;
    private final Scene scene;
    private final Make make;
    private final SplittableRandom random;
    private final Story story;
    private final Fate fate;
    private final World world;
    private final List<String> struck = new ArrayList<>();
    private int deaths;
    private boolean isPowerLost;
    private int stepsLeft = STEPS_MAX;

    Trial(int number, Scene scene, Make make, SplittableRandom random, SplittableRandom others, Story story) {
        this.number = number;
        this.scene = scene;
        this.make = make;
        this.random = random;
        this.story = story;
        this.fate = new Fate(scene.blows(), this::strike);
        this.world = new World(scene, make, random, others, fate, story);
        story.tell(scene.toString());
    }

    private void strike(Death death, String where) {
        story.tell("*** " + death + ", " + where);
        struck.add(where);
        deaths++;
        if (death.takesQemu()) {
            world.qemu().kill();
        }
        if (death == Death.POWER) {
            int keptOfHundred = random.nextInt(3) * 50;
            make.files().losePower(() -> random.nextInt(100) < keptOfHundred);
            isPowerLost = true;
            world.boot();
        }
    }

    Outcome run() {
        try {
            return outcome();
        } finally {
            make.end().run();
        }
    }

    private Outcome outcome() {
        for (int i = random.nextInt(1, WRITES_BEFORE_MAX); i > 0; i--) {
            world.qemu().guestWrites();
        }
        boolean isBegun = false;
        boolean isOver = false;
        boolean isAtRest = false;
        while (!isOver) {
            try {
                if (isBegun) {
                    takeOver();
                } else {
                    isBegun = true;
                    world.begin();
                }
                isAtRest = live();
                isOver = true;
            } catch (Dead dead) {
                world.managerIsDead();
            }
        }
        return isAtRest
                ? new Judge(scene, world, make.files(), job(), isPowerLost).verdict(this::outcome)
                : outcome(Verdict.BLIND, 0, "job " + job().get().phase() + ", and it comes to no end");
    }

    /** Until the job rests; then the guest goes on, and somebody may still die. */
    private boolean live() {
        while (!world.isAtRest()) {
            if (stepsLeft-- == 0) {
                return false;
            }
            world.step();
        }
        fate.atRest();
        for (int i = 0; i < STEPS_AFTER; i++) {
            world.step();
        }
        return true;
    }

    private void takeOver() {
        for (int i = random.nextInt(ALONE_MAX); i > 0; i--) {
            world.step();
        }
        job().filter(job -> !job.hasEnded()).ifPresent(world::takeOver);
    }

    private Optional<CopyJob> job() {
        return make.stored().get().stream().findFirst();
    }

    private Outcome outcome(Verdict verdict, int lost, String text) {
        story.tell(verdict + ": " + text);
        String where = struck.isEmpty() ? "" : struck.get(struck.size() - 1);
        boolean isFine = verdict == Verdict.RIGHT || verdict == Verdict.DOUBT;
        return new Outcome(
                number, where, deaths, verdict, lost, isFine ? text : scene + "; struck " + struck + ": " + text);
    }
}
