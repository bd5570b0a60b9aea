package dev.tidemark.acquire;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Makes names of the evidence safe to show and to compare; they are never used as a path on this machine.
 *
 * <p>Control characters and those that turn the direction of text are percent-encoded, as are {@code ..} between
 * slashes and {@code !/}, which only an archive's border may be. One instance an archive: a name that comes twice
 * gets {@code #2} the second time.
 */
final class SafeNames {
    private final Map<String, Integer> seen = new HashMap<>();

    /** The entry's path inside its archive; empty if nothing of the name remains. */
    String unique(String entryName) {
        String name = ofEntry(entryName);
        if (name.isEmpty()) {
            name = "unnamed";
        }
        int count = seen.merge(name, 1, Integer::sum);
        if (count == 1) {
            return name;
        }
        String numbered = name + "#" + count;
        return seen.putIfAbsent(numbered, 1) == null ? numbered : unique(numbered);
    }

    /** An entry's name: relative, {@code /} between names, without empty names and {@code .}. */
    static String ofEntry(String entryName) {
        StringBuilder out = new StringBuilder(entryName.length());
        for (String segment : entryName.replace('\\', '/').split("/")) {
            if (segment.isEmpty() || segment.equals(".")) {
                continue;
            }
            if (out.length() > 0) {
                out.append('/');
            }
            out.append(segment(segment));
        }
        return out.toString();
    }

    /** The name of a file or folder on disk, where a backslash can be part of it. */
    static String ofDisk(String name) {
        return segment(name.replace("\\", "%5C"));
    }

    private static String segment(String name) {
        if (name.equals("..")) {
            return "%2E%2E";
        }
        StringBuilder out = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); ) {
            int c = name.codePointAt(i);
            if (Character.getType(c) == Character.SURROGATE) {
                out.append('\uFFFD');
            } else if (mustHide(c)) {
                encode(out, c);
            } else {
                out.appendCodePoint(c);
            }
            i += Character.charCount(c);
        }
        if (out.length() > 0 && out.charAt(out.length() - 1) == '!') {
            out.setLength(out.length() - 1);
            out.append("%21");
        }
        return out.toString();
    }

    private static boolean mustHide(int c) {
        return Character.isISOControl(c) || c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069
                || c == 0x200E || c == 0x200F || c == 0x061C || c == 0x2028 || c == 0x2029 || c == 0xFEFF;
    }

    private static void encode(StringBuilder out, int c) {
        for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
            out.append(String.format(Locale.ROOT, "%%%02X", b & 0xff));
        }
    }
}
