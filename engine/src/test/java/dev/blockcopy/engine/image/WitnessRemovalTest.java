package dev.blockcopy.engine.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The removal of a witness, repeated by whoever comes after one that died in the middle of it. */
class WitnessRemovalTest {
    private final List<String> done = new ArrayList<>();

    /** A host on which the witness is gone already. */
    private FileCalls calls() {
        return (FileCalls) Proxy.newProxyInstance(
                FileCalls.class.getClassLoader(), new Class<?>[] {FileCalls.class}, (proxy, method, arguments) -> {
                    done.add(method.getName() + " " + arguments[0]);
                    return method.getReturnType() == Optional.class ? Optional.empty() : null;
                });
    }

    @Test
    void isMadeDurableAlsoWhereTheNameIsGoneAlready() {
        WitnessFile witness = new WitnessFile(calls(), Path.of("/store/jobs.db"), "nonce");

        assertThat(witness.remove()).isEmpty();
        assertThat(done).containsExactly("statusOfName " + witness.path(), "sync /store");
    }
}
