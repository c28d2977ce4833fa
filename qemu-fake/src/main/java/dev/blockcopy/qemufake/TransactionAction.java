package dev.blockcopy.qemufake;

/** One action of a {@code transaction}, from its preparation to its end. */
interface TransactionAction {
    /**
     * What it needs of the host to be prepared.
     *
     * @param names where its nodes will get their names
     * @throws Refused where it can't be prepared anyway
     */
    HostWork work(QemuState q, NodeNames names);

    /** It is prepared: what is refused here undoes all that were prepared before. */
    void prepare(QemuState q, HostResult result);

    /** All have been prepared: it starts. */
    void commit(QemuState q);

    /** The disks are let go again. */
    void clean(QemuState q);

    /** Another one could not be prepared. */
    void abort(QemuState q);

    /** {@code abort}: never to be prepared. */
    final class Abort implements TransactionAction {
        @Override
        public HostWork work(QemuState q, NodeNames names) {
            return HostWork.NONE;
        }

        @Override
        public void prepare(QemuState q, HostResult result) {
            throw Refused.generic("Transaction aborted using Abort action");
        }

        @Override
        public void commit(QemuState q) {
            throw new IllegalStateException("never prepared");
        }

        @Override
        public void clean(QemuState q) {
            throw new IllegalStateException("never prepared");
        }

        @Override
        public void abort(QemuState q) {
            // It has done nothing.
        }
    }
}
