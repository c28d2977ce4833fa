package dev.blockcopy.engine;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A request that one process puts into the store for the owner of a monitor, and the owner's answer.
 *
 * @param id its number in the store; 0 before it is there
 * @param monitor whose owner is asked
 * @param job the job it is about
 * @param verb the name of the request's trigger
 * @param said what the asker says about it, for the journal; may be empty
 * @param answer what the owner said; empty as long as it has not
 */
public record StoredRequest(long id, Path monitor, String job, String verb, String said, Optional<Answer> answer) {}
