/**
 * The engine as it ships: the parts that stand behind its ports, put together.
 *
 * <p>{@link dev.blockcopy.engine.standard.StandardEngine#open} is all that most users need of it.
 */
package dev.blockcopy.engine.standard;
