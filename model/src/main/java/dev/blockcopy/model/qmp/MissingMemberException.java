package dev.blockcopy.model.qmp;

/** A record was to be made without a member that it needs because of another member's value. */
final class MissingMemberException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String member;

    MissingMemberException(String member) {
        super("Parameter '" + member + "' is missing");
        this.member = member;
    }

    String member() {
        return member;
    }
}
