package dev.tidemark.read.evtx;

import dev.tidemark.bytes.ByteCursor;
import dev.tidemark.bytes.IsoTime;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Writes a typed value as Windows writes it in XML. A value whose size does not fit its type is written as hexadecimal
 * bytes: nothing is lost and nothing is guessed.
 *
 * <p>Source: [MS-EVEN6] 2.2.12.3 "ValueType"; J. Metz, "Windows XML Event Log (EVTX) format", 4.7.
 */
final class EvtxValue {
    static final int NULL = 0x00;
    static final int STRING = 0x01;
    static final int BINXML = 0x21;
    static final int ARRAY = 0x80;

    private static final Charset ANSI = Charset.forName("windows-1252");
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();
    /** FILETIME counts from 1601-01-01 in steps of 100 ns. */
    private static final long EPOCH = 116_444_736_000_000_000L;
    private static final long PER_SECOND = 10_000_000L;

    private EvtxValue() {}

    static String text(byte[] b, int at, int size, int type) {
        if (size == 0 || type == NULL) {
            return "";
        }
        if ((type & ARRAY) != 0) {
            return String.join(", ", items(b, at, size, type));
        }
        return switch (type) {
            case STRING, 0x23 -> utf16(b, at, size);
            case 0x02 -> cut(new String(b, at, size, ANSI));
            case 0x03 -> fits(size, 1) ? Integer.toString(b[at]) : hex(b, at, size);
            case 0x04 -> fits(size, 1) ? Integer.toString(b[at] & 0xFF) : hex(b, at, size);
            case 0x05 -> fits(size, 2) ? Integer.toString((short) ByteCursor.u16(b, at)) : hex(b, at, size);
            case 0x06 -> fits(size, 2) ? Integer.toString(ByteCursor.u16(b, at)) : hex(b, at, size);
            case 0x07 -> fits(size, 4) ? Integer.toString((int) ByteCursor.u32(b, at)) : hex(b, at, size);
            case 0x08 -> fits(size, 4) ? Long.toString(ByteCursor.u32(b, at)) : hex(b, at, size);
            case 0x09 -> fits(size, 8) ? Long.toString(ByteCursor.u64(b, at)) : hex(b, at, size);
            case 0x0A -> fits(size, 8) ? Long.toUnsignedString(ByteCursor.u64(b, at)) : hex(b, at, size);
            case 0x0B -> fits(size, 4) ? decimal(Float.intBitsToFloat((int) ByteCursor.u32(b, at))) : hex(b, at, size);
            case 0x0C -> fits(size, 8) ? decimal(Double.longBitsToDouble(ByteCursor.u64(b, at))) : hex(b, at, size);
            case 0x0D -> bool(b, at, size);
            case 0x0F -> fits(size, 16) ? guid(b, at) : hex(b, at, size);
            case 0x10, 0x14, 0x15, 0x20 -> pointer(b, at, size);
            case 0x11 -> fits(size, 8) ? fileTime(ByteCursor.u64(b, at)) : hex(b, at, size);
            case 0x12 -> fits(size, 16) ? systemTime(b, at) : hex(b, at, size);
            case 0x13 -> sid(b, at, size);
            default -> hex(b, at, size);
        };
    }

    /** The values of an array, one by one; of any other type, the one value. */
    static List<String> items(byte[] b, int at, int size, int type) {
        if ((type & ARRAY) == 0) {
            return List.of(text(b, at, size, type));
        }
        int base = type & ~ARRAY;
        List<String> items = new ArrayList<>();
        if (base == STRING || base == 0x02) {
            String all = base == STRING ? new String(b, at, size & ~1, StandardCharsets.UTF_16LE) : new String(b, at, size, ANSI);
            int from = 0;
            for (int nul = all.indexOf('\0'); nul >= 0; nul = all.indexOf('\0', from)) {
                items.add(all.substring(from, nul));
                from = nul + 1;
            }
            if (from < all.length()) {
                items.add(all.substring(from));
            }
            return items;
        }
        int width = base == 0x13 ? 0 : width(base);
        for (int i = at; i < at + size;) {
            int each = width > 0 ? width : sidBytes(b, i, at + size);
            if (each <= 0 || i + each > at + size) {
                items.add(hex(b, i, at + size - i));
                break;
            }
            items.add(text(b, i, each, base));
            i += each;
        }
        return items;
    }

    /** A whole number of the size that its type has, which JSON writes without quotes. */
    static boolean isNumber(int type, int size) {
        return type >= 0x03 && type <= 0x0A && size == width(type);
    }

