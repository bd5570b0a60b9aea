package dev.tidemark.bytes;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;

/** Text as Windows writes it: UTF-8 with or without a mark, UTF-16 with a mark, or the old ANSI code page. */
public final class Text {
    private static final Charset ANSI = Charset.forName("windows-1252");

    private Text() {}

    /** The bytes as UTF-8 if they are, else as windows-1252: every byte gives a character, none is lost. */
    public static String decode(byte[] bytes, int from, int to) {
        boolean ascii = true;
        for (int i = from; i < to && ascii; i++) {
            ascii = bytes[i] >= 0;
        }
        if (ascii) {
            return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, to - from)).toString();
        } catch (CharacterCodingException e) {
            return new String(bytes, from, to - from, ANSI);
        }
    }

    /** Where the text begins behind a byte order mark, of which one can stand inside a file too: where two were joined. */
    public static int afterMark(byte[] b, int from, int to) {
        boolean mark = to - from >= 3 && b[from] == (byte) 0xEF && b[from + 1] == (byte) 0xBB
                && b[from + 2] == (byte) 0xBF;
        return mark ? from + 3 : from;
    }

    /** The stream without its byte order mark, and as UTF-8 if it is UTF-16. */
    public static InputStream asUtf8(InputStream in) throws IOException {
        PushbackInputStream back = new PushbackInputStream(in, 4);
        byte[] head = new byte[4];
        int got = back.readNBytes(head, 0, 4);
        int b0 = head[0] & 0xFF;
        int b1 = head[1] & 0xFF;
        int text = afterMark(head, 0, got);
        if (text > 0) {
            back.unread(head, text, got - text);
            return back;
        }
        if (got >= 2 && b0 == 0xFF && b1 == 0xFE || got == 4 && b0 != 0 && b1 == 0 && head[2] != 0 && head[3] == 0) {
            int mark = b0 == 0xFF ? 2 : 0;
            back.unread(head, mark, got - mark);
            return new Utf16ToUtf8(back, StandardCharsets.UTF_16LE);
        }
        if (got >= 2 && b0 == 0xFE && b1 == 0xFF || got == 4 && b0 == 0 && b1 != 0 && head[2] == 0 && head[3] != 0) {
            int mark = b0 == 0xFE ? 2 : 0;
            back.unread(head, mark, got - mark);
            return new Utf16ToUtf8(back, StandardCharsets.UTF_16BE);
        }
        back.unread(head, 0, got);
        return back;
    }

    /** Turns UTF-16 into UTF-8 block by block; what is malformed becomes U+FFFD. */
    private static final class Utf16ToUtf8 extends InputStream {
        private final InputStream in;
        private final CharsetDecoder decoder;
        private final ByteBuffer raw = ByteBuffer.allocate(64 << 10);
        private final CharBuffer chars = CharBuffer.allocate(64 << 10);
        private ByteBuffer out = ByteBuffer.allocate(0);
        private boolean ended;

        Utf16ToUtf8(InputStream in, Charset charset) {
            this.in = in;
            this.decoder = charset.newDecoder().onMalformedInput(CodingErrorAction.REPLACE)
                    .onUnmappableCharacter(CodingErrorAction.REPLACE);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int from, int length) throws IOException {
            while (!out.hasRemaining()) {
                if (ended) {
                    return -1;
                }
                fill();
            }
            int n = Math.min(length, out.remaining());
            out.get(target, from, n);
            return n;
        }

        private void fill() throws IOException {
            int got = in.read(raw.array(), raw.position(), raw.remaining());
            if (got < 0) {
                ended = true;
            } else {
                raw.position(raw.position() + got);
            }
            raw.flip();
            decoder.decode(raw, chars, ended);
            if (ended) {
                decoder.flush(chars);
            }
            raw.compact();
            chars.flip();
            out = StandardCharsets.UTF_8.encode(chars);
            chars.clear();
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
