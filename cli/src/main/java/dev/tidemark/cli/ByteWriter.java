package dev.tidemark.cli;

import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** A writer of UTF-8 below which bytes can be written, too: a dump's need not be decoded to be encoded again. */
final class ByteWriter extends PrintWriter {
    private final OutputStream stream;

    ByteWriter(OutputStream stream) {
        super(stream, true, StandardCharsets.UTF_8);
        this.stream = stream;
    }

    /** Where UTF-8 can be written to {@code writer}, whole characters at once. It need not be closed. */
    static OutputStream below(PrintWriter writer) {
        writer.flush();
        if (writer instanceof ByteWriter bytes) {
            return bytes.stream;
        }
        return new OutputStream() {
            @Override
            public void write(int b) {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] b, int from, int length) {
                writer.write(new String(b, from, length, StandardCharsets.UTF_8));
            }

            @Override
            public void flush() {
                writer.flush();
            }
        };
    }
}
