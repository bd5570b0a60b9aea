package dev.tidemark.detect;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which records a rule's logsource means and what its fields are called there, as the mapping files say. Immutable. */
public final class FieldMap {
    private static final List<String> BUNDLED = List.of("fields.yml", "events.yml");

    private final List<Target> targets;
    /** Mapping → source → field in lower case → where it lies. */
    private final Map<String, Map<String, Map<String, FieldAccess>>> mappings;
    /** Source or mapping → its columns as they are written, in lower case. */
    private final Map<String, Set<String>> columns;
    private final Set<String> uris;
    private final String ownFiles;

    FieldMap(List<Target> targets, Map<String, Map<String, Map<String, FieldAccess>>> mappings,
            Map<String, Set<String>> columns, Set<String> uris) {
        this(targets, mappings, columns, uris, "");
    }

    private FieldMap(List<Target> targets, Map<String, Map<String, Map<String, FieldAccess>>> mappings,
            Map<String, Set<String>> columns, Set<String> uris, String ownFiles) {
        this.ownFiles = ownFiles;
        this.targets = List.copyOf(targets);
        this.mappings = Map.copyOf(mappings);
        this.columns = Map.copyOf(columns);
        this.uris = Set.copyOf(uris);
    }

    /** What comes with Tidemark. */
    public static FieldMap bundled() {
        try {
            return load(BUNDLED.stream().map(FieldMap::bundledFile).toList());
        } catch (RuleException e) {
            throw new IllegalStateException("the bundled field map is broken: " + e.getMessage(), e);
        }
    }

    private static RuleSource bundledFile(String name) {
        try (InputStream in = FieldMap.class.getClassLoader().getResourceAsStream("tidemark-data/" + name)) {
            if (in == null) {
                throw new IllegalStateException("tidemark-data/" + name + " is not on the class path");
            }
            return new RuleSource(name, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What this says and, before it, what the user's files say.
     *
     * @throws RuleException with all faults, each {@code file:line: …}
     */
    public FieldMap after(List<RuleSource> own) throws RuleException {
        if (own.isEmpty()) {
            return this;
        }
        FieldMap both = load(own).before(this);
        return new FieldMap(both.targets, both.mappings, both.columns, both.uris, RuleSource.hash(own));
    }

    /** Tells one set of the user's files from another; empty if there are none. */
    String ownFiles() {
        return ownFiles;
    }

    /** @throws RuleException with all faults of all files, each {@code file:line: …} */
    static FieldMap load(List<RuleSource> files) throws RuleException {
        Faults faults = new Faults();
        FieldMap map = new FieldMap(List.of(), Map.of(), Map.of(), Set.of());
        for (RuleSource file : files) {
            map = map.before(new FieldMapReader(file.name(), faults).read(file));
        }
        if (!faults.isEmpty()) {
            throw new RuleException(faults.messages());
        }
        return map;
    }

    /** Both; where {@code this} says something of a logsource, a mapping or a source, the other is not asked. */
    private FieldMap before(FieldMap other) {
        Set<Logsource> own = new HashSet<>();
        targets.forEach(target -> own.add(target.logsource()));
        List<Target> both = new ArrayList<>(targets);
        other.targets.stream().filter(target -> !own.contains(target.logsource())).forEach(both::add);
        Map<String, Map<String, Map<String, FieldAccess>>> allMappings = new HashMap<>(other.mappings);
        allMappings.putAll(mappings);
        Map<String, Set<String>> allColumns = new HashMap<>(other.columns);
        allColumns.putAll(columns);
        Set<String> allUris = new HashSet<>(uris);
        allUris.addAll(other.uris);
        return new FieldMap(both, allMappings, allColumns, allUris);
    }

    /**
     * What a logsource means, in a fixed order; empty if nothing that is read. A part that the rule leaves out may be
     * anything: {@code category: process_creation} alone is that of every product.
     */
    List<Target> targets(Logsource wanted) {
        // "product: windows" alone has an entry of its own and does not mean each category once more.
        int nearest = Integer.MAX_VALUE;
        List<Target> meant = new ArrayList<>();
        for (Target target : targets) {
            int parts = target.logsource().parts();
            if (parts <= nearest && wanted.covers(target.logsource())) {
                if (parts < nearest) {
                    meant.clear();
                }
                nearest = parts;
                meant.add(target);
            }
        }
        return List.copyOf(meant);
    }

    /** {@code " (did you mean 'service security'?)"} for a logsource that means nothing, or nothing if none is near. */
    String hint(Logsource wanted) {
        Set<String> known = new HashSet<>();
        targets.stream().map(Target::logsource).filter(l -> l.product().equals(wanted.product()))
                .forEach(l -> known.add(wanted.service().isEmpty() ? l.category() : l.service()));
        return Nearest.hint(wanted.service().isEmpty() ? wanted.category() : wanted.service(), known);
    }

    /** All sources that some logsource means. */
    Set<String> sources() {
        Set<String> sources = new LinkedHashSet<>();
        targets.forEach(target -> sources.addAll(target.sources()));
        return sources;
    }

    /** How a rule with that target names the fields of one source; a mapping of the source's name stands behind it. */
    Fields fields(Target target, String source) {
        Map<String, FieldAccess> mapped = new HashMap<>(mapping(source, source));
        mapped.putAll(mapping(target.mapping(), source));
        boolean ownNames = target.mapping().isEmpty();
        String known = columns.containsKey(target.mapping()) ? target.mapping() : source;
        return name -> {
            FieldAccess access = mapped.get(Fold.of(name));
            if (access != null) {
                return Optional.of(access);
            }
            return ownNames || knows(known, name) ? Optional.of(new FieldAccess.Column(name, false)) : Optional.empty();
        };
    }

    boolean hasMapping(String name) {
        return mappings.containsKey(name);
    }

    private Map<String, FieldAccess> mapping(String name, String source) {
        return mappings.getOrDefault(name, Map.of()).getOrDefault(source, Map.of());
    }

    /** False if the columns of the source are listed and {@code name} is not among them. */
    boolean knows(String source, String name) {
        Set<String> known = columns.get(source);
        return known == null || known.contains(Fold.of(name));
    }

    /** True if the column holds a URI, which readers give in all its spellings. */
    boolean isUri(String column) {
        return uris.contains(Fold.of(column));
    }

    /** Finds where a field lies; empty if the source does not have it. */
    @FunctionalInterface
    interface Fields {
        /** Every field under its own name: for rules that are only looked over. */
        Fields OWN_NAMES = name -> Optional.of(new FieldAccess.Column(name, false));

        Optional<FieldAccess> resolve(String field);
    }
}
