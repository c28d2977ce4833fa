package dev.blockcopy.engine.qmp;

/** QMP could not be spoken, or a command failed; the message is one line for people, beginning with the address. */
public sealed class QmpException extends Exception permits QmpException.Monitor, QmpCommandException {

    private static final long serialVersionUID = 1L;

    QmpException(String message) {
        super(message);
    }

    /** The trouble is with the monitor, not with one command. */
    public static sealed class Monitor extends QmpException {

        private static final long serialVersionUID = 1L;

        Monitor(String message) {
            super(message);
        }
    }

    /** There is no socket at that path. */
    public static final class NoSuchSocket extends Monitor {

        private static final long serialVersionUID = 1L;

        NoSuchSocket(String message) {
            super(message);
        }
    }

    /** The socket is there, and nobody listens. */
    public static final class Refused extends Monitor {

        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    /** The socket is there, or may be, and not for us. */
    public static final class NotPermitted extends Monitor {

        private static final long serialVersionUID = 1L;

        NotPermitted(String message) {
            super(message);
        }
    }

    /** Connected, but there was no greeting in time, or no answer to the negotiation: another client, or QEMU hangs. */
    public static final class Silent extends Monitor {

        private static final long serialVersionUID = 1L;

        Silent(String message) {
            super(message);
        }
    }

    /** Connected, but the peer speaks something else. */
    public static final class NotQmp extends Monitor {

        private static final long serialVersionUID = 1L;

        NotQmp(String message) {
            super(message);
        }
    }

    /** The connection has ended; what was asked and not answered is unknown. */
    public static final class Lost extends Monitor {

        private static final long serialVersionUID = 1L;

        Lost(String message) {
            super(message);
        }
    }

    /** There was no reply in time; whether the command takes effect is unknown. */
    public static final class TimedOut extends Monitor {

        private static final long serialVersionUID = 1L;

        TimedOut(String message) {
            super(message);
        }
    }
}
