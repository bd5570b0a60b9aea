package dev.tidemark.scan;

import dev.tidemark.acquire.EvidenceNames;
import dev.tidemark.acquire.HostFinder;
import dev.tidemark.acquire.HostRoot;
import dev.tidemark.correlate.Addresses;
import dev.tidemark.correlate.Correlator;
import dev.tidemark.correlate.Skew;
import dev.tidemark.detect.RuleSet;
import dev.tidemark.judge.Gaps;
import dev.tidemark.judge.Judge;
import dev.tidemark.model.Coverage;
import dev.tidemark.model.Episode;
import dev.tidemark.model.Finding;
import dev.tidemark.model.Gap;
import dev.tidemark.model.HostResult;
import dev.tidemark.model.InputFile;
import dev.tidemark.model.Outcome;
import dev.tidemark.model.Place;
import dev.tidemark.model.Posture;
import dev.tidemark.model.Skipped;
import dev.tidemark.model.Stage;
import dev.tidemark.model.Verdict;
import dev.tidemark.posture.PostureReader;
import dev.tidemark.read.RecordSink;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Puts the files of one host together: findings to episodes, hours to coverage, builds to posture, all to a verdict. */
final class HostScan {
    private static final Pattern MACHINE = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._-]{0,254}");
    private static final List<String> PAGE_FIELDS = List.of("cs-uri-stem", "UrlStem", "Path");

    private final PostureReader postures;
    private final JournalFolders folders;
    private final Sequences sequences;
    private final ScanOptions options;

    HostScan(PostureReader postures, RuleSet rules, ScanOptions options) {
        this.postures = postures;
        this.folders = new JournalFolders(rules, options);
        this.sequences = new Sequences(rules.correlations());
        this.options = options;
    }

    /** A host as acquisition found it. */
    record Host(String name, HostRoot root, List<FileResult> files, List<Skipped> skipped) {
        Host named(String newName) {
            return new Host(newName, root, files, skipped);
        }

        Host with(List<FileResult> otherFiles, List<Skipped> otherSkipped) {
            return new Host(name, root, otherFiles, otherSkipped);
        }

        /** Below the host's root; what lies around it, like the archive that holds it, keeps its whole path. */
        String relative(String path) {
            return root.holds(path) ? HostFinder.relative(path, root) : path;
        }
    }

    /** All that is known of a host in the end. */
    record Outcome(HostResult host, List<Finding> findings, List<Episode> episodes, List<InputFile> inputs) {}

    Outcome scan(Host given) {
        Host host = folders.resolve(BundleCheck.of(given));
        List<Finding> findings = new ArrayList<>();
        host.files().forEach(file -> file.findings().forEach(f -> findings.add(placed(f, host))));
        Sequences.Found found = sequences.find(host);
        found.findings().forEach(f -> findings.add(f.ofHost(id(host.name(), f, f.place()), host.name(), f.place())));
        Correlator.Story story = new Correlator().correlate(host.name(), findings);
        FrontEnd front = FrontEnd.of(host, options);
        List<Gap> gaps = new Gaps().find(front.hours());
        Optional<Instant> begin = host.files().stream().flatMap(f -> f.summary().first().stream())
                .min(Comparator.naturalOrder());
        List<Gap> all = Stream.concat(EventGaps.of(host, story.findings(), begin).stream(), gaps.stream()).toList();
        List<Coverage> coverage = coverage(host.files(), all);
        Posture posture = postures.read(PostureFacts.of(host, coverage));
        Verdict verdict = new Judge().judge(new Judge.Facts(story.findings(), clipped(coverage(front.files(), gaps)),
                front.missing(), gaps, front.lost(), posture, coverage, Skew.of(story.findings())));
        return Shown.of(new Outcome(result(host, story, verdict, posture, coverage, all, skipped(host, found.skipped())),
                story.findings(), story.episodes(), inputs(host)), options.minimumSeverity());
    }

    /** To the time that was asked for. */
    private List<Coverage> clipped(List<Coverage> coverage) {
        return coverage.stream().map(c -> new Coverage(c.source(),
                c.from().map(t -> options.since().filter(t::isBefore).orElse(t)),
                c.to().map(t -> options.until().filter(t::isAfter).orElse(t)), c.files(), c.records(), c.gaps())).toList();
    }

    /** All that was not read, in order of path. */
    static List<Skipped> skipped(Host host, List<Skipped> ofSequences) {
        Stream<Skipped> read = Stream.concat(host.skipped().stream(),
                host.files().stream().flatMap(file -> file.skipped().stream()))
                .map(s -> new Skipped(host.relative(s.path()), s.bytes(), s.why()));
        return Stream.concat(read, ofSequences.stream())
                .sorted(Comparator.comparing(Skipped::path).thenComparing(Skipped::why)).toList();
    }

    private static Finding placed(Finding f, Host host) {
        Place place = f.place().withPath(host.relative(f.place().path()));
        return f.ofHost(id(host.name(), f, place), host.name(), place);
    }

    /** Stable over runs: the same rule at the same place of the same host, for the same sequence, has the same id. */
    private static String id(String host, Finding f, Place place) {
        String sequence = f.fields().getOrDefault(Sequences.RECORDS, "");
        String name = String.join("\n", host, f.rule(), f.ruleId(), place.toString(), sequence);
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 10);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static List<Coverage> coverage(List<FileResult> all, List<Gap> gaps) {
        Map<String, List<FileResult>> bySource = new TreeMap<>();
        for (FileResult file : all) {
            if (!file.source().isEmpty()) {
                bySource.computeIfAbsent(file.source(), s -> new ArrayList<>()).add(file);
            }
        }
        List<Coverage> coverage = new ArrayList<>();
        bySource.forEach((source, files) -> coverage.add(new Coverage(source,
                files.stream().flatMap(f -> f.summary().first().stream()).min(Comparator.naturalOrder()),
                files.stream().flatMap(f -> f.summary().last().stream()).max(Comparator.naturalOrder()),
                files.size(), files.stream().mapToLong(f -> f.summary().records()).sum(),
                gaps.stream().filter(g -> g.source().equals(source)).map(Gap::interval).toList())));
        return coverage;
    }

    private static List<FileResult.Observed> observed(Host host, String fact) {
        return host.files().stream().flatMap(f -> f.observed().stream()).filter(o -> o.fact().equals(fact)).toList();
    }

    static List<InputFile> inputs(Host host) {
        return host.files().stream()
                .map(f -> new InputFile(host.name(), host.relative(f.path()), f.source(), f.size(), f.sha256())).toList();
    }

    private static HostResult result(Host host, Correlator.Story story, Verdict verdict, Posture posture,
            List<Coverage> coverage, List<Gap> gaps, List<Skipped> skipped) {
        List<Finding> accusing = story.findings().stream().filter(f -> f.severity().accuses()).toList();
        TreeSet<String> addresses = new TreeSet<>();
        accusing.stream().map(Finding::clientIp).filter(Addresses::names).forEach(addresses::add);
        return new HostResult(host.name(), server(host), "", verdict,
                accusing.stream().flatMap(f -> f.time().stream()).min(Comparator.naturalOrder()),
                accusing.stream().flatMap(f -> f.time().stream()).max(Comparator.naturalOrder()),
                List.copyOf(addresses), webShells(host, accusing), accounts(accusing), posture, coverage, gaps, skipped);
    }

    /** Accounts that were made or given rights, and those in whose name an attack was let in. */
    private static List<String> accounts(List<Finding> accusing) {
        TreeSet<String> accounts = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (Finding f : accusing) {
            boolean misused = f.stage() == Stage.EXPLOIT && f.outcome() == dev.tidemark.model.Outcome.SUCCEEDED
                    && !f.user().isEmpty() && !f.user().endsWith("$");
            if (misused) {
                accounts.add(f.user());
            } else if (f.stage() == Stage.PERSISTENCE) {
                Correlator.account(f).ifPresent(accounts::add);
            }
        }
        return List.copyOf(accounts);
    }

    /** The name that most files give; what no machine can be called is none. */
    private static String server(Host host) {
        Map<String, Long> names = new TreeMap<>();
        observed(host, RecordSink.SERVER).stream().map(FileResult.Observed::value).filter(n -> MACHINE.matcher(n).matches())
                .forEach(name -> names.merge(name.toUpperCase(Locale.ROOT), 1L, Long::sum));
        return names.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey).orElse("");
    }

    /** The pages that were used or written: as files of the evidence where they lie in it, else as the record has them. */
    private static List<String> webShells(Host host, List<Finding> accusing) {
        TreeSet<String> shells = new TreeSet<>();
        for (Finding f : accusing) {
            if (f.stage() == Stage.WEBSHELL && f.outcome() == dev.tidemark.model.Outcome.SUCCEEDED) {
                boolean isFile = f.place().line().isEmpty() && f.place().recordId().isEmpty();
                Optional<String> page = isFile ? Optional.of(f.place().path()) : page(f).map(HostScan::onDrive);
                page.ifPresent(p -> shells.add(isFile ? p : lying(host, p).orElse(p)));
            }
        }
        return List.copyOf(shells);
    }

    private static Optional<String> page(Finding f) {
        for (String field : PAGE_FIELDS) {
            String value = f.fields().getOrDefault(field, "");
            if (value.toLowerCase(Locale.ROOT).matches("(?s).*\\.(aspx|ashx|asmx|asp|cer|ascx|soap)(/.*)?")) {
                return Optional.of(value.replaceAll("(?i)(\\.(aspx|ashx|asmx|asp|cer|ascx|soap))/.*", "$1"));
            }
        }
        return Optional.empty();
    }

    /** A server's own share for administrators ({@code \\\\127.0.0.1\\c$\\x}) is its drive. */
    private static String onDrive(String page) {
        return page.replaceAll("^\\\\\\\\[^\\\\]+\\\\([A-Za-z])\\$\\\\", "$1:\\\\");
    }

    private static Optional<String> lying(Host host, String page) {
        String wanted = page.replace('\\', '/').toLowerCase(Locale.ROOT);
        String[] names = wanted.split("/");
        String tail = names.length < 2 ? "/" + names[names.length - 1]
                : "/" + names[names.length - 2] + "/" + names[names.length - 1];
        return host.files().stream().map(f -> host.relative(f.path()))
                .filter(p -> ("/" + EvidenceNames.decode(p)).endsWith(names.length > 2 ? tail : wanted)).findFirst();
    }
}
