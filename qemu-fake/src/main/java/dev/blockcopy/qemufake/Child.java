package dev.blockcopy.qemufake;

/**
 * An edge of the graph, seen from the parent.
 *
 * @param role {@code file} or {@code backing}
 * @param node the name of the node below
 */
public record Child(String role, String node) {
    static final String FILE = "file";
    static final String BACKING = "backing";
}
