package dev.tidemark.read.ntfs;

/** Names as NTFS stores them: UTF-16, little-endian, any two bytes allowed. */
final class NtfsNames {
    private NtfsNames() {}

    /** In UTF-8; half a surrogate pair becomes {@code ?}, and what must stand in no name becomes {@code _}. */
    static byte[] utf8(byte[] b, int from, int chars) {
        byte[] out = new byte[3 * chars];
        int to = 0;
        for (int i = 0; i < chars; i++) {
            int c = unit(b, from + 2 * i);
            if (c < 0x80) {
                out[to++] = (byte) (c < 0x20 || c == '\\' || c == '/' ? '_' : c);
            } else if (c < 0x800) {
                out[to++] = (byte) (0xC0 | c >> 6);
                out[to++] = (byte) (0x80 | c & 0x3F);
            } else if (c < 0xD800 || c > 0xDFFF) {
                out[to++] = (byte) (0xE0 | c >> 12);
                out[to++] = (byte) (0x80 | c >> 6 & 0x3F);
                out[to++] = (byte) (0x80 | c & 0x3F);
            } else {
                int low = i + 1 < chars ? unit(b, from + 2 * i + 2) : 0;
                if (c > 0xDBFF || low < 0xDC00 || low > 0xDFFF) {
                    out[to++] = '?';
                    continue;
                }
                int point = 0x10000 + (c - 0xD800 << 10) + (low - 0xDC00);
                out[to++] = (byte) (0xF0 | point >> 18);
                out[to++] = (byte) (0x80 | point >> 12 & 0x3F);
                out[to++] = (byte) (0x80 | point >> 6 & 0x3F);
                out[to++] = (byte) (0x80 | point & 0x3F);
                i++;
            }
        }
        return java.util.Arrays.copyOf(out, to);
    }

    private static int unit(byte[] b, int at) {
        return b[at] & 0xFF | (b[at + 1] & 0xFF) << 8;
    }
}
