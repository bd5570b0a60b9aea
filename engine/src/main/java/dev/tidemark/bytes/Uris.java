package dev.tidemark.bytes;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The spellings of one URI (or of a part of one) that a server takes for the same.
 *
 * <p>Never throws: an escape that is none stays as it stands. Every spelling is at most as long as the raw text.
 * Source: RFC 3986, 2.1 and 5.2.4; {@code %uXXXX} as IIS reads it.
 */
public final class Uris {
    /** A proxy decodes once and the server behind it once more; nothing honest needs a third. */
    private static final int DECODINGS = 2;
    private static final String SCHEME = "://";

    private Uris() {}

    /**
     * The value as it stands first, then what differs from it: decoded; decoded with its path resolved; the same
     * without path parameters ({@code ;jsessionid=…}). The part after the first {@code ?} is decoded but keeps its
     * slashes.
     */
    public static List<String> spellings(String raw) {
        if (isPlain(raw)) {
            return List.of(raw);
        }
        Set<String> spellings = new LinkedHashSet<>();
        spellings.add(raw);
        // The query mark is looked for before decoding, as a server does: %3f belongs to the path.
        int mark = raw.indexOf('?');
        String path = decoded(mark < 0 ? raw : raw.substring(0, mark));
        String query = mark < 0 ? "" : decoded(raw.substring(mark));
        spellings.add(path + query);
        String resolved = resolved(path.replace('\\', '/'));
        spellings.add(resolved + query);
        spellings.add(resolved(withoutParameters(resolved)) + query);
        return List.copyOf(spellings);
    }

    /** True if no spelling but the raw one can come out: the common case, decided without an allocation. */
    private static boolean isPlain(String raw) {
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%' || c == '\\' || c == ';') {
                return false;
            }
            boolean afterSlash = i > 0 && raw.charAt(i - 1) == '/';
            if (afterSlash && (c == '/' || c == '.')) {
                return false;
            }
        }
        return true;
    }

    private static String decoded(String text) {
        String decoded = text;
        for (int i = 0; i < DECODINGS && decoded.indexOf('%') >= 0; i++) {
            decoded = decodedOnce(decoded);
        }
        return decoded;
    }

    private static String decodedOnce(String text) {
        StringBuilder out = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            if (text.charAt(at) != '%') {
                out.append(text.charAt(at++));
            } else if (at + 6 <= text.length() && (text.charAt(at + 1) | 0x20) == 'u' && hex(text, at + 2, 4) >= 0) {
                out.append((char) hex(text, at + 2, 4));
                at += 6;
            } else {
                at = decodeRun(text, at, out);
            }
        }
        return out.toString();
    }

    /** Decodes the escapes that stand side by side from {@code at}: only together do they make UTF-8. Returns their end. */
    private static int decodeRun(String text, int at, StringBuilder out) {
        int end = at;
        while (end + 3 <= text.length() && text.charAt(end) == '%' && hex(text, end + 1, 2) >= 0) {
            end += 3;
        }
        int count = (end - at) / 3;
        if (count == 0) {
            out.append('%');
            return at + 1;
        }
        byte[] run = new byte[count];
        for (int i = 0; i < count; i++) {
            run[i] = (byte) hex(text, at + 3 * i + 1, 2);
        }
        try {
            out.append(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(run, 0, count)));
        } catch (CharacterCodingException notUtf8) {
            appendByByte(run, count, out);
        }
        return end;
    }

    /** Bytes that are no UTF-8 together: the ASCII ones are decoded, the others keep their escape. */
    private static void appendByByte(byte[] run, int count, StringBuilder out) {
        for (int i = 0; i < count; i++) {
            if (run[i] >= 0) {
                out.append((char) run[i]);
            } else {
                out.append('%').append(Character.forDigit(run[i] >> 4 & 0xF, 16))
                        .append(Character.forDigit(run[i] & 0xF, 16));
            }
        }
    }

    /** The number of {@code digits} hexadecimal digits, or -1 if one is none. */
    private static int hex(String text, int from, int digits) {
        int number = 0;
        for (int i = from; i < from + digits; i++) {
            char c = text.charAt(i);
            int digit = c < 0x80 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                return -1;
            }
            number = number << 4 | digit;
        }
        return number;
    }

    /** Without empty and {@code .} segments, {@code ..} taken with the segment before it. */
    private static String resolved(String path) {
        int scheme = path.indexOf(SCHEME);
        if (scheme >= 0) {
            int start = scheme + SCHEME.length();
            return path.substring(0, start) + resolved(path.substring(start));
        }
        if (path.indexOf('/') < 0) {
            return path;
        }
        List<String> kept = new ArrayList<>();
        String[] segments = path.split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            keep(segments[i], i == 0, i == segments.length - 1, kept);
        }
        return String.join("/", kept);
    }

    private static void keep(String segment, boolean first, boolean last, List<String> kept) {
        boolean dots = segment.equals(".") || segment.equals("..");
        if (segment.equals("..") && kept.size() > 1) {
            kept.remove(kept.size() - 1);
        }
        if (first || !dots && !segment.isEmpty()) {
            kept.add(segment);
        } else if (last) {
            kept.add("");
        }
    }

    private static String withoutParameters(String path) {
        if (path.indexOf(';') < 0) {
            return path;
        }
        StringBuilder out = new StringBuilder(path.length());
        boolean skipping = false;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            skipping = c == ';' || skipping && c != '/';
            if (!skipping) {
                out.append(c);
            }
        }
        return out.toString();
    }
}
