package dev.tidemark.read.ntfs;

import dev.tidemark.bytes.ByteCursor;
import dev.tidemark.bytes.LineFilter;
import dev.tidemark.read.Head;
import dev.tidemark.read.LogReader;
import dev.tidemark.read.ProductPages;
import dev.tidemark.read.ReadSummary;
import dev.tidemark.read.RecordSink;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Semaphore;

/**
 * Reads NTFS's file table {@code $MFT}: every file and folder of a drive, and what is left of those deleted since.
 *
 * <p>A table has gigabytes and a record names its folder by number only, so a record is handed on as soon as all folders
 * above it were read, which nearly always is at once; others wait, packed. What is held is bounded; what could not be
 * held is handed on with its folder unknown, and said.
 *
 * <p>A filter is asked with the path and the other fields of a record as text, of times only the ones that are stored.
 */
public final class MftReader implements LogReader {
    private final ProductPages products = ProductPages.bundled();
    /** A server has a table a drive: one at a time bounds what is held. */
    private final Semaphore alone = new Semaphore(1);

    @Override
    public String source() {
        return MftRecord.SOURCE;
    }

    @Override
    public boolean recognises(Head head, String path) {
        byte[] b = head.bytes();
        return b.length >= MftEntry.HEAD && MftEntry.isFile(b, 0) && recordSize(b) > 0;
    }

    /** 0 if this is no record of a file table. */
    static int recordSize(byte[] b) {
        long size = ByteCursor.u32(b, 0x1C);
        int fixups = ByteCursor.u16(b, 4);
        boolean fits = size >= 1024 && size <= 4096 && Long.bitCount(size) == 1 && (fixups == 0x30 || fixups == 0x2A)
                && ByteCursor.u16(b, 6) == size / 512 + 1;
        return fits ? (int) size : 0;
    }

    @Override
    public ReadSummary read(InputStream in, String path, LineFilter filter, RecordSink sink) throws IOException {
        alone.acquireUninterruptibly();
        try {
            return new MftRun(path, filter, sink, products).read(in);
        } finally {
            alone.release();
        }
    }
}
