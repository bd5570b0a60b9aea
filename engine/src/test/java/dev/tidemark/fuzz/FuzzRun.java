package dev.tidemark.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One target under Jazzer, in a Java of its own. An input that takes longer than {@link #SLOWEST_SECONDS}, needs more than
 * {@link #HEAP} or throws ends the run and is kept.
 *
 * @param executions inputs that were tried
 * @param coverage   edges of the program that they reached
 * @param features   edges told apart by how often they were taken
 * @param firstMb    memory of the process when it had read its first inputs
 * @param lastMb     memory of the process at the end
 * @param failures   files that hold the inputs that failed
 * @param log        what Jazzer said
 */
record FuzzRun(long executions, long coverage, long features, long firstMb, long lastMb, List<Path> failures, Path log) {
    private static final int SLOWEST_SECONDS = 60;
    private static final String HEAP = "512m";
    private static final String WATCHED = "dev.tidemark.**:org.apache.commons.compress.**:org.snakeyaml.**";
    private static final List<String> SANITIZERS = Stream.of("BigDecimal", "ClojureLangHooks", "Deserialization",
            "ExpressionLanguageInjection", "FilePathTraversal", "LdapInjection", "NamingContextLookup", "OsCommandInjection",
            "ReflectiveCall", "RegexInjection", "RegexRoadblocks", "ScriptEngineInjection", "ServerSideRequestForgery",
            "SqlInjection", "TemplateInjection", "UnsafeSanitizer", "XPathInjection", "XmlParserSsrfGuidance")
            .map(name -> "com.code_intelligence.jazzer.sanitizers." + name).toList();
    private static final Pattern STATUS = Pattern.compile("#(\\d+)\\s+\\w+\\s+cov: (\\d+) ft: (\\d+) .*rss: (\\d+)Mb");

    /** @param options of libFuzzer, such as {@code -runs=100} */
    static FuzzRun of(FuzzTarget target, List<byte[]> inputs, Path work, String... options)
            throws IOException, InterruptedException {
        Path folder = work.resolve(target.name().toLowerCase(Locale.ROOT));
        Path seeds = Files.createDirectories(folder.resolve("seeds"));
        Path corpus = Files.createDirectories(folder.resolve("corpus"));
        int most = target.mostBytes();
        for (int i = 0; i < inputs.size(); i++) {
            Files.write(seeds.resolve(String.format(Locale.ROOT, "%05d", i)), inputs.get(i));
            most = Math.max(most, inputs.get(i).length);
        }
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + HEAP, "-XX:+UseSerialGC", "-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "com.code_intelligence.jazzer.Jazzer", "--target_class=" + target.className(),
                "--instrumentation_includes=" + WATCHED, "--custom_hook_includes=" + WATCHED,
                // they look for what a target does with its input on purpose, such as compiling a rule's expression
                "--disabled_hooks=" + String.join(":", SANITIZERS),
                "--reproducer_path=" + folder, "-artifact_prefix=" + folder + "/", "-timeout=" + SLOWEST_SECONDS,
                // off: a process begins with the peak of the one that started it, here a Java of any size; the heap is the limit
                "-rss_limit_mb=0", "-malloc_limit_mb=0", "-max_len=" + most));
        command.addAll(Arrays.asList(options));
        // twice: what the first pass reaches is partly missed, because Jazzer makes room for classes as they are loaded
        command.addAll(List.of(corpus.toString(), seeds.toString(), seeds.toString()));
        Path log = folder.resolve("log.txt");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        try {
            int exit = process.waitFor();
            List<Path> failures = failures(folder);
            if (exit != 0 && failures.isEmpty()) {
                throw new IOException("Jazzer ended with " + exit + ":\n" + Files.readString(log, StandardCharsets.ISO_8859_1));
            }
            return read(log, failures);
        } finally {
            process.destroyForcibly();
        }
    }

    private static List<Path> failures(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.getFileName().toString().matches("(crash|timeout|oom|leak|slow-unit)-.*")).sorted().toList();
        }
    }

    private static FuzzRun read(Path log, List<Path> failures) throws IOException {
        long[] last = new long[4];
        long firstMb = 0;
        for (String line : Files.readAllLines(log, StandardCharsets.ISO_8859_1)) {
            Matcher status = STATUS.matcher(line);
            if (status.find()) {
                for (int i = 0; i < last.length; i++) {
                    last[i] = Long.parseLong(status.group(i + 1));
                }
                firstMb = firstMb == 0 && line.contains("INITED") ? last[3] : firstMb;
            }
        }
        return new FuzzRun(last[0], last[1], last[2], firstMb, last[3], failures, log);
    }

    /** {@code WORK SECONDS SHARED [TARGET…]}: a long run of each target, one after the other. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path work = Path.of(args[0]);
        List<FuzzTarget> targets = args.length == 3 ? List.of(FuzzTarget.values())
                : Stream.of(args).skip(3).map(name -> FuzzTarget.valueOf(name.toUpperCase(Locale.ROOT))).toList();
        boolean failed = false;
        for (FuzzTarget target : targets) {
            List<byte[]> inputs = new ArrayList<>(target.seeds());
            inputs.addAll(target.real(Path.of(args[2])));
            FuzzRun run = of(target, inputs, work, "-max_total_time=" + args[1], "-print_final_stats=1");
            System.out.printf(Locale.ROOT, "%-11s %8d inputs from %d, coverage %d, features %d, memory %d to %d MB, failures %s%n",
                    target, run.executions(), inputs.size(), run.coverage(), run.features(), run.firstMb(), run.lastMb(),
                    run.failures());
            failed |= !run.failures().isEmpty();
        }
        System.exit(failed ? 1 : 0);
    }
}
