package dev.tidemark.cli;

import dev.tidemark.detect.RuleException;
import dev.tidemark.detect.RuleInfo;
import dev.tidemark.detect.RuleSet;
import dev.tidemark.detect.RuleSource;
import dev.tidemark.detect.RuleTests;
import dev.tidemark.detect.content.ContentRules;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rules}: what the packs hold, and whether they are as good as their examples. */
@Command(name = "rules", description = "Lists, shows, checks and tests rule packs.")
final class RulesCommand implements Runnable {
    @Mixin
    private Common common;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new Usage("say which: rules list, show, lint or test");
    }

    private static PrintWriter out(CommandSpec spec) {
        return spec.commandLine().getOut();
    }

    @Command(name = "list", description = "Lists all rules.", footer = {"", "Example:", "  tidemark rules list"})
    int list(@Mixin Common options, @Mixin RulePacks packs) {
        List<RuleInfo> all = new ArrayList<>(packs.load().infos());
        all.addAll(packs.yara().infos());
        for (RuleInfo rule : all) {
            out(spec).printf("%-48s %-13s %-17s %s%n", Console.plain(rule.file()), rule.level().word(),
                    rule.stage().word(), Console.plain(rule.title()));
        }
        return Exit.NOTHING_FOUND;
    }

    @Command(name = "show", description = "Prints a rule.", footer = {"", "Example:",
            "  tidemark rules show iis-webshell-used.yml"})
    int show(@Mixin Common options, @Mixin RulePacks packs, @Parameters(paramLabel = "RULE") String name) {
        String file = name.contains(":") ? name.substring(0, name.indexOf(':')) : name;
        List<RuleSource> found = Stream.concat(packs.sources().stream(), packs.yaraSources().stream())
                .filter(s -> List.of(file, file + ".yml", file + ".yar").contains(s.fileName())).toList();
        if (found.isEmpty()) {
            throw new Usage("no rule is called " + name);
        }
        found.forEach(s -> out(spec).println(Console.plain(new String(s.content(), StandardCharsets.UTF_8))));
        return Exit.NOTHING_FOUND;
    }

    @Command(name = "lint", description = "Says what is wrong with rules, and which are not run and why. Ends with 2 if a"
            + " rule is broken.",
            footer = {"", "Example:", "  tidemark rules lint --no-bundled-rules --rules my-rules"})
    int lint(@Mixin Common options, @Mixin RulePacks packs) {
        RuleSet rules = packs.load(true);
        Lint.print(rules, out(spec), options.verbose);
        ContentRules yara = packs.yara();
        yara.notUnderstood().forEach((rule, why) ->
                out(spec).println(Console.plain(rule + ": not understood: " + String.join("; ", why))));
        yara.slow().forEach(rule -> out(spec).println(Console.plain(rule
                + ": a string holds no plain run of bytes, so every file has to be searched for it")));
        out(spec).println(yara.infos().size() + yara.notUnderstood().size() + " YARA rules, " + yara.infos().size()
                + " can run, " + yara.notUnderstood().size() + " cannot");
        return rules.broken().isEmpty() ? Exit.NOTHING_FOUND : Exit.WRONG_USE;
    }

    @Command(name = "test", description = "Runs the examples that stand beside rules.", footer = {"", "Example:",
            "  tidemark rules test"})
    int test(@Mixin Common options, @Mixin RulePacks packs) {
        try {
            List<RuleTests.Result> results =
                    new RuleTests(packs.options(false)).run(packs.sources(), packs.tests());
            results.forEach(r -> r.failures().forEach(f -> out(spec).println(Console.plain(f))));
            long bad = results.stream().filter(r -> !r.failures().isEmpty()).count();
            out(spec).printf("%d rules, %d examples that must match, %d that must not: %d rules failed%n",
                    results.size(), results.stream().mapToInt(RuleTests.Result::hits).sum(),
                    results.stream().mapToInt(RuleTests.Result::misses).sum(), bad);
            return bad == 0 ? Exit.NOTHING_FOUND : Exit.COMPROMISED;
        } catch (RuleException e) {
            throw new Usage(e.getMessage());
        }
    }
}
