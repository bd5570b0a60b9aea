package dev.tidemark.collect;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Writes a ZIP front to back. Written here, not by a library, because a collection that was stopped goes on in the same
 * file: the entries that it has are known from the journal, and libraries write a directory only of entries of their own.
 *
 * <p>Every entry is deflated, has its sizes behind it (bit 3), a UTF-8 name (bit 11) and the times
 * of NTFS to 100 ns. Source: PKWARE APPNOTE.TXT 6.3.10: 4.3.7, 4.3.9, 4.3.12 to 4.3.16, 4.5.3, 4.5.5.
 */
final class BundleZip {
    private static final int LOCAL = 0x04034b50;
    private static final int DESCRIPTOR = 0x08074b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int END = 0x06054b50;
    private static final int END_64 = 0x06064b50;
    private static final int LOCATOR_64 = 0x07064b50;
    private static final short VERSION = 45;
    private static final short FLAGS = 0x0808;
    private static final short DEFLATED = 8;
    private static final int NTFS_BYTES = 36;
    /** From this size on an entry has 64-bit sizes; readers that go front to back expect them from there on only. */
    private static final long LARGE = 0xFFFFFFFFL;
    private static final Instant FILETIME_ZERO = Instant.parse("1601-01-01T00:00:00Z");

    private final OutputStream out;
    private long at;

    /** @param at bytes that are in the bundle already */
    BundleZip(OutputStream out, long at) {
        this.out = out;
        this.at = at;
    }

    long position() {
        return at;
    }

    /**
     * Adds an entry with all that the stream gives; where it breaks off, the entry ends.
     *
     * @throws IOException if the bundle cannot be written
     */
    Taken add(SourceFile file, InputStream in, String from) throws IOException {
        long start = at;
        boolean large = file.size() >= LARGE;
        write(local(name(file.path()), file, large));
        CRC32 crc = new CRC32();
        MessageDigest sha = sha256();
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        long size = 0;
        long stored = 0;
        Pieces pieces = new Pieces(in, large ? Long.MAX_VALUE : LARGE - 1);
        try {
            byte[] buffer = new byte[64 << 10];
            byte[] packed = new byte[64 << 10];
            for (int got = pieces.next(buffer); got >= 0; got = pieces.next(buffer)) {
                crc.update(buffer, 0, got);
                sha.update(buffer, 0, got);
                size += got;
                deflater.setInput(buffer, 0, got);
                stored += drain(deflater, packed);
            }
            deflater.finish();
            stored += drain(deflater, packed);
        } finally {
            deflater.end();
        }
        ByteBuffer descriptor = buffer(24).putInt(DESCRIPTOR).putInt((int) crc.getValue());
        write(large ? descriptor.putLong(stored).putLong(size) : descriptor.putInt((int) stored).putInt((int) size));
        return new Taken(file.path(), start, at, size, stored, crc.getValue(), HexFormat.of().formatHex(sha.digest()),
                file.modified(), file.created(), file.accessed(), from, pieces.fault);
    }

    /** What a source gives, and why it broke off: no fault of the bundle. */
    private static final class Pieces {
        private final InputStream in;
        private long left;
        private String fault = "";

        Pieces(InputStream in, long most) {
            this.in = in;
            this.left = most;
        }

        int next(byte[] buffer) {
            try {
                int got = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (left == 0) {
                    fault = "it grew to more than twice 2 GiB while it was read";
                    return -1;
                }
                left -= Math.max(0, got);
                return got;
            } catch (IOException | SecurityException e) {
                fault = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
                return -1;
            }
        }
    }

    private long drain(Deflater deflater, byte[] packed) throws IOException {
        long total = 0;
        for (int n = deflater.deflate(packed); n > 0; n = deflater.deflate(packed)) {
            out.write(packed, 0, n);
            at += n;
            total += n;
        }
        return total;
    }

