package dev.tidemark.read.ntfs;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * The folders of a file table as far as it was read, and by them the path of a file. Arrays of numbers in pages, made
 * only for the parts of the table in which folders lie: some 15 bytes and its name for a folder.
 */
final class FolderTable {
    /** What stands in front of a name whose folder the table no longer has. */
    static final String ORPHAN = "$Orphan";
    /** Longest path in bytes that is put together. */
    static final int LONGEST = 16 << 10;
    /** Record of the folder that holds all others. */
    static final int ROOT = 5;
    private static final int PAGE = 1 << 12;
    private static final int MOST_PAGES = 1 << 13;
    private static final int DEEPEST = 256;
    private static final int NAMES_MIB = 96;
    /** A folder whose name lies in a record that was not read yet. */
    private static final int AWAITED = -1;

    /** How far up the way of a file is known. */
    enum Way {
        /** To the root. */
        WHOLE,
        /** To a folder whose record was not read yet. */
        OPEN,
        /** To a folder whose record was given to another file meanwhile, or the way goes in a circle. */
        LOST
    }

    private static final class Page {
        private final long[] parents = new long[PAGE];
        /** Address of the name in the pool, from 1; 0 if it is not known to be a folder, or {@link #AWAITED}. */
        private final int[] names = new int[PAGE];
        private final char[] sequences = new char[PAGE];
    }

    private final List<Page> pages = new ArrayList<>();
    private final BytePool names = new BytePool(NAMES_MIB);
    private long unknown;
    /** The way that was asked for last, from its end. */
    private final byte[] path = new byte[LONGEST];
    private int start;

    void add(MftEntry folder) {
        if (folder.number / PAGE >= MOST_PAGES) {
            unknown++;
            return;
        }
        int name = names.add(folder.name, folder.name.length);
        if (name == BytePool.FULL) {
            unknown++;
            return;
        }
        Page page = page(folder.number);
        int at = (int) (folder.number % PAGE);
        page.parents[at] = folder.parent;
        page.names[at] = name + 1;
        // NTFS counts a record up when its file is deleted: files that lay in it still name the number before
        page.sequences[at] = (char) (folder.inUse ? folder.sequence : folder.sequence - 1);
    }

    /** Remembers a folder whose name is still to come. */
    void await(MftEntry folder) {
        if (folder.number / PAGE < MOST_PAGES) {
            page(folder.number).names[(int) (folder.number % PAGE)] = AWAITED;
        }
    }

    private Page page(long number) {
        int index = (int) (number / PAGE);
        while (pages.size() <= index) {
            pages.add(null);
        }
        Page page = pages.get(index);
        if (page == null) {
            page = new Page();
            pages.set(index, page);
        }
        return page;
    }

    /** Folders for which there was no room. */
    long unknown() {
        return unknown;
    }

    /**
     * Follows the way from a folder to the root; {@link #copy} then gives it.
     *
     * @param parent reference of the folder
     * @param read   records read so far: what lies behind may still come
     */
    Way follow(long parent, long read) {
        start = LONGEST;
        long reference = parent;
        for (int depth = 0; depth < DEEPEST; depth++) {
            long number = MftEntry.numberOf(reference);
            if (number == ROOT) {
                return Way.WHOLE;
            }
            Page page = number / PAGE < pages.size() ? pages.get((int) (number / PAGE)) : null;
            int at = (int) (number % PAGE);
            if (page == null || page.names[at] <= 0) {
                boolean open = number >= read || page != null && page.names[at] == AWAITED;
                return open ? Way.OPEN : Way.LOST;
            }
            int length = names.length(page.names[at] - 1);
            if (page.sequences[at] != MftEntry.sequenceOf(reference) || start < length + 1) {
                return Way.LOST;
            }
            start -= length;
            names.get(page.names[at] - 1, path, start);
            path[--start] = '\\';
            reference = page.parents[at];
        }
        return Way.LOST;
    }

    /** Hands on the references of all folders, in the order of the table. */
    void each(LongConsumer sink) {
        for (int p = 0; p < pages.size(); p++) {
            Page page = pages.get(p);
            for (int i = 0; page != null && i < PAGE; i++) {
                if (page.names[i] > 0) {
                    sink.accept((long) p * PAGE + i | (long) page.sequences[i] << 48);
                }
            }
        }
    }

    /** Copies what was found of the way, {@code \Windows\Temp}, and gives its length. */
    int copy(byte[] to, int at) {
        System.arraycopy(path, start, to, at, LONGEST - start);
        return LONGEST - start;
    }
}
