/** Rules: load, compile, filter, evaluate. */
package dev.tidemark.detect;
