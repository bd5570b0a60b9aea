package dev.tidemark.posture;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * The shape of a request that a mitigation has to stop: enough of it to ask rewrite rules about, and no more.
 *
 * @param url    path and query as a client sends them
 * @param cookie the Cookie header; empty if there is none
 */
record RequestShape(String url, String cookie) {
    private static final int DEEPEST = 8;

    /** What every client asks for: a rule that stops it, too, is no mitigation of anything. */
    static final RequestShape EVERYDAY = new RequestShape("/owa/", "lang=en");

    /** Decoded, as the module sees it, without the query. */
    String path() {
        int query = url.indexOf('?');
        return decoded(query < 0 ? url : url.substring(0, query));
    }

    private String query() {
        int query = url.indexOf('?');
        return query < 0 ? "" : url.substring(query + 1);
    }

    /**
     * An input of a condition with its variables filled in.
     *
     * @param input as in {@code {UrlDecode:{REQUEST_URI}}}
     * @return empty if it holds a variable that only the server or the client knows
     */
    Optional<String> fill(String input) {
        return fill(input, 0);
    }

    private Optional<String> fill(String input, int depth) {
        StringBuilder filled = new StringBuilder();
        int at = 0;
        while (at < input.length()) {
            int open = input.indexOf('{', at);
            if (open < 0) {
                return Optional.of(filled.append(input, at, input.length()).toString());
            }
            int close = closing(input, open);
            if (close < 0 || depth >= DEEPEST) {
                return Optional.empty();
            }
            filled.append(input, at, open);
            Optional<String> value = variable(input.substring(open + 1, close), depth);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            filled.append(value.get());
            at = close + 1;
        }
        return Optional.of(filled.toString());
    }

    private static int closing(String input, int open) {
        int depth = 0;
        for (int i = open; i < input.length(); i++) {
            depth += input.charAt(i) == '{' ? 1 : input.charAt(i) == '}' ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return -1;
    }

    private Optional<String> variable(String name, int depth) {
        int colon = name.indexOf(':');
        if (colon > 0) {
            Optional<String> inner = fill(name.substring(colon + 1), depth + 1);
            return switch (name.substring(0, colon)) {
                case "UrlDecode" -> inner.map(RequestShape::decoded);
                case "ToLower" -> inner.map(text -> text.toLowerCase(Locale.ROOT));
                default -> Optional.empty();
            };
        }
        return switch (name) {
            case "HTTP_COOKIE" -> Optional.of(cookie);
            case "REQUEST_URI", "UNENCODED_URL" -> Optional.of(url);
            case "URL", "PATH_INFO", "SCRIPT_NAME" -> Optional.of(path());
            case "QUERY_STRING" -> Optional.of(query());
            case "HTTPS" -> Optional.of("on");
            case "SERVER_PORT_SECURE" -> Optional.of("1");
            case "SERVER_PORT" -> Optional.of("443");
            default -> Optional.empty();
        };
    }

    /** Percent signs decoded once; what is no such sequence stays. */
    private static String decoded(String text) {
        byte[] out = new byte[text.length() * 3];
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int value = c == '%' && i + 2 < text.length() ? hex(text.charAt(i + 1), text.charAt(i + 2)) : -1;
            if (value >= 0) {
                out[length++] = (byte) value;
                i += 2;
            } else {
                byte[] plain = String.valueOf(c).getBytes(StandardCharsets.UTF_8);
                System.arraycopy(plain, 0, out, length, plain.length);
                length += plain.length;
            }
        }
        return new String(out, 0, length, StandardCharsets.UTF_8);
    }

    private static int hex(char high, char low) {
        int h = Character.digit(high, 16);
        int l = Character.digit(low, 16);
        return h < 0 || l < 0 ? -1 : h * 16 + l;
    }
}
