package dev.blockcopy.engine.image;

/** The formats a destination can have; it is always given by the user, never probed from the content. */
public enum ImageFormat {
    RAW,
    QCOW2
}
