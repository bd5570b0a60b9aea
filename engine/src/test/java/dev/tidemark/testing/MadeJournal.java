package dev.tidemark.testing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes a change journal of NTFS as Windows does: a record for each kind of change, and one when the file is closed. */
public final class MadeJournal {
    public static final int EXTEND = 0x2;
    public static final int CREATE = 0x100;
    public static final int DELETE = 0x200;
    public static final int OLD_NAME = 0x1000;
    public static final int NEW_NAME = 0x2000;
    public static final int CLOSE = 0x8000_0000;
    private static final int PAGE = 4096;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final int version;

    public MadeJournal() {
        this(2);
    }

    /** @param version 2 or 3 */
    public MadeJournal(int version) {
        this.version = version;
    }

    public MadeJournal zeros(int pages) {
        out.writeBytes(new byte[pages * PAGE]);
        return this;
    }

    public MadeJournal created(String time, int file, int folder, String name) {
        return record(time, file, 1, folder, CREATE, name, false).record(time, file, 1, folder, CREATE | EXTEND, name, false)
                .record(time, file, 1, folder, CREATE | EXTEND | CLOSE, name, false);
    }

    public MadeJournal deleted(String time, int file, int folder, String name) {
        return record(time, file, 1, folder, DELETE | CLOSE, name, false);
    }

    public MadeJournal renamed(String time, int file, int folder, String oldName, String newName) {
        return record(time, file, 1, folder, OLD_NAME, oldName, false).record(time, file, 1, folder, NEW_NAME, newName, false)
                .record(time, file, 1, folder, NEW_NAME | CLOSE, newName, false);
    }

    public MadeJournal madeFolder(String time, int file, int folder, String name) {
        return record(time, file, 1, folder, CREATE | CLOSE, name, true);
    }

    private MadeJournal record(String time, int file, int sequence, int folder, int reasons, String name, boolean directory) {
        int nameAt = version == 2 ? 60 : 76;
        int length = (nameAt + 2 * name.length() + 7) / 8 * 8;
        if (out.size() % PAGE + length > PAGE) {
            out.writeBytes(new byte[PAGE - out.size() % PAGE]);
        }
        ByteBuffer b = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        b.putInt(length).putShort((short) version).putShort((short) 0);
        reference(b, file, sequence);
        reference(b, folder, folder == MadeTable.ROOT ? 5 : 1);
        b.putLong(out.size()).putLong(MadeTable.ticks(time)).putInt(reasons).putInt(0).putInt(0).putInt(directory ? 0x10 : 0x20)
                .putShort((short) (2 * name.length())).putShort((short) nameAt)
                .put(name.getBytes(StandardCharsets.UTF_16LE));
        out.writeBytes(b.array());
        return this;
    }

    private void reference(ByteBuffer b, int number, int sequence) {
        b.putLong(number | (long) sequence << 48);
        if (version == 3) {
            b.putLong(0);
        }
    }

    public byte[] bytes() {
        return out.toByteArray();
    }
}
