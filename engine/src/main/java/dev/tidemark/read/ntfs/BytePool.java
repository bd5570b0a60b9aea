package dev.tidemark.read.ntfs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Many short pieces of bytes in few arrays, because millions of small objects would cost more than what they hold. */
final class BytePool {
    /** Instead of an address: the pool is full. */
    static final int FULL = -1;
    static final int LONGEST = 1 << 16;

    private static final int PAGE = 1 << 20;
    private static final int LENGTH = 2;

    private final List<byte[]> pages = new ArrayList<>();
    private final int mostPages;
    private int free = PAGE;

    BytePool(int mostMebibytes) {
        this.mostPages = mostMebibytes;
    }

    /** Address of the copy; {@link #FULL} if there is no room. @param length below {@link #LONGEST} */
    int add(byte[] from, int length) {
        if (free + LENGTH + length > PAGE) {
            if (pages.size() == mostPages) {
                return FULL;
            }
            pages.add(new byte[PAGE]);
            free = 0;
        }
        byte[] page = pages.get(pages.size() - 1);
        int address = (pages.size() - 1) * PAGE + free;
        page[free] = (byte) length;
        page[free + 1] = (byte) (length >>> 8);
        System.arraycopy(from, 0, page, free + LENGTH, length);
        free += LENGTH + length;
        return address;
    }

    int length(int address) {
        byte[] page = pages.get(address / PAGE);
        int at = address % PAGE;
        return page[at] & 0xFF | (page[at + 1] & 0xFF) << 8;
    }

    /** Copies the piece to {@code to[at…)}. */
    void get(int address, byte[] to, int at) {
        System.arraycopy(pages.get(address / PAGE), address % PAGE + LENGTH, to, at, length(address));
    }

    byte[] get(int address) {
        int from = address % PAGE + LENGTH;
        return Arrays.copyOfRange(pages.get(address / PAGE), from, from + length(address));
    }
}
