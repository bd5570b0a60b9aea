package dev.tidemark.read.iis;

import dev.tidemark.bytes.Text;
import dev.tidemark.bytes.Times;
import dev.tidemark.bytes.Uris;
import dev.tidemark.read.Columns;
import dev.tidemark.read.Layout;
import dev.tidemark.read.Record;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One line of a W3C log; reused from line to line, split only when a field is asked for. */
final class IisRecord implements Record {
    private static final Set<String> URIS = Set.of("cs-uri-stem", "cs-uri-query", "cs(cookie)");
    /** Values in which IIS writes a space as {@code +}. */
    private static final Set<String> PLUS = Set.of("cs(user-agent)", "cs(referer)", "cs(cookie)");
    private static final Pattern REQUEST = Pattern.compile("(?i)cafeReqId=([0-9a-f-]{36})");
    private static final List<String> FORWARDED =
            List.of("X-Forwarded-For", "X_FORWARDED_FOR", "cs(X-Forwarded-For)", "OriginalIP", "X-Real-IP");
    private static final Pattern BETWEEN = Pattern.compile("[,+ ]+");
    private static final Pattern ADDRESS = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    /** RFC 1918, loopback, link-local and unique local addresses. */
    private static final Pattern INSIDE = Pattern.compile(
            "10\\.|172\\.(1[6-9]|2[0-9]|3[01])\\.|192\\.168\\.|127\\.|169\\.254\\.|::1$|(?i:fe80:|f[cd][0-9a-f]{2}:)");

    private final Columns columns = new Columns();
    private Layout layout;
    private byte[] bytes;
    private int from;
    private int to;
    private long line;
    private long millis;
    private boolean split;
    /** Many rules ask for the same few fields, and to spell a hostile URI costs. */
    private final Map<String, List<String>> spelled = new HashMap<>();

    IisRecord at(Layout newLayout, byte[] b, int start, int end, long newLine, long newMillis) {
        layout = newLayout;
        bytes = b;
        from = start;
        to = end;
        line = newLine;
        millis = newMillis;
        split = false;
        spelled.clear();
        return this;
    }

    /** How many values stand in the line. */
    static int columns(byte[] b, int from, int to) {
        Columns columns = new Columns();
        columns.spaced(b, from, to);
        return columns.count();
    }

    @Override
    public String source() {
        return IisReader.SOURCE;
    }

    @Override
    public long line() {
        return line;
    }

    @Override
    public Optional<Instant> time() {
        return millis == Times.NONE ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    @Override
    public Optional<String> value(String field) {
        int column = layout.column(field);
        if (column == Layout.ABSENT) {
            return switch (field) {
                case "cafeReqId" -> value("cs-uri-query").map(REQUEST::matcher).filter(Matcher::find)
                        .map(m -> m.group(1));
                case "client" -> Optional.of(client()).filter(c -> !c.isEmpty());
                default -> Optional.empty();
            };
        }
        if (!split) {
            columns.spaced(bytes, from, to);
            split = true;
        }
        if (!columns.has(column)) {
            return Optional.empty();
        }
        String raw = columns.raw(column);
        return Optional.of(raw.equals("-") ? "" : raw);
    }

    /**
     * Behind a load balancer {@code c-ip} is the balancer's, an address of the inside; the client is the last one
     * from outside that was forwarded. What stands before it the client may have written himself, and a header that
     * came from outside without a balancer is all his.
     */
    private String client() {
        String peer = value("c-ip").orElse("");
        for (String field : FORWARDED) {
            if (layout.column(field) == Layout.ABSENT || !inside(peer)) {
                continue;
            }
            String last = "";
            for (String each : BETWEEN.split(value(field).orElse(""))) {
                String address = bare(each);
                if (!address.isEmpty() && (last.isEmpty() || !inside(address) || inside(last))) {
                    last = address;
                }
            }
            if (!last.isEmpty()) {
                return last;
            }
        }
        return peer;
    }

    /** The address without a port; empty if there is none. */
    private static String bare(String text) {
        String address = text.strip();
        if (address.startsWith("[") && address.indexOf(']') > 0) {
            return address.substring(1, address.indexOf(']'));
        }
        int colon = address.indexOf(':');
        boolean port = colon > 0 && colon == address.lastIndexOf(':');
        String alone = port ? address.substring(0, colon) : address;
        return ADDRESS.matcher(alone).matches() ? alone : "";
    }

    private static boolean inside(String address) {
        return INSIDE.matcher(address).lookingAt();
    }

    @Override
    public List<String> spellings(String field) {
        List<String> known = spelled.get(field);
        if (known == null) {
            known = spell(field);
            spelled.put(field, known);
        }
        return known;
    }

    private List<String> spell(String field) {
        Optional<String> value = value(field);
        if (value.isEmpty()) {
            return List.of();
        }
        String name = field.toLowerCase(Locale.ROOT);
        if (value.get().isEmpty()) {
            return List.of("", "-");
        }
        List<String> all = new ArrayList<>(URIS.contains(name) ? Uris.spellings(value.get()) : List.of(value.get()));
        if (PLUS.contains(name) && value.get().indexOf('+') >= 0) {
            all.add(value.get().replace('+', ' '));
        }
        return all;
    }

    @Override
    public List<String> fields() {
        return layout.names();
    }

    @Override
    public String text() {
        return Text.decode(bytes, from, to);
    }
}
