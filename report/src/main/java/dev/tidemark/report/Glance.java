package dev.tidemark.report;

import dev.tidemark.model.Coverage;
import dev.tidemark.model.Finding;
import dev.tidemark.model.HostResult;
import dev.tidemark.model.Outcome;
import dev.tidemark.model.Stage;
import dev.tidemark.model.VerdictClass;
import dev.tidemark.report.CveNames.Door;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** The answers to the questions that whoever has to decide asks first, for one host. */
final class Glance {
    private static final int VALUES = 4;

    private final HostView view;
    private final HostResult host;
    private final Anchors anchors;
    private final List<Door> doors;

    Glance(HostView view, Anchors anchors, CveNames names) {
        this.view = view;
        this.host = view.host();
        this.anchors = anchors;
        this.doors = names.doors(cves(view.findings(), view.gotIn()));
    }

    /** Flaws that took effect; where nothing is known to have, those that were tried. */
    private static Set<String> cves(List<Finding> findings, boolean gotIn) {
        Set<String> took = cves(findings, f -> f.outcome() == Outcome.SUCCEEDED);
        return gotIn && !took.isEmpty() ? took : cves(findings, f -> true);
    }

    private static Set<String> cves(List<Finding> findings, Predicate<Finding> which) {
        Set<String> cves = new TreeSet<>();
        for (Finding finding : findings) {
            if (finding.severity().accuses() && which.test(finding)) {
                cves.addAll(finding.cves());
            }
        }
        return cves;
    }

    String since() {
        return host.firstMalicious().map(When::minutes).orElse("none seen");
    }

    /** In few words, for a table: {@code ProxyLogon}, and how many more flaws went with it. */
    String door() {
        if (!doors.isEmpty()) {
            return Words.some(doors.stream().map(Door::name).toList(), 2) + (view.gotIn() ? "" : " (tried)");
        }
        return view.gotIn() ? "not in this evidence" : "none seen";
    }

    /** In few words, for a table. */
    String left() {
        String shells = host.webShells().isEmpty() ? "" : When.counted(host.webShells().size(), "web shell")
                + (host.webShells().size() == 1 ? ": " + fileName(host.webShells().get(0)) : "");
        String accounts = host.accounts().isEmpty() ? "" : When.counted(host.accounts().size(), "account");
        String both = shells.isEmpty() || accounts.isEmpty() ? shells + accounts : shells + ", " + accounts;
        return both.isEmpty() ? "nothing seen" : both;
    }

