package dev.tidemark.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.io.PrintStream;
import java.io.FileOutputStream;
import java.io.FileDescriptor;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Where the program begins. */
@Command(name = "tidemark",
        versionProvider = Version.class, mixinStandardHelpOptions = true,
        description = "Says from an Exchange server's own records whether somebody got in, by which door, when, what"
                + " they left, and what has to be done now.",
        footer = {"", "Exit status: 0 nothing found; 1 a host is compromised or suspected; 2 wrong use, or the run could"
                + " not be done; 3 done, but evidence is missing."})
public final class Main implements Runnable {
    /** In the order of the help. */
    static final List<String> COMMANDS = List.of("scan", "dump", "report", "posture", "probe", "collect", "mitigate", "query",
            "diff", "merge", "demo", "rules");

    private Main() {}

    /** Of one of {@link #COMMANDS}. A class is loaded only when it is asked for: all take a fifth of a start. */
    static Class<?> command(String name) {
        return switch (name) {
            case "scan" -> ScanCommand.class;
            case "dump" -> DumpCommand.class;
            case "report" -> ReportCommand.class;
            case "posture" -> PostureCommand.class;
            case "probe" -> ProbeCommand.class;
            case "collect" -> CollectCommand.class;
            case "mitigate" -> MitigateCommand.class;
            case "query" -> QueryCommand.class;
            case "diff" -> DiffCommand.class;
            case "merge" -> MergeCommand.class;
            case "demo" -> DemoCommand.class;
            case "rules" -> RulesCommand.class;
            default -> throw new IllegalArgumentException("no command: " + name);
        };
    }

    public static void main(String[] args) {
        ByteWriter out = new ByteWriter(new FileOutputStream(FileDescriptor.out));
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        int status = run(out, new PrintWriter(err, true, StandardCharsets.UTF_8), args);
        out.flush();
        System.exit(status);
    }

    /** Runs one command; nothing of it touches the process but what it returns and prints. */
    static int run(PrintWriter out, PrintWriter err, String... args) {
        CommandLine line = new CommandLine(new Main());
        // To look at all options of all commands takes as long again: only the one that is named is made.
        boolean named = args.length > 0 && COMMANDS.contains(args[0]);
        for (String name : named ? List.of(args[0]) : COMMANDS) {
            line.addSubcommand(name, command(name));
        }
        line.setOut(out);
        line.setErr(err);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler((e, words) -> wrongUse(e));
        line.setExecutionExceptionHandler((e, command, parsed) -> {
            command.getErr().println("tidemark: " + Console.plain(e instanceof Usage ? e.getMessage() : e.toString()));
            return Exit.WRONG_USE;
        });
        try {
            return line.execute(args);
        } catch (OutOfMemoryError e) {
            // Else the process would end with 1, which says that somebody got in.
            err.println("tidemark: the memory is full: there is more than a heap of "
                    + (Runtime.getRuntime().maxMemory() >> 20) + " MiB holds; what was written so far is not whole. Run it again"
                    + " with more, as in TIDEMARK_JAVA_OPTS=-Xmx4g, or with less at once (--since, --until,"
                    + " --minimum-severity).");
            return Exit.WRONG_USE;
        }
    }

    /** A sentence and where to read on, rather than a page of options. */
    private static int wrongUse(ParameterException e) {
        PrintWriter err = e.getCommandLine().getErr();
        err.println("tidemark: " + Console.plain(e.getMessage()));
        UnmatchedArgumentException.printSuggestions(e, err);
        err.println("'" + e.getCommandLine().getCommandSpec().qualifiedName() + " --help' explains it.");
        return Exit.WRONG_USE;
    }

    @Override
    public void run() {
        throw new Usage("name a command; 'tidemark --help' lists them");
    }
}
