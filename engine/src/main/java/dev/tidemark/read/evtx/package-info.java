/**
 * Windows event logs ({@code .evtx}), read chunk by chunk. Source: J. Metz, "Windows XML Event Log (EVTX) format"; the XML
 * inside: [MS-EVEN6] 2.2.12, BinXml.
 */
package dev.tidemark.read.evtx;
