/** A case made readable: each renderer takes a case and a writer. Evidence is hostile, so nothing goes out unescaped. */
package dev.tidemark.report;
