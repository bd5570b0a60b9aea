/** Episodes, coverage and posture to a verdict with reasons. */
package dev.tidemark.judge;
