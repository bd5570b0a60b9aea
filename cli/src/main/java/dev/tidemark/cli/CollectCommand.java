package dev.tidemark.cli;

import dev.tidemark.collect.CollectException;
import dev.tidemark.collect.CollectOptions;
import dev.tidemark.collect.Collector;
import dev.tidemark.collect.Left;
import dev.tidemark.detect.FieldMap;
import dev.tidemark.detect.RuleException;
import dev.tidemark.detect.RuleSet;
import dev.tidemark.detect.RuleSource;
import dev.tidemark.detect.content.ContentRules;
import dev.tidemark.scan.Progress;
import dev.tidemark.scan.Telling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code collect}: what a scan needs, from a live or mounted server into one bundle. */
@Command(name = "collect", description = "Takes from a live or mounted server what a scan reads into a ZIP, the most telling"
        + " and newest first, with a manifest of SHA-256, sizes and times. Writes nothing on the source.", footer = {"",
            "Examples:", "  tidemark collect --root C:\\ --root D:\\ --out E:\\mail01.zip",
            "  tidemark collect --root /mnt/image --out mail01.zip.age --recipient age1...", "",
            "Exit status: 0 all was taken; 2 wrong use, or it could not be done; 3 something could not be taken, as standard"
                + " error and the manifest say."})
final class CollectCommand implements Callable<Integer> {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,12})\\s?([KMGT]?)(i?B)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern LETTER = Pattern.compile("([A-Za-z])=(.+)");
    private static final int TOLD = 20;

    @Mixin
    private Common common;

    @Option(names = "--root", paramLabel = "DIR", required = true, description = "Drive or folder to take from. Can be given"
            + " more than once; then say which drive each is, if it is not a drive of this machine: --root D=/mnt/d.")
    private List<String> roots;

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "The bundle: a file that is not there yet,"
            + " not on the source.")
    private Path out;

    @Option(names = "--max-size", paramLabel = "SIZE", description = "The bundle gets no larger: 500M, 4G. 8G if not given.")
    private String maxSize = "8G";

    @Option(names = "--shadow", paramLabel = "PATH", description = "A shadow copy of the first root, from which files are"
            + " taken that others have locked.")
    private Path shadow;

    @Option(names = "--recipient", paramLabel = "AGE1...", description = "Encrypt the bundle to this public key of age.")
    private String recipient;

    @Option(names = "--resume", description = "Go on with a collection into the same file that was stopped.")
    private boolean resume;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws RuleException {
        CollectOptions options = new CollectOptions(sources(), out, bytes(maxSize), Optional.ofNullable(shadow),
                Optional.ofNullable(recipient), resume, Version.text());
        Telling telling = new Telling(RuleSet.load(RuleSource.bundledRules(), FieldMap.bundled()),
                ContentRules.load(RuleSource.bundledYara()));
        try {
            Collector.Result result = run(options, telling);
            return told(result);
        } catch (CollectException e) {
            throw new Usage(e.getMessage());
        } catch (IOException e) {
            String reason = e.getMessage() == null ? e.toString() : e.getMessage();
            throw new Usage("the bundle could not be written: " + reason + (recipient == null
                    ? "; what is in it is kept, --resume goes on" : ""));
        }
    }

    private Collector.Result run(CollectOptions options, Telling telling) throws IOException, CollectException {
        if (common.quiet || !Bar.terminal()) {
            return new Collector(options, telling, Progress.NONE, Instant::now).run();
        }
        try (Bar bar = new Bar("Collecting")) {
            return new Collector(options, telling, bar, Instant::now).run();
        }
    }

    private int told(Collector.Result result) {
        if (resume) {
            common.say(spec, result.resumed() + " files had been taken by the run before.");
        }
        List<Left> lost = result.left().stream().filter(l -> l.bytes() != 0).toList();
        lost.stream().limit(common.verbose ? lost.size() : TOLD)
                .forEach(l -> common.say(spec, "not taken: " + l.path() + ": " + l.why()));
        if (lost.size() > TOLD && !common.verbose) {
            common.say(spec, "not taken: " + (lost.size() - TOLD) + " more, which the manifest lists");
        }
        spec.commandLine().getOut().println(Console.plain(out + ": " + result.files() + " files, " + result.bytes()
                + " bytes, " + result.bundleBytes() + " in the bundle"));
        return lost.isEmpty() ? Exit.NOTHING_FOUND : Exit.INCOMPLETE;
    }

    private List<CollectOptions.Source> sources() {
        List<CollectOptions.Source> sources = new ArrayList<>();
        for (String root : roots) {
            Matcher letter = LETTER.matcher(root);
            if (letter.matches() && !Files.exists(Path.of(root))) {
                sources.add(new CollectOptions.Source(Path.of(letter.group(2)), letter.group(1).toUpperCase(Locale.ROOT) + "/"));
            } else {
                sources.add(new CollectOptions.Source(Path.of(root), roots.size() == 1 ? "" : drive(root)));
            }
        }
        return sources;
    }

    /** {@code D:\} is drive D. */
    private static String drive(String root) {
        if (!root.matches("[A-Za-z]:[\\\\/]?.*")) {
            throw new Usage("say which drive " + root + " is: --root D=" + root);
        }
        return root.substring(0, 1).toUpperCase(Locale.ROOT) + "/";
    }

    private static long bytes(String text) {
        Matcher m = SIZE.matcher(text.strip());
        if (!m.matches()) {
            throw new Usage("--max-size: '" + text + "' is no size; write 500M or 4G");
        }
        int power = " KMGT".indexOf(m.group(2).isEmpty() ? ' ' : Character.toUpperCase(m.group(2).charAt(0)));
        return Math.multiplyExact(Long.parseLong(m.group(1)), 1L << 10 * power);
    }
}
