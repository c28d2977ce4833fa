package dev.blockcopy.simulator.check;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Every state that was found, in full, each with its number and the number of the state that it was found from.
 *
 * <p>States stand in chunks in the order in which they were found, so that a level of the search is a run of numbers
 * and a queue is not needed. An open-addressed table finds the number of a state: an entry is the upper half of the
 * state's hash and its number plus one. The place of an entry is given by the upper bits of the hash, so that the table
 * grows without looking at a state. Threads share the table without a lock: a state is written first, and then
 * published by one compare-and-set of its entry.
 */
final class StateStore {
    /** States in a chunk; each thread fills chunks of its own. */
    static final int CHUNK = 1 << 14;

    private static final int CHUNK_BITS = 14;
    private static final int SMALLEST_TABLE_BITS = 18;
    private static final int LARGEST_TABLE_BITS = 30;
    private static final long TAG = 0xFFFF_FFFF_0000_0000L;
    private static final VarHandle ENTRY = MethodHandles.arrayElementVarHandle(long[].class);

    private final int words;
    private final long[][] chunks = new long[1 << Integer.SIZE - 1 - CHUNK_BITS][];
    private final int[][] parents = new int[chunks.length][];
    private final AtomicInteger chunksTaken = new AtomicInteger();
    private final AtomicLong size = new AtomicLong();
    private int tableBits = SMALLEST_TABLE_BITS;
    private long[] table = new long[1 << tableBits];

    StateStore(int words) {
        this.words = words;
    }

    /** Mixes all words of a state into 64 bits of which the upper ones are as good as the lower ones. */
    static long hash(long[] state, int at, int words) {
        long hash = 0x9E37_79B9_7F4A_7C15L;
        for (int i = 0; i < words; i++) {
            hash = (hash ^ state[at + i]) * 0xD6E8_FEB8_6659_FD93L;
            hash ^= hash >>> 32;
        }
        return hash * 0x9FB2_1C65_1E98_DF25L;
    }

    long[] wordsOf(int number) {
        return chunks[number >>> CHUNK_BITS];
    }

    int offsetOf(int number) {
        return (number & CHUNK - 1) * words;
    }

    int parentOf(int number) {
        return parents[number >>> CHUNK_BITS][number & CHUNK - 1];
    }

    long size() {
        return size.get();
    }

    void grewBy(int count) {
        size.addAndGet(count);
    }

    /** Numbers are below this; with more than one thread, not each of them is a state. */
    int numbers() {
        return chunksTaken.get() << CHUNK_BITS;
    }

    long memoryBytes() {
        return chunksTaken.get() * bytesOfChunk() + table.length * (long) Long.BYTES;
    }

    private long bytesOfChunk() {
        return CHUNK * (words * (long) Long.BYTES + Integer.BYTES);
    }

    /** The first number of a new chunk, which belongs to the one who asked. */
    int takeChunk() {
        int chunk = chunksTaken.getAndIncrement();
        parents[chunk] = new int[CHUNK];
        chunks[chunk] = new long[CHUNK * words];
        return chunk << CHUNK_BITS;
    }

    private int slotOf(long hash) {
        return (int) (hash >>> Long.SIZE - tableBits);
    }

    /** Asks for the first entry that a hash leads to, so that it is at hand when it is needed. */
    long firstEntry(long hash) {
        return table[slotOf(hash)];
    }

    /** Asks for the state behind an entry, so that it is at hand when it is needed. */
    long firstWord(long entry) {
        return entry == 0 ? 0 : wordsOf((int) entry - 1)[offsetOf((int) entry - 1)];
    }

    /**
     * Finds a state, or adds it under the given number, which the caller owns.
     *
     * @return its number: the given one if it is new
     */
    int add(long[] state, int at, long hash, int parent, int number) {
        long[] entries = table;
        int slot = slotOf(hash);
        long own = 0;
        while (true) {
            long entry = (long) ENTRY.getAcquire(entries, slot);
            if (entry == 0) {
                if (own == 0) {
                    own = write(state, at, hash, parent, number);
                }
                entry = (long) ENTRY.compareAndExchange(entries, slot, 0L, own);
                if (entry == 0) {
                    return number;
                }
            }
            if (((entry ^ hash) & TAG) == 0 && isState((int) entry - 1, state, at)) {
                return (int) entry - 1;
            }
            slot = slot + 1 & entries.length - 1;
        }
    }

    private long write(long[] state, int at, long hash, int parent, int number) {
        System.arraycopy(state, at, wordsOf(number), offsetOf(number), words);
        parents[number >>> CHUNK_BITS][number & CHUNK - 1] = parent;
        return hash & TAG | number + 1;
    }

    private boolean isState(int number, long[] state, int at) {
        long[] known = wordsOf(number);
        int offset = offsetOf(number);
        for (int i = 0; i < words; i++) {
            if (known[offset + i] != state[at + i]) {
                return false;
            }
        }
        return true;
    }

    /** The number of a state that is known. */
    int numberOf(long[] state, int at) {
        long hash = hash(state, at, words);
        int slot = slotOf(hash);
        while (table[slot] != 0) {
            if (((table[slot] ^ hash) & TAG) == 0 && isState((int) table[slot] - 1, state, at)) {
                return (int) table[slot] - 1;
            }
            slot = slot + 1 & table.length - 1;
        }
        throw new IllegalStateException("a state that was not found before");
    }

    /** Whether so many more states may come before the table has to grow. */
    boolean hasRoomFor(long more) {
        return size() + more <= table.length / 4L * 3;
    }

    /** What the memory would be after growing. */
    long memoryBytesGrown() {
        return memoryBytes() + 2L * table.length * Long.BYTES;
    }

    boolean isAtLimit() {
        return tableBits == LARGEST_TABLE_BITS || chunksTaken.get() + 256 > chunks.length;
    }

    /** Doubles the table; nobody may use it meanwhile. */
    void grow() {
        long[] before = table;
        tableBits++;
        table = new long[1 << tableBits];
        for (long entry : before) {
            if (entry != 0) {
                int slot = slotOf(entry);
                while (table[slot] != 0) {
                    slot = slot + 1 & table.length - 1;
                }
                table[slot] = entry;
            }
        }
    }
}
