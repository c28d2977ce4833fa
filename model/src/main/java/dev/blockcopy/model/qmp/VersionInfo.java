package dev.blockcopy.model.qmp;

/** QEMU's version (QAPI {@code VersionInfo} in {@code control.json}). */
public record VersionInfo(
        VersionTriple qemu, @Spelled("package") String packageVersion) implements QmpRecord {

    /** Reads the return value of {@code query-version}. */
    public static VersionInfo from(Object value) {
        return MemberReader.answer(VersionInfo.class, value, "query-version");
    }
}