    private static int width(int type) {
        return switch (type) {
            case 0x03, 0x04 -> 1;
            case 0x05, 0x06 -> 2;
            case 0x07, 0x08, 0x0B, 0x0D, 0x14 -> 4;
            case 0x09, 0x0A, 0x0C, 0x10, 0x11, 0x15 -> 8;
            case 0x0F, 0x12 -> 16;
            default -> 0;
        };
    }

    private static boolean fits(int size, int wanted) {
        return size == wanted;
    }

    private static String utf16(byte[] b, int at, int size) {
        return cut(new String(b, at, size & ~1, StandardCharsets.UTF_16LE));
    }

    /** Without the NULs that end a text; those inside it stay. */
    private static String cut(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == 0) {
            end--;
        }
        return text.substring(0, end);
    }

    private static String decimal(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? Long.toString((long) value) : Double.toString(value);
    }

    private static String decimal(float value) {
        return value == Math.rint(value) && Math.abs(value) < 1e7 ? Long.toString((long) value) : Float.toString(value);
    }

    /** Four bytes as a rule, but one and eight occur; what is not zero is true. */
    private static String bool(byte[] b, int at, int size) {
        for (int i = at; i < at + size; i++) {
            if (b[i] != 0) {
                return "true";
            }
        }
        return "false";
    }

    private static String pointer(byte[] b, int at, int size) {
        return switch (size) {
            case 4 -> "0x" + Long.toHexString(ByteCursor.u32(b, at));
            case 8 -> "0x" + Long.toHexString(ByteCursor.u64(b, at));
            default -> hex(b, at, size);
        };
    }

    static String guid(byte[] b, int at) {
        StringBuilder text = new StringBuilder(38).append('{');
        for (int i : new int[] {3, 2, 1, 0, -1, 5, 4, -1, 7, 6, -1, 8, 9, -1, 10, 11, 12, 13, 14, 15}) {
            if (i < 0) {
                text.append('-');
            } else {
                text.append(Character.toLowerCase(HEX[b[at + i] >> 4 & 0xF])).append(Character.toLowerCase(HEX[b[at + i] & 0xF]));
            }
        }
        return text.append('}').toString();
    }

    static long epochMillis(long fileTime) {
        return Math.floorDiv(fileTime - EPOCH, PER_SECOND / 1_000);
    }

    /** By hand: every event has one. */
    static String fileTime(long fileTime) {
        long since = fileTime - EPOCH;
        long seconds = Math.floorDiv(since, PER_SECOND);
        java.time.LocalDateTime time = java.time.LocalDateTime.ofEpochSecond(seconds, 0, java.time.ZoneOffset.UTC);
        int fraction = (int) Math.floorMod(since, PER_SECOND);
        if (!IsoTime.fits(time)) {
            return String.format(Locale.ROOT, "%04d-%02d-%02dT%02d:%02d:%02d.%07dZ", time.getYear(), time.getMonthValue(),
                    time.getDayOfMonth(), time.getHour(), time.getMinute(), time.getSecond(), fraction);
        }
        return IsoTime.text(time, fraction, 7);
    }

    private static String systemTime(byte[] b, int at) {
        return String.format(Locale.ROOT, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", ByteCursor.u16(b, at), ByteCursor.u16(b, at + 2),
                ByteCursor.u16(b, at + 6), ByteCursor.u16(b, at + 8), ByteCursor.u16(b, at + 10), ByteCursor.u16(b, at + 12),
                ByteCursor.u16(b, at + 14));
    }

    private static int sidBytes(byte[] b, int at, int end) {
        return end - at < 8 ? 0 : 8 + (b[at + 1] & 0xFF) * 4;
    }

    private static String sid(byte[] b, int at, int size) {
        if (size < 8 || sidBytes(b, at, at + size) > size) {
            return hex(b, at, size);
        }
        long authority = 0;
        for (int i = 2; i < 8; i++) {
            authority = authority << 8 | b[at + i] & 0xFF;
        }
        StringBuilder text = new StringBuilder("S-").append(b[at] & 0xFF).append('-').append(authority);
        for (int i = 0; i < (b[at + 1] & 0xFF); i++) {
            text.append('-').append(ByteCursor.u32(b, at + 8 + i * 4));
        }
        return text.toString();
    }

    private static String hex(byte[] b, int at, int size) {
        StringBuilder text = new StringBuilder(size * 2);
        for (int i = at; i < at + size; i++) {
            text.append(HEX[b[i] >> 4 & 0xF]).append(HEX[b[i] & 0xF]);
        }
        return text.toString();
    }
}
