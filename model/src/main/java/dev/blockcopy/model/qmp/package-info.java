/**
 * The words of QMP: typed commands, replies and events, and the codec between them and the wire. Pure; no type of a JSON library appears in a public signature.
 */
package dev.blockcopy.model.qmp;
