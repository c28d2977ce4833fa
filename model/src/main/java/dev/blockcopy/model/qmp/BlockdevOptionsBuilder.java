package dev.blockcopy.model.qmp;

/** Collects the members of a {@link BlockdevOptions}; not for use by several threads. */
public final class BlockdevOptionsBuilder {

    private final BlockdevDriver driver;
    private String nodeName;
    private String filename;
    private BlockdevRef file;
    private BlockdevRef backing;
    private Boolean readOnly;
    private Boolean autoReadOnly;
    private Boolean forceShare;
    private BlockdevDiscardOptions discard;
    private String detectZeroes;
    private BlockdevCacheOptions cache;
    private String locking;
    private Long offset;
    private Long size;

    BlockdevOptionsBuilder(BlockdevDriver driver) {
        this.driver = driver;
    }

    /** The name by which other commands find the node. */
    public BlockdevOptionsBuilder nodeName(String nodeName) {
        this.nodeName = nodeName;
        return this;
    }

    /** Path on QEMU's host, of drivers {@code file} and {@code host_device}. */
    public BlockdevOptionsBuilder filename(String filename) {
        this.filename = filename;
        return this;
    }

    /** The protocol node below a format node. */
    public BlockdevOptionsBuilder file(BlockdevRef file) {
        this.file = file;
        return this;
    }

    /** The backing node of a {@code qcow2} node. */
    public BlockdevOptionsBuilder backing(BlockdevRef backing) {
        this.backing = backing;
        return this;
    }

    /** Whether the node refuses writes. */
    public BlockdevOptionsBuilder readOnly(boolean readOnly) {
        this.readOnly = readOnly;
        return this;
    }

    /** Whether the node falls back to reading only if writing is not allowed. */
    public BlockdevOptionsBuilder autoReadOnly(boolean autoReadOnly) {
        this.autoReadOnly = autoReadOnly;
        return this;
    }

    /** Whether others may write to the file; asks for {@code readOnly}. */
    public BlockdevOptionsBuilder forceShare(boolean forceShare) {
        this.forceShare = forceShare;
        return this;
    }

    /** What becomes of discard requests. */
    public BlockdevOptionsBuilder discard(BlockdevDiscardOptions discard) {
        this.discard = discard;
        return this;
    }

    /** {@code off}, {@code on} or {@code unmap}. */
    public BlockdevOptionsBuilder detectZeroes(String detectZeroes) {
        this.detectZeroes = detectZeroes;
        return this;
    }

    /** How the host caches the node. */
    public BlockdevOptionsBuilder cache(BlockdevCacheOptions cache) {
        this.cache = cache;
        return this;
    }

    /** {@code auto}, {@code on} or {@code off}; of drivers {@code file} and {@code host_device}. */
    public BlockdevOptionsBuilder locking(String locking) {
        this.locking = locking;
        return this;
    }

    /** First byte shown by a {@code raw} node. */
    public BlockdevOptionsBuilder offset(long offset) {
        this.offset = offset;
        return this;
    }

    /** Bytes shown by a {@code raw} node. */
    public BlockdevOptionsBuilder size(long size) {
        this.size = size;
        return this;
    }

    /** The finished value. */
    public BlockdevOptions build() {
        return new BlockdevOptions(
                driver,
                nodeName,
                filename,
                file,
                backing,
                readOnly,
                autoReadOnly,
                forceShare,
                discard,
                detectZeroes,
                cache,
                locking,
                offset,
                size);
    }
}
