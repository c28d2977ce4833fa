package dev.blockcopy.simulator.campaign;

/** How the copies of a campaign are to end. */
public enum End {
    PIVOT("--pivot"),
    FINISH("--finish");

    private final String option;

    End(String option) {
        this.option = option;
    }

    String option() {
        return option;
    }
}
