package dev.tidemark.store;

/** The names of a case's files, and what its JSON shares between the writer and the reader. */
final class CaseFiles {
    static final String RUN = "run.json";
    static final String HOSTS = "hosts.jsonl";
    static final String FINDINGS = "findings.jsonl";
    static final String EPISODES = "episodes.jsonl";

    private CaseFiles() {}
}
