package dev.blockcopy.engine;

import dev.blockcopy.model.lifecycle.CopyEffect;
import dev.blockcopy.model.lifecycle.Decision;
import dev.blockcopy.model.lifecycle.Facts;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.lifecycle.Trigger;
import dev.blockcopy.model.qmp.QmpCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/** Performs the one effect of a step: a command to QEMU, or work on a file. */
final class LaneEffects {
    /** A look that gave no answer worth moving for is repeated after this long. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final LanePorts ports;
    private final LaneSession session;
    private final Queue<LaneInput> inner;
    private final SharedPause pause;

    LaneEffects(LanePorts ports, LaneSession session, Queue<LaneInput> inner, SharedPause pause) {
        this.ports = ports;
        this.session = session;
        this.inner = inner;
        this.pause = pause;
    }

    /** From now on only the answer to this effect counts. */
    void perform(CopyEffect effect, LiveJob live, Trigger trigger) {
        live.await(effect);
        if (trigger == Trigger.BACKLOG_LARGE || trigger == Trigger.REFUSED && isLook(effect)) {
            ports.post(new LaneInput.Due(live.job().id(), effect, live.steps()), LOOK_AGAIN);
        } else {
            performNow(effect, live);
        }
    }

    /** Has QEMU read the command that an effect will take, if it is one alone. */
    void anticipate(CopyEffect effect, LiveJob live) {
        if (isOnFiles(effect) || effect == CopyEffect.HAND_OVER_WITNESS) {
            return;
        }
        List<QmpCommand> commands = live.spec().dialect().speech().commands(effect, live.job());
        if (commands.size() == 1) {
            session.anticipate(commands.get(0));
        }
    }

    void performNow(CopyEffect effect, LiveJob live) {
        Timing.performing(live, effect, ports.nanoTime());
        if (effect == CopyEffect.STOP) {
            Duration left = Duration.ofNanos(live.pauseEndsNanos - ports.nanoTime());
            ports.post(new LaneInput.PauseIsOver(live.job().id(), live.pauses), left);
        }
        if (isOnFiles(effect)) {
            inner.add(new LaneInput.Done(live.job().id(), effect, ports.files().perform(effect, live.job())));
            return;
        }
        if (effect == CopyEffect.LOOK_AT_GUEST) {
            live.guestIsSuspended = false;
            live.lookedAtGuest = ports.now();
        }
        if (effect == CopyEffect.MIRROR) {
            live.hearEnd(Facts.End.NONE, "");
        }
        Speech speech = live.spec().dialect().speech();
        Optional<Sighting> known =
                live.job().facts().get(Facts.RESUME_DUE) ? speech.known(effect, live) : Optional.empty();
        if (known.isPresent()) {
            inner.add(new LaneInput.Done(live.job().id(), effect, known.get()));
            return;
        }
        List<QmpCommand> commands = speech.commands(effect, live.job());
        if (commands.isEmpty()) {
            inner.add(new LaneInput.Done(live.job().id(), effect, Sighting.of(Trigger.DONE)));
        }
        for (QmpCommand command : commands) {
            send(command, effect, live);
        }
    }

    /** Asks on, for the replies so far do not tell enough. */
    void goOn(LiveJob live) {
        send(live.spec().dialect().speech().further(live.awaited()), live.awaited(), live);
    }

    /** The witness goes along with its name; where it can't, that is the answer. */
    private void send(QmpCommand command, CopyEffect effect, LiveJob live) {
        if (effect == CopyEffect.STOP) {
            Instant now = ports.now();
            long nanos = ports.nanoTime();
            session.send(command).ifPresent(id -> {
                live.expect(id);
                pause.stops(new OurStop(id, live.lookedAtGuest, now, nanos));
            });
            return;
        }
        if (effect != CopyEffect.HAND_OVER_WITNESS) {
            session.send(command).ifPresent(live::expect);
            return;
        }
        try {
            Path witness = ports.files().witness(live.spec()).orElseThrow(() -> new IOException("there is none"));
            session.send(command, witness).ifPresent(live::expect);
        } catch (IOException e) {
            Sighting refused = Sighting.withError(Trigger.REFUSED, effect.meaning() + ": " + e.getMessage());
            inner.add(new LaneInput.Done(live.job().id(), effect, refused));
        }
    }

    /** A guest that has lost its disk is left to a person, and so is all that tells what became of it. */
    Findings witnessKept(LiveJob live, Decision.Step step, Findings findings) {
        if (step.after().get(Facts.STATE) != JobState.HOSED || step.after().get(Facts.WITNESS) == Facts.Witness.NONE) {
            return findings;
        }
        return ports.files()
                .witness(live.spec())
                .map(witness -> findings.withLeftOver(witness + ": the witness of the reopen, kept for you to look at"))
                .orElse(findings);
    }

    private static boolean isLook(CopyEffect effect) {
        return effect.name().startsWith("LOOK_AT_");
    }

    private static boolean isOnFiles(CopyEffect effect) {
        return switch (effect) {
            case MAKE_FILE, PLACE_FILE, REMOVE_FILE, MAKE_WITNESS, LOOK_AT_WITNESS, REMOVE_WITNESS -> true;
            default -> false;
        };
    }
}
