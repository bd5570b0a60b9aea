/** The one place that wires the rooms. */
package dev.tidemark.scan;
