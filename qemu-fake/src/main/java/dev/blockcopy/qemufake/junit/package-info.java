/**
 * A fresh fake QEMU for each test of JUnit 5: {@link dev.blockcopy.qemufake.junit.WithFakeQemu} beside a test, or
 * {@link dev.blockcopy.qemufake.junit.FakeQemuExtension} in a field.
 *
 * <p>It is strict unless told otherwise: a command that the fake does not know and a fault that never struck fail the
 * test. A test that fails comes with the journal of its monitor and with a chart of it. Whoever uses this package has
 * JUnit already; the rest of the fake does without it.
 */
package dev.blockcopy.qemufake.junit;
