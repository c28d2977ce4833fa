/**
 * What is needed wherever real processes write, are killed, and leave images to be compared: an engine in a process of its
 * own, somebody on another monitor who looks on, a disk of known content, and the comparison, block by block.
 */
package dev.blockcopy.simulator.live;
