package dev.blockcopy.model.qmp;

/**
 * A child of a node: an existing node by its name, a new one described in place, or none at all, which is JSON's
 * {@code null} (QAPI {@code BlockdevRefOrNull} in {@code block-core.json}).
 */
public sealed interface BlockdevRef {

    /** No child, although the image's own header may name one: for {@code backing} only. */
    BlockdevRef NONE = new None();

    /** An existing node. */
    static BlockdevRef node(String nodeName) {
        return new Node(nodeName);
    }

    /** A node to be made together with its parent. */
    static BlockdevRef of(BlockdevOptions options) {
        return new Inline(options);
    }

    /** The value on the wire: a string, an object, or {@code null}. */
    Object plain();

    /** An existing node. */
    record Node(String nodeName) implements BlockdevRef {
        @Override
        public Object plain() {
            return nodeName;
        }
    }

    /** A node to be made together with its parent. */
    record Inline(BlockdevOptions options) implements BlockdevRef {
        @Override
        public Object plain() {
            return options.members();
        }
    }

    /** No child. */
    record None() implements BlockdevRef {
        @Override
        public Object plain() {
            return null;
        }
    }
}
