/**
 * Worlds made of the model, the engine and the fake, and the guarantees that must hold in them.
 */
package dev.blockcopy.simulator;
