package dev.tidemark.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Options that every command takes. */
final class Common {
    @Option(names = "--quiet", description = "Print results only.")
    boolean quiet;

    @Option(names = "--verbose", description = "Say more of what is done, and all of what went wrong.")
    boolean verbose;

    @Option(names = "--no-color", description = "Use no colours.")
    boolean noColor;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Explain this command.")
    boolean help;

    /** On a terminal only, and not where the user or {@code NO_COLOR} (no-color.org) says otherwise. */
    boolean colours() {
        String no = System.getenv("NO_COLOR");
        return !noColor && (no == null || no.isEmpty()) && Bar.terminal();
    }

    /** What a person may want to know while a command runs, but a script does not. */
    void say(CommandSpec spec, String text) {
        if (!quiet) {
            spec.commandLine().getErr().println(Console.plain(text));
        }
    }

    /** What only {@code --verbose} tells. */
    void detail(CommandSpec spec, String text) {
        if (verbose) {
            say(spec, text);
        }
    }
}
