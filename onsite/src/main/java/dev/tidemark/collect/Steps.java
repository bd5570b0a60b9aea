package dev.tidemark.collect;

import dev.tidemark.acquire.EvidenceNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** In which order files are taken, from {@code collect.yml}. Steps count from 0; the last one is what no step names. */
final class Steps {
    private record Step(String name, long largest, List<Pattern> paths) {}

    private static final long MIB = 1L << 20;
    private static final String REST = "what a scan sees in other files";

    private final List<Step> steps;
    private final List<String> leave;

    private Steps(List<Step> steps, List<String> leave) {
        this.steps = List.copyOf(steps);
        this.leave = List.copyOf(leave);
    }

    static Steps bundled() {
        try (InputStream in = Steps.class.getResourceAsStream("/tidemark-data/collect.yml")) {
            Map<?, ?> table = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromInputStream(in);
            List<Step> steps = new ArrayList<>();
            for (Object each : (List<?>) table.get("steps")) {
                Map<?, ?> step = (Map<?, ?>) each;
                List<Pattern> paths = new ArrayList<>();
                for (Object path : (List<?>) step.get("paths")) {
                    paths.add(Pattern.compile(expression((String) path), Pattern.DOTALL));
                }
                steps.add(new Step((String) step.get("name"), largest((String) step.get("largest")), paths));
            }
            List<String> leave = new ArrayList<>();
            for (Object each : (List<?>) table.get("leave")) {
                leave.add((String) each);
            }
            return new Steps(steps, leave);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the bundled collect.yml", e);
        }
    }

    private static long largest(String text) {
        if (text == null) {
            return Long.MAX_VALUE;
        }
        String[] parts = text.split(" ");
        if (parts.length != 2 || !parts[1].equals("MiB")) {
            throw new IllegalStateException("collect.yml: expected a size in MiB, found '" + text + "'");
        }
        return Long.parseLong(parts[0]) * MIB;
    }

    private static String expression(String glob) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            if (glob.startsWith("/**/", i)) {
                out.append("/(?:.*/)?");
                i += 3;
            } else if (glob.startsWith("**", i)) {
                out.append(".*");
                i++;
            } else if (glob.charAt(i) == '*') {
                out.append("[^/]*");
            } else {
                out.append(Pattern.quote(String.valueOf(glob.charAt(i))));
            }
        }
        return out.toString();
    }

    /** The step that takes the file; {@link #rest} if none names it. */
    int of(String path, long size) {
        String server = server(path);
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            if (size <= step.largest() && step.paths().stream().anyMatch(p -> p.matcher(server).matches())) {
                return i;
            }
        }
        return rest();
    }

    int rest() {
        return steps.size();
    }

    String name(int step) {
        return step == rest() ? REST : steps.get(step).name();
    }

    /** True for a folder that is not walked. */
    boolean leaves(String folder) {
        return leave.contains(server(folder));
    }

    private static String server(String path) {
        String server = EvidenceNames.decode(path);
        boolean drive = server.length() > 2 && server.charAt(1) == ':';
        return drive ? server.substring(2) : "/" + server;
    }
}
