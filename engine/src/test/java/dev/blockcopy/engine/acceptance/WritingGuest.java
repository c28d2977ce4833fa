package dev.blockcopy.engine.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A guest of one sector that does nothing but write, as fast as its BIOS lets it: it counts from 1 upwards, writes each
 * number to the next of 64 places on its disk, and notes in its memory which number was acknowledged last. Its memory is
 * a file, so what was acknowledged is known even after QEMU was killed.
 *
 * <pre>
 *         cli; xor ax, ax; mov ds, ax; mov ss, ax; mov sp, 0x7c00; sti
 * again:  inc dword [0x8000]              the number, at the start of the buffer
 *         mov eax, [0x8000]; and eax, 63; add eax, 1024; mov [packet + 8], eax
 * retry:  mov si, packet; mov ax, 0x4300; mov dl, 0x80; int 0x13; jc retry
 *         mov eax, [0x8000]; mov [0x9000], eax
 *         jmp again
 * packet: db 16, 0; dw 1, 0x8000, 0; dq 0
 * </pre>
 */
final class WritingGuest {

    private static final byte[] CODE = HexFormat.of()
            .parseHex("fa31c08ed88ed0bc007cfb66ff06008066a100806683e03f66050004000066a3407c"
                    + "be387cb80043b280cd1372f466a1008066a30090ebd310000100008000000000000000000000");
    private static final byte[] SIGNATURE = {0x55, (byte) 0xaa};
    private static final int SECTOR_BYTES = 512;
    private static final int FIRST_PLACE = 1024;
    private static final int PLACES = 64;
    private static final long ACKNOWLEDGED_AT = 0x9000;
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long WRITE_NANOS_MAX = TimeUnit.SECONDS.toNanos(60);

    private final Path disk;
    private final Path memory;

    /** A guest that boots from a raw disk, which is given its boot sector and empty places. */
    WritingGuest(Path disk, Path memory) throws IOException {
        this.disk = disk;
        this.memory = memory;
        try (RandomAccessFile image = new RandomAccessFile(disk.toFile(), "rw")) {
            image.write(CODE);
            image.seek(SECTOR_BYTES - SIGNATURE.length);
            image.write(SIGNATURE);
            image.seek((long) FIRST_PLACE * SECTOR_BYTES);
            image.write(new byte[PLACES * SECTOR_BYTES]);
        }
    }

    /** QEMU's arguments for such a guest. */
    String[] arguments() {
        return new String[] {
            "-M",
            "pc,memory-backend=memory",
            "-accel",
            "tcg",
            "-m",
            "16M",
            "-object",
            "memory-backend-file,id=memory,size=16M,share=on,mem-path=" + memory,
            "-drive",
            "if=none,id=drive0,format=raw,file=" + disk,
            "-device",
            "virtio-blk-pci,id=vd0,drive=drive0,bootindex=0"
        };
    }

    /** The last number that the guest knows to be on its disk. */
    int acknowledged() throws IOException {
        return read(memory, ACKNOWLEDGED_AT, Integer.BYTES).getInt();
    }

    /** Waits until the guest has written so often again. */
    void awaitWrites(int more) throws IOException {
        int enough = acknowledged() + more;
        long start = System.nanoTime();
        while (acknowledged() < enough) {
            assertThat(System.nanoTime() - start).as("time to write").isLessThan(WRITE_NANOS_MAX);
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
    }

    /** The image holds every number that was acknowledged, unless a later one is in its place. */
    void lostNothingIn(Path image) throws IOException {
        int last = acknowledged();
        int[] numbers = numbersIn(image);
        for (int number = Math.max(1, last - PLACES + 1); number <= last; number++) {
            assertThat(numbers[number % PLACES])
                    .as("what is in the place of number %s in %s, %s being acknowledged", number, image, last)
                    .isGreaterThanOrEqualTo(number);
        }
    }

    /** The instant that an image is of: it holds each number up to that one, and none beyond. */
    int instantOf(Path image) throws IOException {
        int[] numbers = numbersIn(image);
        int last = Arrays.stream(numbers).max().orElseThrow();
        for (int number = Math.max(1, last - PLACES + 1); number <= last; number++) {
            assertThat(numbers[number % PLACES])
                    .as("in %s, written up to %s", image, last)
                    .isEqualTo(number);
        }
        return last;
    }

    private static int[] numbersIn(Path image) throws IOException {
        ByteBuffer sectors = read(image, (long) FIRST_PLACE * SECTOR_BYTES, PLACES * SECTOR_BYTES);
        int[] numbers = new int[PLACES];
        Arrays.setAll(numbers, place -> sectors.getInt(place * SECTOR_BYTES));
        return numbers;
    }

    private static ByteBuffer read(Path file, long at, int count) throws IOException {
        byte[] bytes = new byte[count];
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
            open.seek(at);
            open.readFully(bytes);
        }
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
