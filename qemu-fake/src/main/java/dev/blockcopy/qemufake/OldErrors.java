package dev.blockcopy.qemufake;

/** Errors of the ages before 7.2; in 2012 each had a class of its own, later nearly all are GenericError. */
final class OldErrors {
    private OldErrors() {}

    static Refused deviceNotFound(String device) {
        return Refused.of("DeviceNotFound", "Device '" + device + "' not found");
    }

    static Refused notActive(String device) {
        return Refused.of("DeviceNotActive", "No active block job on device '" + device + "'");
    }

    static Refused inUse(QemuState q, String device) {
        return of(q, "DeviceInUse", "Device '" + device + "' is in use");
    }

    static Refused noMedium(QemuState q, String device) {
        return of(q, "DeviceHasNoMedium", "Device '" + device + "' has no medium");
    }

    static Refused openFailed(QemuState q, String file) {
        return of(q, "OpenFileFailed", "Could not open '" + file + "'");
    }

    static Refused unknownFormat(QemuState q, String format) {
        return of(q, "InvalidBlockFormat", "Invalid block format '" + format + "'");
    }

    static Refused ioError(QemuState q) {
        return of(q, "IOError", "An IO error has occurred");
    }

    private static Refused of(QemuState q, String class2012, String desc) {
        return Refused.of(q.dialect.isOf2012() ? class2012 : Refused.GENERIC, desc);
    }
}
