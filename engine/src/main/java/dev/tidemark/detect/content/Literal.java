package dev.tidemark.detect.content;

/**
 * Bytes that are searched for.
 *
 * @param bytes    as they have to stand in the file; with {@code nocase}, ASCII letters in lower case
 * @param wide     as UTF-16: its neighbours are two bytes each
 * @param string   index of the string that it belongs to
 * @param gate     true if it only says that the string's regular expression may match near it
 */
record Literal(byte[] bytes, boolean nocase, boolean fullword, boolean wide, int string, boolean gate) {
    /** Length of a place at which the text of a gate stands as UTF-16. */
    static final int WIDE_GATE = 0;

    boolean standsAt(byte[] data, int from) {
        if (from < 0 || from > data.length - bytes.length) {
            return false;
        }
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != (nocase ? fold(data[from + i]) : data[from + i])) {
                return false;
            }
        }
        return !fullword || !wordAround(data, from, from + bytes.length, wide);
    }

    static byte fold(byte b) {
        return b >= 'A' && b <= 'Z' ? (byte) (b + 32) : b;
    }

    /** True if a letter or digit touches the match at either end. */
    static boolean wordAround(byte[] data, int from, int to, boolean wide) {
        if (wide) {
            return from >= 2 && data[from - 1] == 0 && isWord(data[from - 2])
                    || to + 1 < data.length && data[to + 1] == 0 && isWord(data[to]);
        }
        return from >= 1 && isWord(data[from - 1]) || to < data.length && isWord(data[to]);
    }

    private static boolean isWord(byte b) {
        return b >= '0' && b <= '9' || b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z';
    }
}
