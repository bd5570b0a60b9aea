package dev.tidemark.read.registry;

import dev.tidemark.bytes.ByteCursor.DamagedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Finds keys and values in a hive's bytes.
 *
 * <p>Source: Joachim Metz, "Windows NT Registry File (REGF) format specification" (libregf); the names of the parts are
 * those of Windows' own debugger ({@code CM_KEY_NODE} and so on).
 */
final class Hive {
    private static final int BASE_BLOCK = 4096;
    private static final long NONE = 0xFFFFFFFFL;
    /** Keys below one key, and values of one. */
    private static final int MOST_LIST = 1 << 16;
    /** Bytes of all values of one key. */
    private static final int MOST_VALUES = 4 << 20;
    /** Longer data lies in segments of this size each; the last four bytes of a segment's cell are not used. */
    private static final int SEGMENT = 16_344;
    private static final int MOST_DATA = 1 << 16;
    private static final int COMPRESSED_NAME = 0x20;
    private static final int ASCII_NAME = 1;

    private final HiveBytes bytes;

    private Hive(HiveBytes bytes) {
        this.bytes = bytes;
    }

    /** @throws DamagedException if it does not begin as a hive does */
    static Hive of(HiveBytes bytes) throws DamagedException {
        if (!new String(bytes.bytes(0, 4, "the signature"), StandardCharsets.ISO_8859_1).equals("regf")) {
            throw new DamagedException(0, "no hive begins at byte 0");
        }
        bytes.bytes(0, 512, "the base block");
        return new Hive(bytes);
    }

    /** True if Windows had not yet written all changes into it: the newest lie in its transaction logs. */
    boolean isDirty() throws DamagedException {
        return bytes.u32(4, "the first sequence number") != bytes.u32(8, "the second sequence number");
    }

    /** Bytes that it says it has. */
    long stated() throws DamagedException {
        return BASE_BLOCK + bytes.u32(40, "the size of the bins");
    }

    Key root() throws DamagedException {
        return key(bytes.u32(36, "the offset of the root key"));
    }

    /**
     * A key as its cell has it.
     *
     * @param offset of its cell, from the first bin on
     * @param written FILETIME
     */
    record Key(long offset, String name, long written, long subkeys, long subkeyList, long values, long valueList) {}

    /**
     * @param type Windows' number of the kind of data
     * @param data cut at 64 KiB
     */
    record Value(String name, int type, byte[] data) {}

    private Key key(long offset) throws DamagedException {
        long at = cell(offset, "nk", "a key");
        int flags = bytes.u16(at + 2, "a key's flags");
        int length = bytes.u16(at + 72, "the length of a key's name");
        String name = name(at + 76, length, (flags & COMPRESSED_NAME) != 0);
        return new Key(offset, name, bytes.u64(at + 4, "a key's time"), bytes.u32(at + 20, "a key's count of keys"),
                bytes.u32(at + 28, "a key's list of keys"), bytes.u32(at + 36, "a key's count of values"),
                bytes.u32(at + 40, "a key's list of values"));
    }

    /** Where what the cell holds begins. */
    private long cell(long offset, String signature, String what) throws DamagedException {
        long at = BASE_BLOCK + offset + 4;
        if (offset == NONE || !new String(bytes.bytes(at, 2, what), StandardCharsets.ISO_8859_1).equals(signature)) {
            throw new DamagedException((int) Math.min(at, Integer.MAX_VALUE), "no cell of " + what + " at byte " + at);
        }
        return at;
    }

    private String name(long at, int length, boolean oneByte) throws DamagedException {
        return new String(bytes.bytes(at, length, "a name"), oneByte ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_16LE);
    }

    /** The keys below a key, as far as their list holds; what does not goes to {@code losses}. */
    List<Key> below(Key key, Consumer<String> losses) {
        List<Long> offsets = new ArrayList<>();
        if (key.subkeys() > 0) {
            try {
                list(key.subkeyList(), offsets, true);
            } catch (DamagedException e) {
                losses.accept(e.getMessage());
            }
        }
        List<Key> keys = new ArrayList<>();
        for (long offset : offsets) {
            try {
                keys.add(key(offset));
            } catch (DamagedException e) {
                losses.accept(e.getMessage());
            }
        }
        return keys;
    }

