package dev.tidemark.read.file;

import dev.tidemark.bytes.Text;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a page, in whatever encoding the web server would read it: with a byte order mark, UTF-16 without one,
 * UTF-8, the old code page, and UTF-7, which ASP.NET takes where {@code web.config} or the page says so.
 */
final class PageText {
    private static final int LOOKED_AT = 4096;
    private static final int SHORTEST_UTF16 = 8;
    private static final Pattern UTF7 = Pattern.compile("\\+([A-Za-z0-9+/]{2,4096})-?");

    private PageText() {}

    /** Never fails: a byte that is no text becomes some character. */
    static String decode(byte[] bytes) {
        Optional<Charset> wide = utf16(bytes);
        String text;
        if (wide.isPresent()) {
            text = wide.get().decode(ByteBuffer.wrap(bytes)).toString();
        } else {
            text = Text.decode(bytes, 0, bytes.length);
        }
        String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
        return plain.contains("+ADw") ? utf7(plain) : plain;
    }

    /** UTF-16 by its mark, or because every other byte of the beginning is zero. */
    static Optional<Charset> utf16(byte[] bytes) {
        if (bytes.length >= 2 && (bytes[0] & 0xFF) == 0xFF && (bytes[1] & 0xFF) == 0xFE) {
            return Optional.of(StandardCharsets.UTF_16LE);
        }
        if (bytes.length >= 2 && (bytes[0] & 0xFF) == 0xFE && (bytes[1] & 0xFF) == 0xFF) {
            return Optional.of(StandardCharsets.UTF_16BE);
        }
        int to = Math.min(bytes.length, LOOKED_AT) & ~1;
        if (to < SHORTEST_UTF16) {
            return Optional.empty();
        }
        int even = 0;
        int odd = 0;
        for (int i = 0; i < to; i += 2) {
            even += bytes[i] == 0 ? 1 : 0;
            odd += bytes[i + 1] == 0 ? 1 : 0;
        }
        int most = to / 2 * 9 / 10;
        if (odd >= most && even == 0) {
            return Optional.of(StandardCharsets.UTF_16LE);
        }
        return even >= most && odd == 0 ? Optional.of(StandardCharsets.UTF_16BE) : Optional.empty();
    }

    /** Source: RFC 2152: {@code +} opens Base64 of UTF-16BE, {@code -} or any other character closes it. */
    private static String utf7(String text) {
        Matcher shifted = UTF7.matcher(text);
        StringBuilder plain = new StringBuilder();
        while (shifted.find()) {
            String coded = shifted.group(1);
            int whole = coded.length() - (coded.length() % 4 == 1 ? 1 : 0);
            byte[] utf16 = Base64.getDecoder().decode(coded.substring(0, whole));
            String decoded = new String(utf16, 0, utf16.length & ~1, StandardCharsets.UTF_16BE);
            shifted.appendReplacement(plain, Matcher.quoteReplacement(decoded));
        }
        return shifted.appendTail(plain).toString();
    }
}
