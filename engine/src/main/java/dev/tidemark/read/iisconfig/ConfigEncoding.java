package dev.tidemark.read.iisconfig;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * In which encoding a configuration is written: by its byte order mark, else by its declaration, else UTF-8.
 * Source: W3C, "Extensible Markup Language (XML) 1.0", appendix F.
 *
 * @param charset  empty if the declaration names one that this machine does not know
 * @param markSize bytes of the byte order mark
 */
public record ConfigEncoding(Optional<Charset> charset, int markSize) {
    private static final Pattern DECLARED =
            Pattern.compile("\\A<\\?xml\\s[^>]{0,200}?encoding\\s*=\\s*[\"']([A-Za-z0-9._-]{1,40})[\"']");
    private static final int DECLARATION = 300;

    public static ConfigEncoding of(byte[] b) {
        if (starts(b, 0xEF, 0xBB, 0xBF)) {
            return new ConfigEncoding(Optional.of(StandardCharsets.UTF_8), 3);
        }
        if (starts(b, 0xFF, 0xFE) || starts(b, '<', 0)) {
            return new ConfigEncoding(Optional.of(StandardCharsets.UTF_16LE), starts(b, 0xFF, 0xFE) ? 2 : 0);
        }
        if (starts(b, 0xFE, 0xFF) || starts(b, 0, '<')) {
            return new ConfigEncoding(Optional.of(StandardCharsets.UTF_16BE), starts(b, 0xFE, 0xFF) ? 2 : 0);
        }
        String head = new String(b, 0, Math.min(b.length, DECLARATION), StandardCharsets.ISO_8859_1);
        Matcher m = DECLARED.matcher(head);
        return new ConfigEncoding(m.find() ? named(m.group(1)) : Optional.of(StandardCharsets.UTF_8), 0);
    }

    private static Optional<Charset> named(String name) {
        try {
            return Optional.of(Charset.forName(name));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return Optional.empty();
        }
    }

    private static boolean starts(byte[] b, int... head) {
        for (int i = 0; i < head.length; i++) {
            if (i >= b.length || (b[i] & 0xFF) != head[i]) {
                return false;
            }
        }
        return true;
    }

    /** The text without its mark; what is malformed becomes U+FFFD. */
    String lenient(byte[] b) {
        return new String(b, markSize, b.length - markSize, charset.orElse(StandardCharsets.ISO_8859_1));
    }
}
