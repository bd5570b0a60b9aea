package dev.tidemark.testing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes NTFS's own log as Windows does: two pages that tell its layout, two that hold its end, and records round and round. */
public final class MadeLog {
    private static final int PAGE = 4096;
    private static final int DATA = 0x40;
    private static final int FIRST = 4;
    private static final int ADD = 0x0E;
    private static final int DELETE = 0x0F;
    private static final int FORGET = 0x1B;
    private static final int UPDATE = 0x07;

    private final byte[] file;
    private final int turnBits;
    private long turn = 2;
    private int at = FIRST * PAGE + DATA;
    private int transaction = 0x18;

    /** @param pages of records */
    public MadeLog(int pages) {
        file = new byte[(FIRST + pages) * PAGE];
        Arrays.fill(file, (byte) -1);
        turnBits = 67 - (32 - Integer.numberOfLeadingZeros(file.length));
        for (int i = 0; i < 2; i++) {
            ByteBuffer b = buffer(i * PAGE);
            Arrays.fill(file, i * PAGE, (i + 1) * PAGE, (byte) 0);
            b.put("RSTR".getBytes(StandardCharsets.US_ASCII)).putShort((short) 0x1E).putShort((short) 9).putLong(0).putInt(PAGE)
                    .putInt(PAGE).putShort((short) 0x30).putShort((short) 1).putShort((short) 1);
            buffer(i * PAGE + 0x30 + 16).putInt(turnBits);
        }
    }

    private ByteBuffer buffer(int from) {
        return ByteBuffer.wrap(file, from, file.length - from).slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    public MadeLog created(String time, int file, int folder, String name) {
        return came(time, file, folder, name).forgotten();
    }

    public MadeLog deleted(String time, int file, int folder, String name) {
        return went(time, file, folder, name).forgotten();
    }

    public MadeLog renamed(String time, int file, int folder, String oldName, String newName) {
        return went(time, file, folder, oldName).came(time, file, folder, newName).forgotten();
    }

    /** An entry that is moved to another place of its index. */
    public MadeLog moved(String time, int file, int folder, String name) {
        return went(time, file, folder, name).came(time, file, folder, name).forgotten();
    }

    /** Something else, of that many bytes. */
    public MadeLog other(int bytes) {
        return record(UPDATE, new byte[bytes], new byte[0]);
    }

    public MadeLog came(String time, int file, int folder, String name) {
        return record(ADD, entry(time, file, folder, name, 1), new byte[0]);
    }

    public MadeLog cameShort(String time, int file, int folder, String name) {
        return record(ADD, entry(time, file, folder, name, 2), new byte[0]);
    }

    public MadeLog went(String time, int file, int folder, String name) {
        return record(DELETE, new byte[0], entry(time, file, folder, name, 1));
    }

    public MadeLog forgotten() {
        record(FORGET, new byte[0], new byte[0]);
        transaction += 0x28;
        return this;
    }

    private static byte[] entry(String time, int file, int folder, String name, int space) {
        int key = 66 + 2 * name.length();
        ByteBuffer b = ByteBuffer.allocate((16 + key + 7) / 8 * 8).order(ByteOrder.LITTLE_ENDIAN);
        long ticks = MadeTable.ticks(time);
        b.putLong(file | 1L << 48).putShort((short) b.capacity()).putShort((short) key).putInt(0)
                .putLong(folder | (folder == MadeTable.ROOT ? 5L : 1L) << 48).putLong(ticks).putLong(ticks).putLong(ticks).putLong(ticks)
                .putLong(0).putLong(0).putInt(0x20).putInt(0).put((byte) name.length()).put((byte) space)
                .put(name.getBytes(StandardCharsets.UTF_16LE));
        return b.array();
    }

    private MadeLog record(int operation, byte[] redo, byte[] undo) {
        int redoAt = 0x28;
        int undoAt = redoAt + (redo.length + 7) / 8 * 8;
        int length = undoAt + (undo.length + 7) / 8 * 8;
        if (at % PAGE + 0x30 > PAGE) {
            nextPage();
        }
        ByteBuffer b = ByteBuffer.allocate(0x30 + length).order(ByteOrder.LITTLE_ENDIAN);
        b.putLong(turn << 64 - turnBits | at >>> 3).putLong(0).putLong(0).putInt(length).putInt(0).putInt(1).putInt(transaction)
                .putShort((short) 0).position(0x30);
        b.putShort((short) operation).putShort((short) 0).putShort((short) redoAt).putShort((short) redo.length)
                .putShort((short) undoAt).putShort((short) undo.length);
        b.position(0x30 + redoAt).put(redo).position(0x30 + undoAt).put(undo);
        int done = 0;
        while (done < b.capacity()) {
            if (at % PAGE == 0) {
                at -= PAGE;
                nextPage();
            }
            int page = at / PAGE * PAGE;
            if (at % PAGE == DATA) {
                Arrays.fill(file, page, page + PAGE, (byte) 0);
                buffer(page).put("RCRD".getBytes(StandardCharsets.US_ASCII)).putShort((short) 0x28).putShort((short) 9);
            }
            int part = Math.min(b.capacity() - done, page + PAGE - at);
            System.arraycopy(b.array(), done, file, at, part);
            done += part;
            at += part;
        }
        if (at % PAGE == 0) {
            at -= PAGE;
            nextPage();
        }
        return this;
    }

    private void nextPage() {
        at = at / PAGE * PAGE + PAGE + DATA;
        if (at >= file.length) {
            at = FIRST * PAGE + DATA;
            turn++;
        }
    }

    /** Where the next record begins. */
    public int at() {
        return at;
    }

    /** With the last bytes of each sector in the head of their page. */
    public byte[] bytes() {
        byte[] b = file.clone();
        for (int page = 0; page < b.length; page += PAGE) {
            int array = page + b[page + 4];
            if (b[page] == 'R') {
                b[array] = 7;
                for (int i = 1; i <= 8; i++) {
                    int end = page + i * 512 - 2;
                    b[array + 2 * i] = b[end];
                    b[array + 2 * i + 1] = b[end + 1];
                    b[end] = b[array];
                    b[end + 1] = b[array + 1];
                }
            }
        }
        return b;
    }
}
