package dev.tidemark.testing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.TreeMap;

/** Writes a file table of NTFS record by record, with fixups, as the file system lays it out. */
public final class MadeTable {
    public static final int RECORD = 1024;
    public static final int ROOT = 5;
    private static final String INSTALLED = "2020-01-02T03:04:05.1234567Z";

    private final TreeMap<Integer, byte[]> records = new TreeMap<>();
    private final TreeMap<String, Integer> known = new TreeMap<>();
    private int next = 64;

    public MadeTable() {
        put(0, new Record("$MFT").in(ROOT, 5).sequence(1));
        put(ROOT, new Record(".").in(ROOT, 5).sequence(5).folder());
    }

    /** What a record is to hold; times are those of an installation unless told. */
    public static final class Record {
        private final String name;
        private long parent = reference(ROOT, 5);
        private int sequence = 1;
        private int flags = 1;
        private String created = INSTALLED;
        private String modified = INSTALLED;
        private String nameCreated = INSTALLED;
        private byte[] content = new byte[0];
        private String dosName = "";
        private long base;
        private boolean named = true;

        public Record(String name) {
            this.name = name;
        }

        public Record in(int folder, int folderSequence) {
            parent = reference(folder, folderSequence);
            return this;
        }

        public Record sequence(int number) {
            sequence = number;
            return this;
        }

        public Record folder() {
            flags |= 2;
            return this;
        }

        public Record deleted() {
            flags &= ~1;
            sequence++;
            return this;
        }

        /** All its times. */
        public Record at(String time) {
            return created(time).nameCreated(time);
        }

        /** Of $STANDARD_INFORMATION. */
        public Record created(String time) {
            created = time;
            modified = time;
            return this;
        }

        /** Of $FILE_NAME. */
        public Record nameCreated(String time) {
            nameCreated = time;
            return this;
        }

        public Record content(String text) {
            content = text.getBytes(StandardCharsets.UTF_8);
            return this;
        }

        /** A short name that stands before the long one. */
        public Record dosName(String shortName) {
            dosName = shortName;
            return this;
        }

        /** An extension of that record, which holds its name; the record itself is to be {@link #nameless}. */
        public Record extending(int record) {
            base = reference(record, 1);
            return this;
        }

        public Record nameless() {
            named = false;
            return this;
        }
    }

    private static long reference(long number, int sequence) {
        return number | (long) sequence << 48;
    }

    public static long ticks(String time) {
        Instant t = Instant.parse(time);
        return (t.getEpochSecond() + 11_644_473_600L) * 10_000_000L + t.getNano() / 100;
    }

    /** Adds it behind the last one and gives its number. */
    public int add(Record record) {
        int number = next;
        put(number, record);
        return number;
    }

    /** Makes each folder of the path, once, and gives the number of the last; all have the sequence 1. */
    public int folders(String path) {
        int at = ROOT;
        int sequence = 5;
        for (String name : path.split("\\\\")) {
            int parent = at;
            int parentSequence = sequence;
            at = known.computeIfAbsent(parent + "\\" + name,
                    k -> add(new Record(name).in(parent, parentSequence).folder()));
            sequence = 1;
        }
        return at;
    }

    /** A file with its folders; gives its number. */
    public int file(String path, Record record) {
        return add(record.in(folders(path), 1));
    }

    public MadeTable put(int number, Record r) {
        ByteBuffer b = ByteBuffer.allocate(RECORD).order(ByteOrder.LITTLE_ENDIAN);
        b.put("FILE".getBytes(StandardCharsets.US_ASCII)).putShort((short) 0x30).putShort((short) 3).putLong(77)
                .putShort((short) r.sequence).putShort((short) 1).putShort((short) 0x38).putShort((short) r.flags);
        b.putInt(0x1C, RECORD).putLong(0x20, r.base).putInt(0x2C, number);
        b.position(0x38);
        ByteBuffer si = ByteBuffer.allocate(48).order(ByteOrder.LITTLE_ENDIAN);
        si.putLong(ticks(r.created)).putLong(ticks(r.modified)).putLong(ticks(r.nameCreated)).putLong(ticks(r.modified));
        attribute(b, 0x10, si.array());
        if (r.named && !r.dosName.isEmpty()) {
            attribute(b, 0x30, name(r, r.dosName, 2));
        }
        if (r.named) {
            attribute(b, 0x30, name(r, r.name, 1));
        }
        if ((r.flags & 2) == 0) {
            attribute(b, 0x80, r.content);
        }
        b.putInt(-1).putInt(0);
        b.putInt(0x18, b.position());
        records.put(number, protect(b.array()));
        next = Math.max(next, number + 1);
        return this;
    }

    private static byte[] name(Record r, String name, int space) {
        ByteBuffer b = ByteBuffer.allocate(66 + 2 * name.length()).order(ByteOrder.LITTLE_ENDIAN);
        long time = ticks(r.nameCreated);
        b.putLong(r.parent).putLong(time).putLong(time).putLong(time).putLong(time);
        b.put(64, (byte) name.length()).put(65, (byte) space);
        b.position(66);
        b.put(name.getBytes(StandardCharsets.UTF_16LE));
        return b.array();
    }

    private static void attribute(ByteBuffer b, int type, byte[] content) {
        int start = b.position();
        int length = (24 + content.length + 7) / 8 * 8;
        b.putInt(type).putInt(length).put((byte) 0).put((byte) 0).putShort((short) 24).putShort((short) 0)
                .putShort((short) 0).putInt(content.length).putShort((short) 24).putShort((short) 0).put(content);
        b.position(start + length);
    }

    /** Puts the fixups in. */
    private static byte[] protect(byte[] b) {
        b[0x30] = 9;
        for (int sector = 1; sector <= 2; sector++) {
            int end = sector * 512 - 2;
            b[0x30 + 2 * sector] = b[end];
            b[0x31 + 2 * sector] = b[end + 1];
            b[end] = 9;
            b[end + 1] = 0;
        }
        return b;
    }

    /** The whole table; records that nobody made were never used. */
    public byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < next; i++) {
            out.writeBytes(records.getOrDefault(i, new byte[RECORD]));
        }
        return out.toByteArray();
    }

    /** The table with one record's bytes spoiled in its second sector. */
    public byte[] torn(int number) {
        byte[] b = bytes();
        Arrays.fill(b, number * RECORD + 1022, number * RECORD + 1024, (byte) 0x5A);
        return b;
    }
}
