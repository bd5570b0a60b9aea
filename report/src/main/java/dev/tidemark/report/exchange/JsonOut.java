package dev.tidemark.report.exchange;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Locale;
import java.util.UUID;

/** What all JSON formats share: how text, times and stable identifiers are written. */
final class JsonOut {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final DateTimeFormatter MILLISECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private JsonOut() {}

    /** The writer stays open when the generator is closed. */
    static JsonGenerator on(Writer writer) throws IOException {
        return FACTORY.createGenerator(writer).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    }

    static String time(Instant time) {
        return MILLISECONDS.format(time);
    }

    /** Half a surrogate pair has no form in UTF-8 and becomes U+FFFD. */
    static String text(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    static void texts(JsonGenerator json, String name, Collection<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(text(value));
        }
        json.writeEndArray();
    }

    /** Name-based UUID, version 5. Source: RFC 9562, section 5.5. */
    static UUID uuid(UUID namespace, String name) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(bytes(namespace.getMostSignificantBits()));
            sha1.update(bytes(namespace.getLeastSignificantBits()));
            byte[] hash = sha1.digest(name.getBytes(StandardCharsets.UTF_8));
            hash[6] = (byte) (hash[6] & 0x0F | 0x50);
            hash[8] = (byte) (hash[8] & 0x3F | 0x80);
            return new UUID(number(hash, 0), number(hash, Long.BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }

    private static byte[] bytes(long value) {
        return java.nio.ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }

    private static long number(byte[] bytes, int at) {
        return java.nio.ByteBuffer.wrap(bytes).getLong(at);
    }
}
