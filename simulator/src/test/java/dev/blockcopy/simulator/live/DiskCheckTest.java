package dev.blockcopy.simulator.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.blockcopy.qemufake.server.FakeQemu;
import dev.blockcopy.qemufake.server.GuestRecord;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A check that can't fail proves nothing: here it fails, once for each thing that it looks for. */
class DiskCheckTest {
    private final SeededDisk disk = new SeededDisk(3, 1 << 20);

    @TempDir
    private Path dir;

    private Path image;
    private List<GuestRecord> acknowledged;

    @BeforeEach
    void letAGuestWrite() throws Exception {
        image = dir.resolve("image.raw");
        disk.writeTo(image);
        FakeQemu qemu = FakeQemu.builder().drive("d", image).guest(2000).start(dir.resolve("qmp"));
        try {
            assertThat(qemu.guest().awaitAcknowledged(60, Duration.ofSeconds(30)))
                    .isTrue();
        } finally {
            qemu.close();
        }
        acknowledged = qemu.guest().acknowledged();
    }

    private void overwrite(long offset, byte[] bytes) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.seek(offset);
            file.write(bytes);
        }
    }

    private DiskCheck check() throws IOException {
        return DiskCheck.of(image, disk, acknowledged);
    }

    @Test
    void findsTheDiskOfTheGuestWhole() throws IOException {
        DiskCheck check = check();
        assertThat(check.isWhole()).isTrue();
        assertThat(check.records()).isEqualTo(acknowledged.size());
        assertThat(check.blocks()).isEqualTo(256);
    }

    @Test
    void missesAnAcknowledgedRecord() throws IOException {
        GuestRecord victim = acknowledged.get(17);
        overwrite(victim.offset(), disk.block((int) (victim.offset() / SeededDisk.BLOCK)));
        assertThat(check().lost()).containsExactly(victim);
    }

    @Test
    void missesARecordThatIsTorn() throws IOException {
        GuestRecord victim = acknowledged.get(17);
        overwrite(victim.offset() + 2000, new byte[] {1, 2, 3});
        assertThat(check().lost()).containsExactly(victim);
    }

    @Test
    void missesARecordThatAnOlderOneHides() throws IOException {
        GuestRecord older = acknowledged.get(17);
        acknowledged = new ArrayList<>(acknowledged);
        GuestRecord newer = new GuestRecord(1_000_000, older.offset());
        acknowledged.add(newer);
        assertThat(check().lost()).containsExactly(newer);
    }

    @Test
    void seesABlockThatNobodyWroteTo() throws IOException {
        GuestRecord elsewhere = acknowledged.get(acknowledged.size() - 1);
        acknowledged = acknowledged.subList(0, acknowledged.size() - 1);
        assertThat(check().damaged()).containsExactly((int) (elsewhere.offset() / SeededDisk.BLOCK));
    }

    @Test
    void seesAnImageThatIsTooShort() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(disk.sizeBytes() / 2);
        }
        assertThat(check().isWhole()).isFalse();
        assertThat(Files.size(image)).isEqualTo(disk.sizeBytes() / 2);
    }
}
