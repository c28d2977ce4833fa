package dev.blockcopy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.engine.qmp.QmpInput;
import dev.blockcopy.model.lifecycle.Facts.Destination;
import dev.blockcopy.model.lifecycle.Facts.Wish;
import dev.blockcopy.model.lifecycle.JobState;
import dev.blockcopy.model.qmp.QmpCommand;
import dev.blockcopy.model.qmp.QmpReply;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A session that is under way is waited for without holding anything up, and one that does not open is none. */
class OpeningLaneTest {
    private final LaneScript script = new LaneScript();
    private final LaneInput.Begin begin = new LaneInput.Begin(Samples.job(Destination.EXISTING, Wish.STAY));

    private void dial() {
        script.opens = false;
        script.take(new LaneInput.Dial());
        assertThat(script.sent()).isEmpty();
    }

    @Test
    void aJobThatIsBegunMeanwhileWaitsForIt() {
        dial();
        script.take(begin);
        assertThat(begin.answer()).isNotDone();
        assertThat(script.store.jobs).isEmpty();

        script.input(new QmpInput.Opened());

        assertThat(begin.answer().join()).isEqualTo(Answer.ACCEPTED);
        assertThat(script.store.jobs).containsKey(begin.job().id());
        assertThat(script.sent()).startsWith("query-named-block-nodes", "query-status", "query-jobs");
    }

    @Test
    void aJobThatIsBegunMeanwhileIsRefusedIfItDoesNotOpen() {
        dial();
        script.take(begin);

        script.input(new QmpInput.Lost("no greeting"));

        assertThat(begin.answer().join()).isEqualTo(new Answer(Answer.Kind.REFUSED, "the monitor was lost: try again"));
        assertThat(script.troubles).containsExactly("no greeting");
        assertThat(script.store.jobs).isEmpty();
    }

    @Test
    void aQuestionMeanwhileIsRefused() {
        dial();
        CompletableFuture<QmpReply> reply = new CompletableFuture<>();

        script.take(new LaneInput.Query(new QmpCommand.QueryStatus(), reply));

        assertThat(reply).isCompletedExceptionally();
    }

    @Test
    void oneThatDoesNotOpenTellsNothingOfAnyJobAndIsTriedAgain() {
        script.connect();
        script.begin(begin.job());
        JobState phase = script.job.phase();
        script.opens = false;
        script.input(new QmpInput.Lost("cut"));
        List<String> told = List.copyOf(script.deeds);
        script.elapse();

        script.input(new QmpInput.Lost("no greeting"));

        assertThat(script.job.phase()).isEqualTo(phase);
        assertThat(script.deeds)
                .startsWith(told.toArray(String[]::new))
                .hasSize(told.size() + 1)
                .endsWith("close");
        assertThat(script.postponed).extracting(LaneScript.Postponed::input).contains(new LaneInput.Dial());
    }
}