    /** Writes the directory of all entries; nothing can be added after it. */
    void finish(List<Taken> entries) throws IOException {
        long start = at;
        for (Taken entry : entries) {
            write(central(name(entry.path()), entry));
        }
        long bytes = at - start;
        long end64 = at;
        write(buffer(56).putInt(END_64).putLong(44).putShort(VERSION).putShort(VERSION).putInt(0).putInt(0)
                .putLong(entries.size()).putLong(entries.size()).putLong(bytes).putLong(start));
        write(buffer(20).putInt(LOCATOR_64).putInt(0).putLong(end64).putInt(1));
        short count = (short) Math.min(entries.size(), 0xFFFF);
        write(buffer(22).putInt(END).putShort((short) 0).putShort((short) 0).putShort(count).putShort(count)
                .putInt((int) Math.min(bytes, 0xFFFFFFFFL)).putInt((int) Math.min(start, 0xFFFFFFFFL)).putShort((short) 0));
        out.flush();
    }

    private static byte[] name(String path) throws IOException {
        byte[] name = path.getBytes(StandardCharsets.UTF_8);
        if (name.length > 0xFFFF) {
            throw new IOException("its path is too long for a ZIP: " + name.length + " bytes");
        }
        return name;
    }

    private static ByteBuffer local(byte[] name, SourceFile file, boolean large) {
        int extra = (large ? 20 : 0) + NTFS_BYTES;
        ByteBuffer b = buffer(30 + name.length + extra).putInt(LOCAL).putShort(VERSION).putShort(FLAGS).putShort(DEFLATED)
                .putInt(dosTime(file.modified())).putInt(0).putInt(large ? -1 : 0).putInt(large ? -1 : 0)
                .putShort((short) name.length).putShort((short) extra).put(name);
        if (large) {
            b.putShort((short) 1).putShort((short) 16).putLong(0).putLong(0);
        }
        return ntfs(b, file.modified(), file.accessed(), file.created());
    }

    private static ByteBuffer central(byte[] name, Taken entry) {
        int extra = 28 + NTFS_BYTES;
        ByteBuffer b = buffer(46 + name.length + extra).putInt(CENTRAL).putShort(VERSION).putShort(VERSION).putShort(FLAGS)
                .putShort(DEFLATED).putInt(dosTime(entry.modified())).putInt((int) entry.crc()).putInt(-1).putInt(-1)
                .putShort((short) name.length).putShort((short) extra).putShort((short) 0).putShort((short) 0)
                .putShort((short) 0).putInt(0).putInt(-1).put(name)
                .putShort((short) 1).putShort((short) 24).putLong(entry.size()).putLong(entry.stored()).putLong(entry.start());
        return ntfs(b, entry.modified(), entry.accessed(), entry.created());
    }

    private static ByteBuffer ntfs(ByteBuffer b, Instant modified, Instant accessed, Instant created) {
        return b.putShort((short) 0x000A).putShort((short) 32).putInt(0).putShort((short) 1).putShort((short) 24)
                .putLong(fileTime(modified)).putLong(fileTime(accessed)).putLong(fileTime(created));
    }

    /** For programs that know no better, in UTC; DOS counts from 1980 to 2107. */
    private static int dosTime(Instant time) {
        OffsetDateTime t = time.atOffset(ZoneOffset.UTC);
        int year = Math.min(Math.max(t.getYear(), 1980), 2107);
        int date = (year - 1980) << 9 | t.getMonthValue() << 5 | t.getDayOfMonth();
        return date << 16 | t.getHour() << 11 | t.getMinute() << 5 | t.getSecond() / 2;
    }

    private static long fileTime(Instant time) {
        Duration since = Duration.between(FILETIME_ZERO, time);
        return since.getSeconds() * 10_000_000 + since.getNano() / 100;
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void write(ByteBuffer b) throws IOException {
        out.write(b.array(), 0, b.position());
        at += b.position();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** An entry that holds these bytes. */
    Taken add(String path, byte[] bytes, Instant time) throws IOException {
        SourceFile file = new SourceFile(path, null, null, 0, bytes.length, time, time, time);
        try (InputStream in = new java.io.ByteArrayInputStream(bytes)) {
            return add(file, in, "made");
        }
    }
}
