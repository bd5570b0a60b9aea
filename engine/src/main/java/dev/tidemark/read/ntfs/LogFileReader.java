package dev.tidemark.read.ntfs;

import dev.tidemark.bytes.ByteCursor;
import dev.tidemark.bytes.LineFilter;
import dev.tidemark.model.Skipped;
import dev.tidemark.read.Head;
import dev.tidemark.read.LogReader;
import dev.tidemark.read.ReadSummary;
import dev.tidemark.read.RecordSink;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads NTFS's own log {@code $LogFile}: the last hours of a drive, operation by operation. Of these, the entries that came
 * into folders and went from them are told: files that were created, renamed and deleted, also where the change journal was
 * switched off or cleared. Each becomes a change as the journal has it, and its folder is looked up as the journal's are.
 *
 * <p>Pages are found by their own mark and records by their numbers, which hold their places: what a crash or a copy in use
 * tore is left out and said, and the rest is read. A record that goes on from the file's last page to its first is lost.
 *
 * <p>Source: Microsoft, ntifs.h and "Windows Internals", 7th ed., part 2, ch. 11; the Linux-NTFS project's documentation,
 * "$LogFile"; names of operations as there.
 */
public final class LogFileReader implements LogReader {
    static final String SOURCE = "logfile";

    private static final int PAGE = 4096;
    /** Where records begin in a page. */
    private static final int DATA = 0x40;
    private static final int RECORD_HEAD = 0x30;
    private static final int OPERATION_HEAD = 0x20;
    private static final int ENTRY_HEAD = 0x10;
    /** A file record and what was in it before is the largest that Windows writes. */
    private static final int MOST_RECORD = 64 << 10;
    private static final int CLIENT_RECORD = 1;
    private static final int ADD_TO_ROOT = 0x0C;
    private static final int DELETE_FROM_ROOT = 0x0D;
    private static final int ADD = 0x0E;
    private static final int DELETE = 0x0F;
    private static final int FORGET_TRANSACTION = 0x1B;
    private static final int MOST_OPERATIONS = 200_000;

    @Override
    public String source() {
        return SOURCE;
    }

    @Override
    public boolean recognises(Head head, String path) {
        byte[] b = head.bytes();
        return b.length >= PAGE && is(b, 0, "RSTR") && turnBits(b, 0) > 0
                || path.matches("(.*/)?\\$logfile") && b.length > 0;
    }

    private static boolean is(byte[] b, int at, String mark) {
        return b[at] == mark.charAt(0) && b[at + 1] == mark.charAt(1) && b[at + 2] == mark.charAt(2) && b[at + 3] == mark.charAt(3);
    }

    /** Of a page that tells how the log is laid out: how many bits of a record's number count turns; 0 if it is none. */
    private static int turnBits(byte[] b, int at) {
        int area = ByteCursor.u16(b, at + 24);
        if (ByteCursor.u32(b, at + 20) != PAGE || area < 0x1E || area > PAGE - 0x30) {
            return 0;
        }
        long bits = ByteCursor.u32(b, at + area + 16);
        return bits >= 30 && bits <= 54 ? (int) bits : 0;
    }

    @Override
    public ReadSummary read(InputStream in, String path, LineFilter filter, RecordSink sink) throws IOException {
        Run run = new Run();
        try {
            byte[] page = new byte[PAGE];
            for (long at = 0; in.readNBytes(page, 0, PAGE) == PAGE; at += PAGE) {
                run.page(page, at);
            }
        } finally {
            run.say(path, sink);
        }
        return new LoggedChanges(run.operations, path, filter, sink).tell();
    }

    /**
     * A name that came into a folder or went from it, or the end of a transaction.
     *
     * @param lsn   its number: operations happened in the order of these
     * @param entry what an index of a folder holds of the file; empty for the end of a transaction
     */
    record Operation(long lsn, long transaction, boolean came, byte[] entry) {}

    /** One pass over the pages. */
    private static final class Run {
        private final List<Operation> operations = new ArrayList<>();
        /** Transactions with a name that have not ended. */
        private final Set<Long> named = new HashSet<>();
        private int turnBits;
        private byte[] open = new byte[0];
        private int openHas;
        private long expected;
        private long pages;
        private long damaged;
        private long torn;
        private long moreOperations;

        void page(byte[] b, long at) {
            if (is(b, 0, "RSTR")) {
                int bits = Fixups.undo(b, 0, PAGE, 0x1E, false) ? turnBits(b, 0) : 0;
                turnBits = bits > 0 ? bits : turnBits;
            } else if (is(b, 0, "RCRD") && Fixups.undo(b, 0, PAGE, 0x1E, false)) {
                pages++;
                records(b, at);
            } else if (!blank(b)) {
                damaged++;
            }
        }