    /** The one of that name, whatever its case; a list that is damaged before it gives none. */
    Optional<Key> below(Key key, String name, Consumer<String> losses) {
        return below(key, losses).stream().filter(k -> k.name().equalsIgnoreCase(name)).findFirst();
    }

    /** Lists of lists go one deep. */
    private void list(long offset, List<Long> into, boolean mayHoldLists) throws DamagedException {
        long at = BASE_BLOCK + offset + 4;
        String signature = new String(bytes.bytes(at, 2, "a list of keys"), StandardCharsets.ISO_8859_1);
        int count = bytes.u16(at + 2, "the length of a list of keys");
        boolean hashed = signature.equals("lf") || signature.equals("lh");
        boolean lists = signature.equals("ri") && mayHoldLists;
        if (!hashed && !lists && !signature.equals("li")) {
            throw new DamagedException((int) Math.min(at, Integer.MAX_VALUE), "no list of keys at byte " + at);
        }
        for (int i = 0; i < count; i++) {
            long item = bytes.u32(at + 4 + (long) i * (hashed ? 8 : 4), "an item of a list of keys");
            if (lists) {
                list(item, into, false);
            } else if (into.size() == MOST_LIST) {
                throw new DamagedException((int) Math.min(at, Integer.MAX_VALUE), "more than " + MOST_LIST + " keys lie below one;"
                        + " the others were not read");
            } else {
                into.add(item);
            }
        }
    }

    List<Value> values(Key key, Consumer<String> losses) {
        List<Value> values = new ArrayList<>();
        long size = 0;
        try {
            for (long i = 0; i < key.values(); i++) {
                if (i == MOST_LIST || size > MOST_VALUES) {
                    losses.accept("the values of key '" + key.name() + "' are too many or too large; only " + i + " of "
                            + key.values() + " were read");
                    break;
                }
                long offset = bytes.u32(BASE_BLOCK + key.valueList() + 4 + i * 4, "an item of a list of values");
                try {
                    Value value = value(offset);
                    values.add(value);
                    size += value.name().length() + value.data().length;
                } catch (DamagedException e) {
                    losses.accept(e.getMessage());
                }
            }
        } catch (DamagedException e) {
            losses.accept(e.getMessage());
        }
        return values;
    }

    private Value value(long offset) throws DamagedException {
        long at = cell(offset, "vk", "a value");
        int nameLength = bytes.u16(at + 2, "the length of a value's name");
        long size = bytes.u32(at + 4, "the size of a value");
        boolean oneByte = (bytes.u16(at + 16, "a value's flags") & ASCII_NAME) != 0;
        String name = nameLength == 0 ? "" : name(at + 20, nameLength, oneByte);
        int type = (int) bytes.u32(at + 12, "a value's type");
        return new Value(name, type, (size & 0x80000000L) != 0
                ? bytes.bytes(at + 8, (int) Math.min(4, size & 0x7FFFFFFF), "a value")
                : data(bytes.u32(at + 8, "the place of a value"), size));
    }

    private byte[] data(long offset, long size) throws DamagedException {
        int wanted = (int) Math.min(size, MOST_DATA);
        long at = BASE_BLOCK + offset + 4;
        if (size <= SEGMENT || !new String(bytes.bytes(at, 2, "a value"), StandardCharsets.ISO_8859_1).equals("db")) {
            return bytes.bytes(at, wanted, "a value");
        }
        byte[] all = new byte[wanted];
        long list = BASE_BLOCK + bytes.u32(at + 4, "a value's list of segments") + 4;
        for (int done = 0, i = 0; done < wanted; i++) {
            long segment = bytes.u32(list + i * 4L, "an item of a list of segments");
            int count = Math.min(SEGMENT, wanted - done);
            System.arraycopy(bytes.bytes(BASE_BLOCK + segment + 4, count, "a segment"), 0, all, done, count);
            done += count;
        }
        return all;
    }

    /** {@code ControlSet001}: the one with which the server ran last; empty if the hive is not that of the system. */
    Optional<String> controlSet(Key root, Consumer<String> losses) {
        return below(root, "Select", losses).flatMap(select -> values(select, losses).stream()
                .filter(v -> v.name().equalsIgnoreCase("Current") && v.data().length == 4).findFirst())
                .map(v -> String.format(Locale.ROOT, "ControlSet%03d", v.data()[0] & 0xFF));
    }
}
