/**
 * Where engine and fake meet: whole stories of copies, told and verified, and the command {@code blockcopy-sim}.
 *
 * <p>{@link dev.blockcopy.simulator.Story} is the main job: a guest writes to its disk, the disk is copied, QEMU refuses a
 * pivot, the engine is killed in the middle of the next one, another engine recovers, and in the end every block of the
 * image that the engine names as the disk is compared with what the guest was told. The engine runs in processes of its
 * own ({@link dev.blockcopy.simulator.live.EngineProcess}) and knows nothing of being in a story.
 */
package dev.blockcopy.simulator;