        /** Pages that were never written hold only ones or zeros. */
        private static boolean blank(byte[] b) {
            for (byte each : b) {
                if (each != b[0]) {
                    return false;
                }
            }
            return b[0] == 0 || b[0] == -1;
        }

        private void records(byte[] b, long page) {
            int at = DATA;
            if (open.length > 0 && page == expected) {
                int part = Math.min(open.length - openHas, PAGE - DATA);
                System.arraycopy(b, DATA, open, openHas, part);
                openHas += part;
                if (openHas < open.length) {
                    expected = page + PAGE;
                    return;
                }
                take(open, 0, open.length);
                at = DATA + (part + 7) / 8 * 8;
            } else if (open.length > 0) {
                torn++;
            }
            open = new byte[0];
            while (at + RECORD_HEAD <= PAGE) {
                int length = length(b, at, page);
                if (length == 0) {
                    at += 8;
                } else if (at + length <= PAGE) {
                    take(b, at, length);
                    at += (length + 7) / 8 * 8;
                } else {
                    open = new byte[length];
                    openHas = PAGE - at;
                    System.arraycopy(b, at, open, 0, openHas);
                    expected = page + PAGE;
                    return;
                }
            }
        }

        /** Of the record that begins there; 0 if none does: a record's number says where in the file it stands. */
        private int length(byte[] b, int at, long page) {
            long lsn = ByteCursor.u64(b, at);
            long length = ByteCursor.u32(b, at + 24);
            boolean here = turnBits > 0 && lsn != 0 && lsn << turnBits >>> turnBits - 3 == page + at;
            return here && length <= MOST_RECORD && ByteCursor.u32(b, at + 32) <= 2 ? RECORD_HEAD + (int) length : 0;
        }

        private void take(byte[] b, int at, int length) {
            if (ByteCursor.u32(b, at + 32) != CLIENT_RECORD || length < RECORD_HEAD + OPERATION_HEAD) {
                return;
            }
            int client = at + RECORD_HEAD;
            int end = at + length;
            int redo = ByteCursor.u16(b, client);
            long transaction = ByteCursor.u32(b, at + 36);
            long lsn = ByteCursor.u64(b, at);
            switch (redo) {
                case ADD, ADD_TO_ROOT -> entry(b, client, end, 4).ifPresent(e -> add(new Operation(lsn, transaction, true, e)));
                case DELETE, DELETE_FROM_ROOT ->
                        entry(b, client, end, 8).ifPresent(e -> add(new Operation(lsn, transaction, false, e)));
                case FORGET_TRANSACTION -> {
                    // most transactions are about no name
                    if (named.remove(transaction)) {
                        operations.add(new Operation(lsn, transaction, false, new byte[0]));
                    }
                }
                default -> { }
            }
        }

        private void add(Operation operation) {
            if (operations.size() < MOST_OPERATIONS) {
                operations.add(operation);
                named.add(operation.transaction());
            } else {
                moreOperations++;
            }
        }

        /** What is to be done, or what was before, if it is the entry of a file in a folder. */
        private static Optional<byte[]> entry(byte[] b, int client, int end, int field) {
            int from = client + ByteCursor.u16(b, client + field);
            int length = ByteCursor.u16(b, client + field + 2);
            if (length < ENTRY_HEAD + 66 || from + length > end) {
                return Optional.empty();
            }
            int key = ByteCursor.u16(b, from + 10);
            int chars = b[from + ENTRY_HEAD + 64] & 0xFF;
            return chars > 0 && key == 66 + 2 * chars && ENTRY_HEAD + key <= length
                    ? Optional.of(Arrays.copyOfRange(b, from, from + ENTRY_HEAD + key)) : Optional.empty();
        }

        void say(String path, RecordSink sink) {
            if (turnBits == 0) {
                sink.skipped(new Skipped(path, pages * PAGE, "no page tells how its records are numbered, so none of them was read"));
            }
            if (damaged > 0) {
                sink.skipped(new Skipped(path, damaged * PAGE, damaged + " of its pages are damaged or were being written"));
            }
            if (torn > 0) {
                sink.skipped(new Skipped(path, torn + " of its records break off at a page that does not go on with them"));
            }
            if (moreOperations > 0) {
                sink.skipped(new Skipped(path, moreOperations + " more names that came or went than the " + MOST_OPERATIONS
                        + " that were kept"));
            }
        }
    }
}
