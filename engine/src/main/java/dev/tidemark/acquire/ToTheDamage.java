package dev.tidemark.acquire;

import java.io.FilterInputStream;
import java.io.IOException;
import org.apache.commons.compress.compressors.CompressorInputStream;

/**
 * Gives all bytes before the damage and fails then: the library drops what it expanded in the call that fails, which of
 * a small log is all of it.
 */
final class ToTheDamage extends FilterInputStream {
    private final CompressorInputStream expanding;
    private IOException damage;

    ToTheDamage(CompressorInputStream in) {
        super(in);
        this.expanding = in;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        if (damage != null) {
            throw damage;
        }
        long before = expanding.getBytesRead();
        try {
            return expanding.read(into, from, length);
        } catch (IOException e) {
            long got = expanding.getBytesRead() - before;
            if (got <= 0) {
                throw e;
            }
            damage = e;
            return (int) got;
        }
    }
}
