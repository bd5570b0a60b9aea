/** Builds, patches and mitigations over time. */
package dev.tidemark.posture;
