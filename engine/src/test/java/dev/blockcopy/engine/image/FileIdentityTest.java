package dev.blockcopy.engine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class FileIdentityTest {

    @Property(seed = "20260101")
    void readsBackWhatItWrites(@ForAll FileIdentity.Kind kind, @ForAll long device, @ForAll long inode) {
        FileIdentity identity = new FileIdentity(kind, device, inode);
        assertThat(FileIdentity.parse(identity.text())).isEqualTo(identity);
    }

    @Test
    void splitsADeviceNumberAsLinuxDoes() {
        assertThat(FileIdentity.ofBlockDevice(0xfd03)).matches(device -> device.major() == 253 && device.minor() == 3);
        assertThat(FileIdentity.ofBlockDevice(0x1234_0567L))
                .matches(device -> device.major() == 0x405 && device.minor() == 0x12367, "like gnu_dev_major");
    }

    @Test
    void refusesAnyOtherText() {
        assertThatThrownBy(() -> FileIdentity.parse("FILE:1")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FileIdentity.parse("FILE:1:x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> FileIdentity.parse("PIPE:1:2")).isInstanceOf(IllegalArgumentException.class);
    }
}
