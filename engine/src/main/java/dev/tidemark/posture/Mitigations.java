package dev.tidemark.posture;

import dev.tidemark.model.Posture.Mitigation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Asks a server's configuration which known ways in it keeps shut, and says of what looks like it why it does not. */
final class Mitigations {
    private static final String RELAY = "CVE-2024-21410";

    private final MitigationTable table;

    Mitigations(MitigationTable table) {
        this.table = table;
    }

    List<Mitigation> in(List<ConfigFile> files, List<ServiceOff> off) {
        IisSites sites = IisSites.of(files);
        List<Mitigation> found = new ArrayList<>();
        for (MitigationTable.Reach reach : table.reaches()) {
            found.addAll(rewrite(reach, sites));
        }
        sites.serverFile().ifPresent(file -> {
            List<String> atRest = sites.poolsAtRest();
            table.pools().stream().filter(pool -> atRest.contains(pool.name())).forEach(pool ->
                    found.add(new Mitigation("application pool " + pool.name(), List.of(pool.cve()), true, file.written(),
                            file.place(), "The pool does not start with the server.")));
            extendedProtection(sites, file).ifPresent(found::add);
        });
        table.services().forEach(service -> atRest(service, off).ifPresent(found::add));
        return found;
    }

    private static Optional<Mitigation> atRest(MitigationTable.Service service, List<ServiceOff> off) {
        List<ServiceOff> named = service.names().stream().flatMap(name -> off.stream()
                .filter(o -> o.name().equalsIgnoreCase(name)).limit(1)).toList();
        return named.size() < service.names().size() ? Optional.empty()
                : Optional.of(new Mitigation("service " + String.join(", ", service.names()), List.of(service.cve()), true,
                        named.stream().map(ServiceOff::since).max(Comparator.naturalOrder()), named.get(0).place(),
                        "The service is set not to start."));
    }

    /** What became of a request on its way through the rules. @param by the rule that decided, if one did */
    private record Passage(boolean stopped, Optional<PlacedRule> by, String why) {}

    private static List<Mitigation> rewrite(MitigationTable.Reach reach, IisSites sites) {
        Set<PlacedRule> stopping = new LinkedHashSet<>();
        List<Passage> open = new ArrayList<>();
        for (RequestShape request : reach.requests()) {
            List<Site> serving = sites.frontEnd().stream().filter(s -> s.serves(request)).toList();
            for (Site site : serving) {
                Passage passage = pass(site, request, sites);
                passage.by().filter(by -> passage.stopped()).ifPresent(stopping::add);
                if (!passage.stopped()) {
                    open.add(passage);
                }
            }
        }
        if (open.isEmpty() && !stopping.isEmpty()) {
            return List.of(inForce(reach, List.copyOf(stopping), sites));
        }
        return inVain(reach, stopping, open, sites);
    }

    private static Passage pass(Site site, RequestShape request, IisSites sites) {
        Optional<String> without = sites.withoutModule(site, request);
        if (without.isPresent()) {
            return new Passage(false, Optional.empty(), without.get());
        }
        for (PlacedRule placed : sites.rulesFor(site, request)) {
            RewriteRule rule = placed.rule();
            Match takes = rule.enabled() ? placed.takes(request) : Match.NO;
            if (rule.aborts() && takes == Match.YES) {
                return new Passage(true, Optional.of(placed), "");
            }
            if (!rule.aborts() && rule.ends() && takes != Match.NO) {
                return new Passage(false, Optional.of(placed), "the rule " + placed.title() + ", which stands before it, "
                        + (takes == Match.YES ? "ends" : "may end") + " the way of the requests");
            }
        }
        return new Passage(false, Optional.empty(), "");
    }

    private static Mitigation inForce(MitigationTable.Reach reach, List<PlacedRule> rules, IisSites sites) {
        String names = String.join(", ", rules.stream().map(r -> r.rule().name()).distinct().toList());
        String module = sites.namesModules() ? "" : " Whether the URL Rewrite module is loaded, the evidence does not show.";
        return new Mitigation("rewrite rules " + names, List.of(reach.cve()), true, since(rules), rules.get(0).file().place(),
                "Every request of the kind ends in a rule that aborts it." + module);
    }

    private static Optional<Instant> since(List<PlacedRule> rules) {
        List<Instant> written = rules.stream().flatMap(r -> r.file().written().stream()).toList();
        return rules.stream().allMatch(r -> r.file().written().isPresent())
                ? written.stream().max(Comparator.naturalOrder()) : Optional.empty();
    }

    /** Rules that are made for such requests, each with the reason why the requests get through all the same. */
    private static List<Mitigation> inVain(MitigationTable.Reach reach, Set<PlacedRule> stopping, List<Passage> open,
            IisSites sites) {
        Map<String, Mitigation> byPlace = new LinkedHashMap<>();
        for (PlacedRule placed : sites.allRules()) {
            boolean made = reach.requests().stream().anyMatch(r -> placed.takes(r) == Match.YES)
                    && placed.takes(RequestShape.EVERYDAY) == Match.NO;
            boolean stops = stopping.stream().anyMatch(s -> s.rule().equals(placed.rule()) && s.file().equals(placed.file()));
            if (made) {
                String why = stops ? "It stops only a part of such requests." : why(placed, open, sites);
                byPlace.put(placed.rule().name() + "\n" + placed.file().place(), new Mitigation("rewrite rule "
                        + placed.rule().name(), List.of(reach.cve()), false, placed.file().written(), placed.file().place(),
                        why));
            }
        }
        return List.copyOf(byPlace.values());
    }

    private static String why(PlacedRule placed, List<Passage> open, IisSites sites) {
        if (!placed.rule().enabled()) {
            return "It is disabled.";
        }
        if (!placed.rule().aborts()) {
            return "Its action is " + placed.rule().action() + ", not " + RewriteRule.ABORT + ".";
        }
        if (!placed.site().isEmpty() && sites.frontEnd().stream().noneMatch(s -> s.name().equalsIgnoreCase(placed.site()))) {
            return "It lies in a site that does not serve the requests" + (placed.site().equals("?") ? "." : ": "
                    + placed.site() + ".");
        }
        return open.stream().map(Passage::why).filter(w -> !w.isEmpty()).findFirst()
                .map(w -> Character.toUpperCase(w.charAt(0)) + w.substring(1) + ".")
                .orElse("It does not stand where the requests go.");
    }

    /** Extended Protection stops relayed logons where every folder that logs on with Windows' own means asks for it. */
    private static Optional<Mitigation> extendedProtection(IisSites sites, ConfigFile file) {
        List<String> words = sites.tokenChecking();
        long asked = words.stream().filter(w -> w.equals("Require") || w.equals("Allow")).count();
        if (asked == 0) {
            return Optional.empty();
        }
        return Optional.of(new Mitigation("Extended Protection", List.of(RELAY), asked == words.size(), file.written(),
                file.place(), asked + " of " + words.size() + " folders of the front end that name it ask for it."));
    }
}
