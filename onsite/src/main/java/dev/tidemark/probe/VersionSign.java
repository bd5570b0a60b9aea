package dev.tidemark.probe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A build that an answer shows.
 *
 * @param build {@code 15.1.2176.2}, or {@code 15.1.2176} where only the cumulative update shows
 * @param where in words
 */
public record VersionSign(String build, String where) {
    private static final String BUILD = "(1[45]\\.\\d{1,2}\\.\\d{1,5}(?:\\.\\d{1,5})?)";
    private static final Pattern WHOLE = Pattern.compile("1[45]\\.\\d{1,2}\\.\\d{1,5}\\.\\d{1,5}");
    private static final Pattern HEADER = Pattern.compile(BUILD);
    private static final Pattern PATH = Pattern.compile("/(?:owa|ecp)/(?:auth/|prem/)?" + BUILD + "/");
    private static final Pattern ASSEMBLY =
            Pattern.compile("assemblyIdentity[^>]{0,300}\\sversion=\"" + BUILD + "\"", Pattern.CASE_INSENSITIVE);
    private static final int MOST = 8;

    /** True if it names the update on the cumulative update, too. */
    boolean whole() {
        return WHOLE.matcher(build).matches();
    }

    /** Every build in the answer, each once. */
    static List<VersionSign> of(Page page) {
        Map<String, VersionSign> signs = new LinkedHashMap<>();
        for (String header : List.of("x-owa-version", "x-owa-diagnostics")) {
            for (String value : page.headers().getOrDefault(header, List.of())) {
                add(HEADER.matcher(value), "the header " + header, page, signs);
            }
        }
        for (String location : page.headers().getOrDefault("location", List.of())) {
            add(PATH.matcher(location), "the redirect", page, signs);
        }
        add(PATH.matcher(page.body()), "a path in the page", page, signs);
        add(ASSEMBLY.matcher(page.body()), "the program's identity", page, signs);
        return new ArrayList<>(signs.values());
    }

    private static void add(Matcher found, String where, Page page, Map<String, VersionSign> signs) {
        while (signs.size() < MOST && found.find()) {
            signs.putIfAbsent(found.group(1), new VersionSign(found.group(1), where + " of " + page.path()));
        }
    }
}