    private static String fileName(String path) {
        return Words.clip(path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1), 40);
    }

    void write(Html html) {
        html.open("dl", "class", "glance");
        writeSince(html);
        writeDoor(html);
        writeWho(html);
        writeLeft(html);
        html.open("div").element("dt", "Is the door shut?").open("dd", "class", "answer");
        DoorState state = DoorState.of(host.posture());
        state.write(html);
        html.close().element("dd", state.why(host.posture()) + (state == DoorState.SHUT && view.gotIn()
                ? " That does not evict anybody." : ""), "class", "note").close();
        writeReach(html);
        html.close();
    }

    private void writeSince(Html html) {
        html.open("div").element("dt", view.gotIn() ? "Since when?" : "When?");
        if (host.firstMalicious().isEmpty()) {
            answer(html, "No attack seen");
            note(html, view.verdict() == VerdictClass.INSUFFICIENT_EVIDENCE
                    ? "Silence proves nothing where records are missing." : "");
        } else {
            Instant first = host.firstMalicious().get();
            html.open("dd", "class", "answer");
            Optional<Anchors.Entry> entry = view.findings().stream()
                    .filter(f -> f.severity().accuses() && f.time().equals(host.firstMalicious()))
                    .flatMap(f -> anchors.of(f.id()).stream()).findFirst();
            link(html, When.longMinutes(first) + " UTC", entry);
            html.close();
            host.lastMalicious().filter(last -> last.isAfter(first)).ifPresent(last -> note(html, "Last act "
                    + When.longMinutes(last) + " UTC, " + When.length(Duration.between(first, last)) + " later."));
        }
        html.close();
    }

    private void writeDoor(Html html) {
        html.open("div").element("dt", view.gotIn() ? "By which door?" : "Which door was tried?");
        if (doors.isEmpty()) {
            answer(html, view.gotIn() ? "Not in this evidence" : "None seen");
        }
        for (Door door : doors.subList(0, Math.min(VALUES, doors.size()))) {
            html.open("dd", "class", "answer");
            Optional<Anchors.Entry> entry = view.findings().stream()
                    .filter(f -> f.severity().accuses() && f.cves().stream().anyMatch(door.cves()::contains))
                    .sorted(Comparator.comparing((Finding f) -> f.outcome() != Outcome.SUCCEEDED))
                    .flatMap(f -> anchors.of(f.id()).stream()).findFirst();
            link(html, door.name(), entry);
            html.close();
            html.open("dd", "class", "note").text(door.what());
            String separator = door.what().isEmpty() ? "" : ": ";
            for (String cve : door.cves().contains(door.name()) ? List.<String>of() : door.cves()) {
                html.text(separator).element("span", cve, "class", "whole");
                separator = ", ";
            }
            html.close();
        }
        more(html, doors.size());
        html.close();
    }

    private void writeWho(Html html) {
        html.open("div").element("dt", "From where?");
        values(html, host.attackerIps(), view.gotIn() ? "No address recorded" : "No attacker seen");
        html.close();
    }

    private void writeLeft(Html html) {
        html.open("div").element("dt", "What was left behind?");
        if (host.webShells().isEmpty() && host.accounts().isEmpty()) {
            boolean stayed = view.findings().stream().anyMatch(f -> f.severity().accuses()
                    && f.outcome() != Outcome.ATTEMPTED && f.stage() == Stage.PERSISTENCE);
            answer(html, stayed ? "See persistence below" : "Nothing seen");
        }
        for (String shell : host.webShells().subList(0, Math.min(VALUES, host.webShells().size()))) {
            html.open("dd", "class", "answer").text("Web shell ").element("code", fileName(shell)).close();
            html.open("dd", "class", "note").path(Words.clip(shell, Words.VALUE)).close();
        }
        more(html, host.webShells().size());
        if (!host.accounts().isEmpty()) {
            answer(html, "Accounts");
            note(html, Words.some(host.accounts().stream().map(a -> Words.clip(a, Words.NAME)).toList(), VALUES));
        }
        html.close();
    }

    private void writeReach(Html html) {
        html.open("div").element("dt", "How far do the records reach?");
        Optional<Instant> from = host.coverage().stream().flatMap(c -> c.from().stream())
                .min(Comparator.naturalOrder());
        Optional<Instant> to = host.coverage().stream().flatMap(c -> c.to().stream()).max(Comparator.naturalOrder());
        if (from.isEmpty() || to.isEmpty()) {
            answer(html, "No record with a time");
        } else {
            answer(html, When.longDate(from.get()) + " to " + When.longDate(to.get()));
        }
        long records = host.coverage().stream().mapToLong(Coverage::records).sum();
        note(html, When.counted(host.coverage().size(), "source") + ", " + When.counted(records, "record") + ", "
                + (host.coverageGaps().isEmpty() ? "no gap" : When.counted(host.coverageGaps().size(), "gap")) + ", "
                + (host.skipped().isEmpty() ? "all read." : When.counted(host.skipped().size(), "file")
                        + " not or partly read."));
        html.close();
    }

    private static void values(Html html, List<String> values, String none) {
        if (values.isEmpty()) {
            answer(html, none);
        }
        for (String value : values.subList(0, Math.min(VALUES, values.size()))) {
            html.element("dd", Words.clip(value, Words.NAME), "class", "answer mono");
        }
        more(html, values.size());
    }

    private static void more(Html html, int count) {
        if (count > VALUES) {
            note(html, "and " + Words.number(count - VALUES) + " more below");
        }
    }

    private static void link(Html html, String text, Optional<Anchors.Entry> entry) {
        if (entry.isPresent()) {
            html.element("a", text, "href", "#" + entry.get().elementId());
        } else {
            html.text(text);
        }
    }

    private static void answer(Html html, String text) {
        html.element("dd", text, "class", "answer");
    }

    private static void note(Html html, String text) {
        if (!text.isEmpty()) {
            html.element("dd", text, "class", "note");
        }
    }
}
