package dev.tidemark.cli;

import dev.tidemark.mitigate.MitigationPlan;
import dev.tidemark.mitigate.Mitigator;
import dev.tidemark.mitigate.PublishedMitigation;
import dev.tidemark.mitigate.Refusal;
import dev.tidemark.model.Posture.Mitigation;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mitigate}: the published URL-rewrite rules and pools on the configuration of IIS, with an exact way back. */
@Command(name = "mitigate", description = "Puts published mitigations into the configuration of IIS and takes them out again,"
        + " byte for byte. What is not understood is refused. A mitigation evicts nobody and replaces no update.",
        footer = {"", "Examples:", "  tidemark mitigate plan --root C:\\", "  tidemark mitigate apply --root C:\\",
            "  tidemark mitigate verify --root C:\\", "  tidemark mitigate rollback --root C:\\"})
final class MitigateCommand implements Runnable {
    @Mixin
    private Common common;

    @Spec
    private CommandSpec spec;

    /** Where and what. */
    static final class Target {
        @Option(names = "--root", paramLabel = "DIR", required = true, description = "The server's drive C:, live or mounted,"
                + " or a folder that holds its drives by letter.")
        private Path root;

        @Option(names = "--mitigation", paramLabel = "NAME", description = "proxylogon-cookies (CVE-2021-26855),"
                + " autodiscover-powershell (CVE-2022-41040), ecp-pool (CVE-2021-27065), oab-pool (CVE-2021-26858); can be given"
                + " more than once. The first two if not given.")
        private List<String> names = List.of();

        @Option(names = "--backup", paramLabel = "DIR", description = "Folder for the copies of what is changed;"
                + " ProgramData/tidemark-backup on that drive if not given.")
        private Path backup;

        Path root() {
            if (!Files.isDirectory(root)) {
                throw new Usage("no such folder: " + root);
            }
            return root;
        }

        Mitigator mitigator() {
            return new Mitigator(backup == null ? Mitigator.usualBackups(root) : backup);
        }

        List<PublishedMitigation> wanted() {
            List<PublishedMitigation> all = PublishedMitigation.all();
            if (names.isEmpty()) {
                return all.stream().filter(PublishedMitigation::usual).toList();
            }
            List<PublishedMitigation> wanted = new ArrayList<>();
            for (String name : names) {
                wanted.add(all.stream().filter(m -> m.name().equals(name)).findFirst().orElseThrow(() -> new Usage(
                        "no mitigation is called " + name + "; there are "
                                + String.join(", ", all.stream().map(PublishedMitigation::name).toList()))));
            }
            return wanted;
        }
    }

    @Override
    public void run() {
        throw new Usage("say which: mitigate plan, apply, verify or rollback");
    }

    @Command(name = "plan", description = "Shows what would change, and changes nothing.", footer = {"", "Example:",
            "  tidemark mitigate plan --root C:\\"})
    int plan(@Mixin Common options, @Mixin Target target) {
        MitigationPlan plan = planned(target);
        out().print(plan.isEmpty() ? "All of it is in force already; nothing would change.\n" : plain(plan.diff()));
        out().flush();
        return Exit.NOTHING_FOUND;
    }

    @Command(name = "apply", description = "Copies what it changes to the backup, puts the mitigations in, and verifies.",
            footer = {"", "Example:", "  tidemark mitigate apply --root C:\\ --backup E:\\backup"})
    int apply(@Mixin Common options, @Mixin Target target) {
        MitigationPlan plan = planned(target);
        if (plan.isEmpty()) {
            out().println("All of it is in force already; nothing was changed.");
            return Exit.NOTHING_FOUND;
        }
        try {
            Path backup = target.mitigator().apply(plan, Instant.now());
            plan.files().forEach(f -> out().println(plain("changed " + f)));
            out().println(plain("copies in " + backup));
        } catch (IOException e) {
            throw new Usage("nothing was changed: " + reason(e));
        } catch (Refusal e) {
            throw new Usage(e.getMessage());
        }
        if (target.wanted().stream().anyMatch(m -> m.pool().isPresent())) {
            options.say(spec, "A pool that runs goes on until it is stopped: stop it in IIS Manager or with appcmd.");
        }
        return verify(options, target);
    }

    @Command(name = "verify", description = "Reads the configuration and says what is in force.", footer = {"", "Example:",
            "  tidemark mitigate verify --root /mnt/image/C", "", "Exit status: 0 all of it is in force; 2 wrong use, or the"
                + " configuration is not understood; 3 some of it is not in force."})
    int verify(@Mixin Common options, @Mixin Target target) {
        boolean all = true;
        List<Mitigation> found = inForce(target);
        for (PublishedMitigation each : target.wanted()) {
            Optional<Mitigation> force = found.stream().filter(m -> m.inForce() && m.cves().contains(each.cve())).findFirst();
            Optional<Mitigation> vain = found.stream().filter(m -> m.cves().contains(each.cve())).findFirst();
            out().println(plain(each.name() + " (" + each.cve() + "): " + force.map(m -> "in force in " + m.place())
                    .orElse("not in force" + vain.map(m -> ": " + m.name() + ": " + m.why()).orElse(""))));
            all &= force.isPresent();
        }
        return all ? Exit.NOTHING_FOUND : Exit.INCOMPLETE;
    }

    @Command(name = "rollback", description = "Takes back what was put in last: the files hold the bytes that they held"
            + " before. Refuses if one was changed since.", footer = {"", "Example:", "  tidemark mitigate rollback --root C:\\"})
    int rollback(@Mixin Common options, @Mixin Target target) {
        try {
            target.mitigator().rollback(target.root(), Instant.now())
                    .forEach(f -> out().println(plain("as it was: " + f)));
            return Exit.NOTHING_FOUND;
        } catch (IOException e) {
            throw new Usage("it could not be taken back in full: " + reason(e));
        } catch (Refusal e) {
            throw new Usage(e.getMessage());
        }
    }

    private static MitigationPlan planned(Target target) {
        try {
            return MitigationPlan.of(target.root(), target.wanted());
        } catch (Refusal e) {
            throw new Usage(e.getMessage());
        }
    }

    private static List<Mitigation> inForce(Target target) {
        try {
            return MitigationPlan.inForce(target.root());
        } catch (Refusal e) {
            throw new Usage(e.getMessage());
        }
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    private static String plain(String text) {
        return Console.plain(text);
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
