/**
 * The QMP client: one session over one monitor socket, replies and events in arrival order.
 */
package dev.blockcopy.engine.qmp;
