/**
 * Puts published mitigations into the configuration of Internet Information Services and takes them out again, byte for
 * byte. What is not understood is refused.
 */
package dev.tidemark.mitigate;
