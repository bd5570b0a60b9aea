package dev.tidemark.read.ntfs;

import dev.tidemark.bytes.ByteCursor;

/**
 * What NTFS does to see torn writes: the last two bytes of each sector stand in the head of a record or page, and a number
 * in their place.
 *
 * <p>Source: B. Carrier, "File System Forensic Analysis", ch. 11, "Fixup Values".
 */
final class Fixups {
    static final int SECTOR = 512;

    private Fixups() {}

    /**
     * Puts the bytes back in {@code b[at, at + size)}; false for a torn write.
     *
     * @param earliest where the list of these bytes can begin
     * @param orDone   whether some tools have done so when they copied it: what stands there is right, too
     */
    static boolean undo(byte[] b, int at, int size, int earliest, boolean orDone) {
        int array = ByteCursor.u16(b, at + 4);
        int count = ByteCursor.u16(b, at + 6);
        if (count != size / SECTOR + 1 || array < earliest || array + 2 * count > SECTOR - 2) {
            return false;
        }
        int number = ByteCursor.u16(b, at + array);
        for (int i = 1; i < count; i++) {
            int end = at + i * SECTOR - 2;
            int stands = ByteCursor.u16(b, end);
            int kept = at + array + 2 * i;
            if (stands != number && !(orDone && stands == ByteCursor.u16(b, kept))) {
                return false;
            }
            b[end] = b[kept];
            b[end + 1] = b[kept + 1];
        }
        return true;
    }
}
