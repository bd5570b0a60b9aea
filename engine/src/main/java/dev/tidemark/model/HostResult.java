package dev.tidemark.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that is said of one host as a whole. Lists are sorted or in order of time.
 *
 * @param host           name of the evidence folder or archive
 * @param server         the name that the server gives itself in its logs; empty if unknown
 * @param organisation   empty if unknown
 * @param firstMalicious time of the first accusing finding
 * @param attackerIps    clients that took part in an attack
 * @param webShells      paths below the evidence root, or URL paths where the file is not in the evidence
 * @param accounts       accounts made or misused
 * @param coverageGaps   all gaps, in order of source and time
 */
public record HostResult(String host, String server, String organisation, Verdict verdict,
        Optional<Instant> firstMalicious, Optional<Instant> lastMalicious, List<String> attackerIps,
        List<String> webShells, List<String> accounts, Posture posture, List<Coverage> coverage,
        List<Gap> coverageGaps, List<Skipped> skipped) {
    public HostResult {
        attackerIps = List.copyOf(attackerIps);
        webShells = List.copyOf(webShells);
        accounts = List.copyOf(accounts);
        coverage = List.copyOf(coverage);
        coverageGaps = List.copyOf(coverageGaps);
        skipped = List.copyOf(skipped);
    }
}
