package dev.tidemark.read.ntfs;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/** Records that have to wait for what the table says further on, each packed into some hundred bytes. */
final class HeldEntries {
    private static final int POOL_MIB = 128;
    private static final int IN_USE = 1;
    private static final int DIRECTORY = 2;

    private final BytePool pool = new BytePool(POOL_MIB);
    private int[] addresses = new int[1024];
    private int count;
    private final byte[] packed = new byte[BytePool.LONGEST - 1];

    /** False if there is no room left. */
    boolean add(MftEntry e) {
        ByteBuffer to = ByteBuffer.wrap(packed);
        to.putLong(e.number).putChar((char) e.sequence).put((byte) ((e.inUse ? IN_USE : 0) | (e.directory ? DIRECTORY : 0)));
        to.putLong(e.parent).putLong(e.size).putLong(e.created).putLong(e.modified).putLong(e.changed).putLong(e.accessed)
                .putLong(e.nameCreated).putLong(e.nameModified);
        to.putChar((char) e.name.length).put(e.name);
        byte[] content = e.content == null ? new byte[0] : e.content;
        to.putChar((char) content.length).put(content);
        int address = pool.add(packed, to.position());
        if (address == BytePool.FULL) {
            return false;
        }
        if (count == addresses.length) {
            addresses = java.util.Arrays.copyOf(addresses, 2 * count);
        }
        addresses[count++] = address;
        return true;
    }

    int count() {
        return count;
    }

    /** Fills {@code e} with the record at place {@code i}, in the order in which they were added. */
    void get(int i, MftEntry e) {
        ByteBuffer from = ByteBuffer.wrap(pool.get(addresses[i]));
        try {
            e.number = from.getLong();
            e.sequence = from.getChar();
            int flags = from.get();
            e.inUse = (flags & IN_USE) != 0;
            e.directory = (flags & DIRECTORY) != 0;
            e.parent = from.getLong();
            e.nameSpace = -1;
            e.size = from.getLong();
            e.created = from.getLong();
            e.modified = from.getLong();
            e.changed = from.getLong();
            e.accessed = from.getLong();
            e.nameCreated = from.getLong();
            e.nameModified = from.getLong();
            e.name = piece(from);
            byte[] content = piece(from);
            e.content = content.length == 0 ? null : content;
        } catch (BufferUnderflowException fault) {
            throw new IllegalStateException("a record was not packed as it is taken out", fault);
        }
    }

    private static byte[] piece(ByteBuffer from) {
        byte[] piece = new byte[from.getChar()];
        from.get(piece);
        return piece;
    }
}
