package dev.tidemark.read.ntfs;

import dev.tidemark.bytes.ByteCursor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One record of {@code $MFT}, taken out of its bytes; reused for one record after the other, because a table has millions.
 *
 * <p>Source: B. Carrier, "File System Forensic Analysis", ch. 11 to 13; the Linux-NTFS project's documentation, "FILE
 * Record", "$STANDARD_INFORMATION", "$FILE_NAME", "$ATTRIBUTE_LIST".
 */
final class MftEntry {
    /** What the bytes of a record are. */
    enum Kind {
        /** A file or folder. */
        BASE,
        /** Holds attributes for which the record of its file had no room. */
        EXTENSION,
        /** Never used. */
        EMPTY,
        /** The record was being written when the system stopped, or is no record. */
        DAMAGED
    }

    /** Bytes in front of the first attribute, at least. */
    static final int HEAD = 0x30;
    /** A content that lies in the record itself is kept up to this size. */
    static final int MOST_CONTENT = 4096;
    private static final byte[] NONE = new byte[0];
    private static final int IN_USE = 1;
    private static final int DIRECTORY = 2;
    private static final int STANDARD_INFORMATION = 0x10;
    private static final int FILE_NAME = 0x30;
    private static final int DATA = 0x80;
    private static final int DOS = 2;
    private static final long END = 0xFFFF_FFFFL;

    long number;
    int sequence;
    boolean inUse;
    boolean directory;
    /** Of an extension: the record of its file. */
    long base;
    /** Reference of the folder; -1 if the record holds no name. */
    long parent;
    /** In UTF-8. */
    byte[] name = NONE;
    long size;
    long created;
    long modified;
    long changed;
    long accessed;
    long nameCreated;
    long nameModified;
    /** What the file holds, if the record holds it; null if not. */
    byte[] content;

    int nameSpace = -1;

    /** Number of the record that a reference names. */
    static long numberOf(long reference) {
        return reference & 0xFFFF_FFFF_FFFFL;
    }

    static int sequenceOf(long reference) {
        return (int) (reference >>> 48);
    }

    /** Takes the record {@code b[at, at + size)} out, undoing its fixups in place. */
    Kind take(byte[] b, int at, int recordSize, long recordNumber) {
        clear(recordNumber);
        if (isZero(b, at, recordSize)) {
            return Kind.EMPTY;
        }
        if (!isFile(b, at) || !Fixups.undo(b, at, recordSize, 0x28, true)) {
            return Kind.DAMAGED;
        }
        sequence = ByteCursor.u16(b, at + 0x10);
        int flags = ByteCursor.u16(b, at + 0x16);
        inUse = (flags & IN_USE) != 0;
        directory = (flags & DIRECTORY) != 0;
        base = numberOf(ByteCursor.u64(b, at + 0x20));
        long used = ByteCursor.u32(b, at + 0x18);
        int first = ByteCursor.u16(b, at + 0x14);
        if (used > recordSize || first < 0x28 || !attributes(b, at + first, at + (int) used)) {
            return Kind.DAMAGED;
        }
        return base == 0 || base == recordNumber ? Kind.BASE : Kind.EXTENSION;
    }

    private void clear(long recordNumber) {
        number = recordNumber;
        parent = -1;
        name = NONE;
        size = 0;
        created = 0;
        modified = 0;
        changed = 0;
        accessed = 0;
        nameCreated = 0;
        nameModified = 0;
        content = null;
        nameSpace = -1;
    }

    private static boolean isZero(byte[] b, int at, int length) {
        for (int i = at; i < at + length; i++) {
            if (b[i] != 0) {
                return false;
            }
        }
        return true;
    }

    static boolean isFile(byte[] b, int at) {
        return b[at] == 'F' && b[at + 1] == 'I' && b[at + 2] == 'L' && b[at + 3] == 'E';
    }

    private boolean attributes(byte[] b, int from, int to) {
        int at = from;
        while (at + 8 <= to) {
            long type = ByteCursor.u32(b, at);
            if (type == END) {
                return true;
            }
            long length = ByteCursor.u32(b, at + 4);
            if (length < 24 || length > to - at) {
                return false;
            }
            if (!attribute(b, at, (int) length, (int) type)) {
                return false;
            }
            at += (int) length;
        }
        return at + 4 <= to && ByteCursor.u32(b, at) == END;
    }

    private boolean attribute(byte[] b, int at, int length, int type) {
        boolean resident = b[at + 8] == 0;
        if (!resident) {
            if (type == DATA && b[at + 9] == 0 && length >= 0x40 && ByteCursor.u64(b, at + 0x10) == 0) {
                size = ByteCursor.u64(b, at + 0x30);
            }
            return true;
        }
        long contentSize = ByteCursor.u32(b, at + 16);
        int offset = ByteCursor.u16(b, at + 20);
        if (offset + contentSize > length) {
            return false;
        }
        int from = at + offset;
        int to = from + (int) contentSize;
        switch (type) {
            case STANDARD_INFORMATION -> standard(b, from, to);
            case FILE_NAME -> name(b, from, to);
            case DATA -> data(b, at, from, to);
            default -> { }
        }
        return true;
    }

    private void standard(byte[] b, int from, int to) {
        if (to - from >= 32) {
            created = ByteCursor.u64(b, from);
            modified = ByteCursor.u64(b, from + 8);
            changed = ByteCursor.u64(b, from + 16);
            accessed = ByteCursor.u64(b, from + 24);
        }
    }

    /** The first name of Windows; the short one of DOS only where there is no other. */
    private void name(byte[] b, int from, int to) {
        if (to - from < 66) {
            return;
        }
        int chars = b[from + 64] & 0xFF;
        int space = b[from + 65] & 0xFF;
        if (from + 66 + 2 * chars > to || nameSpace >= 0 && (nameSpace != DOS || space == DOS)) {
            return;
        }
        nameSpace = space;
        parent = ByteCursor.u64(b, from);
        nameCreated = ByteCursor.u64(b, from + 8);
        nameModified = ByteCursor.u64(b, from + 16);
        name = NtfsNames.utf8(b, from + 66, chars);
    }

    private void data(byte[] b, int at, int from, int to) {
        if (b[at + 9] != 0) {
            return;
        }
        size = to - from;
        boolean plain = ByteCursor.u16(b, at + 12) == 0;
        content = plain && to > from && to - from <= MOST_CONTENT ? Arrays.copyOfRange(b, from, to) : null;
    }

    /** True if it is the record of a file whose name lies in another record. */
    boolean nameless() {
        return parent == -1;
    }

    /** Takes the name over from the record that holds it. */
    void nameFrom(MftEntry other) {
        if (nameSpace < 0 || nameSpace == DOS) {
            nameSpace = other.nameSpace;
            parent = other.parent;
            name = other.name;
            nameCreated = other.nameCreated;
            nameModified = other.nameModified;
        }
    }

    String nameText() {
        return new String(name, StandardCharsets.UTF_8);
    }
}
