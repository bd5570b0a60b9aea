/**
 * What reads bytes of the evidence or of strangers' rules, under a coverage-guided fuzzer (Jazzer): a target a reader. A
 * target throws when the reader does, or when what it handed out cannot be true.
 */
package dev.tidemark.fuzz;
