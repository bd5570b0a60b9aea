package dev.tidemark.acquire;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;

/**
 * Expanded bytes of a ZIP's entry that fail at their end if they are not those that the archive states. Whoever reads
 * them has them all by then, and learns that some are wrong.
 */
final class VerifiedStream extends FilterInputStream {
    private static final long UNKNOWN = -1;

    private final long crc;
    private final long size;
    private final CRC32 seen = new CRC32();
    private long count;

    /** The entry is not what the archive states; the entries behind it may be. */
    static final class DamagedEntryException extends IOException {
        private static final long serialVersionUID = 1L;

        DamagedEntryException(String message) {
            super(message);
        }
    }

    /** @param crc  CRC-32 that the archive states, or -1; {@code size} likewise */
    VerifiedStream(InputStream in, long crc, long size) {
        super(in);
        this.crc = crc;
        this.size = size;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        int got = in.read(into, from, length);
        if (got > 0) {
            seen.update(into, from, got);
            count += got;
        } else if (got < 0) {
            verify();
        }
        return got;
    }

    private void verify() throws IOException {
        if (size != UNKNOWN && count != size) {
            throw new DamagedEntryException("it has " + count + " bytes where the archive states " + size);
        }
        if (crc != UNKNOWN && seen.getValue() != crc) {
            throw new DamagedEntryException(String.format("its bytes are damaged: their CRC-32 is %08x where the archive states %08x",
                    seen.getValue(), crc));
        }
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
