package dev.tidemark.read.ntfs;

import dev.tidemark.bytes.WindowsTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One record of the change journal, or what the file system's own log shows as one.
 *
 * <p>Source: Windows SDK, winioctl.h: USN_RECORD_V2, USN_RECORD_V3 and the USN_REASON values.
 *
 * @param source {@code usn} or {@code logfile}
 * @param file   reference of the file: its record in the file table and how often that was used
 * @param parent reference of the folder in which it lies
 * @param usn    place in the journal or log, which is its number
 * @param ticks  as Windows counts time
 */
record FileChange(String source, long file, long parent, long usn, long ticks, int reasons, boolean directory, String name) {
    private static final int DATA = 0x77;
    static final int CREATE = 0x100;
    static final int DELETE = 0x200;
    static final int OLD_NAME = 0x1000;
    static final int NEW_NAME = 0x2000;
    private static final int BASIC_INFO = 0x8000;
    static final int CLOSE = 0x8000_0000;
    /** Not of Windows: the time is that of the operation before. */
    static final int ABOUT = 0x4000_0000;
    private static final String[] WORDS = {"DATA_OVERWRITE", "DATA_EXTEND", "DATA_TRUNCATION", "0x8",
        "NAMED_DATA_OVERWRITE", "NAMED_DATA_EXTEND", "NAMED_DATA_TRUNCATION", "0x80", "FILE_CREATE", "FILE_DELETE",
        "EA_CHANGE", "SECURITY_CHANGE", "RENAME_OLD_NAME", "RENAME_NEW_NAME", "INDEXABLE_CHANGE", "BASIC_INFO_CHANGE",
        "HARD_LINK_CHANGE", "COMPRESSION_CHANGE", "ENCRYPTION_CHANGE", "OBJECT_ID_CHANGE", "REPARSE_POINT_CHANGE",
        "STREAM_CHANGE", "TRANSACTED_CHANGE", "INTEGRITY_CHANGE"};

    /**
     * What became of the file, in a word: {@code created deleted renamed-from renamed-to written attributes changed}.
     * Windows writes a record for each kind of change while a file is open, and one with all of them when it is closed:
     * that one counts, and before it stands only {@code open}.
     */
    String action() {
        if ((reasons & CLOSE) == 0) {
            return (reasons & OLD_NAME) != 0 ? "renamed-from" : "open";
        }
        if ((reasons & DELETE) != 0) {
            return "deleted";
        }
        if ((reasons & NEW_NAME) != 0) {
            return "renamed-to";
        }
        if ((reasons & CREATE) != 0) {
            return "created";
        }
        return (reasons & DATA) != 0 ? "written" : (reasons & BASIC_INFO) != 0 ? "attributes" : "changed";
    }

    /** True if a file of that name is there since, or no longer. */
    boolean comesOrGoes() {
        return (reasons & CLOSE) != 0 && (reasons & (CREATE | DELETE | NEW_NAME)) != 0
                || (reasons & (CLOSE | OLD_NAME)) == OLD_NAME;
    }

    /** The reasons by their names in the SDK, without what stands in front of all. */
    String reasonWords() {
        List<String> words = new ArrayList<>();
        for (int bit = 0; bit < WORDS.length; bit++) {
            if ((reasons >>> bit & 1) != 0) {
                words.add(WORDS[bit]);
            }
        }
        if ((reasons & CLOSE) != 0) {
            words.add("CLOSE");
        }
        if ((reasons & ABOUT) != 0) {
            words.add("ABOUT");
        }
        return String.join(" ", words);
    }

    /** {@code 1234-5}: the record of the file table, and how often it was used. */
    static String reference(long reference) {
        return MftEntry.numberOf(reference) + "-" + MftEntry.sequenceOf(reference);
    }

    /** In one text, for a later step that knows the folders. */
    String packed() {
        return String.join(" ", source, Long.toHexString(file), Long.toHexString(parent), Long.toHexString(usn),
                Long.toHexString(ticks), Integer.toHexString(reasons), directory ? "d" : "f", name);
    }

    /** Empty if the text is none of {@link #packed}. */
    static Optional<FileChange> unpacked(String text) {
        String[] parts = text.split(" ", 8);
        try {
            return parts.length < 8 ? Optional.empty() : Optional.of(new FileChange(parts[0],
                    hex(parts[1]), hex(parts[2]), hex(parts[3]), hex(parts[4]), (int) hex(parts[5]), parts[6].equals("d"), parts[7]));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static long hex(String text) {
        return Long.parseUnsignedLong(text, 16);
    }

    long millis() {
        return WindowsTime.millis(ticks);
    }
}
