package dev.tidemark.acquire;

/**
 * How far archives are followed: they are written in part by the attacker, and a few bytes can claim to be petabytes.
 *
 * <p>An entry's ratio is its expanded bytes per compressed byte. Deflate cannot exceed 1,032, so an entry above
 * {@code ratio} is nearly all zeros or a bomb. All that an archive on disk expands to, archives inside it included,
 * keeps to the same ratio: overlapping and nested bombs end there, whichever way they multiply.
 *
 * @param entries       entries of one archive
 * @param nesting       archives in archives; an archive on disk is 1
 * @param entryBytes    expanded bytes of one entry
 * @param ratio         expanded bytes per compressed byte, counted once {@code freeBytes} are exceeded
 * @param freeBytes     expanded bytes that are allowed whatever the ratio
 * @param rootBytes     expanded bytes of all archives below one root
 * @param nameChars     characters of an entry's name
 * @param bufferedBytes a stream's entry up to this size is kept in memory, so that it can be opened again
 * @param nestedBytes   an archive inside another up to this size is kept in memory for random access
 * @param indexed       entries of a ZIP whose directory is kept in memory; a larger one is read front to back
 */
public record Limits(long entries, int nesting, long entryBytes, long ratio, long freeBytes, long rootBytes,
        int nameChars, int bufferedBytes, int nestedBytes, int indexed) {
    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;

    public Limits {
        if (entries < 1 || nesting < 1 || entryBytes < 1 || ratio < 1 || freeBytes < 0 || rootBytes < 1
                || nameChars < 1 || bufferedBytes < 0 || nestedBytes < 0 || indexed < 1) {
            throw new IllegalArgumentException("a bound below its least value");
        }
    }

    public static Limits defaults() {
        return new Limits(2_000_000, 4, 64 * GIB, 1_000, 64 * MIB, 4_096 * GIB, 32 * 1024, (int) (8 * MIB),
                (int) (64 * MIB), 250_000);
    }

    public Limits withNesting(int most) {
        return new Limits(entries, most, entryBytes, ratio, freeBytes, rootBytes, nameChars, bufferedBytes,
                nestedBytes, indexed);
    }

    public Limits withEntries(long most) {
        return new Limits(most, nesting, entryBytes, ratio, freeBytes, rootBytes, nameChars, bufferedBytes,
                nestedBytes, indexed);
    }

    public Limits withEntryBytes(long most) {
        return new Limits(entries, nesting, most, ratio, freeBytes, rootBytes, nameChars, bufferedBytes, nestedBytes,
                indexed);
    }

    public Limits withRatio(long most, long free) {
        return new Limits(entries, nesting, entryBytes, most, free, rootBytes, nameChars, bufferedBytes, nestedBytes,
                indexed);
    }

    public Limits withBuffers(int entry, int nested) {
        return new Limits(entries, nesting, entryBytes, ratio, freeBytes, rootBytes, nameChars, entry, nested,
                indexed);
    }

    public Limits withIndexed(int most) {
        return new Limits(entries, nesting, entryBytes, ratio, freeBytes, rootBytes, nameChars, bufferedBytes,
                nestedBytes, most);
    }
}
