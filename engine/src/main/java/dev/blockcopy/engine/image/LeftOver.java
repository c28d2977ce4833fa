package dev.blockcopy.engine.image;

import java.nio.file.Path;

/**
 * A name of ours that could not be removed, for the result of the job.
 *
 * @param path the name
 * @param why what stood in the way
 */
public record LeftOver(Path path, String why) {}
