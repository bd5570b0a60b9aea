/** The case in the formats of other tools; each class takes a case and a writer. */
package dev.tidemark.report.exchange;
